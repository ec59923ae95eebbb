"""The mapping between rows of a draft and values of a Guide, in both directions."""

from typing import Any, NamedTuple, cast

from django.apps import apps
from django.db import models

from guides import schema
from guides.models import CareerLevel, Certificate, Part, Role, RoleSkill, Skill, Source
from guides.part_types import PART_TYPES, PartType
from guides.schema.types import Cost, Duration, FrozenModel, Measure, Quantity


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
_OF_SKILL = {*SKILL_FIELDS, "broader", "certificate"}
SKILL_POINTERS = ("broader", "certificate__source")
"""The rows that a skill refers to."""

CERTIFICATE_FIELDS = tuple(schema.Certificate.model_fields)
SOURCE_FIELDS = tuple(schema.Source.model_fields)
QUANTITIES = {
    "value": tuple(Measure.model_fields),
    "cost": tuple(Cost.model_fields),
    "duration": tuple(Duration.model_fields),
    "fee": tuple(Cost.model_fields),
    "training": tuple(Duration.model_fields),
}


def fields(row: models.Model, names: tuple[str, ...], prefix: str = "") -> dict[str, Any]:
    return {name: getattr(row, f"{prefix}{name}") for name in names}


def to_data(kind: PartKind, row: Any) -> dict[str, Any]:
    """Return the plain data of a row, as the Guide's list validates it."""
    data: dict[str, Any] = {}
    for name in kind.value.model_fields:
        if name in QUANTITIES:
            data[name] = _quantity(row, name)
        elif name == "source":
            data[name] = row.source.slug if row.source else ""
        elif name == "level":
            data[name] = row.level and row.level.title
        elif kind.model is not RoleSkill or name not in _OF_SKILL:
            data[name] = getattr(row, name)
    return data | shared_skill_data(row.skill) if kind.model is RoleSkill else data


def shared_skill_data(skill: Any) -> dict[str, Any]:
    """Return the plain data of a skill that all roles share."""
    certificate = getattr(skill, "certificate", None)
    return fields(skill, SKILL_FIELDS) | {
        "broader": skill.broader and fields(skill.broader, ("slug", "name")),
        "certificate": certificate and certificate_data(certificate),
    }


def certificate_data(row: Certificate) -> dict[str, Any]:
    """Return the plain data of a certificate's facts."""
    plain = {name: getattr(row, name) for name in CERTIFICATE_FIELDS if name not in {*QUANTITIES, "source"}}
    quantities = {name: _quantity(row, name) for name in CERTIFICATE_FIELDS if name in QUANTITIES}
    return plain | quantities | {"source": row.source.slug}


def _quantity(row: models.Model, name: str) -> dict[str, Any] | None:
    quantity = fields(row, QUANTITIES[name], f"{name}_")
    return None if quantity["low"] is None and quantity["high"] is None else quantity


def set_quantity(row: models.Model, name: str, quantity: Quantity | None) -> None:
    """Set the columns of a quantity, which are at their defaults."""
    for part in QUANTITIES[name] if quantity else ():
        setattr(row, f"{name}_{part}", getattr(quantity, part))


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
            set_quantity(row, name, item)
        elif name == "source":
            row.source = shared.sources[item] if item else None
        elif name == "level":
            row.level = item and shared.levels[item]
        elif kind.model is RoleSkill and name in _OF_SKILL:
            row.skill = shared.skills[value.slug]
        else:
            setattr(row, name, list(item) if isinstance(item, tuple) else item)
    return cast("Part", row)
