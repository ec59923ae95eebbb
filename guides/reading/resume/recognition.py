"""Recognition of the skills and titles that live guides know in a résumé, each with the passage where it occurs.

Names match by their stems after misspelled words are corrected. A single word counts only where the text would name a
skill. Nothing here stores or logs the text, and database queries contain only names that guides have.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from django.utils.safestring import SafeString

from guides import words
from guides.choices import Answer, SkillKind
from guides.models.search_index import Wording
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.skill_index import SkillIndex
from guides.reading.search.english import english

from . import negation, ngrams, senses, synonyms, titles, tokens
from .facts import Fact, Facts, is_language, is_spoken, read_facts
from .ngrams import Span
from .passages import passage
from .past_jobs import find_past_jobs
from .spelling import correct_spelling
from .tokens import Boundary, Token, TokenizedText

MAX_LETTERS = 60_000
FOREIGN_LANGUAGE = " ".join(map(words.stem, ("foreign", "language")))
"""The key of a name of the skill to speak any other language."""

_PUNCTUATION = re.compile(r"[,/()]")
_SKILL_WORDS = {"skill", "skills", "ability", "abilities", "strong", "excellent", "exceptional", "good", "great"}
_OF_CERTIFICATES = {
    *words.STOP_WORDS, "active", "certificate", "certification", "certified", "credential", "current", "exam", "exp",
    "expires", "good", "instructor", "license", "provider", "registered", "renewed", "renews", "since", "through",
    "thru", "until", "valid", "who",
}  # fmt: skip
"""Behind the abbreviation of a certificate, these do not make it a part of another term."""

_OF_PROGRAMS = {
    "calendar", "calendars", "calls", "charting", "documents", "email", "emails", "formulas", "letters", "meetings",
    "messages", "payroll", "reports", "software", "spreadsheet", "spreadsheets", "timekeeping",
}  # fmt: skip
"""Behind a word that starts a sentence, these show that it is the name of a program: 'Excel spreadsheets'."""

_NOT_MINE = {"a", "an", "the", "of", "by", "for", "our"}
"""Before the abbreviation of a certificate, these show that someone else holds it."""


class RecognizedSkill(NamedTuple):
    """A skill in a résumé. `answer` says whether the writer has it or only some of it.

    `broader` is the name of the broader skill that follows from it, or '' if there is none or the text has it too.
    """

    slug: str
    name: str
    answer: Answer
    passage: SafeString
    broader: str = ""


class RecognizedTitle(NamedTuple):
    """A title in a résumé: the slug and title of the guide or of the starting job that knows it."""

    slug: str
    title: str
    passage: SafeString


class Recognized(NamedTuple):
    """Skills, titles of guides, and starting jobs, each once in the order of the text, and other facts."""

    skills: tuple[RecognizedSkill, ...]
    titles: tuple[RecognizedTitle, ...]
    jobs: tuple[RecognizedTitle, ...] = ()
    facts: Facts = Facts()


class NameKind(StrEnum):
    """A skill's own names, and its wordings in résumés."""

    SKILL = "skill"
    WORDING = "wording"


class Name(NamedTuple):
    """A name as a guide spells it, and the slug of its skill."""

    slug: str
    name: str
    kind: NameKind


type NamesByKey = Mapping[str, tuple[Name, ...]]
type Matches = Mapping[Span, tuple[Name, ...]]


def recognize(text: str, *, at: datetime) -> Recognized:
    """Find the skills and titles in the first `MAX_LETTERS` letters of a text."""
    known = live_data(at=at)
    tokenized = correct_spelling(tokens.tokenize(text[:MAX_LETTERS], known), known)
    find_names = partial(_skill_names, known)
    skills = _longest(_written_alike(tokenized, _matches(ngrams.ngrams(tokenized), find_names)))
    coordinated = _matches(ngrams.coordinated(tokenized), find_names)
    wordings = _matches(ngrams.skipgrams(tokenized), partial(_skill_wordings, known))
    goals = negation.goals(tokenized)
    # The holder of a certificate need not hold the job of the same name.
    certificates = tuple(span for span, names in skills.items() if _is_certificate(names, known.skills))
    jobs = {
        span: names
        for span, names in titles.find_titles(tokenized, known).items()
        if not any(map(span.overlaps, certificates)) or titles.is_employed(tokenized, span)
        if span.first not in goals
    }
    # The title 'care coordinator' does not make care coordination a skill.
    mentions = [
        (span, names)
        for matches in (skills, coordinated, wordings)
        for span, names in matches.items()
        if not any(map(span.is_part_of, jobs)) or _is_certificate(names, known.skills)
        if span.first not in goals
    ]
    facts = read_facts(tokenized.text, today=at.date())
    direct = (*_recognized_skills(tokenized, mentions, known.skills), *_other_languages(facts, known.skills))
    found = tuple({skill.slug: skill for skill in reversed(direct)}.values())[::-1]
    return Recognized(
        _with_broader(found, known.skills),
        tuple(
            RecognizedTitle(slug, title, _passage(tokenized, span))
            for slug, title, span in titles.held_titles(tokenized, jobs, known)
        ),
        tuple(
            RecognizedTitle(job.slug, job.title, _passage(tokenized, span))
            for job, span in find_past_jobs(tokenized, known.starting_jobs, jobs)
            if span.first not in goals
        ),
        facts._replace(licenses=_other_licenses(facts, found, known.skills)),
    )


def _with_broader(found: tuple[RecognizedSkill, ...], skill_index: SkillIndex) -> tuple[RecognizedSkill, ...]:
    """Name the broader skills that follow from those found, each once."""
    names, seen = [], {skill.slug for skill in found}
    for skill in found:
        broader = skill_index.broader.get(skill.slug, "")
        names.append(skill_index.labels[broader].name if broader in skill_index.labels and broader not in seen else "")
        seen.add(broader)
    return tuple(skill._replace(broader=name) for skill, name in zip(found, names, strict=True))


def _other_languages(facts: Facts, skill_index: SkillIndex) -> Iterator[RecognizedSkill]:
    """Yield the skill 'foreign language' if the text has a language that is no skill itself."""
    for language in facts.languages:
        is_skill = words.stem(language.value.lower()) in skill_index.by_key
        for slug, _name in () if is_skill else skill_index.by_key.get(FOREIGN_LANGUAGE, ()):
            yield RecognizedSkill(slug, skill_index.labels[slug].name, Answer.HAVE, language.passage)


def _other_licenses(facts: Facts, found: Iterable[RecognizedSkill], skill_index: SkillIndex) -> tuple[Fact, ...]:
    """Return the licenses that are not among the skills."""
    slugs = {skill.slug for skill in found}
    return tuple(
        fact
        for fact in facts.licenses
        if slugs.isdisjoint(slug for slug, _name in skill_index.by_key.get(words.stem(fact.value.lower()), ()))
    )


def _matches(spans: Iterable[Span], names_of: Callable[[Iterable[str]], NamesByKey]) -> Matches:
    """Return the spans whose keys are names, with these names."""
    candidates = tuple(spans)
    names = names_of(dict.fromkeys(span.key for span in candidates))
    return {span: names[span.key] for span in candidates if span.key in names}


def _written_alike(text: TokenizedText, matches: Matches) -> Matches:
    """Return the matches without names that have no comma or the like where the text has one."""
    alike = {
        span: tuple(name for name in names if _PUNCTUATION.search(name.name) or not text.crosses_parts(*span[:2]))
        for span, names in matches.items()
    }
    return {span: names for span, names in alike.items() if names}


def _longest(matches: Matches) -> Matches:
    longest = ngrams.longest_non_overlapping(matches)
    return {span: names for span, names in matches.items() if span in longest}


def _skill_names(known: LiveData, keys: Iterable[str]) -> NamesByKey:
    by_key = known.skills.by_key
    return {key: tuple(Name(*name, NameKind.SKILL) for name in by_key[key]) for key in keys if key in by_key}


def _skill_wordings(known: LiveData, keys: Iterable[str]) -> NamesByKey:
    by_sense = synonyms.keys_by_sense(known.wordings)
    found = {key: by_sense[key] for key in keys if key in by_sense}
    rows = Wording.objects.filter(key__in=set(chain.from_iterable(found.values()))).order_by("slug", "name")
    names: dict[str, tuple[Name, ...]] = {}
    for key, slug, name in rows.values_list("key", "slug", "name"):
        if slug in known.skills.labels:
            names[key] = (*names.get(key, ()), Name(slug, name, NameKind.WORDING))
    by_key = {key: tuple(name for each in own for name in names.get(each, ())) for key, own in found.items()}
    return {key: own for key, own in by_key.items() if own}


def _is_certificate(names: Iterable[Name], skill_index: SkillIndex) -> bool:
    return any(skill_index.labels[name.slug].kind == SkillKind.CERTIFICATE for name in names)


def _recognized_skills(
    text: TokenizedText, mentions: Iterable[tuple[Span, tuple[Name, ...]]], skill_index: SkillIndex
) -> tuple[RecognizedSkill, ...]:
    skills: dict[str, RecognizedSkill] = {}
    for span, names in sorted(mentions):
        if negation.is_negated(text, span.first, span.last):
            continue
        is_pending = negation.is_pending(text, span.first, span.last)
        is_partial = is_pending or negation.is_partial(text, span.first, span.last)
        answer = Answer.SOME if is_partial else Answer.HAVE
        for name in names:
            slug, label = name.slug, skill_index.labels[name.slug]
            if is_pending and label.kind == SkillKind.CERTIFICATE:
                continue
            is_better = slug not in skills or (skills[slug].answer, answer) == (Answer.SOME, Answer.HAVE)
            if is_better and _is_mention(text, span, name, label.kind, label.name):
                skills[slug] = RecognizedSkill(slug, label.name, answer, _passage(text, span))
    return tuple(skills.values())


def _is_mention(text: TokenizedText, span: Span, name: Name, kind: str, label: str) -> bool:
    """Return whether a span means a skill. Several words do; a single word must be spelled and used like its name."""
    if not senses.has_sense(text, span, name.name):
        return False
    run = text.tokens[span.first : span.last]
    if len(run) > 1 and name.kind != NameKind.WORDING:
        return not _is_person(run[-1], name.name)
    if name.kind == NameKind.WORDING and not senses.is_claimed(text, span, name.name):
        return False
    parts = words.significant_words(name.name)
    if len(parts) > 1:  # the name has several words, and the text may have joined them
        return len(run) == 1 or all(any(_may_stand_for(token, part) for token in run) for part in parts)
    is_certificate = kind == SkillKind.CERTIFICATE and _is_abbreviation(name.name)
    if is_certificate and not (_is_held(text, span.first) and _is_short_for(text, span.first, label)):
        return False
    return _is_single_word_mention(text, span.first, name, parts[0], kind)


def _is_person(token: Token, name: str) -> bool:
    """Return whether the last word of a span is a person, unlike that of the name: 'practice manager'."""
    return token.word.removesuffix("s").endswith(("er", "or")) and token.word not in words.words(name)


def _may_stand_for(token: Token, part: str) -> bool:
    """Return whether a token is a form of a word in a name, or its synonym."""
    stem = words.stem(part)
    is_synonym = token.sense == synonyms.sense(stem) and token.stem != stem
    return is_synonym or _is_form_of(token.word, part, max_ending=3)


def _is_single_word_mention(text: TokenizedText, index: int, name: Name, word: str, kind: str) -> bool:
    """Return whether a token means a skill whose name is one word."""
    token, is_item = text.tokens[index], text.is_list_item(index, index + 1)
    if is_language(token.text):
        return is_spoken(text.text, token.start, token.end)
    if _is_abbreviation(name.name):
        forms = {word} if kind == SkillKind.CERTIFICATE else {word, f"{word}s"}
        has_case = token.text.rstrip("s").isupper() or not text.has_meaningful_case
        return token.word in forms and (has_case or is_item)
    if name.name[0].isupper() and (kind == SkillKind.TOOL or name.kind == NameKind.WORDING):
        return token.word == word and _is_proper_name(text, index, name.name)
    if kind == SkillKind.SOFT and senses.describes_thing(text, index):
        return False
    if name.kind == NameKind.WORDING and senses.is_part_of_name(text, index):
        return False
    if name.kind == NameKind.WORDING and senses.is_past_tense(word):
        return senses.is_active_verb(text, index)
    if name.kind == NameKind.WORDING and _is_inflected(token, word):
        return True
    if token.word == word and kind != SkillKind.SOFT:
        return True
    neighbors = (*text.words(index - 1, index), *text.words(index + 1, index + 2))
    is_skill = is_item or not _SKILL_WORDS.isdisjoint(neighbors)
    return name.kind != NameKind.WORDING and is_skill and _is_form_of(token.word, word, max_ending=5)


def _is_inflected(token: Token, word: str) -> bool:
    """Return whether a token is a word, its plural, or its third person, but not several people: 'cashiers'."""
    if f"{token.word}s" == word and word.endswith("ables"):
        return True  # 'accounts payable'
    return token.word == word or (token.word == f"{word}s" and not word.endswith(("er", "or", "ist")))


def _is_held(text: TokenizedText, index: int) -> bool:
    """Return whether the abbreviation of a certificate is not someone else's, nor part of another term."""
    behind = text.tokens[index + 1 : index + 2]
    is_term = any(
        token.boundary == Boundary.NONE and token.text.islower() and token.word not in _OF_CERTIFICATES
        for token in behind
    )
    return not is_term and _NOT_MINE.isdisjoint(text.words(index - 1, index))


def _is_short_for(text: TokenizedText, index: int, name: str) -> bool:
    """Return whether no words behind an abbreviation spell out another name: 'CMA: Certified Medication Aide'."""
    abbreviation = text.tokens[index].word
    behind = text.words(index + 1, index + 1 + len(abbreviation))
    return "".join(word[0] for word in behind) != abbreviation or behind == words.words(name)


def _is_proper_name(text: TokenizedText, index: int, name: str) -> bool:
    """Return whether a token is a proper name: a list item, or capitalized where a sentence would not require it."""
    token, is_item = text.tokens[index], text.is_list_item(index, index + 1)
    if not text.has_meaningful_case:
        return is_item
    is_distinct = token.text.isupper() or any(map(str.isupper, name[1:]))
    if not token.text[0].isupper():
        return is_item and text.line(index).islower()
    behind = text.words(index + 1, index + 2)
    return (
        is_item
        or is_distinct
        or not text.starts_clause(index)
        or not _OF_PROGRAMS.isdisjoint(behind)
        or not _is_english(token.word)
    )


@cache
def _is_english(word: str) -> bool:
    return word in english([word])


def _is_abbreviation(name: str) -> bool:
    return name.isupper() or any(map(str.isdigit, name))


def _is_form_of(word: str, name: str, *, max_ending: int) -> bool:
    """Return whether a word and a name differ only in endings of at most so many letters.

    'organ' is not a form of 'organization'.
    """
    common = next(
        (place for place, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    return max(len(word), len(name)) - common <= max_ending and common >= min(5, len(name))


def _passage(text: TokenizedText, span: Span) -> SafeString:
    return passage(text.text, text.tokens[span.first].start, text.tokens[span.last - 1].end)
