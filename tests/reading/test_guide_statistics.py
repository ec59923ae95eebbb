"""Official figures on the page of a guide, for the nation and for a place."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.models import Area, Occupation, Projection, Release, Wage
from guides.reading.pages.page import page_of_draft
from guides.rendering import prose
from tests.helpers.delivered import publish_delivered
from tests.helpers.factories import a_guide, an_edition, pay
from tests.helpers.factories import an_occupation as of_role
from tests.helpers.statistics import ASSISTANTS, CLERKS, a_release, a_wage, an_area
from tests.reading.test_pages import ADDRESS, Outline, page, words
from tests.rendering.test_formats import jsonld_of

pytestmark = pytest.mark.django_db


def same(**changes: Any) -> list[dict[str, Any]]:
    return [of_role(relation="same") | changes]


def facts_of(html: str) -> dict[str, str]:
    """The key facts by their names."""
    first = html.partition('<section class="facts"')[2].partition("</section>")[0].replace("</dd>", " </dd>")
    return {
        words(name): words(values) for name, values in re.findall(r"<dt[^>]*>(.*?)</dt>(.*?)</div>", first, re.DOTALL)
    }


def notes_of(html: str) -> str:
    """The lines below the key facts."""
    first = html.partition('<section class="facts"')[2].partition("</section>")[0]
    return words(" ".join(re.findall(r"<p[ >].*?</p>", first, re.DOTALL)))


def cells(html: str, label: str) -> list[list[str]]:
    """The rows of the table that has this name."""
    table = html.partition(f'aria-labelledby="{label}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


@pytest.mark.usefixtures("projections")
def test_the_first_screen_has_official_pay_growth_and_openings() -> None:
    an_edition(occupations=same(), pay=[], facts=[], levels=[], routes=[], requirements=[], sources=[])
    html = page()
    assert facts_of(html) == {
        "Pay": "$39,520 a year1 $19.00 an hour, median",
        "Growth 2024–34": "12.5%1 all jobs: 3.1%",
        "Openings": "112,300 a year1",
    }
    assert notes_of(html) == "See pay where you live Sources: 1 Bureau"


@pytest.mark.usefixtures("projections")
def test_several_occupations_have_ranges_and_openings_that_are_not_added() -> None:
    nearest = [of_role(relation="nearest"), of_role(code=CLERKS, relation="nearest", covers="Clerks of all kinds.")]
    an_edition(occupations=nearest, facts=[], pay=[], levels=[], routes=[], requirements=[], sources=[])
    html = page()
    assert facts_of(html) == {
        "Pay": "$39,520–$41,000 a year1 $19.00–$19.71 an hour",
        "Growth 2024–34": "−2.1% to 12.5%1 all jobs: 3.1%",
        "Openings": "112,300 a year1 Medical Assistants",
    }
    assert "Pay is for Medical Assistants; Clerks (lowest to highest median)." in notes_of(html)
    assert cells(html, "outlook-projections")[4] == ["Openings", "112,300 a year", "112,300 a year"]


@pytest.mark.usefixtures("projections")
def test_the_chapters_open_with_percentiles_and_projections_of_each_occupation() -> None:
    an_edition(occupations=same())
    html = page()
    assert cells(html, f"pay-{ASSISTANTS}-table") == [
        ["Of these jobs", "United States"],
        ["A tenth earn less than", "$31,200 $15.00"],
        ["A quarter earn less than", "$35,360 $17.00"],
        ["Typical pay (median)", "$39,520 $19.00"],
        ["A quarter earn more than", "$43,680 $21.00"],
        ["A tenth earn more than", "$49,920 $24.00"],
    ]
    assert cells(html, "outlook-projections") == [
        ["In the United States", "Medical Assistants (31-9092)"],
        ["Growth 2024–34", "12.5%, 9.4 percentage points more than all occupations (3.1%)"],
        ["Jobs in 2024", "811,000"],
        ["Jobs in 2034, projected", "912,400"],
        ["Openings", "112,300 a year"],
        ["Typical education to enter", "Postsecondary nondegree award"],
        ["Typical experience in a related job", "None"],
    ]
    shown = words(html)
    assert "Pay where you live State or city" in shown
    assert "Medical Assistants (31-9092) It also includes sailors. 10th $31,200" in shown
    assert "817,870 jobs in the United States." in shown


@pytest.mark.usefixtures("projections")
def test_figures_of_a_guide_with_occupations_are_one_secondary_line_and_whole_in_their_chapters() -> None:
    quoted = pay(basis="headline", label="An occupation that is not named", median=40_680)
    openings = {"low": 172_000, "high": 172_000, "approximate": True, "unit": "count", "per": "year"}
    facts = [*a_guide().model_dump(mode="json")["facts"][:1], {"kind": "openings", "value": openings}]
    for fact in facts:
        fact["source"] = "survey-2025"
    an_edition(occupations=same(), pay=[quoted], facts=facts, levels=[])
    html = page()
    assert list(facts_of(html)) == ["Pay", "Growth 2024–34", "Openings", "Education"]
    assert (
        "Quoted by Bureau of Surveys, 2025: $40,680 a year, growth 2%, openings about 172,000 a year2, "
        "occupation not identified"
    ) in notes_of(html)
    shown = words(html)
    assert "Figures from other publishers We couldn’t match these figures to an occupation. Growth: 2%" in shown
    assert (
        "Other figures We quote this figure from its source and couldn’t match it to an occupation: "
        "An occupation that is not named."
    ) in shown
    assert cells(html, "pay-others-table")[1] == ["An occupation that is not named2", "$40,680"]


@pytest.mark.usefixtures("wages")
def test_a_typed_figure_that_names_a_code_is_not_quoted_on_the_first_screen() -> None:
    band = pay(basis="headline", label="Medical assistants (SOC 31-9092)", median=45_690)
    an_edition(occupations=same(), pay=[band], facts=[], levels=[])
    html = page()
    assert list(facts_of(html)) == ["Pay", "Education"]
    assert "Quoted" not in notes_of(html)


@pytest.mark.usefixtures("wages")
def test_pay_that_does_not_represent_the_role_is_in_its_chapter_alone() -> None:
    an_edition(occupations=[of_role()], pay_is_representative=False, pay=[], facts=[], levels=[])
    html = page()
    assert "Pay" not in facts_of(html)
    assert notes_of(html).startswith("There is no official figure for this job alone. See pay where you live")
    assert "$39,520" not in html.partition('class="spread"')[0]
    assert ["Typical pay (median)", "$39,520 $19.00"] in cells(html, f"pay-{ASSISTANTS}-table")


def test_a_guide_without_occupations_shows_its_own_figures() -> None:
    an_edition()
    html = page()
    assert facts_of(html)["Pay"] == "$40,000 a year1 median"
    assert facts_of(html)["Growth"] == "2%1"
    assert "Growth: Slower than most (2%)1" in words(html)
    assert "Pay where you live" not in words(html)


def test_an_occupation_without_figures_keeps_its_sentence() -> None:
    an_edition(occupations=[of_role(code="53-5011")], pay=[], facts=[], levels=[])
    assert (
        "Occupation 53-5011 It also includes sailors. The current survey has no pay data for this occupation."
    ) in words(page())


class TestPlace:
    """`?place=` in the address of a guide."""

    @pytest.fixture(autouse=True)
    def _edition(self, wages: Release) -> None:
        an_edition(occupations=same(), pay=[], facts=[], levels=[], related=[])

    def test_the_place_is_next_to_the_nation(self) -> None:
        html = page(f"{ADDRESS}?place=texas")
        found = facts_of(html)
        assert (found["Pay in Texas"], found["Pay in the United States"]) == (
            "$35,000 a year1 $16.83 an hour, median",
            "$39,520 a year1 $19.00 an hour, median",
        )
        assert cells(html, f"pay-{ASSISTANTS}-table")[:4] == [
            ["Of these jobs", "Texas", "United States"],
            ["A tenth earn less than", "$31,200 $15.00", "$31,200 $15.00"],
            ["A quarter earn less than", "$33,000 $15.87", "$35,360 $17.00"],
            ["Typical pay (median)", "$35,000 $16.83", "$39,520 $19.00"],
        ]

    def test_the_canonical_address_and_the_data_have_no_place(self) -> None:
        html = page(f"{ADDRESS}?place=texas")
        assert re.findall('<link rel="canonical" href="([^"]*)"', html) == [f"http://127.0.0.1:8000{ADDRESS}"]
        assert jsonld_of(f"{ADDRESS}?place=texas") == jsonld_of(ADDRESS)
        assert Client().get(f"{ADDRESS}?place=texas").cookies == {}

    def test_one_place_does_not_leak_into_another_page(self) -> None:
        general = page()
        assert "Texas" in words(page(f"{ADDRESS}?place=texas"))
        assert page() == general
        assert "$35,000" not in general

    def test_links_keep_the_place(self) -> None:
        an_edition(slug="buoy-tender", title="Buoy Tender", related=[])
        links = re.findall('href="([^"]*place=texas[^"]*)"', page(f"{ADDRESS}?place=texas"))
        assert {link.replace("&amp;", "&") for link in links} >= {
            "/guides/buoy-tender/?place=texas",
            "/compare/?guide=lighthouse-keeper&guide=buoy-tender&place=texas",
        }

    @pytest.mark.parametrize("typed", ["TX", "Texas", "TEXAS"])
    def test_a_name_leads_to_the_address_of_the_place(self, typed: str) -> None:
        response = Client().get(ADDRESS, {"place": typed})
        assert (response.status_code, response.headers["Location"]) == (302, f"{ADDRESS}?place=texas#pay-where")

    def test_the_nation_is_what_a_page_shows_anyway(self) -> None:
        assert cells(page(f"{ADDRESS}?place=united-states"), f"pay-{ASSISTANTS}-table")[0] == [
            "Of these jobs", "United States",
        ]  # fmt: skip

    def test_an_unknown_place_is_explained_with_suggestions(self) -> None:
        html = page(f"{ADDRESS}?place=Texsa")
        assert "We don’t know a place called “Texsa.” Did you mean one of these?" in notes_of(html)
        assert f'href="{ADDRESS}?place=texas#pay-where"' in html
        assert "We can’t search by ZIP code. Enter a state or city." in words(page(f"{ADDRESS}?place=77002"))

    def test_a_place_where_the_occupation_has_no_wages_is_named(self, wages: Release) -> None:
        ohio = an_area("state", "39", "Ohio", "ohio", "OH")
        a_wage(wages, Occupation.objects.get(code=CLERKS), ohio)
        html = page(f"{ADDRESS}?place=ohio")
        assert "The survey has no pay data for Ohio." in words(html)
        assert cells(html, f"pay-{ASSISTANTS}-table")[0] == ["Of these jobs", "United States"]

    def test_every_fragment_leads_somewhere(self) -> None:
        for query in ("", "?place=texas", "?place=nowhere"):
            outline = Outline(page(f"{ADDRESS}{query}"))
            assert len(outline.ids) == len(set(outline.ids))
            assert set(outline.fragments) <= set(outline.ids)
            assert outline.inline == []

    def test_a_place_takes_one_query_more(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        page(f"{ADDRESS}?place=texas")
        with django_assert_num_queries(4):  # the edition, whether anything has changed, the neighbors, and the wages
            page(f"{ADDRESS}?place=texas")


class TestReleases:
    """A page that is rendered once is rendered again when its figures change, and only then."""

    def median(self) -> str:
        return cells(page(), f"pay-{ASSISTANTS}-table")[3][1]

    @pytest.fixture(autouse=True)
    def _edition(self, wages: Release) -> None:
        an_edition(occupations=same(), pay=[], facts=[], levels=[])
        assert self.median() == "$39,520 $19.00"

    def test_a_newer_release_changes_the_page_and_its_removal_changes_it_back(self, nation: Area) -> None:
        newer = a_release("wages", date(2026, 5, 1), date(2026, 5, 31))
        a_wage(newer, Occupation.objects.get(code=ASSISTANTS), nation, yearly_p50=40_000, hourly_p50=1_923)
        assert self.median() == "$40,000 $19.23"
        newer.delete()
        assert self.median() == "$39,520 $19.00"

    def test_a_row_that_an_import_changes_changes_the_page(self, wages: Release) -> None:
        Wage.objects.filter(occupation__code=ASSISTANTS, area__kind="nation").update(yearly_p25=36_000)
        Release.objects.filter(pk=wages.pk).update(imported_at=timezone.now())
        assert cells(page(), f"pay-{ASSISTANTS}-table")[2][1] == "$36,000 $17.00"

    def test_a_projection_that_comes_later_is_shown(self, wages: Release) -> None:
        assert "Growth 2024–34" not in facts_of(page())
        release = a_release("projections", date(2024, 1, 1), date(2034, 12, 31))
        occupation = Occupation.objects.get(code=ASSISTANTS)
        Projection.objects.create(release=release, occupation=occupation, growth_permille=125)
        assert facts_of(page())["Growth 2024–34"].startswith("12.5%")

    def test_another_release_does_not_render_the_page_again(self) -> None:
        a_release("state-prices", date(2008, 1, 1), date(2023, 12, 31))
        assert "guides/guide/_article.html" not in {each.name for each in Client().get(ADDRESS).templates}


@pytest.mark.usefixtures("projections")
def test_a_preview_shows_the_official_figures() -> None:
    guide = a_guide(occupations=same(), pay=[])
    body = page_of_draft(guide, prose.render_all(guide), at=timezone.now()).body
    assert "$39,520 a year1 $19.00 an hour, median" in words(body)
    assert "12.5%1 all jobs: 3.1%" in words(body)


def test_the_figures_of_the_patient_care_coordinator() -> None:
    publish_delivered()
    html = page("/guides/patient-care-coordinator/")
    found = facts_of(html)
    assert found == {
        "Pay": "$45,930–$50,290 a year1 $22.08–$24.18 an hour",
        "Growth 2024–34": "4.2–5.2%2 all jobs: 3.1%",
        "Openings": "85,900 a year2 Medical Secretaries and Administrative Assistants",
        "Education": "High school diploma5",
        "Time to start": "3–12 months or more5",
        "Where and when": "Clinics, mostly weekdays5",
    }
    notes = re.sub(r"year\d ?", "year", notes_of(html))
    assert notes.startswith(
        "Pay is for Medical Secretaries and Administrative Assistants; Health Technologists and Technicians, All Other "
        "(lowest to highest median)."
    )
    assert (
        "Quoted by Himalayas, May 2023: $40,680 a year; 2022–2032: growth 16%, openings about 172,000 a year, "
        "occupation not identified"
    ) in notes
    shown = words(html)
    assert "Growth: 16%" in shown
    assert "Openings: about 172,000 a year" in shown
