"""The index of live guides: facet counts, filters, and sort orders, built once per generation.

A guide's position is its rank by title. A mask is an integer with one bit per position, so `&` intersects two sets of
guides and `bit_count` counts one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import NamedTuple

from guides import words
from guides.models.search_index import TermKind
from guides.requirements import EDUCATION_LEVELS, experience_slug
from guides.statistics.headline import PayBasis, main_codes, pay_basis
from guides.summary import ListedOccupation, Move, SummaryRequirement

FACETS = (TermKind.SKILL, TermKind.FIELD, TermKind.EDUCATION, TermKind.SETTING, TermKind.GROWTH, TermKind.SOURCE)
WITHOUT_EXPERIENCE, WITHOUT_CERTIFICATE = "experience", "certificate"


class Entry(NamedTuple):
    """A live guide. `title` is normalized for sorting. `pay` is the yearly amount that the pay headline sorts by.

    `growth` is a fraction, the low end of a range.
    """

    edition: int
    slug: str
    title: str
    pay: float | None
    growth: float | None
    live_from: datetime
    occupations: tuple[ListedOccupation, ...]
    pay_is_representative: bool
    requirements: tuple[SummaryRequirement, ...] = ()
    moves: tuple[Move, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()


class Label(NamedTuple):
    """A term as one edition names it. Only a skill has a kind, aliases, and the slug of a broader skill."""

    edition: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    broader: str = ""


@dataclass(frozen=True, eq=False)
class LiveIndex:
    """Live guides by title, the mask of each term, the labels of terms, and the skills of guides.

    `shares` maps a skill to the positions of its guides, and those to its share of all skills of the guide, in
    millionths. A term's label comes from its guide that went live last.
    """

    guides: tuple[Entry, ...]
    terms: Mapping[TermKind, Mapping[str, int]]
    labels: Mapping[TermKind, Mapping[str, Label]]
    shares: Mapping[str, Mapping[int, int]]

    @cached_property
    def everything(self) -> int:
        return (1 << len(self.guides)) - 1

    @cached_property
    def totals(self) -> Mapping[TermKind, Mapping[str, int]]:
        """The number of live guides per term."""
        return {kind: self.counts(kind, self.everything) for kind in FACETS}

    @cached_property
    def by_title(self) -> Sequence[int]:
        return range(len(self.guides))

    @cached_property
    def by_field(self) -> Sequence[int]:
        """Positions by the name of the field. Guides without a field come first."""
        labels, ranks = self.labels[TermKind.FIELD], [0] * len(self.guides)
        for rank, slug in enumerate(sorted(labels, key=lambda slug: words.key(labels[slug].name)), start=1):
            for position in positions(self.mask(TermKind.FIELD, slug), self.by_title):
                ranks[position] = rank
        return tuple(sorted(self.by_title, key=ranks.__getitem__))

    @cached_property
    def by_pay(self) -> Sequence[int]:
        return tuple(sorted(self.by_title, key=self._pay_order))

    @cached_property
    def by_growth(self) -> Sequence[int]:
        return tuple(sorted(self.by_title, key=lambda position: _descending(self.guides[position].growth)))

    @cached_property
    def by_entry(self) -> Sequence[int]:
        """Positions by the least education, and then by the fewest years of experience, of the usual way in."""
        return tuple(sorted(self.by_title, key=lambda position: _entry_order(self.guides[position].requirements)))

    @cached_property
    def without(self) -> Mapping[str, int]:
        """The masks of the guides whose usual way in does not require experience, or a certificate."""
        usual = {place: guide.requirements[0] for place, guide in enumerate(self.guides) if guide.requirements}
        masks = {
            WITHOUT_EXPERIENCE: (place for place, way in usual.items() if not way.years_from),
            WITHOUT_CERTIFICATE: (place for place, way in usual.items() if not way.certificate),
        }
        return {name: mask_of(places, len(self.guides)) for name, places in masks.items()}

    @cached_property
    def by_latest(self) -> Sequence[int]:
        return tuple(sorted(self.by_title, key=lambda position: self.guides[position].live_from, reverse=True))

    @cached_property
    def by_age(self) -> Sequence[int]:
        """Positions by the time of going live, the earliest first."""
        return age_order(self.guides)

    @cached_property
    def by_pay_basis(self) -> Mapping[PayBasis, Sequence[int]]:
        """Positions by what the pay headlines of these guides are computed from."""
        found: dict[PayBasis, list[int]] = {}
        for position, guide in enumerate(self.guides):
            basis = pay_basis(guide.occupations, is_representative=guide.pay_is_representative)
            found.setdefault(basis, []).append(position)
        return found

    @cached_property
    def position(self) -> Mapping[int, int]:
        """The position of each live edition."""
        return {guide.edition: position for position, guide in enumerate(self.guides)}

    def mask(self, kind: TermKind, slug: str) -> int:
        return self.terms[kind].get(slug, 0)

    def paid(self, lowest: int | None, highest: int | None) -> int:
        """Return the mask of the guides whose yearly pay is known and within these limits."""
        first = 0 if highest is None else bisect_left(self.by_pay, float(-highest), key=self._pay_order)
        if lowest is None:
            last = bisect_left(self.by_pay, inf, key=self._pay_order)
        else:
            last = bisect_right(self.by_pay, float(-lowest), key=self._pay_order)
        return mask_of(self.by_pay[first:last], len(self.guides))

    def counts(self, kind: TermKind, mask: int) -> dict[str, int]:
        """Return the number of guides in a mask per term, without terms that have none."""
        return {slug: count for slug, term in self.terms[kind].items() if (count := (term & mask).bit_count())}

    def editions(self, found: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.guides[position].edition for position in found)

    def live(self, editions: Iterable[int]) -> tuple[int, ...]:
        """Return the positions of those of these editions that are live, by title."""
        return tuple(sorted(self.position[edition] for edition in editions if edition in self.position))

    def _pay_order(self, position: int) -> float:
        return _descending(self.guides[position].pay)

    @cached_property
    def alternatives(self) -> Mapping[tuple[str, ...], Mapping[int, int]]:
        """Groups of skills of which one is enough, with the positions of their guides and the share of the group."""
        found: dict[tuple[str, ...], dict[int, int]] = {}
        for position, guide in enumerate(self.guides):
            for group in guide.alternatives:
                found.setdefault(group, {})[position] = self.shares[group[0]][position]
        return found

    @cached_property
    def main_occupations(self) -> frozenset[str]:
        """The codes of the official occupations that are closest to a guide."""
        return frozenset(code for guide in self.guides for code in main_codes(guide.occupations))

    @cached_property
    def by_occupation(self) -> Mapping[str, tuple[str, ...]]:
        """The slugs of the guides that have an official occupation, by title."""
        found: dict[str, list[str]] = {}
        for guide in self.guides:
            for occupation in guide.occupations:
                found.setdefault(occupation.code, []).append(guide.slug)
        return {code: tuple(slugs) for code, slugs in found.items()}

    @cached_property
    def by_requirements(self) -> Mapping[tuple[SummaryRequirement, ...], Sequence[int]]:
        """Positions by the requirements of their guides. Many guides have the same ones."""
        found: dict[tuple[SummaryRequirement, ...], list[int]] = {}
        for position, guide in enumerate(self.guides):
            found.setdefault(guide.requirements, []).append(position)
        return found

    @cached_property
    def experiences(self) -> Mapping[str, str]:
        """The kinds of experience that guides require, by slug, the most frequent first."""
        names = (way.experience for guide in self.guides for way in guide.requirements if way.experience)
        found: dict[str, str] = {}
        for name, _count in Counter(names).most_common():
            found.setdefault(experience_slug(name), name)
        return found

    @cached_property
    def required_certificates(self) -> Mapping[str, str]:
        """The names of the certificates that guides require, by slug, the most frequent first."""
        ways = (way for guide in self.guides for way in guide.requirements if way.certificate)
        found: dict[str, str] = {}
        for (slug, name), _count in Counter((way.certificate, way.certificate_name) for way in ways).most_common():
            found.setdefault(slug, name or slug)
        return found

    @cached_property
    def edition_by_slug(self) -> Mapping[str, int]:
        return {guide.slug: guide.edition for guide in self.guides}

    @cached_property
    def editions_by_title(self) -> Mapping[str, tuple[int, ...]]:
        """Live editions by normalized title."""
        groups = groupby(self.guides, attrgetter("title"))
        return {title: tuple(guide.edition for guide in group) for title, group in groups}


def mask_of(found: Iterable[int], size: int) -> int:
    """Return the mask of these positions among `size` guides."""
    bits = bytearray(size // 8 + 1)
    for position in found:
        bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")


def positions(mask: int, order: Sequence[int]) -> Iterator[int]:
    """Yield the positions in a mask, in this order of all positions."""
    bits = f"{mask:0{len(order)}b}"[::-1]
    return (position for position in order if bits[position] == "1")


def age_order(guides: Sequence[Entry]) -> tuple[int, ...]:
    """Return the positions of guides by the time of going live, the earliest first."""
    return tuple(
        sorted(range(len(guides)), key=lambda position: (guides[position].live_from, guides[position].edition))
    )


def _descending(amount: float | None) -> float:
    """Return a sort key for the highest first and the unknown last."""
    return inf if amount is None else -amount


def _entry_order(ways: Sequence[SummaryRequirement]) -> tuple[float, int]:
    """Return a sort key for the least required first and the unknown last."""
    if not ways or not ways[0].education:
        return inf, 0
    return EDUCATION_LEVELS.index(ways[0].education), ways[0].years_from or 0
