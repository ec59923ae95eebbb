"""Recognition of the skills and titles that live guides know in a résumé, each with the passage where it occurs.

Names match by their stems after misspelled words are corrected. A single word counts only where the text would name a
skill. Nothing here stores or logs the text, and database queries contain only names that guides have.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain
from typing import NamedTuple

from django.utils.safestring import SafeString

from guides import words
from guides.choices import Answer, SkillKind
from guides.models.search_index import Wording
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.skill_index import SkillIndex

from . import negation, ngrams, synonyms, titles, tokens
from .facts import Fact, Facts, read_facts
from .mentions import Name, NameKind, is_mention
from .ngrams import Span
from .passages import passage
from .past_jobs import find_past_jobs
from .spelling import correct_spelling
from .tokens import TokenizedText

MAX_LETTERS = 60_000
FOREIGN_LANGUAGE = " ".join(map(words.stem, ("foreign", "language")))
"""The key of a name of the skill to speak any other language."""

_PUNCTUATION = re.compile(r"[,/()]")


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
            if is_better and is_mention(text, span, name, label.kind, label.name):
                skills[slug] = RecognizedSkill(slug, label.name, answer, _passage(text, span))
    return tuple(skills.values())


def _passage(text: TokenizedText, span: Span) -> SafeString:
    return passage(text.text, text.tokens[span.first].start, text.tokens[span.last - 1].end)
