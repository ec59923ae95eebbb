"""The site as it is served by several processes and machines on one database, which goes away and comes back."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from tests.helpers.servers import (
    ROOT,
    Database,
    Server,
    collect_static,
    delivered_site,
    manage,
    own_postgresql,
    served,
    until,
)

pytestmark = pytest.mark.process

GUIDE, OTHER = "/guides/patient-care-coordinator/", "/guides/medical-assistant/"
TOKEN = "a" * 32
SIGNED_IN = {
    "Cookie": f"csrftoken={TOKEN}; sessionid={'s' * 32}",
    "X_CSRFToken": TOKEN,
    "X_Requested_With": "XMLHttpRequest",
}
PUBLISH = """
from guides.models import Role
from guides.publishing.editions.publish import publish
role = Role.objects.get(slug="patient-care-coordinator")
role.summary = {summary!r}
role.save()
publish(role=role, by="Ada")
"""


class Prepared(NamedTuple):
    """A PostgreSQL server, and the results of two machines that prepared its database at once."""

    database: Database
    results: list[CompletedProcess[str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    folders = [tmp_path_factory.mktemp("machine") for _ in range(2)]
    with own_postgresql() as database:
        with ThreadPoolExecutor() as machines:
            results = machines.map(lambda data: manage(ROOT, data, "prepare", DATABASE_URL=database.address), folders)
        yield Prepared(database, list(results))


def publish_a_change(data: Path, summary: str, **variables: str) -> None:
    done = manage(ROOT, data, "shell", "--no-imports", "-c", PUBLISH.format(summary=summary), **variables)
    assert done.returncode == 0, done.stdout + done.stderr


def seen(*servers: Server, **headers: str) -> set[str]:
    """Return the different responses for the guide, by any of the processes."""
    return {server.ask(GUIDE, **headers).text for server in servers for _ in range(15)}


def all_show(text: str, pages: set[str]) -> bool:
    return len(pages) == 1 and all(text in page for page in pages)


def test_what_is_published_shows_in_every_process(tmp_path: Path) -> None:
    delivered_site(tmp_path)
    with served(tmp_path, CAREERGUIDE_WORKERS="2") as server:
        assert len(seen(server)) == 1
        publish_a_change(tmp_path, "Arranges the care of patients.")
        until(lambda: all_show("Arranges the care of patients.", seen(server)))


def test_machines_that_start_at_once_prepare_a_new_database_in_turn(prepared: Prepared) -> None:
    assert [(each.returncode, each.stderr) for each in prepared.results] == [(0, "")] * 2
    assert sum("Password: " in each.stdout for each in prepared.results) == 1


def test_several_machines_on_one_postgresql_show_a_publication(prepared: Prepared, tmp_path: Path) -> None:
    site = {"DATABASE_URL": prepared.database.address, "CAREERGUIDE_ADDRESS": "http://guides.example"}
    first, second = tmp_path / "first", tmp_path / "second"
    for data in (first, second):
        collect_static(data)
    with served(first, **site) as one, served(second, **site) as other:
        assert len(seen(one, other, Host="guides.example")) == 1
        publish_a_change(first, "Arranges the care of patients.", **site)
        until(lambda: all_show("Arranges the care of patients.", seen(one, other, Host="guides.example")))


def test_a_server_outlives_an_outage_of_its_database(prepared: Prepared, tmp_path: Path) -> None:
    postgresql = prepared.database
    collect_static(tmp_path)
    with served(tmp_path, DATABASE_URL=postgresql.address) as site:
        cached = site.ask(GUIDE).text
        assert site.ask(GUIDE).text == cached
        assert [site.ask(path).status for path in ("/admin/login/", "/readyz")] == [200, 200]
        postgresql.stop()
        _look_at_the_cache(site, cached)
        _look_at_the_outage(site)
        postgresql.start()
        assert [site.ask(OTHER).status for _ in range(12)] == [200] * 12
        until(lambda: "cache-status" not in site.ask(GUIDE).headers)
        until(lambda: site.ask("/readyz").status == 200)
        with postgresql.hanging():
            _look_at_the_probes(site)
        until(lambda: site.ask("/readyz").status == 200)
        assert site.ask(OTHER).status == 200
        log = site.log.read_text()
    assert ("Unavailable at guides:guide: OperationalError" in log, "Traceback" in log) == (True, False)


def _look_at_the_cache(site: Server, cached: str) -> None:
    """Pages in the cache are served without the database."""
    until(lambda: "cache-status" in site.ask(GUIDE).headers)
    page = site.ask(GUIDE)
    assert (page.status, page.text) == (200, cached)
    assert page.headers["cache-status"].startswith("careerguide; hit; ttl=-")
    assert (site.ask("/about/").status, site.ask("/search/?q=care").status) == (200, 503)


def _look_at_the_outage(site: Server) -> None:
    """Pages that nobody requested before respond with 503."""
    for _ in range(12):  # more than there are threads, each of which has its own connection
        page = site.ask(OTHER)
        assert (page.status, page.headers["retry-after"], page.headers["cache-control"]) == (503, "10", "no-store")
        assert "<h1>The site is temporarily unavailable</h1>" in page.text
    upload = site.ask("/admin/markdownx/upload/", method="POST", Accept="application/json", **SIGNED_IN)
    assert (upload.status, list(json.loads(upload.text))) == (503, ["error"])
    preview = site.ask("/admin/markdownx/markdownify/", method="POST", **SIGNED_IN)
    assert (preview.status, preview.text.startswith('<p class="errornote">')) == (503, True)
    assert site.ask("/healthz").status == 200
    until(lambda: site.ask("/readyz").status == 503)
    checks = json.loads(site.ask("/readyz").text)
    assert checks == {"ready": False, "database": False, "migrations": False, "storage": True}


def _look_at_the_probes(site: Server) -> None:
    """Probes answer while the database neither answers nor refuses connections."""
    until(lambda: site.ask("/readyz").status == 503)  # a look from before holds for a second
    assert [site.ask(path).status for path in ("/readyz", "/healthz", "/healthz", "/readyz")] == [503, 200, 200, 503]
