"""The level of a role's ladder that fits a visitor's years and skills."""

from fractions import Fraction
from typing import NamedTuple

from guides.pay import of_levels
from guides.rendering.citations import cited_in
from guides.schema import CareerLevel, Guide, SalaryBand
from guides.skill_groups import FULL_POINTS

from .scoring import GroupScore

FIRST_LEVEL_SHARE = Fraction(1, 2)
"""The share of essential skills for the first level. The highest needs all, and the others are evenly in between."""


class LevelMatch(NamedTuple):
    """A level of the ladder with its pay, and the publisher and period of the pay."""

    level: CareerLevel
    band: SalaryBand | None
    cited: str


class LadderPosition(NamedTuple):
    """The level that fits `now`, None below the first or without years, and the `next` one, None above the last.

    `share` is the share of essential skills, or of all skills unless `is_essential`, and `missing` are those of them
    that the visitor lacks at least in part. `by_years` is the level that the years alone reach, None without years.
    `has_years` says whether the guide states years for its levels.
    """

    now: LevelMatch | None
    next: LevelMatch | None
    share: float
    missing: tuple[GroupScore, ...]
    is_essential: bool
    by_years: LevelMatch | None
    has_years: bool

    @property
    def is_held_back(self) -> bool:
        """Whether missing skills keep the visitor from the level that the years would reach."""
        return bool(self.by_years and self.now and self.now != self.by_years)


def ladder_position(guide: Guide, scores: tuple[GroupScore, ...], years: int | None) -> LadderPosition | None:
    """Return the highest level that both the years and the essential skills reach, None without a ladder or skills."""
    if not guide.levels or not scores:
        return None
    essential = tuple(score for score in scores if score.importance == "essential")
    needed = essential or scores
    share = Fraction(sum(score.points for score in needed), FULL_POINTS * len(needed))
    has_years = any(level.years_from is not None for level in guide.levels)
    by_years = _level_by_years(guide.levels, years) if has_years and years is not None else None
    place = min(_level_by_skills(share, len(guide.levels)), by_years or 0) if has_years else -1
    return LadderPosition(
        now=_level_match(guide, place),
        next=_level_match(guide, place + 1),
        share=float(share),
        missing=tuple(score for score in needed if not score.is_full),
        is_essential=bool(essential),
        by_years=None if by_years is None else _level_match(guide, by_years),
        has_years=has_years,
    )


def _level_by_skills(share: Fraction, levels: int) -> int:
    """Return the index of the highest level that a share of the essential skills reaches, or -1."""
    step = (1 - FIRST_LEVEL_SHARE) / max(1, levels - 1)
    return max((place for place in range(levels) if share >= FIRST_LEVEL_SHARE + place * step), default=-1)


def _level_by_years(levels: tuple[CareerLevel, ...], years: int) -> int:
    """Return the index of the highest level that the years reach, at least the first."""
    reached = (
        place for place, level in enumerate(levels) if level.years_from is not None and level.years_from <= years
    )
    return max(reached, default=0)


def _level_match(guide: Guide, place: int) -> LevelMatch | None:
    """Return the level at an index, or None beyond either end of the ladder."""
    if not 0 <= place < len(guide.levels):
        return None
    level = guide.levels[place]
    band = of_levels(guide).get(level.title)
    return LevelMatch(level, band, cited_in(guide, band.source) if band else "")
