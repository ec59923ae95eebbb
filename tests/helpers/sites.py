"""Whole sites: one with something of everything, what visitors get of one, and others beside the tests' own."""

import os
import re
import resource
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.choices import Chapter, Verdict
from guides.media.names import files_of, markdown_of
from guides.models import Edition, Image, Role, SearchIntent, Skill, StartingJob, Waiver
from guides.publishing.drafts.snapshots import revert_to_edition
from guides.publishing.editions.preview_links import create_preview_link
from guides.publishing.editions.publish import publish
from guides.publishing.editions.review import request_review
from guides.publishing.editions.withdraw import withdraw
from guides.reading.pages.reports import store
from tests.helpers.factories import a_role, an_edition, an_occupation, day
from tests.helpers.images import a_stored_image
from tests.helpers.servers import HANGS, empty_site
from tests.helpers.shared import once
from tests.helpers.statistics import statistics_of_everything

ROOT = Path(__file__).resolve().parents[2]


def a_whole_site() -> Role:
    """A row in every table but that of sessions; the role has a live edition, one before it, and one to come."""
    image = a_stored_image()
    body = f"You **keep** the light, Wächter. \\\n{markdown_of(image.name, 'A tower')}"
    picture = {"name": image.name, "alt": "A white tower"}
    first = an_edition(at=day(1), sections=[{"chapter": "role", "body": body}], picture=picture)
    role = first.role
    change(role, "Keeper of the Light")
    publish(role=role, by="Ada", note="A new name.")
    publish(role=change(role, "Keeper"), by="Ada", at=timezone.now() + timedelta(days=30))
    revert_to_edition(edition=first, by="Ada")
    withdraw(role=an_edition(slug="gone", title="Gone").role, by="Ada", leads_to=role, note="It is no more.")
    moved = an_edition(slug="moved", title="Moved", at=day(2)).role
    moved.slug = "elsewhere"
    moved.save()
    publish(role=moved, by="Ada")
    wicks = {"slug": "wicks", "name": "Wicks", "kind": "tool", "wordings": ["trimmed wicks"]}
    permit = {"slug": "permit", "name": "Permit", "kind": "certificate"}
    facts = {"issuer": "Harbor Board", "source": "survey-2025"}
    an_edition(slug="lamplighter", title="Lamplighter", skills=[wicks, permit | {"certificate": facts}])
    StartingJob.objects.create(slug="fisher", title="Fisher").skills.set(Skill.objects.filter(slug="wicks"))
    SearchIntent.objects.create(order=1, phrases=["at sea"], target="/guides/", message="Showing all jobs.")
    a_role(slug="draft", title="Draft", occupations=[an_occupation()])
    create_preview_link(role=role, by="Ada", made_for="The clinic", lasts=timedelta(days=7))
    request_review(role=role, by="bob", note="Ready?")
    Waiver.objects.create(role=role, key="k", message="Old.", reason="So it is.", by="Ada", at=timezone.now())
    store(edition=first, section=Chapter.PAY, verdict=Verdict.WRONG, text="More: €5.", form="f" * 32, at=timezone.now())
    user = User.objects.create_user("ada", password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Editor")[0])
    user.groups.get().permissions.add(Permission.objects.get(codename="publish_role"))
    user.user_permissions.add(Permission.objects.get(codename="view_auditlogentry"))
    TOTPDevice.objects.create(user=user, name="app")
    StaticDevice.objects.create(user=user, name="codes").token_set.create(token="digest")
    LogEntry.objects.log_actions(user.pk, [role], CHANGE, "Saved.")
    statistics_of_everything()
    return role


def change(role: Role, title: str) -> Role:
    role.title = title
    role.save()
    return role


def pages() -> dict[str, tuple[int, bytes]]:
    """All that visitors get: what the sitemap names, all that there is of each guide, feeds, and images."""
    sitemap = _got("/sitemap.xml")[1].decode()
    slugs = Edition.objects.values_list("slug", flat=True)
    cards = (f"/card-{n}-v4.png" for n in (1, 2))
    of_guide = ("/", ".json", ".md", "/history/", "/feed/", "/toolkit/resume.md", *cards)
    addresses = [
        *re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", sitemap),
        *(f"/guides/{slug}{rest}" for slug in slugs for rest in of_guide),
        *(f"/images/{file}" for name in Image.objects.values_list("name", flat=True) for file in files_of(name)),
        *(
            "/sitemap.xml",
            "/feed/",
            "/llms.txt",
            "/robots.txt",
            "/opensearch.xml",
            "/search/?q=light",
            "/match/?have=lamps",
        ),
    ]
    return {address: _got(address) for address in dict.fromkeys(addresses)}


def _got(address: str) -> tuple[int, bytes]:
    answer: Any = Client(SERVER_NAME="127.0.0.1").get(address)
    return answer.status_code, b"".join(answer) if answer.streaming else answer.content


def no_file_larger_than(size: int) -> Callable[[], None]:
    """For `preexec_fn`: the disk of a process is as good as full."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


@dataclass(frozen=True)
class Place:
    """Another site than the tests' own, on the same database engine, for processes of their own."""

    variables: dict[str, str]

    @classmethod
    def under(cls, folder: Path) -> "Place":
        """Create one with a database that has no tables."""
        name = f"place_{uuid.uuid4().hex}"
        variables = {"CAREERGUIDE_DATA": str(folder / name), "DJANGO_SETTINGS_MODULE": "careerguide.settings"}
        if server := os.environ.get("TESTED_DATABASE_URL"):
            _on_the_server(server, f"CREATE DATABASE {name}")
            variables["DATABASE_URL"] = re.sub(r"(//[^/]*)/[^?]*", rf"\1/{name}", server, count=1)
        return cls(variables)

    def migrate(self) -> None:
        """Create its tables. On PostgreSQL, its first program does so."""
        if "DATABASE_URL" not in self.variables:
            empty_site(Path(self.variables["CAREERGUIDE_DATA"]))

    def remove(self) -> None:
        """Drop its database; its folder goes with the one that it is in."""
        if server := os.environ.get("TESTED_DATABASE_URL"):
            _on_the_server(server, f"DROP DATABASE {Path(self.variables['CAREERGUIDE_DATA']).name} WITH (FORCE)")

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """A process of Python, such as ("manage.py", "backup", …) or ("-c", …)."""
        return subprocess.Popen(
            (sys.executable, *arguments), cwd=ROOT, env=os.environ | self.variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
        )  # fmt: skip

    def manage(self, *arguments: str, fails: bool = False, **options: Any) -> str:
        """What a command says, of which it is known whether it fails."""
        process = self.start("manage.py", *arguments, **options)
        out, err = process.communicate(timeout=HANGS)
        assert (process.returncode != 0, "Traceback" in err) == (fails, False), err
        return err if fails else out

    def program(self, text: str) -> subprocess.Popen[str]:
        """A process to which models, tables and plain static files are there."""
        return self.start("-c", f"{_PRELUDE}{text}", stdin=subprocess.PIPE)

    def run(self, text: str) -> str:
        """What such a program says."""
        process = self.program(text)
        out, err = process.communicate(timeout=HANGS)
        assert process.returncode == 0, err
        return out


def _on_the_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(statement.encode())


class NewPlace(Protocol):
    def __call__(self, *, has_tables: bool = True) -> Place: ...


def whole_backup() -> Path:
    """Return a backup of a whole site. All tests share it."""
    (path,) = once("whole-backup", _back_up).glob("*.zip")
    return path


def _back_up(folder: Path) -> None:
    site = Place.under(folder)
    try:
        site.migrate()
        site.run("from tests.helpers.sites import a_whole_site; a_whole_site()")
        site.manage("backup", str(folder))
    finally:
        site.remove()


_PRELUDE = """
import sys
import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
if not connection.introspection.table_names():
    call_command("migrate", verbosity=0)
"""
