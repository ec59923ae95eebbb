"""Revert a draft to an edition or to a snapshot, after taking a snapshot of its current state."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import schema
from guides.models import Action, DraftSnapshot, Edition, FieldOfWork, Role, Skill, Source
from guides.publishing import audit
from guides.schema import Guide, InvalidGuide

from .compose import compose, gather_data
from .load import load_draft
from .mapping import FIELD_FIELDS, SKILL_POINTERS, SOURCE_FIELDS, fields, shared_skill_data


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
    """Return the guide with the role's current slug and the current shared rows, as a restored draft has them.

    Raise InvalidGuide if a shared row is invalid.
    """
    data = guide.model_dump() | {"slug": role.slug}
    field = guide.field and FieldOfWork.objects.filter(slug=guide.field.slug).first()
    if field:
        data["field"] = fields(field, FIELD_FIELDS)
    data["skills"], sources = _current_skills(guide)
    sources |= {source["slug"]: source for source in data["sources"]}
    stored = {source.slug: fields(source, SOURCE_FIELDS) for source in Source.objects.filter(slug__in=sources)}
    cited = schema.cited_sources(data)
    data["sources"] = [stored.get(slug, source) for slug, source in sources.items() if slug in cited]
    return schema.validate(data)


def _current_skills(guide: Guide) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the skills with the current values of what all roles share, and the sources that their facts cite.

    A skill that is deleted keeps its values. Its broader skill has its current name, and is left out if it has a
    broader one now.
    """
    slugs = {skill.slug for skill in guide.skills} | {skill.broader.slug for skill in guide.skills if skill.broader}
    rows = {row.slug: row for row in Skill.objects.filter(slug__in=slugs).select_related(*SKILL_POINTERS)}
    skills: list[dict[str, Any]] = []
    sources: dict[str, dict[str, Any]] = {}
    for skill in guide.skills:
        data = skill.model_dump()
        if row := rows.get(skill.slug):
            data |= shared_skill_data(row)
            if data["certificate"]:
                source = row.certificate.source
                sources[source.slug] = fields(source, SOURCE_FIELDS)
        elif skill.broader and (broader := rows.get(skill.broader.slug)):
            data["broader"] = None if broader.broader else fields(broader, ("slug", "name"))
        skills.append(data)
    return skills, sources


def take_snapshot(*, role: Role, reason: str, by: str) -> DraftSnapshot:
    """Store the current state of a draft, valid or not, before `reason` replaces it."""
    try:
        content = schema.dump(compose(role))
    except InvalidGuide:
        content = json.dumps(gather_data(role), default=str, ensure_ascii=False)
    return DraftSnapshot.objects.create(role=role, content=content, reason=reason, by=by, at=timezone.now())
