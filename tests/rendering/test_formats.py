"""A guide in other forms than its page, and what leads programs to it."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.utils import timezone
from hypothesis import given
from markdown_it import MarkdownIt
from PIL import Image

from guides import schema
from guides.models import Edition, Role
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.rendering import markdown_export, social_card
from guides.schema import Guide
from tests.helpers.delivered import delivered_guide
from tests.helpers.factories import a_guide, a_role, an_edition, day
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import guides
from tests.reading.test_pages import texts, told, words

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_markdown_of_a_guide_reads_like_this() -> None:
    assert markdown_export.render(a_guide()) == (
        "# Lighthouse Keeper\n\nAlso called Wickie\n\nKeeps the light.\n\n"
        "Field of work: Coast\n\nReviewed February 1, 2026.\n\n"
        "## Key facts\n\n- **Growth:** 2%; Slower than *most* \\[1\\]\n"
        "- **Education:** School \\[1\\]\n- **Setting:** A tower \\[1\\]\n\n"
        "## What the job is\n\nYou **keep** the light.\n\n### Not the same as\n\n- **Lamplighter.** On land.\n\n"
        "### By night\n\nIt turns.\n\n"
        "## What you would do\n\n- **Trim the lamp.** Every evening.\n\n"
        "## Tools of the job\n\n### Tools\n\n- **Telescope (useful).**\n\n"
        "## Skills that count\n\n### Technical skills\n\n"
        "- **Lamps (essential, on your own).** To keep the light. By *trimming* one.\n\n"
        "### People skills\n\n- **Patience (important).**\n\n"
        "## How to get in\n\n### 1. Learn to row\n\nIn calm water first.\n\n"
        "## Education and training\n\n### Apprenticeship\n\nup to about $500, 6–12 months or more \\[1\\]\n\n"
        "## What it pays\n\n- **United States:** $40,000 a year \\[1\\]\n\n"
        "- **Keeper:** $38,000 a year, average $39,000 \\[1\\]\n"
        "- **Head Keeper:** $61,000 a year, average $62,000 \\[1\\]\n\n"
        "## How far it leads\n\n### Keeper\n\n0–5 years \\[1\\]\n\nOne lamp.\n\n"
        "### Head Keeper\n\n5 years or more \\[1\\]\n\n"
        "**Work on**\n\n- many lamps\n\n### Inspector\n\nEvery lamp of the coast.\n\n"
        "## Working abroad\n\n- **United Kingdom:** £25,000–£35,000 a year \\[1\\]\n\n"
        "## Does it suit you?\n\n### Pros\n\n- **The view.** On clear days.\n\n### Cons\n\n- **The stairs.**\n\n"
        "## Questions people ask\n\n### Is it lonely?\n\nAt times.\n\n"
        "## Application toolkit\n\n### Résumé\n\nName your lamps.\n\n"
        "### Interview questions\n\n- **What do you do in fog?** You *stay* awake.\n\n"
        "## Roles nearby\n\n### Similar role\n\n- **Buoy Tender.** Also at sea.\n\n"
        "## Sources\n\n1. Bureau of Surveys: *Pay and work*, 2025, https://example.org/survey\n"
    )


@examples(40)
@given(guide=guides())
def test_any_guide_can_be_written_as_markdown(guide: Guide) -> None:
    assert markdown_export.render(guide).startswith("# ")


@pytest.mark.django_db
def test_the_markdown_of_the_delivered_guide_is_whole() -> None:
    guide = delivered_guide("patient-care-coordinator")
    shown = words(MarkdownIt().render(markdown_export.render(guide)))
    assert [text for text in texts(guide) if text not in shown] == []
    assert [figure for figure in told(guide) if words(figure) not in shown] == []


def test_names_are_no_markdown() -> None:
    assert "# \\*Star\\* \\[x\\](y)\n" in markdown_export.render(a_guide(title="*Star* [x](y)"))
    assert "\n\n1\\. a b\n" in markdown_export.render(a_guide(summary="1. a\nb"))
    assert "\n\n1.5 a\n" in markdown_export.render(a_guide(summary="1.5 a"))


def test_prose_stays_within_its_place() -> None:
    sections = [
        {"chapter": "role", "body": "# Night\n\n```\n# no heading"},
        {"chapter": "role", "heading": "Day", "body": "## Noon\n\n[1]: https://evil.example"},
    ]
    duties = [{"title": "Trim", "detail": "one\n\n# two"}]
    html = MarkdownIt().render(markdown_export.render(a_guide(sections=sections, responsibilities=duties)))
    assert re.findall("<(h[1-6])>(.*?)<", html)[:7] == [
        ("h1", "Lighthouse Keeper"), ("h2", "Key facts"), ("h2", "What the job is"), ("h3", "Night"),
        ("h3", "Not the same as"), ("h3", "Day"), ("h5", "Noon"),
    ]  # fmt: skip
    assert "evil" not in html
    assert "[1]" in html


@pytest.mark.django_db
def test_the_files_of_a_guide_are_those_of_its_live_edition() -> None:
    edition = an_edition()
    Role.objects.update(title="Draft")
    assert schema.load(get("/guides/lighthouse-keeper.json")) == a_guide()
    assert json.loads(get("/guides/lighthouse-keeper.json"))["title"] == "Lighthouse Keeper"
    assert get("/guides/lighthouse-keeper.md") == markdown_export.render(a_guide())
    withdraw(role=edition.role, by="Ada")
    gone = [Client().get(f"/guides/lighthouse-keeper{end}").status_code for end in (".json", ".md", "/feed/")]
    assert gone == [410, 410, 410]


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


def jsonld_of(address: str) -> dict[str, dict[str, Any]]:
    data = json.loads(get(address).partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


@pytest.mark.django_db
def test_json_ld_says_what_the_page_says() -> None:
    facts = [{"kind": "education", "text": "A *lamp* & an oar", "source": "survey-2025"}]
    an_edition(at=day(3), facts=facts)
    things = jsonld_of("/guides/lighthouse-keeper/")
    address = "http://127.0.0.1:8000/guides/lighthouse-keeper/"
    assert things["WebPage"] == {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": "Lighthouse Keeper",
        "description": "Keeps the light.",
        "inLanguage": "en-US",
        "datePublished": "2026-03-01",
        "lastReviewed": "2026-02-01",
        "mainEntity": {"@id": f"{address}#occupation"},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Guides", "item": "http://127.0.0.1:8000/guides/"},
                {"@type": "ListItem", "position": 2, "name": "Coast", "item": "http://127.0.0.1:8000/fields/coast/"},
                {"@type": "ListItem", "position": 3, "name": "Lighthouse Keeper", "item": address},
            ],
        },
    }
    assert things["Occupation"] == {
        "@type": "Occupation",
        "@id": f"{address}#occupation",
        "name": "Lighthouse Keeper",
        "alternateName": ["Wickie"],
        "description": "Keeps the light.",
        "responsibilities": ["Trim the lamp"],
        "skills": ["Lamps", "Patience", "Telescope"],
        "educationRequirements": "A lamp & an oar",
        "estimatedSalary": [
            {
                "@type": "MonetaryAmountDistribution",
                "name": "Lighthouse Keeper",
                "currency": "USD",
                "duration": "P1Y",
                "median": 40_000,
            }
        ],
        "occupationLocation": [{"@type": "Country", "name": "United States"}],
    }
    (question,) = things["FAQPage"]["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == ("Is it lonely?", "<p>At times.</p>")


@pytest.mark.django_db
def test_json_ld_has_no_empty_property_and_cannot_be_broken_out_of() -> None:
    attack = "</script><script>alert(1)</script><!--"
    an_edition(
        summary=attack, alternative_titles=[], reviewed_on=None, pay=[], faqs=[], facts=[], responsibilities=[],
        routes=[], levels=[{"title": "Keeper"}], sources=[], skills=[],
    )  # fmt: skip
    things = jsonld_of("/guides/lighthouse-keeper/")
    assert list(things) == ["WebPage", "Occupation"]
    assert things["Occupation"] == {
        "@type": "Occupation",
        "@id": "http://127.0.0.1:8000/guides/lighthouse-keeper/#occupation",
        "name": "Lighthouse Keeper",
        "description": attack,
    }


@pytest.mark.django_db
def test_a_guide_has_a_picture_for_those_who_share_it() -> None:
    edition = an_edition()
    address = f"/guides/lighthouse-keeper/card-{edition.number}-v3.png"
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{address}" />' in get("/guides/lighthouse-keeper/")
    response = Client().get(address)
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == (
        "image/png",
        "public, max-age=31536000, immutable",
    )
    picture = Image.open(BytesIO(response.content))
    assert (picture.size, picture.format, len(response.content) < 40_000) == ((1200, 630), "PNG", True)
    assert Client().get("/guides/lighthouse-keeper/card-2-v3.png").status_code == 404
    edition.role.title = "Keeper"
    edition.role.save()
    publish(role=edition.role, by="Ada")
    assert Client().get(address).content == response.content  # for those who shared it then


@pytest.mark.django_db
def test_the_address_of_a_former_drawing_leads_to_the_present_one() -> None:
    """Caches keep a picture forever, and the first drawing showed medians of broader occupations."""
    an_edition()
    for former in ("card-1.png", "card-1-v2.png"):
        response = Client().get(f"/guides/lighthouse-keeper/{former}")
        assert (response.status_code, response.headers["Location"]) == (301, "/guides/lighthouse-keeper/card-1-v3.png")
    assert Client().get(response.headers["Location"]).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("title", ["A", "Keeper " * 28, "W" * 200, "灯台守", "Хранитель", "Zoë Ångström-Nuñez", "—"])
def test_a_picture_can_be_drawn_of_any_title(title: str) -> None:
    assert Image.open(BytesIO(social_card.render(a_guide(title=title), None))).size == (1200, 630)


def test_the_picture_shows_the_title() -> None:
    assert social_card.render(a_guide(title="Keeper"), None) != social_card.render(a_guide(title="Pilot"), None)


@pytest.mark.django_db
def test_the_sources_of_all_figures_are_told() -> None:
    an_edition()
    an_edition(slug="tender", title="Tender")
    shown = words(get("/about/sources/"))
    assert (
        "Pay and work Bureau of Surveys, 2025 https://example.org/survey Seen January 31, 2026. 2 guides cite it"
        in shown
    )
    assert words(get("/guides/?source=survey-2025")).count("Tender") == 1
