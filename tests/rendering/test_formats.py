"""A guide in other forms than its page."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from markdown_it import MarkdownIt
from PIL import Image

from guides import schema
from guides.models import Role
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.rendering import markdown_export, social_card
from guides.schema import Guide
from tests.helpers.delivered import delivered_guide
from tests.helpers.factories import a_guide, an_edition, day
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import guides
from tests.reading.test_pages import texts, told, words

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
        "## Tools you would use\n\n### Tools\n\n- **Telescope (useful).**\n\n"
        "## Skills you need\n\n### Technical skills\n\n"
        "- **Lamps (essential, independent).** To keep the light. By *trimming* one.\n\n"
        "### People skills\n\n- **Patience (important).**\n\n"
        "## How to get in\n\n### What you need\n\n- A high school diploma or GED. \\[1\\]\n\n"
        "### 1. Learn to row\n\nIn calm water first.\n\n"
        "## Education and training\n\n### Apprenticeship\n\nup to about $500, 6–12 months or more \\[1\\]\n\n"
        "## What it pays\n\n- **United States:** $40,000 a year \\[1\\]\n\n"
        "- **Keeper:** $38,000 a year, average $39,000 \\[1\\]\n"
        "- **Head Keeper:** $61,000 a year, average $62,000 \\[1\\]\n\n"
        "## Career path\n\n### Keeper\n\n0–5 years \\[1\\]\n\nOne lamp.\n\n"
        "### Head Keeper\n\n5 years or more \\[1\\]\n\n"
        "**Work on**\n\n- many lamps\n\n### Inspector\n\nEvery lamp of the coast.\n\n"
        "## Working abroad\n\n- **United Kingdom:** £25,000–£35,000 a year \\[1\\]\n\n"
        "## Is it right for you?\n\n### Pros\n\n- **The view.** On clear days.\n\n### Cons\n\n- **The stairs.**\n\n"
        "## Common questions\n\n### Is it lonely?\n\nAt times.\n\n"
        "## Application toolkit\n\n### Résumé\n\nName your lamps.\n\n"
        "### Example: from Night watchman to Lighthouse Keeper\n\n"
        "This example is made up. The person, the employers, the schools, and the numbers do not exist. "
        "Requirement met: School.\n\n"
        "#### Ann Reed\n\n##### Experience\n\n###### Watchman *2020 – 2025*\n\n- Watched *two* gates.\n\n"
        "#### Ann Reed\n\nDear Captain:\n\nI stay awake.\n\n"
        "### Interview questions\n\n- **What do you do in fog?** You *stay* awake.\n\n"
        "## Related jobs\n\n### Similar role\n\n- **Buoy Tender.** Also at sea.\n\n"
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
        routes=[], levels=[{"title": "Keeper"}], sources=[], skills=[], requirements=[],
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
    address = f"/guides/lighthouse-keeper/card-{edition.number}-v4.png"
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{address}" />' in get("/guides/lighthouse-keeper/")
    response = Client().get(address)
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == (
        "image/png",
        "public, max-age=31536000, immutable",
    )
    picture = Image.open(BytesIO(response.content))
    assert (picture.size, picture.format, len(response.content) < 40_000) == ((1200, 630), "PNG", True)
    assert Client().get("/guides/lighthouse-keeper/card-2-v4.png").status_code == 404
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
        assert (response.status_code, response.headers["Location"]) == (301, "/guides/lighthouse-keeper/card-1-v4.png")
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
        "Pay and work Bureau of Surveys, 2025 https://example.org/survey Accessed January 31, 2026. 2 guides cite it"
        in shown
    )
    assert words(get("/guides/?source=survey-2025")).count("Tender") == 1
