"""What a résumé tells of skills and titles that live guides know, each with the passage where it stands.

Names are compared by their stems after misspelled words are corrected. A single word is a skill only in a place where
a skill would be named.
Nothing here keeps or logs the text, and the database is asked for names of guides only, never for words of the text.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides import words
from guides.choices import Answer, SkillKind
from guides.models.search_index import Term, TermKind, Wording
from guides.reading.index.live import TITLES, Memory, memory
from guides.reading.index.skill_demand import Asked

from . import claims, spans, tokens
from .spans import Span
from .spelling import as_spelled
from .tokens import Reading

MOST_LETTERS = 60_000
AROUND = 60
_SKILLS = {"skill", "skills", "ability", "abilities", "strong", "excellent", "exceptional", "good", "great"}
_A = {"a", "an", "the", "of", "by", "for", "our"}


class FoundSkill(NamedTuple):
    """A skill that was found; `answer` is what the text says of it, as far as that can be told."""

    slug: str
    name: str
    answer: Answer
    passage: SafeString


class FoundTitle(NamedTuple):
    """A title that was found: the address and the title of the guide that knows it."""

    slug: str
    guide: str
    passage: SafeString


class Recognized(NamedTuple):
    """Each once, in the order of the text."""

    skills: tuple[FoundSkill, ...]
    titles: tuple[FoundTitle, ...]


class _Kind(StrEnum):
    """What a name is one of: a skill's own names, the wordings of it, a job's titles, the levels of its ladder."""

    SKILL = "skill"
    WORDING = "wording"
    TITLE = "title"
    LEVEL = "level"


class _Name(NamedTuple):
    """A name of something: the slug of its skill or guide, the name as it is spelled, what it is one of."""

    slug: str
    name: str
    kind: _Kind


type _Names = Mapping[str, tuple[_Name, ...]]
type _Said = Mapping[Span, tuple[_Name, ...]]


def recognize(text: str, *, at: datetime) -> Recognized:
    """The skills and titles of a text; of one longer than `MOST_LETTERS`, of its beginning."""
    known = memory(at=at)
    reading = as_spelled(tokens.read(text[:MOST_LETTERS]), known)
    skills = _apart(_said(spans.runs(reading, lambda token: token.stem, turned=True), partial(_skills_called, known)))
    wordings = _said(spans.scattered(reading), partial(_skills_worded, known))
    titles = _apart(_said(spans.runs(reading, lambda token: token.word, between=""), partial(_titled, known, at=at)))
    # Who holds a certificate need not hold the job that is called so.
    certificates = tuple(span for span, names in skills.items() if _is_certificate(names, known.asked))
    held = {span: of for span, of in titles.items() if not any(map(span.overlaps, certificates))}
    # Who was a care coordinator says nothing of care coordination by that.
    own = [(s, of) for said in (skills, wordings) for s, of in said.items() if not any(map(s.is_piece_of, held))]
    return Recognized(_found_skills(reading, own, known.asked), _found_titles(reading, held, at=at))


def _said(found: Iterable[Span], names_of: Callable[[Iterable[str]], _Names]) -> _Said:
    """The spans that are names, and what is called so."""
    each = tuple(found)
    names = names_of(dict.fromkeys(span.key for span in each))
    return {span: names[span.key] for span in each if span.key in names}


def _apart(said: _Said) -> _Said:
    kept = spans.apart(said)
    return {span: names for span, names in said.items() if span in kept}


def _skills_called(known: Memory, keys: Iterable[str]) -> _Names:
    by_key = known.asked.by_key
    return {key: tuple(_Name(*name, _Kind.SKILL) for name in by_key[key]) for key in keys if key in by_key}


def _skills_worded(known: Memory, keys: Iterable[str]) -> _Names:
    rows = Wording.objects.filter(key__in=known.wordings.among(keys)).order_by("slug", "name")
    names: dict[str, tuple[_Name, ...]] = {}
    for key, slug, name in rows.values_list("key", "slug", "name"):
        if slug in known.asked.called:
            names[key] = (*names.get(key, ()), _Name(slug, name, _Kind.WORDING))
    return names


def _titled(known: Memory, keys: Iterable[str], *, at: datetime) -> _Names:
    live = Term.objects.live(at=at).filter(kind__in=TITLES, key__in=known.titles.among(keys))
    names: dict[str, tuple[_Name, ...]] = {}
    for key, kind, slug, name in live.order_by("slug", "name").values_list("key", "kind", "slug", "name"):
        of = _Name(slug, name, _Kind.LEVEL if kind == TermKind.LEVEL else _Kind.TITLE)
        names[key] = (*names.get(key, ()), of)
    return names


def _is_certificate(names: Iterable[_Name], asked: Asked) -> bool:
    return any(asked.called[name.slug].kind == SkillKind.CERTIFICATE for name in names)


def _found_skills(
    reading: Reading, said: Iterable[tuple[Span, tuple[_Name, ...]]], asked: Asked
) -> tuple[FoundSkill, ...]:
    found: dict[str, FoundSkill] = {}
    for span, names in sorted(said):
        for name in names:
            called = asked.called[name.slug]
            if claims.is_denied(reading, span.first, span.last) or not _stands_as(reading, span, name, called.kind):
                continue
            answer = Answer.SOME if claims.is_in_part(reading, span.first, span.last) else Answer.HAVE
            if name.slug not in found or (found[name.slug].answer, answer) == (Answer.SOME, Answer.HAVE):
                found[name.slug] = FoundSkill(name.slug, called.name, answer, _passage(reading, span))
    return tuple(found.values())


def _found_titles(reading: Reading, said: _Said, *, at: datetime) -> tuple[FoundTitle, ...]:
    held = {span: names for span, names in sorted(said.items()) if not claims.is_of_another(reading, span.first)}
    slugs = {name.slug for names in held.values() for name in names}
    live = Term.objects.live(at=at).filter(kind=TermKind.TITLE, slug__in=slugs)
    guides = dict(live.values_list("slug", "name"))
    found: dict[str, FoundTitle] = {}
    for span, names in held.items():
        for slug in _of_guides(names, guides):
            found.setdefault(slug, FoundTitle(slug, guides[slug], _passage(reading, span)))
    return tuple(found.values())


def _of_guides(names: tuple[_Name, ...], guides: Mapping[str, str]) -> tuple[str, ...]:
    """The guides that a title is one of: those that call the job so, else those whose ladder it is on.

    Of several ladders, that of the job which the level is named after: a lead clerk is a clerk.
    """
    known = tuple(name for name in names if name.slug in guides)
    titles = tuple(name.slug for name in known if name.kind == _Kind.TITLE)
    after = tuple(name.slug for name in known if guides[name.slug] in name.name)
    return titles or after or tuple(name.slug for name in known)


def _stands_as(reading: Reading, span: Span, spelled: _Name, kind: str) -> bool:
    """Whether words stand for a skill: several do; a single one has to look like its name, and to stand like one."""
    run = reading.tokens[span.first : span.last]
    if len(run) > 1 and spelled.kind != _Kind.WORDING:
        return True
    parts = words.significant_words(spelled.name)
    if len(parts) > 1:  # of a name, a word that was put together
        return len(run) == 1 or all(any(_is_form_of(token.word, part, most=3) for token in run) for part in parts)
    return _stands_alone_as(reading, span.first, spelled, parts[0], kind)


def _stands_alone_as(reading: Reading, place: int, spelled: _Name, word: str, kind: str) -> bool:
    """Whether one word of the text stands for a skill whose name is this one word."""
    token, alone = reading.tokens[place], reading.stands_alone(place, place + 1)
    if _is_abbreviation(spelled.name):
        if kind == SkillKind.CERTIFICATE and not _A.isdisjoint(reading.words(place - 1, place)):
            return False  # somebody else's
        same = {word} if kind == SkillKind.CERTIFICATE else {word, f"{word}s"}
        return token.word in same and (token.text.rstrip("s").isupper() or alone or not reading.tells_by_case)
    is_name = spelled.name[0].isupper() and (kind == SkillKind.TOOL or spelled.kind == _Kind.WORDING)
    if is_name:
        if token.word != word:
            return False
        if not reading.tells_by_case:
            return alone
        # A capital where a sentence begins says nothing.
        is_marked = token.text.isupper() or any(map(str.isupper, spelled.name[1:]))
        return token.text[0].isupper() and (alone or is_marked or not reading.begins(place))
    around = (*reading.words(place - 1, place), *reading.words(place + 1, place + 2))
    is_meant = alone or not _SKILLS.isdisjoint(around)
    if token.word == word and (kind != SkillKind.SOFT or spelled.kind == _Kind.WORDING):
        return True
    return spelled.kind != _Kind.WORDING and is_meant and _is_form_of(token.word, word, most=5)


def _is_abbreviation(name: str) -> bool:
    return name.isupper() or any(map(str.isdigit, name))


def _is_form_of(word: str, name: str, *, most: int) -> bool:
    """Whether a word is a name with another ending, of so many letters at most: 'organ' is none of 'organization'."""
    same = next(
        (place for place, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    return max(len(word), len(name)) - same <= most and same >= min(5, len(name))


def _passage(reading: Reading, span: Span) -> SafeString:
    """What stands around a span, on a line, with the span marked."""
    text = reading.text
    start, end = reading.tokens[span.first].start, reading.tokens[span.last - 1].end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2] or before}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0] or after} …"
    return format_html("{}<mark>{}</mark>{}", *(_one_line(part) for part in (before, text[start:end], after)))


def _one_line(text: str) -> str:
    """On one line, with a space where there was any at its ends."""
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() and line else ''}"
