"""Update fields of work, owners and review dates of several roles at once."""

from datetime import date

from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guides.models import Action, FieldOfWork, Role
from guides.publishing import audit

from . import status


@transaction.atomic
def bulk_update(
    *, roles: QuerySet[Role], by: str, field: FieldOfWork | None = None, owner: User | None = None,
    review_due: date | None = None,
) -> int:  # fmt: skip
    """Set the values that are not None for all roles. Return the number of roles."""
    changes = {"field": field, "owner": owner, "review_due": review_due}
    changes = {name: value for name, value in changes.items() if value is not None}
    chosen = tuple(Role.objects.select_for_update().filter(pk__in=roles.values("pk")))
    Role.objects.filter(pk__in=[role.pk for role in chosen]).update(**changes)
    summary = ", ".join(f"{label_for_field(name, Role)}: {value}" for name, value in changes.items())
    for role in chosen:
        role.refresh_from_db()
        audit.log(Action.SAVED, actor=by, role=role, note=_("Set for several: %s.") % summary)
    status.refresh(roles=chosen)
    return len(chosen)
