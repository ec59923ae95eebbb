"""The delivered guides, published once per test run, because that takes seconds."""

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from guides.backup import tables
from guides.models import Edition, PriceLevel, Role, Wage
from guides.models.statistics import AreaKind
from guides.publishing.editions.publish import publish
from guides.publishing.first_start import FIXTURES
from guides.schema import Guide
from guides.statistics.importing.delivered import import_delivered
from tests.helpers.shared import once


def publish_delivered() -> None:
    """Publish the delivered guides in a database without guides, with statistics of the nation and the states."""
    rows = once(f"delivered-guides-{connection.vendor}", _publish_and_save)
    if not Role.objects.exists():  # another test has published them
        _load(rows)


def publish_delivered_everywhere() -> None:
    """Publish the delivered guides in a database without guides, with the statistics of all areas."""
    rows = once(f"delivered-guides-everywhere-{connection.vendor}", _publish_and_save_everywhere)
    if not Role.objects.exists():  # they have just been published here
        _load(rows)


def delivered_guide(slug: str) -> Guide:
    """Publish the delivered guides in a database without guides, and return one of them."""
    publish_delivered()
    return Edition.objects.get(slug=slug).guide


def _publish_and_save(folder: Path) -> None:
    _publish()
    Wage.objects.exclude(area__kind__in=(AreaKind.NATION, AreaKind.STATE)).delete()
    PriceLevel.objects.exclude(year__gte=2023).delete()
    _save(folder)


def _publish_and_save_everywhere(folder: Path) -> None:
    _publish()
    _save(folder)


def _publish() -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    import_delivered()
    for role in Role.objects.order_by("slug"):
        publish(role=role, by="Ada")


def _save(folder: Path) -> None:
    for of, model in _models().items():
        (folder / of).write_bytes(b"".join(tables.lines_of(model)))
    (folder / tables.FULL_TEXT).write_bytes(b"".join(tables.lines_of_full_text()))


def _load(folder: Path) -> None:
    models = _models()
    for of in (*models, tables.FULL_TEXT):
        tables.load(of, models, (folder / of).read_bytes().splitlines())
    tables.advance_sequences(models.values())


def _models() -> dict[str, type[Model]]:
    return {of: model for of, model in tables.backed_up_models(apps).items() if model._meta.app_label == "guides"}
