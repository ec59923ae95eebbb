"""A visitor's answers about skills and past roles. URLs hold all of them, and nothing is stored on the server."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from guides.choices import Answer
from guides.reading.index.live_data import live_data
from guides.reading.redirects import Destination, find_destination
from guides.reading.search import skills
from guides.requirements import EDUCATION_LEVELS, Qualifications
from guides.schema import types

MAX_ANSWERS, MAX_ROLES, MAX_YEARS, MAX_EXPERIENCE = 200, 12, 80, 20
FIELD_PREFIX, EXPERIENCE_PREFIX = "skill-", "experience-"
"""Form fields are named by a prefix and the slug of the skill or of the kind of experience."""


@dataclass(frozen=True)
class Answers:
    """Slugs of skills by answer, slugs of past roles or starting jobs, and what the visitor brings besides skills.

    `years` is the experience in the role being checked or a similar one. `education` is the highest level completed,
    and `experience` has the years of each kind of experience that guides require, by slug.
    """

    have: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    years: int | None = None
    education: str = ""
    experience: tuple[tuple[str, int], ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "Answers":
        """Read the answers in a URL or a submitted form. A field of the form overrides the lists."""
        answers = {slug: name for name in _LISTS for slug in _slugs(query.getlist(name))}
        for name, value in query.items():
            slug = name.removeprefix(FIELD_PREFIX)
            if name != slug and _is_slug(slug):
                answers[slug] = str(value)
        return cls(
            **_grouped(answers),
            role=tuple(dict.fromkeys(_slugs(query.getlist("role"))))[:MAX_ROLES],
            years=to_years(query.get("years", "")),
            education=query.get("education", "") if query.get("education") in EDUCATION_LEVELS else "",
            experience=_experience(query),
        )

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the canonical query, also for the hidden fields of a form."""
        slugs = {"have": self.have, "some": self.some, "not-yet": self.not_yet, "role": self.role}
        texts = {name: ",".join(sorted(each)) for name, each in slugs.items()}
        texts["years"] = "" if self.years is None else str(self.years)
        texts["education"] = self.education
        texts["experience"] = ",".join(f"{kind}:{count}" for kind, count in self.experience)
        return tuple((name, text) for name, text in texts.items() if text)

    def query(self) -> str:
        """Return the canonical query string of these answers."""
        return urlencode(self.parameters).replace("%2C", ",").replace("%3A", ":")

    @property
    def has_any(self) -> bool:
        """Whether the visitor has entered anything to rank roles by."""
        return bool(self.have or self.some or self.role or self.education or self.experience)

    @cached_property
    def by_slug(self) -> Mapping[str, Answer]:
        lists = ((self.not_yet, Answer.NOT_YET), (self.some, Answer.SOME), (self.have, Answer.HAVE))
        return {slug: answer for slugs, answer in lists for slug in slugs}

    @cached_property
    def points(self) -> Mapping[str, int]:
        """The points of the skills that the visitor has at least in part."""
        return {slug: answer.points for slug, answer in self.by_slug.items() if answer.points}

    @cached_property
    def qualifications(self) -> Qualifications:
        """What counts for the requirements of roles."""
        held = {slug: answer == Answer.HAVE for slug, answer in self.by_slug.items()}
        return Qualifications(self.education, dict(self.experience), held)

    def with_skills(self, have: Iterable[str]) -> "Answers":
        """Add skills without an answer, up to the limit, as ones that the visitor has."""
        more = tuple(slug for slug in dict.fromkeys(have) if slug not in self.by_slug)
        return replace(self, have=(*self.have, *more)[: max(MAX_ANSWERS, len(self.have))])

    def with_role(self, slug: str) -> "Answers":
        return replace(self, role=tuple(dict.fromkeys((*self.role, slug))))

    def without_role(self, slug: str) -> "Answers":
        return replace(self, role=tuple(role for role in self.role if role != slug))

    def without(self, slugs: Iterable[str]) -> "Answers":
        """Remove the answers about these skills."""
        removed = frozenset(slugs)
        return replace(self, **_grouped({slug: answer for slug, answer in self.by_slug.items() if slug not in removed}))

    def beyond_form(self, *, skills: Iterable[str], experiences: Iterable[str], education: bool) -> "Answers":
        """Return the answers that a form with these fields does not ask for, for its hidden fields."""
        shown = frozenset(experiences)
        return replace(
            self.without(skills),
            education="" if education else self.education,
            experience=tuple((slug, years) for slug, years in self.experience if slug not in shown),
        )

    def without_years(self) -> "Answers":
        """Remove the years, which belong to a single role."""
        return replace(self, years=None)

    def renamed(self, skills: Mapping[str, str], roles: Mapping[str, str]) -> "Answers":
        """Replace old slugs by new ones. An answer that already uses the new slug wins."""
        moved = {skills[slug]: answer for slug, answer in self.by_slug.items() if slug in skills}
        role = tuple(dict.fromkeys(roles.get(slug, slug) for slug in self.role))
        return replace(self, **_grouped(moved | dict(self.without(skills).by_slug)), role=role)


_LISTS = tuple(Answer.values)


def read_answers(request: HttpRequest, *, at: datetime) -> Answers:
    """Read the answers in the URL of a request, with the current slugs of skills and roles."""
    answers = Answers.read(request.GET)
    current_skills = skills.renamed(answers.by_slug, at=at)
    current_roles = _moved_roles(answers.role, at=at) if answers.role else {}
    return answers.renamed(current_skills, current_roles) if current_skills or current_roles else answers


def _moved_roles(roles: tuple[str, ...], *, at: datetime) -> dict[str, str]:
    """Map the slugs of guides that have moved to their current ones."""
    known = live_data(at=at)
    unknown = set(roles) - known.index.edition_by_slug.keys() - known.starting_jobs.by_slug.keys()
    found = {slug: find_destination(slug, at=at) for slug in unknown}
    return {slug: guide.slug for slug, guide in found.items() if isinstance(guide, Destination) and guide.moved}


def with_answers(path: str, answers: Answers) -> str:
    """Return a path with the answers as its query."""
    query = answers.query()
    return f"{path}?{query}" if query else path


def has_fields(query: QueryDict) -> bool:
    """Return whether a form has sent fields, which canonical addresses do not have."""
    return any(
        name.startswith((FIELD_PREFIX, EXPERIENCE_PREFIX)) or (name in {"education", "years"} and not text)
        for name, text in query.items()
    )


def to_years(text: str) -> int | None:
    """Parse years such as '3', '3 years' or '3.5' to whole years. Return None for anything else."""
    match = re.fullmatch(
        r"\s*([0-9]{1,2})([.,][0-9]+)?\s*\+?\s*(y|yrs?\.?|years?)?\s*", text[:20], re.ASCII | re.IGNORECASE
    )
    return int(match[1]) if match and int(match[1]) <= MAX_YEARS else None


def _experience(query: QueryDict) -> tuple[tuple[str, int], ...]:
    """Read the years of each kind of experience, such as 'work-in-health-care:6'. A field of a form overrides them."""
    pairs = (pair.partition(":") for text in query.getlist("experience") for pair in text.lower().split(","))
    texts = {slug: years for slug, _colon, years in pairs}
    fields = {
        key.removeprefix(EXPERIENCE_PREFIX): str(value)
        for key, value in query.items()
        if key.startswith(EXPERIENCE_PREFIX)
    }
    known = ((slug, to_years(text)) for slug, text in (texts | fields).items() if _is_slug(slug))
    return tuple(sorted((slug, years) for slug, years in known if years is not None))[:MAX_EXPERIENCE]


def _grouped(answers: Mapping[str, str]) -> dict[str, Any]:
    """Group answers by slug into the fields of `Answers`, each up to the limit."""
    return {
        name.replace("-", "_"): tuple(slug for slug in answers if answers[slug] == name)[:MAX_ANSWERS]
        for name in _LISTS
    }


def _slugs(lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(slug for text in lists for slug in text.lower().split(",") if _is_slug(slug))


def _is_slug(text: str) -> bool:
    return len(text) <= types.MAX_SLUG_LENGTH and bool(re.fullmatch(types.SLUG, text))
