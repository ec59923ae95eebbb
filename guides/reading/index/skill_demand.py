"""Which live guides ask for which skills: a visitor's skills are set against all of them at once."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from guides import words
from guides.choices import SkillKind
from guides.models.search_index import TermKind

from .columns import Called, Stock
from .postings import SMALL, Numbers, Small, Terms

MOST_SHARING, MOST_LOOKED_AT = 6_000, 12


@dataclass(frozen=True, eq=False)
class Asked:
    stock: Stock

    @property
    def skills(self) -> Terms:
        return self.stock.terms[TermKind.SKILL]

    @property
    def called(self) -> Mapping[str, Called]:
        """How the live guide that went live last calls each skill that any asks for."""
        return self.stock.called[TermKind.SKILL]

    @property
    def live(self) -> int:
        return len(self.stock.by_title)

    @cached_property
    def guides(self) -> Mapping[str, int]:
        """How many live guides ask for each skill that any asks for, the most asked for first."""
        counts = dict(zip(self.skills.slugs, self.stock.guides[TermKind.SKILL].tolist(), strict=True))
        return {slug: counts[slug] for slug in sorted(self.called, key=lambda slug: (-counts[slug], slug))}

    @cached_property
    def by_kind(self) -> tuple[str, ...]:
        """The skills that live guides ask for, by kind and name."""
        return tuple(sorted(self.called, key=lambda slug: (self.called[slug].kind, words.key(self.called[slug].name))))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The skills that live guides ask for, by the stems of each name: slugs, and the name as it is spelled.

        Each name is there as it may be spelled with its compounds as one word or as two. The name of a tool is never
        split: 'Salesforce' is no sales force.
        """
        names = [(slug, name) for slug, called in self.called.items() for name in (called.name, *called.aliases)]
        apart = frozenset(word for _slug, name in names for word in words.words(name))
        found: dict[str, dict[tuple[str, str], None]] = {}
        for slug, name in names:
            may_split = self.called[slug].kind != SkillKind.TOOL
            for spelled in words.spellings(words.words(name), apart=apart if may_split else frozenset()):
                found.setdefault(" ".join(map(words.stem, spelled)), {})[slug, name] = None
        return {key: tuple(of) for key, of in found.items()}

    def ranked(self, halves: Mapping[str, int], *, most: int) -> tuple[int, tuple[int, ...]]:
        """How many live editions ask for any of these skills, and the first of them by how much of each that is.

        `halves` is what each skill counts, two for a whole one.
        """
        editions = self.stock.columns.editions
        fits = np.zeros(len(editions), dtype=np.int64)
        for slug, count in halves.items():
            having = self.skills.having(slug)
            fits[having.places] += having.shares * count
        fits[~self.stock.is_live] = 0
        best = fitting = np.flatnonzero(fits)
        if len(fitting) > most:
            least = np.partition(fits[fitting], len(fitting) - most)[len(fitting) - most]
            best = fitting[fits[fitting] >= least]
        order = best[np.lexsort((editions[best], -fits[best]))][:most]
        return len(fitting), self.stock.keys(order)

    def sharing(self, skills: Iterable[str], *, most: int) -> tuple[int, ...]:
        """The live editions that ask for the most of these skills, the most first."""
        return self.stock.keys(self._sharing({*skills})[:most])

    def nearest(self, skills: Iterable[str], *, without: str, most: int) -> tuple[int, ...]:
        """The live editions, but for those at an address, that ask for the fewest other skills, as a share of theirs.

        It looks at those that share the most; of equals, the first by title is the nearest.
        """
        asked, own = {*skills}, self.stock.columns.addressed((without,))
        places = self._sharing(asked)[: MOST_LOOKED_AT + len(own)]
        places = places[~np.isin(places, own)][:MOST_LOOKED_AT]
        shared = np.zeros(len(places), dtype=np.int64)
        for having in (self.skills.having(slug).places for slug in asked & self.skills.numbers.keys()):
            at = np.searchsorted(having, places)
            shared += having[np.minimum(at, len(having) - 1)] == places
        order = np.lexsort((self.stock.title_ranks[places], 1 - shared / self._skills_of[places]))
        return self.stock.keys(places[order][:most])

    @cached_property
    def _skills_of(self) -> Numbers:
        """How many skills each edition asks for, by its place."""
        return np.bincount(self.skills.places, minlength=len(self.stock.columns.editions))

    def _sharing(self, skills: AbstractSet[str]) -> Small:
        """The places of the live editions that ask for the most of these skills, the most first.

        Of a very large catalogue, skills that nearly all ask for are left out, as they tell nothing of who is near:
        the rarest are counted first, until so many editions have been looked at.
        """
        editions, is_live = self.stock.columns.editions, self.stock.is_live
        known = sorted(skills & self.skills.numbers.keys())
        asked = sorted((self.skills.having(slug).places for slug in known), key=len)
        told = [places for places, seen in zip(asked, accumulate(map(len, asked)), strict=True) if seen <= MOST_SHARING]
        if not told and asked:
            told = [asked[0][-MOST_SHARING:]]
        places, counts = np.unique(np.concatenate((SMALL, *told)), return_counts=True)
        places, counts = places[is_live[places]], counts[is_live[places]]
        best: Small = places[np.lexsort((editions[places], -counts))]
        return best
