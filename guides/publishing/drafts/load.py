"""A Guide becomes a draft: for imports and for restoring an edition."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import models, transaction

from guides.models import CareerLevel, FieldOfWork, Image, Role, Skill, Slugged, Source
from guides.schema import Guide, InvalidGuide
from guides.schema.types import FrozenModel

from . import status
from .images import missing_images
from .mapping import FIELD_FIELDS, PARTS, ROLE_FIELDS, SKILL_FIELDS, SOURCE_FIELDS, Shared, fields, to_row


@transaction.atomic
def load_draft(*, guide: Guide) -> Role:
    """Make the draft of the guide's role say what the guide says, so that `compose` gives the guide back.

    What the draft said before is replaced. Fields, skills and sources are shared by all roles: where the guide tells
    them differently, they change for every draft. No edition changes. Raises InvalidGuide where the guide shows
    images that are not here.
    """
    if faults := missing_images(guide):
        raise InvalidGuide(faults)
    role = Role.objects.select_for_update().filter(slug=guide.slug).first() or Role()
    field = (_plain_data(guide.field, FIELD_FIELDS),) if guide.field else ()
    changed: list[Slugged] = []
    stored = partial(_store_shared, changed=changed)
    role.field = next(iter(stored(FieldOfWork, field).values()), None)
    role.picture = Image.objects.get(name=guide.picture.name) if guide.picture else None
    role.picture_alt = guide.picture.alt if guide.picture else ""
    _store(role, _plain_data(guide, ROLE_FIELDS))
    shared = Shared(
        skills=stored(Skill, (_plain_data(skill, SKILL_FIELDS) for skill in guide.skills)),
        sources=stored(Source, (_plain_data(source, SOURCE_FIELDS) for source in guide.sources)),
        levels={},
    )
    for kind in reversed(PARTS):
        kind.model.objects.filter(role=role).delete()
    for kind in PARTS:
        rows = [
            to_row(kind, value, role=role, order=order, shared=shared)
            for order, value in enumerate(getattr(guide, kind.name), start=1)
        ]
        for row in rows:
            # The guide has no repeated orders, and the database judges its own constraints.
            row.full_clean(validate_unique=False, validate_constraints=False)
        made = kind.model.objects.bulk_create(rows)
        shared.levels.update({row.title: row for row in made if isinstance(row, CareerLevel)})
    status.refresh(roles=(role, *status.roles_using(changed).exclude(pk=role.pk)))
    return role


def _plain_data(value: FrozenModel, names: tuple[str, ...]) -> dict[str, Any]:
    given = {name: getattr(value, name) for name in names}
    return {name: list(of) if isinstance(of, tuple) else of for name, of in given.items()}


def _store_shared[M: Slugged](
    model: type[M], data: Iterable[Mapping[str, Any]], *, changed: list[Slugged]
) -> dict[str, M]:
    """The shared rows of this data, by slug. Those that are told differently are written, and listed in `changed`."""
    given = {row["slug"]: row for row in data}
    known = {row.slug: row for row in model.objects.filter(slug__in=given)}
    for slug, row in sorted(given.items()):  # two imports that lock in one order do not lock each other out
        if slug not in known:
            known[slug] = _store(model(), row)
        elif fields(known[slug], tuple(row)) != row:
            changed.append(_store(known[slug], row))
    return known


def _store[M: models.Model](row: M, data: Mapping[str, Any]) -> M:
    for name, value in data.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row
