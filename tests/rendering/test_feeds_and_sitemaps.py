"""Feeds, sitemaps, and texts that lead programs to guides."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.utils import timezone

from guides.models import Edition, Role
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from tests.helpers.factories import a_role, an_edition, day
from tests.rendering.test_formats import get

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.django_db
def test_the_feed_of_a_guide_tells_its_editions_and_none_to_come() -> None:
    role = an_edition(at=day(1)).role
    for title, at in (("Keeper", day(2)), ("Later", timezone.now() + timedelta(days=1))):
        role.title = title
        role.save()
        publish(role=role, by="Ada", note=f"Now {title}.", at=at)
    feed = ElementTree.fromstring(get("/guides/lighthouse-keeper/feed/"))
    entries = [
        [entry.findtext(f"{ATOM}{tag}") for tag in ("title", "summary", "updated")]
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert entries == [
        ["Keeper, edition 2", "Now Keeper.", "2026-02-01T00:00:00+00:00"],
        ["Lighthouse Keeper, edition 1", "Keeps the light.", "2026-01-01T00:00:00+00:00"],
    ]
    links = [[link.get("href") for link in entry.iter(f"{ATOM}link")] for entry in feed.iter(f"{ATOM}entry")]
    assert links == [[f"http://testserver/guides/lighthouse-keeper/history/#edition-{number}"] for number in (2, 1)]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert ids == [
        f"http://127.0.0.1:8000/editions/{e.pk}" for e in Edition.objects.filter(number__lt=3).order_by("-number")
    ]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Careerguide"


@pytest.mark.django_db
def test_a_feed_shows_text_as_text() -> None:
    publish(role=a_role(), by="Ada", note="<b>pay</b> < $5")
    summary = ElementTree.fromstring(get("/feed/")).findtext(f"{ATOM}entry/{ATOM}summary")
    assert summary == "&lt;b&gt;pay&lt;/b&gt; &lt; $5"


@pytest.mark.django_db
def test_the_feed_of_all_guides_tells_the_live_ones_latest_first() -> None:
    an_edition(at=day(1))
    an_edition(at=day(2), slug="buoy-tender", title="Buoy Tender")
    withdraw(role=an_edition(at=day(3), slug="gone", title="Gone").role, by="Ada")
    feed = ElementTree.fromstring(get("/feed/"))
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Buoy Tender, edition 1",
        "Lighthouse Keeper, edition 1",
    ]


@pytest.mark.django_db
def test_the_sitemap_lists_live_guides_with_their_dates() -> None:
    an_edition(at=day(1))
    withdraw(role=an_edition(slug="gone", title="Gone").role, by="Ada")
    sitemap = ElementTree.fromstring(get("/sitemap.xml"))
    listed = [(url.findtext(f"{SITEMAP}loc"), url.findtext(f"{SITEMAP}lastmod")) for url in sitemap]
    fixed = ["/", "/guides/", "/search/", "/skills/", "/pay/", "/compare/", "/match/", "/match/resume/", "/paths/",
             "/about/", "/about/sources/", "/about/editorial/", "/about/accessibility/", "/about/privacy/"]  # fmt: skip
    dated = [
        "/fields/coast/",
        "/skills/lamps/",
        "/skills/patience/",
        "/skills/telescope/",
        "/guides/lighthouse-keeper/",
        "/guides/lighthouse-keeper/skills-check/",
        "/guides/lighthouse-keeper/toolkit/",
        "/guides/lighthouse-keeper/toolkit/resume/",
        "/guides/lighthouse-keeper/toolkit/cover-letter/",
        "/guides/lighthouse-keeper/toolkit/interview/",
        "/guides/lighthouse-keeper/toolkit/job-description/",
    ]
    assert listed == [
        *((f"http://testserver{path}", None) for path in fixed),
        *((f"http://testserver{path}", "2026-01-01") for path in dated),
    ]
    assert {Client().get(path).status_code for path in (*fixed, *dated)} == {200}


@pytest.mark.django_db
def test_a_sitemap_that_is_too_long_becomes_an_index_of_others() -> None:
    pattern, count = an_edition(at=day(1)), 7_200  # of seven addresses each
    names = [f"keeper-{n}" for n in range(count)]
    roles = Role.objects.bulk_create(Role(slug=name, title=name) for name in names)
    columns = model_to_dict(pattern, exclude=("id", "role", "slug"))
    Edition.objects.bulk_create(Edition(role=role, slug=role.slug, **columns) for role in roles)
    index = ElementTree.fromstring(get("/sitemap.xml"))
    parts = [part.findtext(f"{SITEMAP}loc") for part in index]
    assert parts == [
        f"http://testserver/sitemap-{section}.xml"
        for section in (
            "fixed",
            "fields",
            "skills",
            "guides",
            "checks",
            "toolkits",
            "toolkit-documents",
            "pay-places",
            "role-pay",
            "role-pay-places",
        )
    ]
    assert len(ElementTree.fromstring(get("/sitemap-guides.xml"))) == count + 1
    assert Client().get("/sitemap-others.xml").status_code == 404


@pytest.mark.django_db
def test_texts_for_programs_give_whole_addresses() -> None:
    an_edition()
    assert get("/robots.txt") == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /guides/*/report/\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )
    told_of = "- [Lighthouse Keeper](http://127.0.0.1:8000/guides/lighthouse-keeper.md): Keeps the light."
    assert told_of in get("/llms.txt").splitlines()


@pytest.mark.django_db
def test_a_page_names_its_one_address_and_its_other_forms() -> None:
    an_edition()
    html = get("/guides/lighthouse-keeper/?utm=x")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/guides/lighthouse-keeper/" />' in html
    for form in ("lighthouse-keeper.json", "lighthouse-keeper.md", "lighthouse-keeper/feed/"):
        assert html.count(f'href="/guides/{form}"') == 2
    assert '<link rel="canonical" href="http://127.0.0.1:8000/" />' in get("/")
