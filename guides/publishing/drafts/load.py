"""Load a Guide into a draft, for imports and for restoring."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import models, transaction

from guides.models import CareerLevel, Certificate, FieldOfWork, Image, Role, Skill, Slugged, Source
from guides.schema import Guide, InvalidGuide, RoleSkill, ValidationIssue
from guides.schema.types import FrozenModel

from . import status
from .images import missing_images
from .mapping import (
    CERTIFICATE_FIELDS,
    FIELD_FIELDS,
    PARTS,
    QUANTITIES,
    ROLE_FIELDS,
    SKILL_FIELDS,
    SOURCE_FIELDS,
    PartKind,
    Shared,
    certificate_data,
    fields,
    set_quantity,
    to_row,
)


@transaction.atomic
def load_draft(*, guide: Guide) -> Role:
    """Replace the draft of the guide's role, so that `compose` returns the guide.

    Fields of work, skills and sources are shared: if they differ from the guide, they change in all drafts. No edition
    changes. Raise InvalidGuide if the guide contains images that are not stored here.
    """
    if issues := missing_images(guide):
        raise InvalidGuide(issues)
    role = Role.objects.select_for_update().filter(slug=guide.slug).first() or Role()
    is_new = role.pk is None
    changed: list[Slugged] = []
    store = partial(_store_shared, changed=changed)
    field = (_plain_data(guide.field, FIELD_FIELDS),) if guide.field else ()
    role.field = next(iter(store(FieldOfWork, field).values()), None)
    role.picture = Image.objects.get(name=guide.picture.name) if guide.picture else None
    role.picture_alt = guide.picture.alt if guide.picture else ""
    _set(role, _plain_data(guide, ROLE_FIELDS)).save()
    skills = _store_skills(guide.skills, changed=changed)
    sources = store(Source, (_plain_data(source, SOURCE_FIELDS) for source in guide.sources))
    _store_certificates(guide.skills, skills, sources, changed=changed)
    shared = Shared(skills=skills, sources=sources, levels={})
    if not is_new:
        for kind in reversed(PARTS):
            kind.model.objects.filter(role=role).delete()
    for kind in PARTS:
        _store_parts(kind, getattr(guide, kind.name), role=role, shared=shared)
    others = status.roles_using(changed).exclude(pk=role.pk)
    status.refresh(roles=(role, *others), digests={role.pk: status.digest_of(guide)})
    return role


def _store_parts(kind: PartKind, values: Iterable[FrozenModel], *, role: Role, shared: Shared) -> None:
    rows = [to_row(kind, value, role=role, order=order, shared=shared) for order, value in enumerate(values, start=1)]
    for row in rows:
        _validate(row)
    created = kind.model.objects.bulk_create(rows)
    shared.levels.update({row.title: row for row in created if isinstance(row, CareerLevel)})


def _plain_data(value: FrozenModel, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(value, name) for name in names}
    return {name: list(each) if isinstance(each, tuple) else each for name, each in values.items()}


def _store_shared[M: Slugged](
    model: type[M], data: Iterable[Mapping[str, Any]], *, changed: list[Slugged]
) -> dict[str, M]:
    """Return the shared rows by slug. Create missing rows, and update rows that differ and add them to `changed`."""
    wanted = {row["slug"]: row for row in data}
    rows = _create_missing(model, wanted)
    _update_changed(rows, wanted, changed=changed)
    return rows


def _create_missing[M: Slugged](model: type[M], wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, M]:
    """Return the rows with these slugs. Rows are created before others change, so that imports never deadlock."""
    stored = {row.slug: row for row in model.objects.filter(slug__in=wanted)} if wanted else {}
    missing = [_set(model(), row) for slug, row in sorted(wanted.items()) if slug not in stored]
    return stored | {row.slug: row for row in model.objects.bulk_create(missing)}


def _update_changed[M: Slugged](
    rows: Mapping[str, M], wanted: Mapping[str, Mapping[str, Any]], *, changed: list[Slugged]
) -> None:
    """Update the rows that differ, in the order of their slugs, which is the order of locks in all imports."""
    for slug, data in sorted(wanted.items()):
        if fields(rows[slug], tuple(data)) != data:
            _set(rows[slug], data).save()
            changed.append(rows[slug])


def _store_skills(values: Sequence[RoleSkill], *, changed: list[Slugged]) -> dict[str, Skill]:
    """Return the skills of a guide and their broader skills, stored, by slug.

    A broader skill that is new and that the guide does not require has the kind of the skill. Raise InvalidGuide if a
    skill with narrower ones would get a broader one.
    """
    wanted = {value.slug: _plain_data(value, SKILL_FIELDS) for value in values}
    kinds = {value.broader.slug: value.kind for value in values if value.broader}
    wanted |= {
        value.broader.slug: {"slug": value.broader.slug, "name": value.broader.name}
        for value in values
        if value.broader and value.broader.slug not in wanted
    }
    rows = _create_missing(Skill, {slug: {"kind": kinds.get(slug), **data} for slug, data in wanted.items()})
    for data in wanted.values():
        data["broader_id"] = None
    for value in values:
        if value.broader:
            wanted[value.slug]["broader_id"] = rows[value.broader.slug].pk
    _update_changed(rows, wanted, changed=changed)
    _require_one_level(values)
    return rows


def _require_one_level(values: Sequence[RoleSkill]) -> None:
    narrow = {value.slug: index for index, value in enumerate(values) if value.broader}
    chains = Skill.objects.filter(broader__slug__in=narrow).order_by("slug").values_list("slug", "broader__slug")
    if issues := tuple(
        ValidationIssue(
            f"skills.{narrow[slug]}.broader", f"'{slug}' is the broader skill of '{narrower}', so it cannot have one"
        )
        for narrower, slug in (chains if narrow else ())
    ):
        raise InvalidGuide(issues)


def _store_certificates(
    values: Iterable[RoleSkill], skills: Mapping[str, Skill], sources: Mapping[str, Source], *, changed: list[Slugged]
) -> None:
    stored = {
        row.skill_id: row for row in Certificate.objects.filter(skill__in=skills.values()).select_related("source")
    }
    for value in sorted(values, key=lambda value: value.slug):
        skill = skills[value.slug]
        row, facts = stored.get(skill.pk), value.certificate
        if (row and certificate_data(row)) == (facts and facts.model_dump()):
            continue
        if row:
            row.delete()
        if facts:
            row = Certificate(skill=skill, source=sources[facts.source])
            for name in CERTIFICATE_FIELDS:
                if name in QUANTITIES:
                    set_quantity(row, name, getattr(facts, name))
                elif name != "source":
                    setattr(row, name, getattr(facts, name))
            _validate(row)
            row.save()
        changed.append(skill)


def _set[M: models.Model](row: M, data: Mapping[str, Any]) -> M:
    for name, value in data.items():
        setattr(row, name, value)
    _validate(row)
    return row


def _validate(row: models.Model) -> None:
    """Validate fields without queries: related rows were just loaded, and the database checks its own constraints."""
    row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
    row.clean()
