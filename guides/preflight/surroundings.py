"""What else is live: the only part of the preflight that asks the database."""

from datetime import datetime

from django.utils import timezone

from guides.models import Edition, Role

from .finding import Surroundings


def surroundings_of(role: Role, *, at: datetime) -> Surroundings:
    """What the guide of a role is judged beside at a moment, in two queries."""
    live = Edition.objects.live(at=at).order_by().values_list("slug", flat=True)
    others = Edition.objects.went_live(by=at).exclude(role=role)
    former = others.order_by("slug", "role__title").values_list("slug", "role__title").distinct()
    return Surroundings(today=timezone.localdate(at), live=frozenset(live), former=dict(former))
