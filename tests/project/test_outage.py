"""The database goes away under a running server, and comes back."""

import json
from pathlib import Path

import pytest

from tests.helpers.servers import ROOT, Server, collect_static, manage, own_postgresql, served, until

pytestmark = pytest.mark.process

GUIDE = "/guides/patient-care-coordinator/"
TOKEN = "a" * 32
DESK = {
    "Cookie": f"csrftoken={TOKEN}; sessionid={'s' * 32}",
    "X_CSRFToken": TOKEN,
    "X_Requested_With": "XMLHttpRequest",
}


def test_a_server_outlives_an_outage_of_its_database(tmp_path: Path) -> None:
    with own_postgresql() as postgresql:
        assert manage(ROOT, tmp_path, "prepare", DATABASE_URL=postgresql.address).returncode == 0
        collect_static(tmp_path)
        with served(tmp_path, DATABASE_URL=postgresql.address, CAREERGUIDE_WORKERS="1") as site:
            assert [site.ask(path).status for path in (GUIDE, "/admin/login/", "/readyz")] == [200, 200, 200]
            postgresql.stop()
            _look_at_the_outage(site)
            postgresql.start()
            assert [site.ask(GUIDE).status for _ in range(12)] == [200] * 12
            until(lambda: site.ask("/readyz").status == 200)
            with postgresql.hanging():
                _look_at_the_probes(site)
            until(lambda: site.ask("/readyz").status == 200)
            assert site.ask(GUIDE).status == 200
            log = site.log.read_text()
    assert ("Unavailable at guides:guide: OperationalError" in log, "Traceback" in log) == (True, False)


def _look_at_the_outage(site: Server) -> None:
    for _ in range(12):  # more than there are threads, each of which has a connection of its own
        page = site.ask(GUIDE)
        assert (page.status, page.headers["retry-after"], page.headers["cache-control"]) == (503, "10", "no-store")
        assert "<h1>The service is temporarily unavailable</h1>" in page.text
    upload = site.ask("/admin/markdownx/upload/", method="POST", Accept="application/json", **DESK)
    assert (upload.status, list(json.loads(upload.text))) == (503, ["error"])
    preview = site.ask("/admin/markdownx/markdownify/", method="POST", **DESK)
    assert (preview.status, preview.text.startswith('<p class="errornote">')) == (503, True)
    assert site.ask("/healthz").status == 200
    until(lambda: site.ask("/readyz").status == 503)
    told = json.loads(site.ask("/readyz").text)
    assert told == {"ready": False, "database": False, "migrations": False, "storage": True}


def _look_at_the_probes(site: Server) -> None:
    """Probes answer while the database neither answers nor refuses connections."""
    until(lambda: site.ask("/readyz").status == 503)  # a look from before holds for a second
    assert [site.ask(path).status for path in ("/readyz", "/healthz", "/healthz", "/readyz")] == [503, 200, 200, 503]
