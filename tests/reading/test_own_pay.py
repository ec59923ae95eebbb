"""Pay of a broader occupation: a range under that occupation's name, never the role's own, never compared."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides import pay as own_pay
from guides.models import Edition, Listing
from guides.preflight import preflight
from guides.publishing.editions.indexing import index_missing
from guides.reading.answers import Answers
from guides.reading.compare.comparison import compare
from guides.reading.compare.paths import easiest_path, start_at
from guides.reading.compare.rows import Line
from guides.reading.index.live_data import live_data
from guides.reading.skills_check.result import check
from guides.rendering import figures, social_card
from guides.rendering.guide_page import NO_NEIGHBORS, article_context
from guides.schema import SalaryBand
from guides.statistics.official import OfficialFigures
from tests.helpers.factories import a_guide, an_edition, pay
from tests.helpers.statistics import own_headline
from tests.preflight.test_preflight import NO_GUIDE
from tests.reading.test_pages import words
from tests.rendering.test_formats import jsonld_of
from tests.rendering.test_toolkit import told as paper

BROADER = pay(
    basis="headline", label="Coast workers (SOC 53-5011)", low=30_001, median=80_002, mean=85_003, high=150_004,
    range_label="10th to 90th percentile",
)  # fmt: skip
RANGE = pay(
    basis="headline", label="Coast workers (SOC 53-5011)", low=30_001, high=150_004,
    range_label="10th to 90th percentile",
)  # fmt: skip
SHOWN = "$30,001–$150,004 a year Coast workers (SOC 53-5011), 10th to 90th percentile Bureau of Surveys, 2025"
HIDDEN = re.compile(r"80,?002|85,?003")


def bands(*rows: dict[str, Any]) -> tuple[SalaryBand, ...]:
    return tuple(SalaryBand.model_validate(band) for band in rows)


@pytest.mark.parametrize(
    ("label", "is_own"),
    [
        ("", True),
        ("Medical assistants (SOC 31-9092)", True),
        ("Medical Assistant", True),
        ("medical assistants (31-9092.00)", True),
        ("Medical assistants and phlebotomists (SOC 31-9092)", False),
        ("Medical assistants (in Texas)", False),
        ("Medical secretaries and administrative assistants (SOC 43-6013)", False),
        ("Healthcare support occupations", False),
        ("National median", False),
    ],
)
def test_a_band_is_the_roles_own_without_a_label_or_under_the_roles_name(label: str, is_own: bool) -> None:
    (band,) = bands(pay(basis="headline", label=label, median=1))
    assert own_pay.is_own(band, "Medical Assistant") == is_own


def test_a_headline_of_a_broader_occupation_is_shown_as_its_range() -> None:
    own = pay(basis="headline", label="Lighthouse keepers (SOC 53-5099)", low=1, median=2, mean=3, high=4)
    without_range = pay(basis="headline", label="Harbor workers", median=70_000)
    guide = a_guide(levels=[], pay=[BROADER, without_range, own])
    assert own_pay.headlines(guide) == bands(RANGE, own)
    assert own_pay.headline(guide) == bands(own)[0]


def test_a_broader_occupation_gives_no_comparable_pay() -> None:
    own = pay(basis="headline", median=40_000)
    harbor = pay(basis="headline", label="Harbor workers", median=70_000)
    headlines = [
        OfficialFigures({}, {}).of_guide(a_guide(levels=[], pay=rows)).headline
        for rows in ([BROADER], [BROADER, own], [harbor], [harbor, BROADER])
    ]
    assert [headline and (headline.band, headline.is_own, headline.sort_amount) for headline in headlines] == [
        (*bands(RANGE), False, Decimal(30_001)),
        (*bands(own), True, Decimal(40_000)),
        None,
        (*bands(RANGE), False, Decimal(30_001)),
    ]


def test_a_level_shows_no_median_of_another_occupation() -> None:
    of_level = {"basis": "level", "level": "Head Keeper"}
    guide = a_guide(pay=[BROADER | of_level, pay(basis="level", level="Keeper", label="Harbor workers", median=70_000)])
    assert own_pay.of_levels(guide) == {"Head Keeper": bands(RANGE | of_level)[0]}
    ladder = article_context(guide, {}, NO_NEIGHBORS)["ladder"]
    assert [rung.band for rung in ladder] == [None, *bands(RANGE | of_level), None]
    ready = check(guide, Answers(have=("lamps",), years=5), {}, {})
    assert ready.position is not None
    assert ready.position.now is not None
    assert (ready.position.now.level.title, ready.position.now.band) == ("Head Keeper", *bands(RANGE | of_level))


def test_the_order_of_levels_is_not_judged_by_pay_of_another_occupation() -> None:
    def rules(label: str) -> list[str]:
        falling = [
            pay(basis="level", level="Keeper", label=label, median=70_000),
            pay(basis="level", level="Head Keeper", median=61_000),
        ]
        found = preflight(a_guide(pay=falling), NO_GUIDE)
        return [finding.rule for finding in found if finding.place == "pay.1.median"]

    assert (rules(""), rules("Harbor workers")) == (["pay-level-order"], [])


def test_a_guide_needs_pay_that_its_first_screen_can_show() -> None:
    def missing(*rows: dict[str, Any]) -> list[str]:
        found = preflight(a_guide(levels=[], pay=list(rows)), NO_GUIDE)
        return [finding.message for finding in found if finding.place == "pay"]

    without_range = pay(basis="headline", label="Harbor workers", median=70_000)
    assert (missing(BROADER), missing(pay(basis="headline", median=1))) == ([], [])
    assert missing(without_range) == [
        "The first screen has no pay. Add an official occupation, a headline figure of the role without a label, or "
        "the range of the occupation that the role belongs to."
    ]


def test_the_gloss_of_a_range_names_the_occupation_and_what_the_range_is() -> None:
    (band,) = bands(RANGE)
    assert (figures.pay(band), figures.pay_gloss(band), figures.more_pay(band)) == (
        "$30,001–$150,004 a year",
        "Coast workers (SOC 53-5011), 10th to 90th percentile",
        "",
    )


def test_a_picture_does_not_depend_on_the_median_of_another_occupation() -> None:
    def picture(**changes: Any) -> bytes:
        guide = a_guide(levels=[], pay=[BROADER | changes])
        return social_card.render(guide, own_headline(guide))

    assert picture() == picture(median=30_001, mean=150_004)
    assert picture() != picture(high=160_000)


def test_a_job_description_compares_with_the_range() -> None:
    text = paper("job-description", levels=[], pay=[BROADER])
    assert (
        "Pay range: [$30,001–$150,004 a year]\n\n[These are published figures for comparison: 10th to 90th percentile; "
        "Coast workers (SOC 53-5011); Bureau of Surveys, 2025."
    ) in text
    assert HIDDEN.search(text) is None


ROW = re.compile(r'<tr><th scope="row">Coast workers \(SOC 53-5011\)<a .*?</tr>')
CHART = re.compile(r'<figure class="chart.*?</figure>', re.DOTALL)


@pytest.mark.django_db
class TestSite:
    """Three roles on a ladder: one of them, the tender, has only the pay of coast workers."""

    @pytest.fixture(autouse=True)
    def _three_roles(self) -> None:
        for slug, skills, bands in (
            ("keeper", "ab", [pay(basis="headline", median=40_000)]),
            ("tender", "abc", [BROADER]),
            ("pilot", "abcd", [pay(basis="headline", label="Pilots (SOC 53-5021)", median=60_000)]),
        ):
            an_edition(
                slug=slug, title=slug.title(), alternative_titles=[], levels=[], related=[], pay=bands,
                skills=[{"slug": letter, "name": letter.upper(), "kind": "soft"} for letter in skills],
            )  # fmt: skip

    def get(self, address: str) -> str:
        response = Client().get(address)
        assert response.status_code == 200
        return response.content.decode()

    def test_a_page_shows_the_range_under_the_name_of_its_occupation(self) -> None:
        for address in (
            "/", "/guides/", "/guides/?sort=pay", "/search/?q=tender", "/skills/c/", "/match/?have=c",
            "/paths/keeper/tender/", "/paths/tender/pilot/", "/fields/coast/",
        ):  # fmt: skip
            if address.startswith("/fields/"):
                coast = {"slug": "coast", "name": "Coast"}
                an_edition(slug="rower", title="Rower", levels=[], pay=[BROADER], field=coast)
            page = ROW.sub("", self.get(address))
            shown = words(page).replace(" a year, ", " a year ").replace(" · ", " ")
            assert SHOWN in shown.replace(" a year High school diploma ", " a year "), address
            assert "against the figure before" not in page, address
            assert HIDDEN.findall(page) == [], address

    def test_a_page_of_a_role_near_it_shows_the_range_and_no_difference(self) -> None:
        page = words(self.get("/guides/pilot/"))
        assert "$30,001–$150,004 a year, Coast workers (SOC 53-5011), 10th to 90th percentile." in page
        assert "$40,000 a year, median: $20,000 a year less." in page
        assert HIDDEN.findall(page) == []

    def test_its_own_page_begins_with_the_range_under_the_name_of_its_occupation(self) -> None:
        shown = "Pay $30,001–$150,004 a year1 Coast workers (SOC 53-5011), 10th to 90th percentile"
        assert shown in words(self.get("/guides/tender/"))

    def test_its_own_page_has_the_median_in_the_table_and_its_chart_alone(self) -> None:
        page = self.get("/guides/tender/")
        assert [HIDDEN.findall(row) for row in ROW.findall(page)] == [["80,002", "85,003"]]
        assert HIDDEN.findall(CHART.sub("", ROW.sub("", page))) == []

    def test_it_is_sorted_and_filtered_by_its_low_end(self) -> None:
        def titles(query: str) -> list[str]:
            return re.findall(r'class="card-title"><a [^>]*>([^<]*)', self.get(f"/guides/?{query}"))

        an_edition(slug="abbot", title="Abbot", levels=[], pay=[])
        assert [titles(query) for query in ("sort=pay", "pay_from=1", "pay_to=500000")] == [
            ["Pilot", "Keeper", "Tender", "Abbot"],
            ["Keeper", "Pilot", "Tender"],
            ["Keeper", "Pilot", "Tender"],
        ]

    def test_a_path_over_it_shows_no_difference(self) -> None:
        roles = {row.edition.slug: row for row in Listing.objects.with_summary()}
        pairs = (("keeper", "tender"), ("tender", "pilot"), ("keeper", "pilot"))
        known = live_data(at=timezone.now())
        starts = {slug: start_at(slug, role, known) for slug, role in roles.items()}
        direct = [easiest_path(start, roles[last], known).direct for first, last in pairs if (start := starts[first])]
        assert [step.gap.difference for step in direct] == [None, None, Decimal(20_000)]

    def test_side_by_side_it_has_its_range_and_no_mark_of_a_median(self) -> None:
        editions = tuple(Edition.objects.filter(slug__in=["keeper", "tender"]).order_by("slug"))
        comparison = compare(editions, OfficialFigures({}, {}))
        assert [cell.values for cell in comparison.rows[0].cells] == [
            (Line("$40,000 a year", "median", "Bureau of Surveys, 2025", 1),),
            (
                Line(
                    "$30,001–$150,004 a year",
                    "Coast workers (SOC 53-5011), 10th to 90th percentile",
                    "Bureau of Surveys, 2025",
                    1,
                ),
            ),
        ]
        assert comparison.chart is not None
        assert [(bar.name, bool(bar.median), bool(bar.mean), bool(bar.width)) for bar in comparison.chart.bars] == [
            ("Keeper", True, False, False),
            ("Tender: Coast workers (SOC 53-5011)", False, False, True),
        ]
        assert HIDDEN.findall(self.get("/compare/?guide=keeper&guide=tender")) == []

    def test_json_ld_estimates_no_salary_by_it(self) -> None:
        salaries = {
            slug: [
                (salary["name"], salary["median"])
                for salary in jsonld_of(f"/guides/{slug}/")["Occupation"].get("estimatedSalary", ())
            ]
            for slug in ("tender", "pilot")
        }
        assert salaries == {"tender": [], "pilot": [("Pilots (SOC 53-5021)", 60_000.0)]}

    def test_markdown_and_json_have_it_under_its_label(self) -> None:
        row = (
            "- **Coast workers (SOC 53-5011):** $80,002 a year, 10th to 90th percentile $30,001–$150,004, "
            "average $85,003 \\[1\\]\n"
        )
        text = self.get("/guides/tender.md")
        assert text.count(row) == 1
        assert HIDDEN.findall(text.replace(row, "")) == []

    def test_an_upgrade_derives_the_listing_again(self) -> None:
        edition = Edition.objects.get(slug="tender")
        before = Listing.objects.get(edition=edition)
        Listing.objects.filter(edition=edition).update(version=4, pay=80_002, band=BROADER)
        assert index_missing() == 1
        after = Listing.objects.get(edition=edition)
        assert (after.pay, after.pay_facts) == (before.pay, before.pay_facts)
        assert (after.pay, after.pay_facts.band) == (Decimal(30_001), *bands(RANGE))
