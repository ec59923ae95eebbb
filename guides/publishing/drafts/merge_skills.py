"""Merge duplicate skills into one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from guides.choices import Importance, Proficiency
from guides.models import Action, Role, RoleSkill, Skill
from guides.publishing import PublishingError, audit
from guides.schema import MAX_WORDINGS
from guides.schema.types import MAX_NAMES, MAX_TEXT_LENGTH

from . import status


@transaction.atomic
def merge_skills(*, skill: Skill, others: Sequence[Skill], by: str) -> Skill:
    """Make one skill of several: no role loses it, and the names of the others become other names of the one.

    Where a role asks for two of them, what it needs each for is put together. Raises PublishingError, and changes
    nothing, where the names or the reasons of one role would be too many.
    """
    others = [other for other in others if other.pk != skill.pk]
    rows = tuple(Skill.objects.select_for_update().filter(pk__in=[skill.pk, *(other.pk for other in others)]))
    skill = next(row for row in rows if row.pk == skill.pk)
    others = [row for row in rows if row.pk != skill.pk]
    role_ids = Role.objects.filter(skills__in=rows).values("pk")
    roles = tuple(Role.objects.select_for_update().filter(pk__in=role_ids).order_by("pk"))
    for row in RoleSkill.objects.filter(skill__in=others).select_related("role").order_by("role", "order"):
        _move_row(row, skill)
    names = (*skill.aliases, *(name for other in others for name in (other.name, *other.aliases)))
    spelled = {name.casefold(): name for name in reversed(names)} | {skill.name.casefold(): skill.name}
    skill.aliases = [name for name in dict.fromkeys(names) if spelled[name.casefold()] == name != skill.name]
    skill.wordings = list(dict.fromkeys(wording for row in (skill, *others) for wording in row.wordings))
    skill.summary = skill.summary or next((other.summary for other in others if other.summary), "")
    if len(skill.aliases) > MAX_NAMES:
        raise PublishingError(_("A skill has at most %d other names. Take some away first.") % MAX_NAMES)
    if len(skill.wordings) > MAX_WORDINGS:
        raise PublishingError(_("A skill has at most %d wordings. Take some away first.") % MAX_WORDINGS)
    skill.full_clean()
    skill.save()
    Skill.objects.filter(pk__in=[other.pk for other in others]).delete()
    summary = f"{', '.join(map(str, others))} → {skill}"
    audit.log(Action.MERGED, actor=by, subject=str(skill), note=summary)
    for role in roles:
        audit.log(Action.MERGED, actor=by, role=role, note=summary)
    status.refresh(roles=roles)
    return skill


def _move_row(row: RoleSkill, skill: Skill) -> None:
    """Make a role's row name the one skill; where it has a row of it already, that one stays, with the most of both."""
    present = RoleSkill.objects.filter(role=row.role_id, skill=skill).first()
    if present is None:
        RoleSkill.objects.filter(pk=row.pk).update(skill=skill)
        return
    for name in ("purpose", "gained"):
        both = " ".join(dict.fromkeys(filter(None, (getattr(present, name), getattr(row, name)))))
        if len(both) > MAX_TEXT_LENGTH:
            raise PublishingError(
                _("The combined text for %(role)s is too long. Shorten one of the two first.") % {"role": row.role}
            )
        setattr(present, name, both)
    present.gained_by = list(dict.fromkeys((*present.gained_by, *row.gained_by)))[:MAX_NAMES]
    present.importance = min(present.importance, row.importance, key=Importance.values.index)
    present.proficiency = max(present.proficiency, row.proficiency, key=["", *Proficiency.values].index)
    present.save()
    row.delete()
