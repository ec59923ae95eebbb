"""What the previous release published is the same in this one.

`files/previous-release.zip` is a backup of a site that the release before this one made, and `.json` what `published`
said of it then. A release that adds migrations takes both anew, once it is out.
"""

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from guides import schema
from guides.backup.restore import restore_backup
from guides.models import Edition, Listing, Role, SearchIntent, Skill, StartingJob
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.indexing import VERSION
from guides.schema import serialization
from tests.helpers.factories import an_edition

FILES = Path(__file__).parents[1] / "files"


def published() -> dict[str, Any]:
    """What of a site no release may change: editions, guides as files, drafts, what became of addresses."""
    slugs = sorted(set(Edition.objects.values_list("slug", flat=True)))
    answers = {
        f"/guides/{slug}{end}": Client().get(f"/guides/{slug}{end}") for slug in slugs for end in (".json", ".md")
    }
    return {
        "editions": [
            [edition.pk, edition.number, edition.slug, edition.title, edition.note, edition.published_by,
             str(edition.live_from), str(edition.live_until), _digest(edition.content), _digest(_sorted(edition.html))]
            for edition in Edition.objects.order_by("pk")
        ],
        "addresses": {
            address: [
                answer.status_code,
                answer.headers.get("Location"),
                *([_digest(_version_1(answer.content.decode()))] if address.endswith(".json") else []),
            ]
            for address, answer in answers.items()
        },
        "drafts": {role.slug: _digest(_version_1(schema.dump(compose(role)))) for role in Role.objects.order_by("pk")},
    }  # fmt: skip


def _version_1(text: str) -> str:
    """Return a guide as the previous release wrote it. Version 3 moved the education from key facts to requirements."""
    if not text.startswith("{"):  # no guide, such as an empty answer
        return text
    guide = json.loads(text) | {"schema_version": 1}
    education = [way["education"] for way in guide.pop("requirements", [])]
    for fact in guide["facts"]:
        if fact["kind"] == "education" and education:
            source = fact.pop("source")
            fact |= {"education": education.pop(), "source": source}
    return serialization.write(guide, "json")


def _sorted(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _digest(text: str | bytes) -> str:
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:32]


@pytest.mark.usefixtures("committed")
@pytest.mark.engine
def test_what_the_previous_release_published_is_as_it_was() -> None:
    before = json.loads((FILES / "previous-release.json").read_text(encoding="utf-8"))
    restore_backup(path=FILES / "previous-release.zip", overwrite=True)
    assert published() == before
    listing = Listing.objects.filter(edition__slug="patient-care-coordinator").latest("pk")
    label = "Usual range, by experience and location"
    band = listing.pay_facts.band
    assert (listing.version, listing.pay, band and band.label) == (VERSION, Decimal(30_000), label)
    call_command("migrate", "--check", verbosity=0)


@pytest.mark.usefixtures("committed")
@pytest.mark.engine
def test_migrations_lead_all_the_way_back_and_forth() -> None:
    """So the backup of any release can be restored in place of a later one's data."""
    try:
        call_command("migrate", "guides", "zero", verbosity=0)
        assert [name for name in connection.introspection.table_names() if name.startswith("guides_")] == []
    finally:
        call_command("migrate", verbosity=0)
    an_edition()
    with pytest.raises(IntegrityError, match="a published edition is never changed"):
        Edition.objects.update(title="Changed")


def test_every_migration_can_be_undone() -> None:
    migrations = MigrationLoader(None).disk_migrations
    kept = [
        f"{key[1]}: {operation.describe()}"
        for key, migration in migrations.items()
        for operation in migration.operations
        if key[0] == "guides" and not operation.reversible
    ]
    assert kept == []


@pytest.mark.usefixtures("committed")
@pytest.mark.engine
def test_a_site_of_the_previous_release_loads_starting_jobs_and_search_intents() -> None:
    restore_backup(path=FILES / "previous-release.zip", overwrite=True)
    before = Skill.objects.count()
    call_command("loaddata", "skills", "starting_jobs", "search_intents", verbosity=0)
    assert StartingJob.objects.count() > 40
    assert SearchIntent.objects.exists()
    assert Skill.objects.count() > before
    assert all(compose(role).skills for role in Role.objects.all())
