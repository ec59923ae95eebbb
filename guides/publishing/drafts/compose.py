"""Compose a Guide from a draft."""

from typing import Any

from guides import schema
from guides.models import Role, RoleSkill, Source
from guides.schema import Guide

from .mapping import FIELD_FIELDS, PARTS, ROLE_FIELDS, SKILL_POINTERS, SOURCE_FIELDS, fields, to_data

_POINTERS = {"source": ("source",), "skill": tuple(f"skill__{name}" for name in SKILL_POINTERS), "level": ("level",)}
"""The rows that a part refers to by its fields, and that are loaded with it."""


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
        names = {field.name for field in kind.model._meta.get_fields()}
        pointers = tuple(path for name, paths in _POINTERS.items() if name in names for path in paths)
        parts = kind.model.objects.filter(role=role)
        rows: tuple[Any, ...] = tuple(parts.select_related(*pointers) if pointers else parts)
        data[kind.name] = [to_data(kind, row) for row in rows]
        sources |= {row.source.slug: row.source for row in rows if kind.name in schema.FIGURES and row.source}
        if kind.model is RoleSkill:
            certificates = filter(None, (getattr(row.skill, "certificate", None) for row in rows))
            sources |= {certificate.source.slug: certificate.source for certificate in certificates}
    data["sources"] = [fields(source, SOURCE_FIELDS) for source in sources.values()]
    return data
