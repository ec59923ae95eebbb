"""Explains why a guide matches a query: where it has the words, with these marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guides import words
from guides.models.fulltext import Query
from guides.models.search_index import Listing, TermKind

EXCERPT, MAX_NAMES = 180, 3
KINDS = (TermKind.ALTERNATIVE, TermKind.SKILL, TermKind.ALIAS)
"""The kinds of terms that a reason may show."""


@dataclass(frozen=True)
class Reason:
    """A reason why a guide matches: the field, and its text with the words of the query marked."""

    where: str
    text: SafeString


class Named(NamedTuple):
    """The kind, slug, and name of a term."""

    kind: str
    slug: str
    name: str


def reasons(listing: Listing, terms: Iterable[Named], query: Query) -> Iterator[Reason]:
    """Yield where a guide has the words of the query that its title lacks."""
    terms = tuple(terms)
    left = set(range(len(query.words))) - words_in(listing.edition.title, query)
    if not left:
        return
    alternatives = [term.name for term in terms if term.kind == TermKind.ALTERNATIVE]
    field = [listing.field_name]
    for where, names in (
        (_("Also called"), alternatives),
        (_("Needs"), _skills(terms)),
        (_("Field of work"), field),
    ):
        fitting = [name for name in _likely("\n".join(names), query) if left & words_in(name, query)][:MAX_NAMES]
        if fitting:
            left -= words_in("\n".join(fitting), query)
            yield Reason(where, marked(", ".join(fitting), query))
    if left:
        rest = replace(query, words=tuple(query.words[number] for number in sorted(left)))
        if excerpt := _excerpt(listing.text, rest):
            yield Reason(_("From the guide"), marked(excerpt, query))


def _skills(terms: Iterable[Named]) -> tuple[str, ...]:
    """Return skills with their aliases, such as 'Electronic health record systems (EHR)'."""
    skills = {term.slug: [term.name] for term in terms if term.kind == TermKind.SKILL}
    for term in terms:
        if term.kind == TermKind.ALIAS:
            skills[term.slug].append(term.name)
    return tuple(f"{name} ({', '.join(aliases)})" if aliases else name for name, *aliases in skills.values())


def _excerpt(text: str, query: Query) -> str:
    """Return up to 180 letters of the line with the most words of the query, or '' if no line has any."""
    likely = _likely(text, query)
    most, best = max(((len(words_in(line, query)), line) for line in likely), key=itemgetter(0), default=(0, ""))
    if not most:
        return ""
    first = next((start for start, _end in _spots(best, query)), 0)
    start = max(0, first - EXCERPT // 3)
    start = best.rfind(" ", 0, start) + 1 if start else 0
    cut = best[start : start + EXCERPT]
    ends = start + EXCERPT < len(best)
    return ("… " if start else "") + (cut.rsplit(" ", 1)[0] + " …" if ends else cut)


def _likely(text: str, query: Query) -> Iterator[str]:
    """Return the lines that may have a word of the query, because stemming all lines would be slow."""
    lines = zip(text.split("\n"), words.compact(text).split("\n"), strict=True)
    return (line for line, letters in lines if any(start in letters for start in query.prefixes))


def marked(text: str, query: Query) -> SafeString:
    """Escape a text and put the words of the query into <mark>."""
    pieces, last = [], 0
    for start, end in _spots(text, query):
        pieces += [escape(text[last:start]), f"<mark>{escape(text[start:end])}</mark>"]
        last = end
    return mark_safe("".join((*pieces, escape(text[last:]))))  # noqa: S308 -- each piece was escaped


_SPOT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _spots(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each match: a word, or two words that form a compound."""
    folded = words.fold(text)
    spots = [found.span() for found in _SPOT.finditer(folded)]
    letters = tuple({prefix[:1] for prefix in query.prefixes})
    last = 0
    for (start, end), (_start, behind) in pairwise((*spots, (0, 0))):
        if start < last or not folded.startswith(letters, start):
            continue
        if _single_words_in(text[start:end], query):
            yield start, end
        elif _compounds_in(text[start:behind], query):
            last = behind
            yield start, behind


def words_in(text: str, query: Query) -> set[int]:
    """Return the numbers of the words of the query that a text has."""
    found = _single_words_in(text, query)
    return found if len(found) == len(query.words) else found | _compounds_in(text, query)


def _single_words_in(text: str, query: Query) -> set[int]:
    return query.words_among(words.stem(word) for word in words.words(text) if word.startswith(query.prefixes))


def _compounds_in(text: str, query: Query) -> set[int]:
    return query.words_among(map(words.stem_uncached, _likely_compounds(text, query)))


def _likely_compounds(text: str, query: Query) -> Iterator[str]:
    """Yield the compounds with a prefix of the query that is at least as long as their first word."""
    for first, second in words.compounds(text):
        if (first + second).startswith(tuple(prefix for prefix in query.prefixes if prefix.startswith(first))):
            yield first + second
