"""What visitors get: whole, valid, of editions only."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from guides.models import Edition, StartingJob
from guides.publishing.drafts.load import load_draft
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.publishing.first_start import GUIDES
from guides.rendering import figures
from guides.rendering.toolkit import DOCUMENTS
from guides.schema import FieldOfWork, Guide, RoleSkill, ToolkitItem
from guides.schema.types import FrozenModel
from tests.helpers.delivered import delivered_guide
from tests.helpers.factories import a_guide, a_role, an_edition, day, pay

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/lighthouse-keeper/"


class Outline(HTMLParser):
    """What a test asks of a page: its ids, its links, its headings, and whatever a strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fragments: list[str] = []
        self.levels: list[int] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.fragments += [value[1:] for name, value in attrs if name == "href" and value and value.startswith("#")]
        self.fragments += (given.get("aria-labelledby") or "").split()
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        is_code = tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        if tag == "style" or is_code or any(name == "style" or name[:2] == "on" for name in given):
            self.inline.append(tag)


def page(address: str = ADDRESS) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What a person reads of it."""
    return " ".join(unescape(strip_tags(re.sub("<script.*?</script>", "", html, flags=re.DOTALL))).split())


def texts(value: Any) -> Iterator[str]:
    """Every text of a guide that readers are to see, as it reads without its Markdown."""
    if isinstance(value, FrozenModel):
        hidden = {
            "slug",
            "kind",
            "chapter",
            "basis",
            "country",
            "currency",
            "period",
            "source",
            "relation",
            "unit",
            "per",
            "education",
            "certificate",
            "starting_job",
            "settings",
        }
        if isinstance(value, RoleSkill | FieldOfWork):
            # The pages of skills and fields show these, and the skills check the others.
            hidden |= {
                "summary", "aliases", "wordings", "broader", "certificate", "importance", "proficiency", "gained",
                "gained_by",
            }  # fmt: skip
        if isinstance(value, Guide):
            hidden |= {"interview", "examples"}  # documents of the toolkit
        if isinstance(value, ToolkitItem) and value.kind in DOCUMENTS:
            return  # advice in a document of the toolkit
        for name, field in value:
            if name not in hidden:
                yield from texts(field)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        without_links = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", value)
        yield " ".join(re.sub(r"\*\*|^- |\\", "", without_links, flags=re.MULTILINE).split())


def told(guide: Guide) -> Iterator[str]:
    """Every figure of a guide, in words."""
    yield from (figures.measure(fact.value) for fact in guide.facts if fact.value)
    yield from (figures.cost(route.cost) for route in guide.routes if route.cost)
    yield from (figures.measure(route.duration) for route in guide.routes if route.duration)
    yield from (figures.years(level) for level in guide.levels)
    for band in guide.pay:
        yield from (figures.median(band), figures.average(band), figures.pay_range(band), band.label)
        yield figures.country(band.country) if band.basis == "country" else ""
    yield from (figures.covered(source) for source in guide.sources)


def test_pay_is_shown_whole_however_it_is_told() -> None:
    whole = {"low": 30_001, "median": 40_002, "mean": 42_003, "high": 55_004, "and_more": True}
    bands = [
        pay(basis="headline", label="Lighthouse keepers", **whole),
        pay(basis="experience", label="By the hour", median="19.55", period="hour", approximate=True),
        pay(basis="level", level="Keeper", label="Islands", low=20_005, high=25_006),
        pay(basis="level", level="Keeper", label="Harbors", mean=31_007, currency="CAD"),
        pay(basis="country", country="GB", label="Public", currency="GBP", **whole),
        pay(basis="country", country="GB", label="Private", low=9_008, high=9_008, currency="GBP"),
    ]
    guide = an_edition(pay=bands).guide
    shown = words(page())
    assert [figure for figure in told(guide) if words(figure) not in shown] == []
    assert ["Keeper, Islands" in shown, "United Kingdom, Private" in shown, "$40,002 a year" in shown] == [True] * 3
    assert "$30,001–$55,004 or more" in shown


def test_sections_of_one_heading_have_fragments_of_their_own() -> None:
    same = [{"chapter": "pay", "heading": heading, "body": "Text."} for heading in ("Levels", "Others", "!", "Levels")]
    an_edition(sections=same)
    outline = Outline(page())
    assert len(outline.ids) == len(set(outline.ids))


def test_the_job_market_is_part_of_the_outlook_and_its_anchors_still_work() -> None:
    sections = [
        {"chapter": "market", "heading": "Who hires", "body": "Harbors."},
        {"chapter": "outlook", "body": "Fewer lamps."},
    ]
    an_edition(sections=sections)
    html = page()
    assert "Fewer lamps. Who hires Harbors." in words(html)
    assert {"outlook", "market", "market--who-hires"} <= set(Outline(html).ids)
    assert "Job market" not in words(html)


def test_long_chapters_for_fewer_readers_fold_on_a_phone() -> None:
    an_edition(sections=[{"chapter": chapter, "body": "Text."} for chapter in ("inclusion", "role")])
    folded = re.findall(r'<details class="fold">\s*<summary>(.*?)</summary>', page())
    assert folded == [
        "Contents",
        "Show “Inclusion”",
        "Show “Working abroad”",
        "Show “Common questions”",
        "Show all sources",
    ]


def test_a_skill_is_a_row_that_opens_with_how_to_learn_it() -> None:
    an_edition()
    rows = re.findall(r"<summary>(.*?)</summary>(.*?)</details>", page().partition('id="skills"')[2], re.DOTALL)
    assert [words(text) for text in rows[0]] == [
        "Lamps Essential ●●○",
        "To keep the light. At work, you do it on your own. How to learn it: By trimming one. More about Lamps",
    ]


def test_neighbouring_roles_are_linked_while_their_guides_are_live() -> None:
    an_edition()
    link = '<a href="/guides/buoy-tender/">Buoy Tender</a>'
    assert link not in page()
    neighbour = an_edition(slug="buoy-tender", title="Buoy Tender", related=[])
    assert link in page()
    withdraw(role=neighbour.role, by="Ada")
    assert link not in page()


def assert_well_made(html: str) -> None:
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.fragments) <= set(outline.ids)
    assert outline.levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.inline == []


ABOUT = ["/about/", "/about/editorial/", "/about/accessibility/", "/about/privacy/"]


@pytest.mark.parametrize("address", ["/", ADDRESS, f"{ADDRESS}history/", "/nowhere/", *ABOUT])
def test_a_page_is_well_made(address: str) -> None:
    an_edition()
    assert_well_made(Client().get(address).content.decode())


@pytest.mark.parametrize("name", GUIDES)
def test_every_delivered_guide_is_well_made_and_whole(name: str) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    html = page(f"/guides/{guide.slug}/")
    shown = words(html)
    assert [figure for figure in told(guide) if words(figure) not in shown] == []
    assert [text for text in texts(guide) if text not in shown] == []
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.fragments) <= set(outline.ids)
    assert outline.inline == []


def test_a_guide_tells_its_edition_and_its_dates() -> None:
    an_edition(at=day(3))
    assert "Published March 1, 2026 (edition 1). Reviewed February 1, 2026." in words(page())


def test_a_guide_says_what_people_need_and_which_skills_are_alternatives() -> None:
    ways = [
        {"education": "associate", "source": "survey-2025"},
        {"education": "high-school", "years_from": 1, "years_to": 2, "experience": "work at sea",
         "note": "Ask *first*.", "source": "survey-2025"},
    ]  # fmt: skip
    skills = [{"slug": slug, "name": slug.title(), "kind": "tool", "one_of": "One boat"} for slug in ("barge", "canoe")]
    an_edition(requirements=ways, skills=skills)
    page = words(Client().get("/guides/lighthouse-keeper/").content.decode())
    assert (
        "What you need One of these is enough: An associate degree.1A high school diploma or GED and 1–2 years of work "
        "at sea.1 Ask first."
    ) in page
    assert "One boat: Barge or Canoe" in page


def test_people_come_from_starting_jobs_with_a_path() -> None:
    StartingJob.objects.create(slug="fisher", title="Fisher")
    related = [
        {"relation": "from", "title": "Fisher", "starting_job": "fisher"},
        {"relation": "from", "title": "Diver", "starting_job": "diver"},
    ]
    an_edition(related=related)
    page = Client().get("/guides/lighthouse-keeper/").content.decode()
    assert '<a href="/paths/fisher/lighthouse-keeper/">Fisher</a>' in page
    assert "<dt>Diver</dt>" in page


def test_every_figure_cites_its_numbered_source() -> None:
    an_edition()
    html = page()
    figures_shown = len(a_guide().facts) + len(a_guide().routes) + len(a_guide().levels)
    assert html.count('href="#source-1"') >= figures_shown + len(a_guide().pay)
    assert "Bureau of Surveys: Pay and work, 2025." in words(html)


def test_visitors_do_not_see_a_draft() -> None:
    role = a_role()
    assert Client().get(ADDRESS).status_code == 404
    assert "We haven’t published any guides yet." in words(page("/"))
    publish(role=role, by="Ada")
    role.title = "Changed"
    role.save()
    assert "Changed" not in page()


def test_a_guide_is_found_from_its_moment_until_it_is_withdrawn() -> None:
    edition = an_edition(at=timezone.now() + timedelta(hours=1))
    assert Client().get(ADDRESS).status_code == 404
    publish(role=edition.role, by="Ada")
    assert Client().get(ADDRESS).status_code == 200
    withdraw(role=edition.role, by="Ada")
    assert Client().get(ADDRESS).status_code == 410


def test_a_guide_with_nothing_but_its_name_has_a_page() -> None:
    empty = Guide(schema_version=3, slug="lighthouse-keeper", title="Keeper", summary="S")
    publish(role=load_draft(guide=empty), by="Ada")
    assert "Keeper" in words(page())


def test_hostile_text_stays_text() -> None:
    attack = "<script>alert(1)</script>"
    an_edition(
        title=attack, summary=attack, faqs=[{"question": attack, "answer": f"{attack} [x](javascript:alert(1))"}]
    )
    html = page() + page("/")
    contents, code = (f'<script src="/static/js/{name}.js" type="module">' for name in ("contents", "suggest"))
    data = '<script type="application/ld+json">'
    assert re.findall("<script[^>]*>", html) == [data, contents, code, data, code]
    assert "</script>" not in html.partition('ld+json">')[2].partition("}</script>")[0]
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    "address", ["/", ADDRESS, "/nowhere/", "/admin/login/", "/guides/%00/", "/guides/" + "a" * 5_000 + "/"]
)
def test_every_answer_carries_the_strict_policy(address: str) -> None:
    an_edition()
    response = Client().get(address)
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_page_says_so_and_leads_home() -> None:
    response = Client().get("/guides/nobody/")
    assert response.status_code == 404
    assert "We can’t find that page" in words(response.content.decode())


def break_edition(edition: Edition) -> None:
    """Replace the live edition by one without a guide."""
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(live_until=now)
    Edition.objects.create(
        role=edition.role, number=2, slug=edition.slug, title="T", summary="S", content="{}", html={},
        published_by="Ada", published_at=now, live_from=now,
    )  # fmt: skip


def test_a_fault_of_ours_has_a_page() -> None:
    break_edition(an_edition())
    response = Client(raise_request_exception=False).get(ADDRESS)
    assert response.status_code == 500
    assert "Something went wrong on our side" in words(response.content.decode())


def test_the_history_of_a_guide_tells_what_changed() -> None:
    role = an_edition(at=day(1)).role
    for title, at, note in (
        ("Keeper", day(2), "A shorter name."),
        ("Later", timezone.now() + timedelta(days=1), "Secret."),
    ):
        role.title = title
        role.save()
        publish(role=role, by="Ada", note=note, at=at)
    shown = words(page(f"{ADDRESS}history/"))
    assert re.findall(r"Edition \d .*?\.", shown) == [
        "Edition 2 since February 1, 2026 A shorter name.",
        "Edition 1 January 1, 2026 to February 1, 2026 No note was left.",
    ]
    assert Client().get("/guides/nobody/history/").status_code == 404
    assert Client().get("/about/nothing/").status_code == 404


@pytest.mark.parametrize("address", ["/", ADDRESS, f"{ADDRESS}history/", "/feed/", "/nowhere/", *ABOUT])
def test_reading_sets_no_cookie(address: str) -> None:
    an_edition()
    assert not Client().get(address).cookies


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Career guides with sources · Careerguide"),
        (ADDRESS, "Lighthouse Keeper: career guide · Careerguide"),
        (f"{ADDRESS}history/", "Lighthouse Keeper: editions · Careerguide"),
        (f"{ADDRESS}toolkit/", "Application toolkit: Lighthouse Keeper · Careerguide"),
    ],
)
def test_a_page_names_itself_in_its_title(address: str, title: str) -> None:
    an_edition()
    assert f"<title>{title}</title>" in page(address)


def test_a_page_has_a_head() -> None:
    an_edition()
    assert Client().head(ADDRESS).status_code == 200
