"""Links from a path in the Guide, such as 'faqs.3.answer', to the form field where an editor changes it."""

from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.diff import labels
from guides.models import Role, Skill, Source
from guides.publishing.drafts.mapping import PARTS, QUANTITIES, ROLE_FIELDS, SKILL_FIELDS
from guides.schema import Guide

PREFIXES = {kind.name: kind.related_name for kind in PARTS}
"""The prefix of each formset of the role form, by the name of its list in the Guide."""

_SKILL_PAGE = {"broader", "certificate"}
"""Values of a skill of the guide that editors change on the page of the skill."""

_ROLE_FIELDS = {*ROLE_FIELDS, "field", "picture"}


class FormLocation(NamedTuple):
    """A formset prefix, a row index or `WHOLE_FORMSET`, and a field or ''. The role itself is at ('', 0)."""

    prefix: str
    row: int
    field: str


WHOLE_FORMSET = -1


def form_location(place: str) -> FormLocation:
    part, *rest = place.split(".")
    if part in PREFIXES and rest and rest[0].isdecimal():
        return FormLocation(PREFIXES[part], int(rest[0]), _field(part, rest[1:]))
    if part in PREFIXES:
        return FormLocation(PREFIXES[part], WHOLE_FORMSET, "")
    if part == "picture" and rest == ["alt"]:
        return FormLocation("", 0, "picture_alt")
    return FormLocation("", 0, part if part in _ROLE_FIELDS else "")


def _field(part: str, rest: list[str]) -> str:
    if not rest:
        return ""
    if part == "skills" and rest[0] in {*SKILL_FIELDS, *_SKILL_PAGE}:
        return "skill"
    if rest[0] in QUANTITIES:
        return f"{rest[0]}_{rest[1] if len(rest) > 1 else QUANTITIES[rest[0]][0]}"
    return rest[0]


def place_name(place: str, guide: Guide) -> str:
    """Return a label for a path, for example 'Questions: Is it lonely?'."""
    part, *rest = place.split(".")
    if not part:
        return _("The guide")
    rows = getattr(guide, part, ())
    name = labels.row_name(part, rows[int(rest[0])]) if rest and rest[0].isdecimal() and isinstance(rows, tuple) else ""
    return ": ".join(filter(None, (str(labels.PARTS.get(part, part)), name)))


def edit_url(place: str, *, role: Role, guide: Guide | None = None) -> str:
    """Return the URL where an editor changes what a path refers to. Shared rows have separate pages."""
    part, *rest = place.split(".")
    if part == "sources":
        slug = guide.sources[int(rest[0])].slug if guide and rest else ""
        source = Source.objects.filter(slug=slug).first()
        return _change_url(source) if source else reverse("admin:guides_source_changelist")
    if part == "skills" and guide and rest[1:2] and rest[1] in _SKILL_PAGE:
        skill = Skill.objects.filter(slug=guide.skills[int(rest[0])].slug).first()
        return _change_url(skill) if skill else reverse("admin:guides_skill_changelist")
    if part == "field" and role.field:
        return _change_url(role.field)
    return f"{_change_url(role)}#{_fragment(form_location(place))}"


def _fragment(location: FormLocation) -> str:
    if not location.prefix:
        return f"id_{location.field}" if location.field else "group-facts"
    if location.row == WHOLE_FORMSET:
        return f"{location.prefix}-group"
    return (
        f"id_{location.prefix}-{location.row}-{location.field}"
        if location.field
        else f"{location.prefix}-{location.row}"
    )


def _change_url(row: Model) -> str:
    return reverse(f"admin:guides_{row._meta.model_name}_change", args=(row.pk,))
