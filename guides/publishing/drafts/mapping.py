"""The mapping between rows of a draft and values of a Guide, in both directions."""

from typing import Any, NamedTuple, cast

from django.apps import apps
from django.db import models

from guides import schema
from guides.models import CareerLevel, Part, Role, RoleSkill, Skill, Source
from guides.part_types import PART_TYPES, PartType
from guides.schema.types import Cost, Duration, FrozenModel, Measure


class PartKind(NamedTuple):
    """A part type: the name of its list in the Guide, its model and its schema class."""

    name: str
    model: type[Part]
    value: type[FrozenModel]

    @property
    def related_name(self) -> str:
        """The name of the rows on a role, such as `faqs`. It is the prefix of their form fields, too."""
        return str(self.model._meta.default_related_name)


def _kind_of(part_type: PartType) -> PartKind:
    return PartKind(part_type.name, apps.get_model("guides", part_type.value.__name__), part_type.value)


# Pay comes last, because it refers to levels.
PARTS = tuple(map(_kind_of, sorted(PART_TYPES, key=lambda part_type: part_type.name == "pay")))

ROLE_FIELDS = ("slug", "title", "alternative_titles", "summary", "pay_is_representative", "reviewed_on")
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
    """Return the plain data of a row, as the Guide's list validates it."""
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
    """The rows that parts refer to, by slug or title."""

    skills: dict[str, Skill]
    sources: dict[str, Source]
    levels: dict[str, CareerLevel]


def to_row(kind: PartKind, value: Any, *, role: Role, order: int, shared: Shared) -> Part:
    """Return an unsaved row that `to_data` converts back to the value."""
    row: Any = kind.model(role=role, order=order)
    for name in kind.value.model_fields:
        item = getattr(value, name)
        if name in QUANTITIES:
            for part in QUANTITIES[name] if item else ():
                setattr(row, f"{name}_{part}", getattr(item, part))
        elif name == "source":
            row.source = shared.sources[item] if item else None
        elif name == "level":
            row.level = item and shared.levels[item]
        elif kind.model is RoleSkill and name in SKILL_FIELDS:
            row.skill = shared.skills[value.slug]
        else:
            setattr(row, name, list(item) if isinstance(item, tuple) else item)
    return cast("Part", row)
