"""How the rows of a draft and the values of a Guide correspond, told once for both directions."""

from typing import Any, NamedTuple, cast

from django.db import models

from guides import schema
from guides.models import (
    FAQ,
    CareerLevel,
    Consideration,
    EducationRoute,
    EntryStep,
    InterviewQuestion,
    KeyFact,
    Part,
    RelatedRole,
    Responsibility,
    Role,
    RoleSkill,
    SalaryBand,
    Section,
    Skill,
    Source,
    ToolkitItem,
)  # fmt: skip
from guides.schema.types import Cost, Duration, FrozenModel, Measure


class PartKind(NamedTuple):
    """One list of the Guide: its name there, the rows that it comes from, the values that it holds."""

    name: str
    model: type[Part]
    value: type[FrozenModel]


# Levels stand before the pay that points at them.
PARTS = (
    PartKind("facts", KeyFact, schema.KeyFact),
    PartKind("sections", Section, schema.Section),
    PartKind("responsibilities", Responsibility, schema.Responsibility),
    PartKind("skills", RoleSkill, schema.RoleSkill),
    PartKind("steps", EntryStep, schema.EntryStep),
    PartKind("routes", EducationRoute, schema.EducationRoute),
    PartKind("levels", CareerLevel, schema.CareerLevel),
    PartKind("pay", SalaryBand, schema.SalaryBand),
    PartKind("considerations", Consideration, schema.Consideration),
    PartKind("faqs", FAQ, schema.FAQ),
    PartKind("related", RelatedRole, schema.RelatedRole),
    PartKind("toolkit", ToolkitItem, schema.ToolkitItem),
    PartKind("interview", InterviewQuestion, schema.InterviewQuestion),
)

ROLE_FIELDS = ("slug", "title", "alternative_titles", "summary", "reviewed_on")
FIELD_FIELDS = tuple(schema.FieldOfWork.model_fields)
SKILL_FIELDS = ("slug", "name", "kind", "aliases", "wordings", "summary")
SOURCE_FIELDS = tuple(schema.Source.model_fields)
QUANTITIES = {
    "value": tuple(Measure.model_fields),
    "cost": tuple(Cost.model_fields),
    "duration": tuple(Duration.model_fields),
}


def fields(row: models.Model, names: tuple[str, ...], prefix: str = "") -> dict[str, Any]:
    return {name: getattr(row, f"{prefix}{name}") for name in names}


def to_data(kind: PartKind, row: Any) -> dict[str, Any]:
    """The plain data of a row, as the Guide's list of that kind takes it."""
    data: dict[str, Any] = {}
    for name in kind.value.model_fields:
        if name in QUANTITIES:
            quantity = fields(row, QUANTITIES[name], f"{name}_")
            data[name] = None if quantity["low"] is None and quantity["high"] is None else quantity
        elif name == "source":
            data[name] = row.source.slug if row.source else ""
        elif name == "level":
            data[name] = row.level and row.level.title
        elif kind.model is RoleSkill and name in SKILL_FIELDS:
            data[name] = getattr(row.skill, name)
        else:
            data[name] = getattr(row, name)
    return data


class Shared(NamedTuple):
    """The rows that parts of a role point at, by the Guide's name for them."""

    skills: dict[str, Skill]
    sources: dict[str, Source]
    levels: dict[str, CareerLevel]


def to_row(kind: PartKind, value: Any, *, role: Role, order: int, shared: Shared) -> Part:
    """A row, not yet stored, that `to_data` would read back as this value."""
    row: Any = kind.model(role=role, order=order)
    for name in kind.value.model_fields:
        given = getattr(value, name)
        if name in QUANTITIES:
            for part in QUANTITIES[name] if given else ():
                setattr(row, f"{name}_{part}", getattr(given, part))
        elif name == "source":
            row.source = shared.sources[given] if given else None
        elif name == "level":
            row.level = given and shared.levels[given]
        elif kind.model is RoleSkill and name in SKILL_FIELDS:
            row.skill = shared.skills[value.slug]
        else:
            setattr(row, name, list(given) if isinstance(given, tuple) else given)
    return cast("Part", row)
