"""The excerpts that come with Careerguide: what the delivered guides need, in the publishers' layouts."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from guides.models import Occupation, Release

from .occupations import import_classification
from .price_levels import import_price_levels
from .projections import import_projections
from .wages import import_wages

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "statistics"


@transaction.atomic
def import_delivered() -> tuple[Release, ...]:
    """Import all excerpts or none, and return their releases.

    Do nothing if there are occupations: a release that was removed must not come back with the next start.
    """
    if Occupation.objects.exists():
        return ()
    import_classification(FOLDER / "soc_structure.zip", FOLDER / "soc_titles.zip")
    import_wages(FOLDER / "wages.zip", add_new=True)
    import_projections(FOLDER / "projections.zip")
    for table in ("sarpp", "marpp", "parpp"):
        import_price_levels(FOLDER / f"{table}.zip")
    return tuple(Release.objects.all())
