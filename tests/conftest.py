from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from guides.backup.tables import empty
from tests.helpers.clock import Clock
from tests.helpers.hypothesis_profile import choose_profile
from tests.helpers.servers import HANGS, PLAIN_STATIC_FILES
from tests.helpers.sites import NewPlace, Place

choose_profile()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", choices=["dependent", "rest", "all"], help="which tests to run on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run only tests that use a database: those that are marked as `engine`, the rest, or all."""
    if choice := config.getoption("--postgresql"):
        wanted = {"dependent": (True,), "rest": (False,), "all": (True, False)}[choice]
        chosen = [item for item in items if _needs_database(item) and _depends_on_engine(item) in wanted]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _needs_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(fixtures)


def _depends_on_engine(item: pytest.Item) -> bool:
    return item.get_closest_marker("engine") is not None


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | PLAIN_STATIC_FILES


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Hashing is made slow on purpose; no test is about how slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _patient_parser(settings: Settings) -> None:
    """A busy machine may take longer to start the parser of a file than a visitor should wait."""
    settings.RESUME_PARSER_SECONDS = HANGS


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("ada", password="correct horse battery")


@pytest.fixture
def desk(editor: User) -> Client:
    """A client that is signed in at the desk."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """For tests whose transactions end by themselves: editions refuse the deletion by which others are cleaned up."""
    yield
    with transaction.atomic():
        empty()


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[NewPlace]:
    """Makes other sites, empty ones, for as long as the test runs."""
    made = list[Place]()

    def make(*, has_tables: bool = True) -> Place:
        made.append(Place.under(tmp_path))
        if has_tables:
            made[-1].migrate()
        return made[-1]

    yield make
    for place in made:
        place.remove()


@pytest.fixture
def root() -> Path:
    return Path(__file__).resolve().parent.parent
