"""Revert a draft to an edition or to a snapshot, after taking a snapshot of its current state."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import schema
from guides.models import Action, DraftSnapshot, Edition, FieldOfWork, Role, Skill, Slugged, Source
from guides.publishing import audit
from guides.schema import Guide, InvalidGuide

from .compose import compose, gather_data
from .load import load_draft
from .mapping import FIELD_FIELDS, SKILL_FIELDS, SOURCE_FIELDS, fields


@transaction.atomic
def revert_to_edition(*, edition: Edition, by: str) -> Role:
    """Make the draft say what an edition says, but for its address, and for what all roles share: these stay.

    Fields of work, skills and sources stay as they are now. Deleted ones come back.
    """
    return _replace(edition.role, edition.guide, reason=_("Edition %d") % edition.number, by=by)


@transaction.atomic
def restore_snapshot(*, snapshot: DraftSnapshot, by: str) -> Role:
    """Restore a draft from a snapshot. Raise InvalidGuide if the draft was not a valid guide then."""
    reason = _("Draft of %s") % f"{snapshot.at:%Y-%m-%d %H:%M}"
    return _replace(snapshot.role, schema.load(snapshot.content), reason=reason, by=by)


def _replace(role: Role, guide: Guide, *, reason: str, by: str) -> Role:
    role = Role.objects.select_for_update().get(pk=role.pk)
    take_snapshot(role=role, reason=reason, by=by)
    role = load_draft(guide=guide_after_restore(role=role, guide=guide))
    audit.log(Action.RESTORED, actor=by, role=role, note=reason)
    return role


def guide_after_restore(*, role: Role, guide: Guide) -> Guide:
    """Return the guide with the role's current slug and the current shared rows, as a restored draft has them."""

    def current(model: type[Slugged], values: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
        rows = {row.slug: row for row in model.objects.filter(slug__in=[value.slug for value in values])}
        stored = {slug: fields(row, names).items() for slug, row in rows.items()}
        return tuple(
            value.model_copy(
                update={name: tuple(of) if isinstance(of, list) else of for name, of in stored.get(value.slug, ())}
            )
            for value in values
        )

    field = current(FieldOfWork, (guide.field,), FIELD_FIELDS)[0] if guide.field else None
    skills, sources = current(Skill, guide.skills, SKILL_FIELDS), current(Source, guide.sources, SOURCE_FIELDS)
    return guide.model_copy(update={"slug": role.slug, "field": field, "skills": skills, "sources": sources})


def take_snapshot(*, role: Role, reason: str, by: str) -> DraftSnapshot:
    """Store the current state of a draft, valid or not, before `reason` replaces it."""
    try:
        content = schema.dump(compose(role))
    except InvalidGuide:
        content = json.dumps(gather_data(role), default=str, ensure_ascii=False)
    return DraftSnapshot.objects.create(role=role, content=content, reason=reason, by=by, at=timezone.now())
