"""Which live guides ask for which skills: a visitor's skills are set against all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from guides import words
from guides.models.listing import TermKind

from .stock import Called, Stock
from .terms import SMALL, Terms

MOST_SHARING = 6_000


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
        return {slug: counts[slug] for slug in sorted(counts, key=lambda slug: (-counts[slug], slug)) if counts[slug]}

    @cached_property
    def by_kind(self) -> tuple[str, ...]:
        """The skills that live guides ask for, by kind and name."""
        return tuple(sorted(self.called, key=lambda slug: (self.called[slug].kind, words.key(self.called[slug].name))))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The skills that live guides ask for, by the stems of each name: slugs, and the name as it is spelled."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for slug, called in self.called.items():
            for name in (called.name, *called.aliases):
                key = " ".join(words.stems(name))
                found[key] = (*found.get(key, ()), (slug, name))
        return found

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
        """The live editions that ask for the most of these skills, the most first.

        Of a very large catalogue, skills that nearly all ask for are left out, as they tell nothing of who is near:
        the rarest are counted first, until so many editions have been looked at.
        """
        editions, is_live = self.stock.columns.editions, self.stock.is_live
        known = sorted({*skills} & self.skills.numbers.keys())
        asked = sorted((self.skills.having(slug).places for slug in known), key=len)
        told = [places for places, seen in zip(asked, accumulate(map(len, asked)), strict=True) if seen <= MOST_SHARING]
        if not told and asked:
            told = [asked[0][-MOST_SHARING:]]
        places, counts = np.unique(np.concatenate((SMALL, *told)), return_counts=True)
        places, counts = places[is_live[places]], counts[is_live[places]]
        return self.stock.keys(places[np.lexsort((editions[places], -counts))][:most])
