"""Job titles in a résumé: as guides spell them, or as people vary them.

People abbreviate a title, drop a plural, use another word for the same rank, or leave out what their employer makes
clear: 'Front desk receptionist' of a medical office. Database queries contain only titles that guides have.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from guides import words
from guides.models.search_index import Term, TermKind
from guides.reading.index.live_data import TITLES, LiveData

from . import negation, ngrams
from .ngrams import MAX_NAME_WORDS, Span
from .tokens import Boundary, TokenizedText

MAX_ENTRY_WORDS = 60
"""How many words around a title belong to the same job."""

SHORT_TITLE_WORDS = range(3, 6)
"""How many words a title still has after the text leaves one out. Of two words, they would name many other jobs."""

_ABBREVIATIONS = {
    "asst": "assistant", "coord": "coordinator", "med": "medical", "mgr": "manager", "rep": "representative",
    "spec": "specialist", "svc": "service", "svcs": "services",
}  # fmt: skip
_IMPLIED = dict.fromkeys(
    (
        "clinic", "clinical", "dental", "doctor", "doctors", "dr", "healthcare", "hospital", "medicine", "patient",
        "patients", "physician", "physicians",
    ),
    "medical",
)  # fmt: skip
"""Words for an employer, and the word that a title may leave out with such an employer."""

_RANKS = frozenset({"agent", "associate", "clerk", "coordinator", "representative", "specialist"})
"""Words for a similar rank. Guides and employers choose among them freely."""

_OF = {"of", "for", "the", "in", "and"}
_BEFORE, _BEHIND = {"a", "an", "as", "the"}, {"at", "for", "in", "with"}
_PUNCTUATION = re.compile(r"[,/()]")
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s*(?:-|–|—|to|until|/)\s*(?:\w{3,9}\.?\s+)?(?:\d{1,2}/)?(?:(?:19|20)?\d\d\b|present|current|now|today)",
    re.IGNORECASE,
)


class Title(NamedTuple):
    """A title as a guide spells it, its guide, and whether it is only a level on the guide's ladder."""

    slug: str
    name: str
    is_level: bool


class Candidate(NamedTuple):
    """A span that may be the title with its key. `rank` is the word of the text in the place of the title's rank."""

    span: Span
    rank: str = ""


type Titles = Mapping[Span, tuple[Title, ...]]


def find_titles(text: TokenizedText, known: LiveData) -> Titles:
    """Return the longest spans that are titles of live guides, with these titles."""
    candidates = [candidate for candidate in _candidates(text, known) if candidate.span.key in known.titles]
    by_key = _titles_by_key({candidate.span.key for candidate in candidates}, known)
    ranks = _ranks(by_key, known) if any(candidate.rank for candidate in candidates) else {}
    found: dict[Span, tuple[Title, ...]] = {}
    for span, rank in candidates:
        titles = tuple(
            title
            for title in by_key.get(span.key, ())
            if (not rank or rank in ranks[title.slug])
            and (_PUNCTUATION.search(title.name) or not text.crosses_parts(span.first, span.last))
        )
        if titles:
            found[span] = titles
    longest = ngrams.longest_non_overlapping(found)
    return {span: titles for span, titles in found.items() if span in longest}


def held_titles(text: TokenizedText, found: Titles, known: LiveData) -> Iterator[tuple[str, str, Span]]:
    """Yield the slug and title of the guide to each job that the writer held, with its first span."""
    held = {span: titles for span, titles in sorted(found.items()) if is_held(text, span)}
    slugs = {title.slug for titles in held.values() for title in titles}
    guides = dict(_names_of(slugs, known, TermKind.TITLE))
    seen = set[str]()
    for span, titles in held.items():
        for slug in _guides_of(titles, guides):
            if slug not in seen:
                seen.add(slug)
                yield slug, guides[slug], span


def is_employed(text: TokenizedText, span: Span) -> bool:
    """Return whether the line of a span states from when to when, as the line of a job does."""
    return bool(_PERIOD.search(text.line(span.first)))


def spelled_out(word: str) -> str:
    return _ABBREVIATIONS.get(word, word)


def _candidates(text: TokenizedText, known: LiveData) -> Iterator[Candidate]:
    spelled = tuple(spelled_out(token.word) for token in text.tokens)
    other_numbers = tuple(_other_number(word, known) for word in spelled)
    for first in range(len(text.tokens)):
        for last in range(first, min(first + MAX_NAME_WORDS, len(text.tokens))):
            token = text.tokens[last]
            may_be_in = token.is_known or token.word in _OF or token.word in _ABBREVIATIONS
            if not may_be_in or (last > first and token.boundary >= Boundary.LABEL):
                break
            run = spelled[first : last + 1]
            yield Candidate(Span(first, last + 1, "".join(run)))
            for place, other in enumerate(other_numbers[first:last]):
                if other:
                    yield Candidate(Span(first, last + 1, "".join((*run[:place], other, *run[place + 1 :]))))
            if last > first + 1 and run[-1] in _RANKS:
                stem = "".join(run[:-1])
                yield from (Candidate(Span(first, last + 1, stem + rank), run[-1]) for rank in _RANKS - {run[-1]})
            if len(run) in SHORT_TITLE_WORDS and _is_apart(text, first, last + 1):
                around = spelled[max(0, first - MAX_ENTRY_WORDS) : last + MAX_ENTRY_WORDS]
                left_out = known.words.intersection((*around, *(_IMPLIED.get(word, word) for word in around)))
                yield from (Candidate(Span(first, last + 1, f"{word}{''.join(run)}")) for word in left_out)


def _other_number(word: str, known: LiveData) -> str:
    """Return the plural or singular of a word if guides have it."""
    other = word.removesuffix("s") if word.endswith("s") else f"{word}s"
    return other if other in known.words else ""


def _is_apart(text: TokenizedText, first: int, last: int) -> bool:
    """Return whether a span is an item of a list, or a noun on its own: 'as a receptionist at'."""
    begins = text.starts_item(first) or text.tokens[first - 1].word in _BEFORE
    return begins and (last == len(text.tokens) or text.starts_item(last) or text.tokens[last].word in _BEHIND)


def _titles_by_key(keys: Iterable[str], known: LiveData) -> Mapping[str, tuple[Title, ...]]:
    rows = Term.objects.filter(kind__in=TITLES, key__in=keys).order_by("slug", "name")
    live = _live_editions(known)
    titles: dict[str, tuple[Title, ...]] = {}
    for key, kind, slug, name, edition in rows.values_list("key", "kind", "slug", "name", "edition_id"):
        if edition in live:
            titles[key] = (*titles.get(key, ()), Title(slug, name, kind == TermKind.LEVEL))
    return titles


def _ranks(by_key: Mapping[str, tuple[Title, ...]], known: LiveData) -> Mapping[str, set[str]]:
    """Map guides to the last words of all their titles."""
    slugs = {title.slug for titles in by_key.values() for title in titles}
    ranks = defaultdict[str, set[str]](set)
    for slug, name in _names_of(slugs, known, TermKind.TITLE, TermKind.ALTERNATIVE):
        ranks[slug].update(words.words(name)[-1:])
    return ranks


def _names_of(slugs: Iterable[str], known: LiveData, *kinds: TermKind) -> Iterator[tuple[str, str]]:
    """Yield the slug and each name of some kinds of live guides."""
    live = _live_editions(known)
    rows = Term.objects.filter(kind__in=kinds, slug__in=slugs).values_list("slug", "name", "edition_id")
    return ((slug, name) for slug, name, edition in rows if edition in live)


def _live_editions(known: LiveData) -> frozenset[int]:
    """Return the live editions. A condition on them in a query would read the terms of each one."""
    return frozenset(guide.edition for guide in known.index.guides)


def is_held(text: TokenizedText, span: Span) -> bool:
    return not (negation.is_not_held(text, span.first) or negation.is_course(text, span.last))


def _guides_of(titles: tuple[Title, ...], guides: Mapping[str, str]) -> tuple[str, ...]:
    """Return the slugs of the guides with a title, or else of those whose title is in the name of a level.

    A lead clerk is a clerk. The clinical supervisor on a coordinator's ladder need not have been a coordinator.
    """
    known = tuple(title for title in titles if title.slug in guides)
    own = tuple(title.slug for title in known if not title.is_level)
    return own or tuple(title.slug for title in known if guides[title.slug] in title.name)
