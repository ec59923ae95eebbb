"""Which editions have which terms of a kind, in memory, as columns of numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.int64]
type Small = NDArray[np.int32]
type Chosen = NDArray[np.bool_]

NUMBERS, SMALL = np.array([], dtype=np.int64), np.array([], dtype=np.int32)


class Having(NamedTuple):
    """The places of the editions that have a term, and what it makes of each: of skills, in millionths."""

    places: Small
    shares: Small


@dataclass(frozen=True, eq=False)
class Terms:
    """The terms of a kind, each a number: number n is `slugs[n]`, of the editions from `starts[n]` to `starts[n + 1]`.

    Places are those of `Stock`, whether or not an edition is live.
    """

    slugs: tuple[str, ...]
    starts: Numbers
    places: Small
    shares: Small

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {slug: number for number, slug in enumerate(self.slugs)}

    def having(self, slug: str) -> Having:
        number = self.numbers.get(slug)
        span = slice(0) if number is None else slice(self.starts[number], self.starts[number + 1])
        return Having(self.places[span], self.shares[span])

    def among(self, chosen: Chosen) -> Numbers:
        """How many of these editions have each term."""
        return np.add.reduceat(chosen[self.places], self.starts[:-1], dtype=np.int64) if self.slugs else NUMBERS

    def greatest(self, ranks: Small) -> Small:
        """The greatest of the ranks, which are by place, among the editions that have each term."""
        return np.maximum.reduceat(ranks[self.places], self.starts[:-1]) if self.slugs else SMALL

    def also(self, told: Mapping[str, Having]) -> "Terms":
        """With more editions that have terms."""
        if not told:
            return self
        slugs = (*self.slugs, *(slug for slug in told if slug not in self.numbers))
        numbers = {slug: number for number, slug in enumerate(slugs)}
        before = np.repeat(np.arange(len(self.slugs)), np.diff(self.starts) if self.slugs else NUMBERS)
        fresh = np.repeat([numbers[slug] for slug in told], [len(having.places) for having in told.values()])
        number = np.concatenate((before, fresh)).astype(np.int32)
        places = np.concatenate((self.places, *(having.places for having in told.values())))
        shares = np.concatenate((self.shares, *(having.shares for having in told.values())))
        order = np.lexsort((places, number))
        starts = np.searchsorted(number[order], np.arange(len(slugs) + 1))
        return Terms(slugs, starts, places[order], shares[order])


NO_TERMS = Terms((), NUMBERS, SMALL, SMALL)
