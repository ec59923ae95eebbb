"""Why a guide was found: where it has the words that were sought, and these marked."""

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
from guides.models.fulltext import Sought
from guides.models.search_index import Listing, TermKind

EXCERPT, MAX_NAMES = 180, 3
KINDS = (TermKind.ALTERNATIVE, TermKind.SKILL, TermKind.ALIAS)
"""The terms that reasons are made of."""


@dataclass(frozen=True)
class Reason:
    """Why a guide was found: where, and there the words that were sought, marked."""

    where: str
    text: SafeString


class Named(NamedTuple):
    """A term of a guide: its kind, its slug, its name."""

    kind: str
    slug: str
    name: str


def reasons(listing: Listing, terms: Iterable[Named], sought: Sought) -> Iterator[Reason]:
    """Yield where a guide has the words that its title lacks."""
    terms = tuple(terms)
    left = set(range(len(sought.words))) - found_in(listing.edition.title, sought)
    if not left:
        return
    also = [term.name for term in terms if term.kind == TermKind.ALTERNATIVE]
    field = [listing.field_name]
    for where, names in ((_("Also called"), also), (_("Asks for"), _skills(terms)), (_("Field of work"), field)):
        fitting = [name for name in _likely("\n".join(names), sought) if left & found_in(name, sought)][:MAX_NAMES]
        if fitting:
            left -= found_in("\n".join(fitting), sought)
            yield Reason(where, marked(", ".join(fitting), sought))
    if left:
        unexplained = replace(sought, words=tuple(sought.words[number] for number in sorted(left)))
        if excerpt := _excerpt(listing.text, unexplained):
            yield Reason(_("In the text"), marked(excerpt, sought))


def _skills(terms: Iterable[Named]) -> tuple[str, ...]:
    """Skills with their other names: 'Electronic health record systems (EHR)'."""
    skills = {term.slug: [term.name] for term in terms if term.kind == TermKind.SKILL}
    for term in terms:
        if term.kind == TermKind.ALIAS:
            skills[term.slug].append(term.name)
    return tuple(f"{name} ({', '.join(aliases)})" if aliases else name for name, *aliases in skills.values())


def _excerpt(text: str, sought: Sought) -> str:
    """The passage of a text that has the most of what is sought, cut to a line or two; '' where none has any."""
    likely = _likely(text, sought)
    most, best = max(((len(found_in(line, sought)), line) for line in likely), key=itemgetter(0), default=(0, ""))
    if not most:
        return ""
    first = next((start for start, _end in _spots(best, sought)), 0)
    start = max(0, first - EXCERPT // 3)
    start = best.rfind(" ", 0, start) + 1 if start else 0
    cut = best[start : start + EXCERPT]
    ends = start + EXCERPT < len(best)
    return ("… " if start else "") + (cut.rsplit(" ", 1)[0] + " …" if ends else cut)


def _likely(text: str, sought: Sought) -> Iterator[str]:
    """The lines of a text that may have some of what is sought: few need to be taken apart into stems."""
    lines = zip(text.split("\n"), words.compact(text).split("\n"), strict=True)
    return (line for line, letters in lines if any(start in letters for start in sought.begun))


def marked(text: str, sought: Sought) -> SafeString:
    """The text, escaped, with the words that were sought within <mark>."""
    pieces, last = [], 0
    for start, end in _spots(text, sought):
        pieces += [escape(text[last:start]), f"<mark>{escape(text[start:end])}</mark>"]
        last = end
    return mark_safe("".join((*pieces, escape(text[last:]))))  # noqa: S308 -- each piece was escaped


_SPOT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _spots(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    """Yield where a text has what is sought: in a word, or in two that are a compound."""
    spots = [found.span() for found in _SPOT.finditer(words.fold(text))]
    last = 0
    for (start, end), (_start, behind) in pairwise((*spots, (0, 0))):
        if start < last:
            continue
        if _words_in(text[start:end], sought):
            yield start, end
        elif _compounds_in(text[start:behind], sought):
            last = behind
            yield start, behind


def found_in(text: str, sought: Sought) -> set[int]:
    """Return which of the words sought a text has, by their numbers."""
    found = _words_in(text, sought)
    return found if len(found) == len(sought.words) else found | _compounds_in(text, sought)


def _words_in(text: str, sought: Sought) -> set[int]:
    return sought.among(words.stem(word) for word in words.words(text) if word.startswith(sought.begun))


def _compounds_in(text: str, sought: Sought) -> set[int]:
    return sought.among(map(words.stem_uncached, _likely_compounds(text, sought)))


def _likely_compounds(text: str, sought: Sought) -> Iterator[str]:
    """Yield the compounds that begin as sought: not only their first word, which has been looked at by itself."""
    for first, second in words.compounds(text):
        both = first + second
        if both.startswith(sought.begun) and both.startswith(tuple(b for b in sought.begun if len(b) >= len(first))):
            yield both
