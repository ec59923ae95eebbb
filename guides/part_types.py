"""The registry of part types. A part is a row of a role, and a value in one of the Guide's lists.

The model of a part type has the name of its schema class.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides import choices, schema
from guides.rendering.figures import band_name
from guides.schema.types import FrozenModel


class PartType(NamedTuple):
    """A part type: its list in the Guide, its schema class and its label for editors.

    `identity` finds the same row in two guides, and `row_name` is what editors call a row. Search finds the text of all
    parts that are `is_searchable`.
    """

    name: str
    value: type[FrozenModel]
    label: Promise
    identity: Callable[[Any], Hashable]
    row_name: Callable[[Any], str]
    is_searchable: bool = True


def _title(row: Any) -> str:
    return str(row.title)


def requirement_name(row: Any) -> str:
    """Return what a way requires, such as 'Bachelor’s degree, clinical work'."""
    education = str(choices.EducationLevel(row.education).label) if row.education else ""
    return ", ".join(filter(None, (education, row.experience, row.certificate)))


def _question(row: Any) -> str:
    return str(row.question)


PART_TYPES = (
    PartType(
        "occupations",
        schema.RoleOccupation,
        _("Occupations"),
        identity=lambda occupation: occupation.code,
        row_name=lambda occupation: str(occupation.code),
        is_searchable=False,
    ),
    PartType(
        "facts",
        schema.KeyFact,
        _("Key facts"),
        identity=lambda fact: fact.kind,
        row_name=lambda fact: str(choices.FactKind(fact.kind).label),
        is_searchable=False,
    ),
    PartType(
        "sections",
        schema.Section,
        _("Sections"),
        identity=lambda section: (section.chapter, section.heading),
        row_name=lambda section: section.heading or str(choices.Chapter(section.chapter).label),
    ),
    PartType("responsibilities", schema.Responsibility, _("Responsibilities"), _title, _title),
    PartType("skills", schema.RoleSkill, _("Skills"), lambda skill: skill.slug, lambda skill: str(skill.name)),
    PartType(
        "requirements",
        schema.Requirement,
        _("Requirements"),
        identity=lambda way: (way.education, way.experience, way.certificate),
        row_name=requirement_name,
        is_searchable=False,
    ),
    PartType("steps", schema.EntryStep, _("Entry steps"), _title, _title),
    PartType("routes", schema.EducationRoute, _("Education routes"), _title, _title),
    PartType(
        "pay",
        schema.SalaryBand,
        _("Pay"),
        identity=lambda band: (band.basis, band.level, band.country, band.label),
        row_name=band_name,
        is_searchable=False,
    ),
    PartType("levels", schema.CareerLevel, _("Career levels"), _title, _title),
    PartType("considerations", schema.Consideration, _("Pros and cons"), lambda row: (row.kind, row.title), _title),
    PartType("faqs", schema.FAQ, _("Questions"), _question, _question),
    PartType("toolkit", schema.ToolkitItem, _("Toolkit"), lambda item: (item.kind, item.title), _title),
    PartType(
        "examples",
        schema.ApplicationExample,
        _("Examples"),
        identity=lambda example: example.from_job,
        row_name=lambda example: str(example.from_job),
        is_searchable=False,
    ),
    PartType(
        "interview", schema.InterviewQuestion, _("Interview questions"), _question, _question, is_searchable=False
    ),
    PartType("related", schema.RelatedRole, _("Related roles"), lambda role: role.slug or role.title, _title),
)
"""In the order of the page."""
