"""What a visitor says of their skills. An address holds all of it: nothing is kept here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from guides.choices import Answer
from guides.schema import types

MOST_ANSWERS, MOST_ROLES, MOST_YEARS = 200, 12, 80
FIELD = "skill-"
"""What the name of a form's field begins with; the skill's slug follows."""


@dataclass(frozen=True)
class Answers:
    """The skills that a visitor has, has some of, and lacks, by their slugs; past roles, by the slugs of their guides.

    `years` is the experience in the role that is checked, or one like it.
    """

    have: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    years: int | None = None

    @classmethod
    def read(cls, given: QueryDict) -> "Answers":
        """What an address says, or a form that was just sent: a field of the form comes before a list."""
        answered = {slug: name for name in _LISTS for slug in _slugs(given.getlist(name))}
        for name, value in given.items():
            slug = name.removeprefix(FIELD)
            if name != slug and _is_slug(slug):
                answered[slug] = str(value)
        return cls(
            **_listed(answered),
            role=tuple(dict.fromkeys(_slugs(given.getlist("role"))))[:MOST_ROLES],
            years=to_years(given.get("years", "")),
        )

    def query(self) -> str:
        """The one spelling of these answers in an address."""
        told = {"have": self.have, "some": self.some, "not-yet": self.not_yet, "role": self.role}
        listed = {name: ",".join(sorted(slugs)) for name, slugs in told.items() if slugs}
        years = {} if self.years is None else {"years": str(self.years)}
        return urlencode(listed | years).replace("%2C", ",")

    @cached_property
    def by_slug(self) -> Mapping[str, Answer]:
        of = ((self.not_yet, Answer.NOT_YET), (self.some, Answer.SOME), (self.have, Answer.HAVE))
        return {slug: answer for slugs, answer in of for slug in slugs}

    def share_of(self, weights: Iterable[tuple[str, int]]) -> float:
        """What is there of skills, each with its weight: a fraction of one. What nothing is said of is not there."""
        weighed = tuple(weights)
        halves = sum(weight * self.by_slug.get(slug, Answer.NOT_YET).halves for slug, weight in weighed)
        return halves / (2 * sum(weight for _slug, weight in weighed)) if weighed else 0.0

    def also(self, have: Iterable[str]) -> "Answers":
        """With these skills as well, where nothing else is said of them, as many as an address holds: of past roles."""
        more = tuple(slug for slug in dict.fromkeys(have) if slug not in self.by_slug)
        return replace(self, have=(*self.have, *more)[: max(MOST_ANSWERS, len(self.have))])

    def renamed(self, skills: Mapping[str, str], roles: Mapping[str, str]) -> "Answers":
        """With other slugs for some; what is said of such a skill by its new slug already stays."""
        moved = {skills[slug]: answer for slug, answer in self.by_slug.items() if slug in skills}
        role = tuple(dict.fromkeys(roles.get(slug, slug) for slug in self.role))
        return replace(self, **_listed(moved | dict(self.without(skills).by_slug)), role=role)

    def without(self, slugs: Iterable[str]) -> "Answers":
        """With nothing said of these skills."""
        gone = frozenset(slugs)
        return replace(self, **_listed({slug: answer for slug, answer in self.by_slug.items() if slug not in gone}))

    def of_skills(self) -> "Answers":
        """What holds for any role: without years, which are of one."""
        return replace(self, years=None)


_LISTS = tuple(Answer.values)


def _listed(answered: Mapping[str, str]) -> dict[str, Any]:
    """Answers by slug, as the fields of `Answers`: of each, as many as an address holds."""
    return {
        name.replace("-", "_"): tuple(slug for slug in answered if answered[slug] == name)[:MOST_ANSWERS]
        for name in _LISTS
    }


def to_years(given: str) -> int | None:
    """'3', '3 years' and '3.5' alike, in whole years; None for what is no number of years."""
    found = re.fullmatch(
        r"\s*([0-9]{1,2})([.,][0-9]+)?\s*\+?\s*(y|yrs?\.?|years?)?\s*", given[:20], re.ASCII | re.IGNORECASE
    )
    return int(found[1]) if found and int(found[1]) <= MOST_YEARS else None


def _slugs(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(slug for text in given for slug in text.lower().split(",") if _is_slug(slug))


def _is_slug(text: str) -> bool:
    return len(text) <= types.MAX_SLUG_LENGTH and bool(re.fullmatch(types.SLUG, text))
