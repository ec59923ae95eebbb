"""What a visitor lacks for a role and what is still unknown, in words, with the ways out that its guide states."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides.choices import EducationLevel
from guides.models.edition import Edition
from guides.reading.answers import EXPERIENCE_PREFIX
from guides.rendering import figures, prose
from guides.rendering.requirement_words import EDUCATION, either, joined, phrases
from guides.requirements import Qualifications, RequirementKind, Standing, experience_slug, needs_diploma_first
from guides.schema.types import Duration

from .placement import MatchGroup, Placement, Ways


class Question(NamedTuple):
    """A requirement that depends on an answer. `field` is the id of the field for it.

    A certificate has no field but a slug, since the question is whether the visitor has it.
    """

    kind: RequirementKind
    phrase: str
    field: str = ""
    certificate: str = ""


class Needs(NamedTuple):
    """What keeps a visitor from a role: a sentence or '', questions, and the note of the guide on its requirement."""

    missing: str
    questions: tuple[Question, ...]
    note: SafeString


class _Content(NamedTuple):
    """The education routes and requirements of an edition, as stored."""

    routes: list[dict[str, Any]]
    requirements: list[dict[str, Any]]


def load_needs(placements: Mapping[int, tuple[Ways, Placement]], qualifications: Qualifications) -> dict[int, Needs]:
    """Return what the visitor lacks for the guides of these editions, in one query."""
    contents = dict(_contents(pk for pk, (ways, _placement) in placements.items() if ways))
    nothing = _Content([], [])
    return {
        pk: _needs(ways, placement, contents.get(pk, nothing), qualifications)
        for pk, (ways, placement) in placements.items()
    }


def _contents(editions: Iterable[int]) -> Iterator[tuple[int, _Content]]:
    """Yield parts of the stored guides. Parsing all of a guide takes several milliseconds."""
    parts = (KeyTransform(name, Cast("content", JSONField())) for name in ("routes", "requirements"))
    stored = Edition.objects.order_by().filter(pk__in=tuple(editions))
    for pk, routes, requirements in stored.values_list("pk", *parts):
        yield pk, _Content(routes or [], requirements or [])


def _needs(ways: Ways, placement: Placement, content: _Content, qualifications: Qualifications) -> Needs:
    best = placement.standings[0]
    # Of roles with one missing requirement, each way that is as near is a way out.
    nearest = placement.standings if placement.group == MatchGroup.ONE else (best,)
    missing = tuple(filter(None, (_missing(each, content, qualifications) for each in nearest)))
    return Needs(
        missing=_("You need %s.") % either(dict.fromkeys(missing)) if missing else "",
        questions=tuple(_questions(best)),
        note=_note(ways, best, content),
    )


def _missing(one: Standing, content: _Content, qualifications: Qualifications) -> str:
    """Return what is missing of a way, such as 'a bachelor’s degree (4 years by this guide’s routes)'."""
    if one.way is None:
        return ""
    named = phrases(one.way)
    if RequirementKind.EDUCATION in one.missing and (time := _time_to(one.way.education, content.routes)):
        named[RequirementKind.EDUCATION] = _("%(education)s (%(time)s by this guide’s routes)") % {
            "education": named[RequirementKind.EDUCATION],
            "time": time,
        }
    if needs_diploma_first(one, qualifications.education):
        named[RequirementKind.EDUCATION] = _("%(diploma)s, then %(education)s") % {
            "diploma": EDUCATION[EducationLevel.HIGH_SCHOOL],
            "education": named[RequirementKind.EDUCATION],
        }
    if RequirementKind.EXPERIENCE in one.missing:
        held = qualifications.years.get(experience_slug(one.way.experience), 0)
        named[RequirementKind.EXPERIENCE] = _("%(experience)s (you have %(held)s)") % {
            "experience": named[RequirementKind.EXPERIENCE],
            "held": figures.number(Decimal(held)),
        }
    return joined(named[kind] for kind in one.missing)


def _time_to(level: str, routes: Iterable[Mapping[str, Any]]) -> str:
    """Return the duration of the first route that leads to a level of education, or ''.

    Routes to a diploma are left out, because their durations are those of the training after it.
    """
    if level == EducationLevel.HIGH_SCHOOL:
        return ""
    leading = (route["duration"] for route in routes if route.get("education") == level and route.get("duration"))
    duration = next(leading, None)
    return figures.measure(Duration.model_validate_json(json.dumps(duration))) if duration else ""


def _questions(one: Standing) -> Iterator[Question]:
    named = phrases(one.way) if one.way else {}
    for kind in one.unknown:
        match kind:
            case RequirementKind.EDUCATION:
                yield Question(kind, named[kind], field="education")
            case RequirementKind.EXPERIENCE if one.way:
                yield Question(kind, named[kind], field=f"{EXPERIENCE_PREFIX}{experience_slug(one.way.experience)}")
            case RequirementKind.CERTIFICATE if one.way:
                yield Question(kind, named[kind], certificate=one.way.certificate)


def _note(ways: Ways, best: Standing, content: _Content) -> SafeString:
    row = ways.index(best.way) if best.way else len(ways)
    return _rendered(content.requirements[row].get("note", "")) if row < len(content.requirements) else SafeString()


@lru_cache(maxsize=1_000)
def _rendered(note: str) -> SafeString:
    return prose.render(note, inline=True)
