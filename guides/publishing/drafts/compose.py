"""Compose a Guide from a draft."""

from typing import Any

from guides import schema
from guides.models import Role, Source
from guides.schema import Guide

from .mapping import FIELD_FIELDS, PARTS, ROLE_FIELDS, SOURCE_FIELDS, fields, to_data

_POINTERS = frozenset({"source", "skill", "level"})


def compose(role: Role) -> Guide:
    """The guide that the draft says now. Raises InvalidGuide with every reason why it is none."""
    return schema.validate(gather_data(role))


def gather_data(role: Role) -> dict[str, Any]:
    """What the draft says now, as plain data, whether or not it is a guide."""
    data = fields(role, ROLE_FIELDS) | {"schema_version": schema.SCHEMA_VERSION}
    data["picture"] = role.picture and {"name": role.picture.name, "alt": role.picture_alt}
    data["field"] = role.field and fields(role.field, FIELD_FIELDS)
    sources: dict[str, Source] = {}
    for kind in PARTS:
        pointers = _POINTERS & {field.name for field in kind.model._meta.get_fields()}
        parts = kind.model.objects.filter(role=role)
        rows: tuple[Any, ...] = tuple(parts.select_related(*pointers) if pointers else parts)
        data[kind.name] = [to_data(kind, row) for row in rows]
        sources |= {row.source.slug: row.source for row in rows if kind.name in schema.FIGURES and row.source}
    data["sources"] = [fields(source, SOURCE_FIELDS) for source in sources.values()]
    return data
