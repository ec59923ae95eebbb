"""The skills of live guides: their labels, and guides ranked by the skills that they require."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain

from guides import words
from guides.choices import SkillKind
from guides.models.search_index import WHOLE, TermKind
from guides.skill_groups import FULL_POINTS

from .live_index import Label, LiveIndex

MAX_COMPARED = 12
MAX_FIT = FULL_POINTS * 2 * WHOLE  # twice the whole, as shares are rounded


@dataclass(frozen=True, eq=False)
class SkillIndex:
    index: LiveIndex

    @property
    def labels(self) -> Mapping[str, Label]:
        return self.index.labels[TermKind.SKILL]

    @property
    def total(self) -> int:
        return len(self.index.guides)

    @cached_property
    def guides(self) -> Mapping[str, int]:
        """The number of live guides per skill, the most frequent skill first."""
        counts = self.index.totals[TermKind.SKILL]
        return {slug: counts[slug] for slug in sorted(self.labels, key=lambda slug: (-counts[slug], slug))}

    @cached_property
    def by_kind(self) -> tuple[str, ...]:
        """Skills by kind and name."""
        return tuple(sorted(self.labels, key=lambda slug: (self.labels[slug].kind, words.key(self.labels[slug].name))))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The slug and the spelled name of each skill by the stems of its names.

        A name has one key per spelling of its compounds, as one word or as two. Names of tools are never split:
        'Salesforce' does not mean a sales force.
        """
        names = [(slug, name) for slug, label in self.labels.items() for name in (label.name, *label.aliases)]
        apart = frozenset(word for _slug, name in names for word in words.words(name) if len(word) > 1)
        found: dict[str, dict[tuple[str, str], None]] = {}
        for slug, name in names:
            may_split = self.labels[slug].kind != SkillKind.TOOL
            for spelled in words.spellings(words.words(name), apart=apart if may_split else frozenset()):
                found.setdefault(" ".join(map(words.stem, spelled)), {})[slug, name] = None
        return {key: tuple(of) for key, of in found.items()}

    @cached_property
    def certificates(self) -> Mapping[str, str]:
        """The names of certificates by slug, the most frequent first."""
        labels = self.labels
        return {slug: labels[slug].name for slug in self.guides if labels[slug].kind == SkillKind.CERTIFICATE}

    @cached_property
    def broader(self) -> Mapping[str, str]:
        """The broader skill of each narrower one."""
        return {slug: label.broader for slug, label in self.labels.items() if label.broader}

    def fits(self, points: Mapping[str, int]) -> dict[int, int]:
        """Return the positions of the guides that require any of these skills, with how well the skills fit.

        `points` has the points of each skill, including those that follow from others. The best of alternatives
        counts. A fit is at most `MAX_FIT`.
        """
        fits: defaultdict[int, int] = defaultdict(int)
        for slug, own in points.items():
            for position, share in self._shares(slug).items():
                fits[position] += share * own
        for group, shares in self.index.alternatives.items():
            held = tuple(points[slug] for slug in group if slug in points)
            for position, share in shares.items() if len(held) > 1 else ():
                fits[position] -= share * (sum(held) - max(held))
        return fits

    def highest(self, scores: Mapping[int, int], *, most: int) -> list[int]:
        """Return the positions with the highest scores, ties in order of publication."""
        # Sorting all positions by this key takes several times as long as finding the lowest score first.
        lowest = min(nlargest(most, scores.values()), default=0)
        high = (position for position, score in scores.items() if score >= lowest)
        return sorted(high, key=lambda position: (-scores[position], self.index.guides[position].edition))[:most]

    def sharing(self, skills: AbstractSet[str], *, most: int) -> tuple[int, ...]:
        """Return the live editions that share the most of these skills."""
        return self.index.editions(self._sharing(skills, most=most))

    def nearest(self, skills: AbstractSet[str], *, without: str, most: int) -> tuple[int, ...]:
        """Return the live editions that require the smallest share of other skills, except the one at an address.

        Only those that share the most skills are compared. Ties are in order of title.
        """
        near = [
            place for place in self._sharing(skills, most=MAX_COMPARED + 1) if self.index.guides[place].slug != without
        ]
        other = {
            place: 1 - sum(place in self._shares(slug) for slug in skills) / self._skills_of[place]
            for place in sorted(near[:MAX_COMPARED])
        }
        best = sorted(other, key=other.__getitem__)[:most]
        return tuple(self.index.guides[place].edition for place in best)

    @cached_property
    def _skills_of(self) -> Counter[int]:
        """The number of skills per position."""
        return Counter(chain.from_iterable(self.index.shares.values()))

    def _shares(self, slug: str) -> Mapping[int, int]:
        return self.index.shares.get(slug, {})

    def _sharing(self, skills: AbstractSet[str], *, most: int) -> list[int]:
        """Return the positions that share the most of these skills."""
        return self.highest(Counter(chain.from_iterable(map(self._shares, skills))), most=most)
