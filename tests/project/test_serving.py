"""The site as it is served, by several processes, on one database."""

from pathlib import Path

import pytest

from tests.helpers.servers import Server, collect_static, manage, own_postgresql, served, until

pytestmark = pytest.mark.process

GUIDE = "/guides/patient-care-coordinator/"


def publish_a_change(root: Path, data: Path, summary: str, **variables: str) -> None:
    exported = manage(root, data, "export_guide", "patient-care-coordinator", "--format", "yaml", **variables).stdout
    file = data / "guide.yaml"
    file.write_text("".join(f"summary: {summary}\n" if line.startswith("summary:") else line
                            for line in exported.splitlines(keepends=True)))  # fmt: skip
    assert manage(root, data, "import_guide", str(file), **variables).returncode == 0
    done = manage(root, data, "publish", "patient-care-coordinator", "--note", "A change.", **variables)
    assert done.returncode == 0, done.stdout + done.stderr


def prepared(root: Path, data: Path, **variables: str) -> None:
    collect_static(data)
    done = manage(root, data, "prepare", **variables)
    assert done.returncode == 0, done.stderr


def seen(*servers: Server, **headers: str) -> set[str]:
    """What is answered for the guide, by any of the processes."""
    return {server.ask(GUIDE, **headers).text for server in servers for _ in range(15)}


def all_show(text: str, pages: set[str]) -> bool:
    return len(pages) == 1 and all(text in page for page in pages)


def test_what_is_published_shows_in_every_process(root: Path, tmp_path: Path) -> None:
    prepared(root, tmp_path)
    with served(tmp_path) as server:
        assert len(seen(server)) == 1
        publish_a_change(root, tmp_path, "Arranges the care of patients.")
        until(lambda: all_show("Arranges the care of patients.", seen(server)))


def test_several_machines_on_one_postgresql_show_a_publication(root: Path, tmp_path: Path) -> None:
    with own_postgresql() as database:
        site = {"DATABASE_URL": database.address, "CAREERGUIDE_ADDRESS": "http://guides.example"}
        first, second = tmp_path / "first", tmp_path / "second"
        for data in (first, second):
            prepared(root, data, **site)
        with served(first, **site) as one, served(second, **site) as other:
            assert len(seen(one, other, Host="guides.example")) == 1
            publish_a_change(root, first, "Arranges the care of patients.", **site)
            until(lambda: all_show("Arranges the care of patients.", seen(one, other, Host="guides.example")))


def test_while_the_database_is_away_pages_that_were_made_are_shown(root: Path, tmp_path: Path) -> None:
    with own_postgresql() as database:
        prepared(root, tmp_path, DATABASE_URL=database.address)
        with served(tmp_path, DATABASE_URL=database.address, CAREERGUIDE_WORKERS="1") as server:
            before = server.ask(GUIDE)
            assert server.ask(GUIDE).text == before.text
            database.stop()
            until(lambda: "cache-status" in server.ask(GUIDE).headers)
            during = server.ask(GUIDE)
            assert (during.status, during.text) == (200, before.text)
            assert during.headers["cache-status"].startswith("careerguide; hit; ttl=-")
            assert (server.ask("/about/").status, server.ask("/search/?q=care").status) == (200, 503)
            database.start()
            until(lambda: server.ask("/search/?q=care").status == 200)
            until(lambda: "cache-status" not in server.ask(GUIDE).headers)
