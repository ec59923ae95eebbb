"""Load the surroundings of a guide. No other part of the preflight queries the database."""

from datetime import datetime

from django.utils import timezone

from guides.models import Edition, Requirement, Role, StartingJob
from guides.schema import Guide
from guides.statistics.current import load_current_figures

from .finding import Surroundings


def surroundings_of(role: Role, guide: Guide, *, at: datetime) -> Surroundings:
    """Return the surroundings of a role's guide at a time. The number of queries does not depend on the guide."""
    live = Edition.objects.live(at=at).order_by().values_list("slug", flat=True)
    others = Edition.objects.went_live(by=at).exclude(role=role)
    former = others.order_by("slug", "role__title").values_list("slug", "role__title").distinct()
    experiences = Requirement.objects.exclude(role=role).exclude(experience="").order_by()
    return Surroundings(
        today=timezone.localdate(at),
        live=frozenset(live),
        former=dict(former),
        official=load_current_figures([occupation.code for occupation in guide.occupations]),
        experiences=frozenset(experiences.values_list("experience", flat=True).distinct()),
        starting_jobs=frozenset(StartingJob.objects.order_by().values_list("slug", flat=True)),
    )
