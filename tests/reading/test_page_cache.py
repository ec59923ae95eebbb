"""Pages that are ready made: what is kept, for whom, and until when."""

import gzip
from datetime import datetime, timedelta

import brotli
import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.reading.index.watcher import MAX_SECONDS, GenerationWatcher
from guides.reading.page_cache.cache import POPULAR_HITS, PageCache
from tests.helpers.clock import Clock
from tests.helpers.factories import an_edition
from tests.helpers.wsgi import Answer, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

GUIDE = "/guides/lighthouse-keeper/"
FOR_ALL = "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400"


class Still(GenerationWatcher):
    """Looks when it is told to: a thread would look into another database than that of the test."""

    def start(self) -> None:
        pass


class Site:
    """The site behind its cache, which looks before each of these requests unless it is told not to."""

    def __init__(self, max_bytes: int = 10_000_000) -> None:
        self.watch = Still()
        self.cache = PageCache(
            get_wsgi_application(),
            self.watch,
            hosts=frozenset({"testserver"}),
            session=settings.SESSION_COOKIE_NAME,
            require_header=("SCRIPT_NAME", ""),
            exclude=("/static/",),
            max_bytes=max_bytes,
        )
        self.watch.check()

    def get(self, address: str = GUIDE, method: str = "GET", **headers: str) -> Answer:
        return ask(self.cache, address, method, **headers)


@pytest.fixture
def site(db: None) -> Site:
    an_edition()
    return Site()


def test_a_page_is_made_once_and_then_asks_no_database(
    site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = site.get()
    with django_assert_num_queries(0):
        assert site.get() == first
    assert (first.code, first.headers["Cache-Control"], "Lighthouse Keeper" in first.text) == (200, FOR_ALL, True)


def test_at_once_come_pages_from_the_shelf_alone(site: Site) -> None:
    assert at_once(site) is None
    page = site.get()
    assert at_once(site) == [page.body]
    session = f"{settings.SESSION_COOKIE_NAME}=x"
    others = ({"QUERY_STRING": "q=a"}, {"REQUEST_METHOD": "POST"}, {"HTTP_COOKIE": session}, {"PATH_INFO": "/about/"})
    assert [at_once(site, **other) for other in others] == [None] * 4


def at_once(site: Site, **other: str) -> list[bytes] | None:
    """Return what an event loop gets for a guide."""
    environ = {"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": GUIDE, "HTTP_HOST": "testserver", **other}
    return site.cache.at_once(environ, lambda *_: None)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0.5, br;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip", "gzip"),
        ("gzip", "gzip"),
        ("brown", None),
        ("", None),
    ],
)
def test_a_page_is_compressed_as_its_reader_can_take_it(accepted: str, coding: str | None, site: Site) -> None:
    plain = site.get()
    for answer in (site.get(ACCEPT_ENCODING=accepted), site.get(ACCEPT_ENCODING=accepted)):
        assert (answer.headers.get("Content-Encoding"), answer.headers["Vary"]) == (coding, "Accept-Encoding")
        assert int(answer.headers["Content-Length"]) == len(answer.body)
        opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding](answer.body)
        assert opened == plain.body
        assert coding is None or len(answer.body) < len(plain.body) / 2


def test_codings_have_tags_of_their_own_and_each_tells_that_nothing_changed(site: Site) -> None:
    tags = [site.get(ACCEPT_ENCODING=coding).headers["ETag"] for coding in ("", "gzip", "br")]
    assert len(set(tags)) == 3
    for tag in (*tags, f'"other", W/{tags[0]}'):
        unchanged = site.get(IF_NONE_MATCH=tag)
        assert (unchanged.code, unchanged.body) == (304, b"")
        assert unchanged.headers == {"Cache-Control": FOR_ALL, "Vary": "Accept-Encoding", "ETag": tags[0]}
    assert site.get(IF_NONE_MATCH='"other"').code == 200


def test_head_tells_what_get_sends(site: Site) -> None:
    got = site.get()
    assert site.get(method="HEAD") == (200, got.headers, b"")


@pytest.mark.engine
def test_a_publication_and_a_withdrawal_show_once_the_watch_has_looked(site: Site, clock: Clock) -> None:
    role = an_edition(slug="buoy-tender", title="Buoy Tender").role
    before = site.get("/guides/buoy-tender/").headers["ETag"]
    role.summary = "Tends the buoys."
    role.save()
    clock.move(seconds=1)
    publish(role=role, by="Ada")
    site.watch.check()
    after = site.get("/guides/buoy-tender/", IF_NONE_MATCH=before)
    assert (after.code, "Tends the buoys." in after.text) == (200, True)
    clock.move(seconds=1)
    withdraw(role=role, by="Ada")
    site.watch.check()
    assert site.get("/guides/buoy-tender/").code == 410


def test_no_page_is_kept_beyond_the_next_moment_that_changes_it(site: Site, clock: Clock) -> None:
    role = an_edition(slug="buoy-tender", title="Buoy Tender").role
    withdraw(role=role, by="Ada", at=timezone.now() + timedelta(seconds=1))
    site.watch.check()
    answer = site.get("/guides/buoy-tender/")
    assert (answer.code, "s-maxage=0" in answer.headers["Cache-Control"]) == (200, True)
    clock.move(seconds=0.9)
    site.watch.check()
    assert site.get("/guides/buoy-tender/").code == 200
    clock.move(seconds=0.1)
    assert site.get("/guides/buoy-tender/").code == 410  # before the watch has looked again


def test_towards_a_change_a_kept_page_is_made_anew_for_caches_on_the_way(site: Site, clock: Clock) -> None:
    role = an_edition(slug="buoy-tender", title="Buoy Tender").role
    withdraw(role=role, by="Ada", at=timezone.now() + timedelta(seconds=61))
    site.watch.check()
    assert "s-maxage=60" in site.get("/guides/buoy-tender/").headers["Cache-Control"]
    clock.move(seconds=1)
    site.watch.check()
    assert "s-maxage=0" in site.get("/guides/buoy-tender/").headers["Cache-Control"]


def test_who_is_signed_in_gets_pages_of_their_own(site: Site) -> None:
    site.get()
    cookie = f"a=b; {settings.SESSION_COOKIE_NAME}=x"
    own = site.get(COOKIE=cookie)
    assert (own.code, own.headers["Cache-Control"], "ETag" in own.headers) == (200, "private, no-cache", False)
    assert site.cache.hits == 0
    assert site.get(COOKIE="a=b").headers["Cache-Control"] == FOR_ALL


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (f"{GUIDE}?utm_source=x", GUIDE, True),
        (f"{GUIDE}?page=2", GUIDE, True),
        ("/search/?q=keeper&x=1", "/search/?x=2&q=keeper", True),
        ("/search/?q=keeper", "/search/?q=buoy", False),
        ("/skills/?page=1", "/skills/", False),
    ],
)
def test_only_parameters_that_an_address_takes_make_another_page(
    first: str, second: str, is_one: bool, site: Site
) -> None:
    one = site.get(first)
    assert one.code == 200
    assert "utm_source" not in one.text
    site.get(second)
    assert (site.cache.hits, site.cache.misses) == ((1, 1) if is_one else (0, 2))


@pytest.mark.parametrize(
    "address", [f"{GUIDE}skills-check/?have=lamps", "/match/?have=lamps", f"{GUIDE}toolkit/resume/?have=lamps"]
)
def test_answers_of_a_visitor_are_kept_nowhere(address: str, site: Site) -> None:
    for _ in range(2):
        answer = site.get(address, ACCEPT_ENCODING="br")
        assert (answer.code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
        assert answer.headers["Content-Encoding"] == "br"
    assert (site.cache.hits, site.cache.store.size) == (0, 0)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/admin/login/?next=/admin/", 200),
        (f"{GUIDE}report/?section=role", 200),
        ("/match/resume/", 200),
        ("/guides/nobody/", 404),
        ("/guides?sort=pay", 301),
        ("/preview/x/", 404),
    ],
)
def test_what_is_for_one_visitor_or_is_no_page_is_not_kept(address: str, code: int, site: Site) -> None:
    for _ in range(2):
        answer = site.get(address)
        assert (answer.code, site.cache.store.size) == (code, 0)
        assert answer.headers["Cache-Control"].startswith(("private", "max-age=0, no-cache", "no-store"))
    assert site.get("/guides?sort=pay").headers["Location"] == "/guides/?sort=pay"
    assert 'value="/admin/"' in site.get("/admin/login/?next=/admin/").text


def test_other_hosts_find_no_page_that_is_kept(site: Site) -> None:
    site.get()
    assert site.get(HOST="evil.example").code == 400
    assert site.get(HOST="testserver:81").code == 200
    assert (site.cache.hits, site.cache.misses) == (0, 3)


@pytest.mark.engine
def test_while_the_database_is_away_pages_are_shown_and_marked_as_stale(site: Site, clock: Clock) -> None:
    fresh = site.get()
    clock.move(seconds=MAX_SECONDS + 0.1)
    stale = site.get()
    assert (stale.code, stale.body) == (200, fresh.body)
    assert stale.headers == fresh.headers | {"Cache-Status": "careerguide; hit; ttl=-1"}
    site.watch.check()
    assert site.get() == fresh


def test_a_flood_of_searches_drives_out_no_guide() -> None:
    an_edition()
    site = Site(max_bytes=200_000)
    site.get()
    for number in range(60):
        site.get(f"/search/?q=keeper{number}")
    assert site.cache.store.size <= 200_000
    site.get()
    assert site.cache.hits == 1


def test_without_memory_nothing_is_kept() -> None:
    an_edition()
    site = Site(max_bytes=0)
    assert site.get() == site.get()
    assert (site.cache.hits, site.cache.store.size) == (0, 0)


def test_a_page_that_many_ask_for_is_compressed_better(site: Site) -> None:
    first = site.get(ACCEPT_ENCODING="br")
    for _ in range(POPULAR_HITS):
        site.get(ACCEPT_ENCODING="br")
    site.watch.check()
    then = site.get(ACCEPT_ENCODING="br")
    assert len(then.body) < len(first.body)
    assert (then.text, int(then.headers["Content-Length"])) == (first.text, len(then.body))
    assert then.headers["ETag"] != first.headers["ETag"]
    assert site.get(ACCEPT_ENCODING="br", IF_NONE_MATCH=first.headers["ETag"]).code == 304


def test_a_clock_that_jumps_shows_another_time_at_the_next_look(site: Site, clock: Clock) -> None:
    role = an_edition(slug="buoy-tender", title="Buoy Tender").role
    withdraw(role=role, by="Ada", at=timezone.now() + timedelta(hours=1))

    def codes_at(now: datetime) -> set[int]:
        clock.now = now
        site.watch.check()
        return {site.get("/guides/buoy-tender/").code for _ in range(2)}

    now = timezone.now()
    moments = [now, now + timedelta(hours=2), now - timedelta(hours=1), now]
    assert [codes_at(moment) for moment in moments] == [{200}, {410}, {404}, {200}]
