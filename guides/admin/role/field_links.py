"""Where a place of the Guide ('faqs.3.answer') stands at the desk: the part of the role's page, and its field."""

from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.models import Role, Source
from guides.publishing.drafts.mapping import PARTS, QUANTITIES, SKILL_FIELDS
from guides.rendering import labels
from guides.schema import Guide

_PREFIXES = {kind.name: f"{kind.model._meta.model_name}_parts" for kind in PARTS}
_OF_ROLE = {"slug", "title", "alternative_titles", "summary", "reviewed_on", "field", "picture"}


class Spot(NamedTuple):
    """A formset and a row in it, or `WHOLE` for all of it; ("", 0) is the role. And the field, if any."""

    prefix: str
    row: int
    field: str


WHOLE = -1


def spot(place: str) -> Spot:
    part, *rest = place.split(".")
    if part in _PREFIXES and rest and rest[0].isdecimal():
        return Spot(_PREFIXES[part], int(rest[0]), _field(part, rest[1:]))
    if part in _PREFIXES:
        return Spot(_PREFIXES[part], WHOLE, "")
    if part == "picture" and rest == ["alt"]:
        return Spot("", 0, "picture_alt")
    return Spot("", 0, part if part in _OF_ROLE else "")


def _field(part: str, rest: list[str]) -> str:
    if not rest:
        return ""
    if part == "skills" and rest[0] in SKILL_FIELDS:
        return "skill"
    if rest[0] in QUANTITIES:
        return f"{rest[0]}_{rest[1] if len(rest) > 1 else QUANTITIES[rest[0]][0]}"
    return rest[0]


def named(place: str, guide: Guide) -> str:
    """What an editor knows a place by: 'Questions: Is it lonely?'."""
    part, *rest = place.split(".")
    if not part:
        return _("The guide")
    rows = getattr(guide, part, ())
    of = labels.row_name(part, rows[int(rest[0])]) if rest and rest[0].isdecimal() and isinstance(rows, tuple) else ""
    return ": ".join(filter(None, (str(labels.PARTS.get(part, part)), of)))


def address(place: str, *, role: Role, guide: Guide | None = None) -> str:
    """Where an editor mends what is told of a place of the guide. Sources and fields have pages of their own."""
    part, *rest = place.split(".")
    if part == "sources":
        named = guide.sources[int(rest[0])].slug if guide and rest else ""
        source = Source.objects.filter(slug=named).first()
        return _change(source) if source else reverse("admin:guides_source_changelist")
    if part == "field" and role.field:
        return _change(role.field)
    return f"{_change(role)}#{_fragment(spot(place))}"


def _fragment(at: Spot) -> str:
    if not at.prefix:
        return f"id_{at.field}" if at.field else "group-facts"
    if at.row == WHOLE:
        return f"{at.prefix}-group"
    return f"id_{at.prefix}-{at.row}-{at.field}" if at.field else f"{at.prefix}-{at.row}"


def _change(row: Model) -> str:
    return reverse(f"admin:guides_{row._meta.model_name}_change", args=(row.pk,))
