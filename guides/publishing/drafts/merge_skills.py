"""Merge duplicate skills into one."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from guides.choices import Importance, Proficiency, SkillKind
from guides.models import Action, Certificate, Requirement, Role, RoleSkill, Skill, StartingJob
from guides.publishing import PublishingError, audit
from guides.schema import MAX_WORDINGS
from guides.schema.types import MAX_NAMES, MAX_TEXT_LENGTH

from . import status


@transaction.atomic
def merge_skills(*, skill: Skill, others: Sequence[Skill], by: str) -> Skill:
    """Merge skills into one. No role or starting job loses it, and the names of the others become its other names.

    Their narrower skills, their broader skill, and the facts about a certificate move to the one skill. If a role
    requires two of them, its reasons for both are joined. Raise PublishingError, and change nothing, if that is not
    possible.
    """
    pks = {skill.pk, *(other.pk for other in others)}
    # The order of slugs is the order of locks in imports, too.
    rows = tuple(Skill.objects.select_for_update().filter(pk__in=pks).order_by("slug"))
    skill = next(row for row in rows if row.pk == skill.pk)
    by_pk = {row.pk: row for row in rows}
    others = [by_pk[pk] for pk in dict.fromkeys(other.pk for other in others) if pk in by_pk and pk != skill.pk]
    names_one = Q(requirements__certificate__in=[row.slug for row in rows])
    role_ids = Role.objects.filter(Q(skills__in=rows) | Q(skills__broader__in=rows) | names_one).values("pk")
    roles = tuple(Role.objects.select_for_update().filter(pk__in=role_ids).order_by("pk"))
    for row in RoleSkill.objects.filter(skill__in=others).select_related("role").order_by("role", "order"):
        _move_row(row, skill)
    _move_names(skill, others)
    _move_broader(skill, others)
    _move_certificate(skill, others)
    jobs = _move_starting_jobs(skill, others)
    skill.full_clean()
    skill.save()
    Skill.objects.filter(pk__in=[other.pk for other in others]).delete()
    summary = f"{', '.join(map(str, others))} → {skill}"
    audit.log(Action.MERGED, actor=by, subject=str(skill), note=summary)
    for role in roles:
        audit.log(Action.MERGED, actor=by, role=role, note=summary)
    for job in jobs:
        audit.log(Action.MERGED, actor=by, subject=str(job), note=summary)
    status.refresh(roles=roles)
    return skill


def _move_row(row: RoleSkill, skill: Skill) -> None:
    """Point a role's row to the one skill. If the role has a row of it already, that row gets the most of both."""
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
    labels = {present.one_of, row.one_of} - {""}
    if not row.one_of:  # required, not one of several
        present.one_of = ""
    present.save()
    row.delete()
    for label in labels:
        alternatives = RoleSkill.objects.filter(role=row.role_id, one_of=label)
        if alternatives.count() == 1:
            alternatives.update(one_of="")


def _move_names(skill: Skill, others: Sequence[Skill]) -> None:
    names = (*skill.aliases, *(name for other in others for name in (other.name, *other.aliases)))
    spelled = {name.casefold(): name for name in reversed(names)} | {skill.name.casefold(): skill.name}
    skill.aliases = [name for name in dict.fromkeys(names) if spelled[name.casefold()] == name != skill.name]
    skill.wordings = list(dict.fromkeys(wording for row in (skill, *others) for wording in row.wordings))
    skill.summary = skill.summary or next((other.summary for other in others if other.summary), "")
    if len(skill.aliases) > MAX_NAMES:
        raise PublishingError(_("A skill has at most %d other names. Delete some first.") % MAX_NAMES)
    if len(skill.wordings) > MAX_WORDINGS:
        raise PublishingError(_("A skill has at most %d résumé phrases. Delete some first.") % MAX_WORDINGS)


def _move_broader(skill: Skill, others: Sequence[Skill]) -> None:
    """Move narrower skills to the one skill, which gets the broader skill of the others if it has none."""
    merged = {other.pk for other in others}
    Skill.objects.filter(broader__in=merged).exclude(pk=skill.pk).update(broader=skill)
    broader = (row.broader_id for row in (skill, *others))
    skill.broader_id = next((pk for pk in broader if pk and pk not in {*merged, skill.pk}), None)
    if skill.broader_id and Skill.objects.filter(broader=skill).exclude(pk__in=merged).exists():
        message = _("“%s” would have a broader skill and narrower ones. Clear the broader skill of one of these first.")
        raise PublishingError(message % skill)


def _move_certificate(skill: Skill, others: Sequence[Skill]) -> None:
    """Move the facts about a certificate to the one skill if it has none, and the requirements that name the others."""
    facts = Certificate.objects.filter(skill__in=[skill, *others])
    requirements = Requirement.objects.filter(certificate__in=[other.slug for other in others])
    if skill.kind != SkillKind.CERTIFICATE and (facts.exists() or requirements.exists()):
        message = _(
            "Only a certificate can have the facts and requirements of these skills. Change the kind of “%s” first."
        )
        raise PublishingError(message % skill)
    if not facts.filter(skill=skill).exists() and (moved := facts.order_by("skill__slug").first()):
        Certificate.objects.filter(pk=moved.pk).update(skill=skill)
    requirements.update(certificate=skill.slug)


def _move_starting_jobs(skill: Skill, others: Sequence[Skill]) -> tuple[StartingJob, ...]:
    jobs = tuple(StartingJob.objects.filter(skills__in=others).distinct())
    for job in jobs:
        job.skills.add(skill)
    return jobs
