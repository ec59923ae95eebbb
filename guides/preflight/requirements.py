"""Rules about requirements: missing ones, education that contradicts other statements, and names of experience."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from guides import words
from guides.choices import EducationLevel
from guides.requirements import EDUCATION_LEVELS
from guides.schema import Guide

from .finding import Finding, Rule, Surroundings, warning

FAR_ABOVE = 2
"""Levels of education between a requirement and all routes from which one of them must be wrong."""

MIN_SIMILARITY = 85
"""From 0 to 100. 'work in healthcare' and 'work in health care' have 97."""

_OFFICIAL_LEVELS = {
    "no formal educational credential": {"none"},
    "high school diploma or equivalent": {"high-school"},
    "some college, no degree": {"high-school", "postsecondary"},
    "postsecondary nondegree award": {"postsecondary"},
    "associate's degree": {"associate"},
    "bachelor's degree": {"bachelor"},
    "master's degree": {"master"},
    "doctoral or professional degree": {"doctoral"},
}
"""The levels of this site that each level of the official projections is equal to."""


def find(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    yield from _missing(guide)
    yield from _education_and_routes(guide)
    yield from _education_and_projections(guide, surroundings)
    yield from _similar_experience(guide, surroundings)


def _missing(guide: Guide) -> Iterator[Finding]:
    if not guide.requirements:
        message = _(
            "The guide has no requirements, so a match cannot say who can start now. Add the usual way in: education, "
            "years of experience, or a certificate."
        )
        yield warning(Rule.MISSING_PART, "requirements", message, "requirements")
    elif not any(way.education for way in guide.requirements):
        message = _("No requirement has the minimum education. Add one, because readers filter guides by it.")
        yield warning(Rule.MISSING_PART, "requirements", message, "education")


def _usual_education(guide: Guide) -> str:
    """Return the education of the usual way in, which comes first."""
    return guide.requirements[0].education if guide.requirements else ""


def _education_and_routes(guide: Guide) -> Iterator[Finding]:
    required = _usual_education(guide)
    reached = [EDUCATION_LEVELS.index(route.education) for route in guide.routes if route.education]
    if not required or not reached:
        return
    level = EDUCATION_LEVELS.index(required)
    if max(reached) < level:
        message = _(
            "The usual requirement is ‘%(required)s’, but the education routes lead to ‘%(reached)s’ at most. Add the "
            "route to it, or correct one of them."
        )
        end = max(reached)
    elif min(reached) >= level + FAR_ABOVE and len(reached) == len(guide.routes):  # others lead to no level
        message = _(
            "The usual requirement is ‘%(required)s’, but all education routes lead to ‘%(reached)s’ or more. Add the "
            "route that is enough, or correct one of them."
        )
        end = min(reached)
    else:
        return
    names = {"required": EducationLevel(required).label, "reached": EducationLevel(EDUCATION_LEVELS[end]).label}
    yield warning(Rule.EDUCATION_CONFLICT, "requirements.0.education", message % names, "routes", *names.values())


def _education_and_projections(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    required = _usual_education(guide)
    code = next((each.code for each in guide.occupations if each.relation == "same"), "")
    outlook = surroundings.official.outlooks.get(code)
    if not required or outlook is None:
        return
    official = _OFFICIAL_LEVELS.get(outlook.education.casefold().replace("’", "'"), set())
    if official and required not in official:
        message = _(
            "The usual requirement is ‘%(required)s’, but the official projections name ‘%(official)s’ as typical for "
            "%(code)s. Correct the requirement, or explain the difference in its note."
        )
        names = {"required": EducationLevel(required).label, "official": outlook.education, "code": code}
        yield warning(Rule.EDUCATION_CONFLICT, "requirements.0.education", message % names, *names.values())


def _similar_experience(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    """Yield a finding per pair of kinds of experience that differ only in their spelling, at the later row."""
    known = sorted(surroundings.experiences)
    for index, way in enumerate(guide.requirements):
        for other in known if way.experience else ():
            if other != way.experience and _is_similar(other, way.experience):
                message = _(
                    "‘%(experience)s’ is nearly the same as ‘%(other)s’. Use the same words in all guides, because "
                    "readers enter their years once for each kind of experience."
                )
                names = {"experience": way.experience, "other": other}
                place = f"requirements.{index}.experience"
                yield warning(Rule.SIMILAR_EXPERIENCE, place, message % names, *sorted(names.values()))
        if way.experience and way.experience not in known:
            known.append(way.experience)


def _is_similar(one: str, other: str) -> bool:
    keys = words.key(one), words.key(other)
    return words.compact_key(one) == words.compact_key(other) or fuzz.ratio(*keys) >= MIN_SIMILARITY
