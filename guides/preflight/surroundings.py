"""Load the surroundings of a guide. No other part of the preflight queries the database."""

from datetime import datetime

from django.utils import timezone

from guides.models import Edition, Role

from .finding import Surroundings


def surroundings_of(role: Role, *, at: datetime) -> Surroundings:
    """Return the surroundings of a role's guide at a time, with two queries."""
    live = Edition.objects.live(at=at).order_by().values_list("slug", flat=True)
    others = Edition.objects.went_live(by=at).exclude(role=role)
    former = others.order_by("slug", "role__title").values_list("slug", "role__title").distinct()
    return Surroundings(today=timezone.localdate(at), live=frozenset(live), former=dict(former))
