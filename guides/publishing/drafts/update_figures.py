"""Update a draft to the current releases of official tables."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guides.models import Action, Role
from guides.publishing import PublishingError, audit
from guides.schema import Guide
from guides.statistics.current import load_current_figures

from . import status
from .compose import compose
from .mapping import PARTS, QUANTITIES
from .snapshots import take_snapshot
from .update_plan import UpdatePlan, plan_update, updated_guide


class NothingToUpdate(PublishingError):
    """No figure of the draft can be updated. The message has the reasons."""


def plan_for(guide: Guide) -> UpdatePlan:
    """Return what an update of a draft that says this guide would change. Raise NothingToUpdate."""
    plan = plan_update(guide, load_current_figures([each.code for each in guide.occupations]))
    if not plan.updates:
        nothing = _("No figure comes from an older release of an official table.")
        raise NothingToUpdate(" ".join((_("Nothing could be updated."), *(plan.notes or (nothing,)))))
    return plan


@transaction.atomic
def update_figures(*, role: Role, by: str) -> UpdatePlan:
    """Replace figures from older releases of official tables by those of the current release, with their sources.

    Nothing is published. A snapshot of the earlier draft is stored. Raise NothingToUpdate, or InvalidGuide.
    """
    role = Role.objects.select_for_update().get(pk=role.pk)
    guide = compose(role)
    plan = plan_for(guide)
    updated_guide(guide, plan)  # raises InvalidGuide before anything changes
    releases = ", ".join(dict.fromkeys(str(update.release) for update in plan.updates))
    take_snapshot(role=role, reason=_("Update of figures"), by=by)
    for kind in PARTS:
        updates = [update for update in plan.updates if update.part == kind.name]
        rows: tuple[Any, ...] = tuple(kind.model.objects.filter(role=role)) if updates else ()
        for update in updates:
            row = rows[update.row]
            row.source = update.release.source
            for name, value in update.values.items():
                if name in QUANTITIES:
                    for part in QUANTITIES[name]:
                        setattr(row, f"{name}_{part}", value[part])
                else:
                    setattr(row, name, value)
            row.full_clean()
            row.save()
    audit.log(Action.SAVED, actor=by, role=role, note=_("Figures updated to %s.") % releases)
    status.refresh(roles=(role,))
    return plan
