"""Similar roles and comparisons, computed from live guides."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.models import Edition
from guides.publishing.editions.withdraw import withdraw
from guides.reading.compare.comparison import SkillGroupRow, SkillRow, compare
from guides.reading.compare.rows import Cell, Line
from guides.reading.compare.similar import RoleGap, find_neighbors, outline_of
from guides.reading.index.live_data import live_data
from guides.rendering import figures
from guides.statistics.official import OfficialFigures
from tests.helpers.factories import SOURCE, an_edition, pay
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db


def a_role(slug: str, skills: str, *, median: int = 40_000, education: str = "high-school", **changes: Any) -> Edition:
    """Publish a guide that requires these skills, one per letter."""
    data: dict[str, Any] = {
        "slug": slug, "title": slug.title(), "levels": [], "alternative_titles": [], "related": [],
        "skills": [{"slug": letter, "name": letter.upper(), "kind": "soft"} for letter in skills],
        "requirements": [{"education": education, "source": "survey-2025"}],
        "pay": [pay(basis="headline", median=median)],
    }  # fmt: skip
    return an_edition(**data | changes)


def spelled(gap: RoleGap) -> tuple[str, str, str]:
    shared, missing = ("".join(group.skills[0].slug for group in groups) for groups in (gap.shared, gap.missing))
    return gap.slug, shared, missing


def near_to(edition: Edition) -> tuple[RoleGap, ...]:
    return find_neighbors(outline_of(edition.guide), live_data(at=timezone.now())).near


def test_the_nearest_roles_are_those_with_the_fewest_new_skills() -> None:
    a_role("mate", "abcd")
    a_role("pilot", "abxyz")
    a_role("captain", "abcxy", median=90_000, education="bachelor")
    a_role("cook", "z")
    here = a_role("sailor", "abc", median=30_000)
    near = near_to(here)
    assert [spelled(gap) for gap in near] == [("mate", "abc", "d"), ("captain", "abc", "xy"), ("pilot", "ab", "xyz")]
    assert [(gap.difference, gap.education) for gap in near[:2]] == [
        (Decimal(10_000), ""), (Decimal(60_000), "Bachelor’s degree"),
    ]  # fmt: skip


def test_alternatives_are_one_skill_and_a_narrower_skill_counts_as_the_broader_one() -> None:
    def skill(slug: str, *, broader: str = "", one_of: str = "") -> dict[str, Any]:
        above = {"slug": broader, "name": broader.upper()} if broader else None
        return {"slug": slug, "name": slug.upper(), "kind": "tool", "broader": above, "one_of": one_of}

    def a_clerk(slug: str, *skills: dict[str, Any]) -> Edition:
        return an_edition(slug=slug, title=slug.title(), levels=[], related=[], pay=[], skills=list(skills))

    charts = [skill(slug, broader="charts", one_of="A chart plotter") for slug in ("garmin", "furuno")]
    here = a_clerk("sailor", skill("garmin", broader="charts"), skill("radio"))
    a_clerk("mate", *charts, skill("charts"), skill("radio"))
    a_clerk("pilot", skill("furuno", broader="charts"), skill("radio"), skill("charts"))
    a_clerk("clerk", skill("radio"), *(skill(slug, one_of="A printer") for slug in ("laser", "matrix")))
    gaps = {
        gap.slug: tuple([group.name for group in groups] for groups in (gap.shared, gap.missing))
        for gap in near_to(here)
    }
    assert gaps == {
        "mate": (["A chart plotter", "CHARTS", "RADIO"], []),
        "pilot": (["RADIO", "CHARTS"], ["FURUNO"]),
        "clerk": (["RADIO"], ["A printer"]),
    }


def test_a_guide_shows_its_neighbors_with_reasons() -> None:
    a_role("mate", "abcd", median=45_010, education="bachelor")
    a_role("sailor", "abc")
    text = words(Client().get("/guides/sailor/").content.decode())
    assert "Shares 3 of its 4 skills. Also needs D." in text
    assert "$45,010 a year, median: $5,010 a year more. Education: Bachelor’s degree." in text


def test_withdrawn_roles_are_not_neighbors() -> None:
    here = a_role("sailor", "abc")
    withdraw(role=a_role("mate", "abcd").role, by="Ada")
    assert near_to(here) == ()


def test_pay_is_not_compared_between_sources() -> None:
    here = a_role("sailor", "a")
    other = {**SOURCE, "slug": "survey-2020", "covers_from": "2020-01-01", "covers_to": "2020-12-31"}
    an_edition(
        slug="mate", title="Mate", sources=[SOURCE, other], levels=[],
        pay=[pay(basis="headline", median=50_000, source="survey-2020")],
        skills=[{"slug": "a", "name": "A", "kind": "soft"}],
    )  # fmt: skip
    (gap,) = near_to(here)
    assert gap.pay
    assert (gap.difference, figures.cited(gap.pay.source)) == (None, "Bureau of Surveys, 2020")


def test_pay_is_not_compared_between_currencies() -> None:
    here = a_role("sailor", "abc")
    an_edition(
        slug="matelot", title="Matelot", levels=[], pay=[pay(basis="headline", median=9, currency="EUR")],
        skills=[{"slug": "a", "name": "A", "kind": "soft"}],
    )  # fmt: skip
    assert [gap.difference for gap in near_to(here)] == [None]


def test_a_level_links_to_the_guide_with_its_title() -> None:
    an_edition()
    assert "/guides/inspector/" not in Client().get("/guides/lighthouse-keeper/").content.decode()
    an_edition(slug="inspector", title="INSPECTOR")
    assert '<h3><a href="/guides/inspector/">Inspector</a></h3>' in (
        Client().get("/guides/lighthouse-keeper/").content.decode()
    )


def compared(*slugs: str) -> str:
    response = Client().get("/compare/", {"guide": slugs})
    assert response.status_code == 200
    return response.content.decode()


def table(page: str) -> dict[str, list[str]]:
    """Return the cells of the table by the names of their rows."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return {
        words(name): [words(cell) for cell in re.findall(r"<td>(.*?)</td>", cells, re.DOTALL)] for name, cells in rows
    }


def test_a_comparison_shows_short_values_with_numbered_sources() -> None:
    a_role("sailor", "abc", median=40_001)
    a_role("mate", "abd", median=50_002, education="bachelor")
    page = compared("sailor", "mate")
    rows = table(page)
    assert rows["Pay ≠differs"] == ["$40,001 a yearsource 1median", "$50,002 a yearsource 1median"]
    assert rows["Education ≠differs"][0].startswith("High school diplomasource 1")
    assert "Sources: 1 Bureau of Surveys, 2025" in words(page)
    assert page.count('<th scope="col"><a') == 2
    assert '<a href="/paths/sailor/mate/">' in page


def test_a_row_differs_by_its_short_values_and_identical_rows_are_folded() -> None:
    a_role("sailor", "a")
    a_role("mate", "a", median=50_002, considerations=[{"kind": "pro", "title": "The sea"}])
    page = compared("sailor", "mate")
    marked = {name: name.endswith("≠differs") for name in table(page)}
    assert {"Pay ≠differs", "Pros ≠differs"} <= marked.keys()
    folded = page.split('<details class="drawer compare-same">')[1].split("</details>")[0]
    names = re.findall("<dt>(.*?)</dt>", folded)
    assert {"Education", "Experience"} <= set(names)
    assert not {name.removesuffix(" ≠differs") for name in marked} & set(names)


def test_pros_have_their_explanations() -> None:
    pros = [{"kind": "pro", "title": "The sea", "detail": "It is *wide*."}, {"kind": "pro", "title": "The pay"}]
    a_role("sailor", "a", considerations=pros)
    a_role("mate", "a", considerations=[])
    rows = table(compared("sailor", "mate"))
    assert rows["Pros ≠differs"] == ["The seaand 1 more The sea: It is wide.The pay", "No data"]


def test_a_comparison_shows_requirements_with_the_short_values_first() -> None:
    work = {"education": "bachelor", "years_from": 2, "years_to": 4, "experience": "work at sea"}
    ways = [work | {"certificate": "license"}, {"education": "associate", "years_from": 9, "experience": "work at sea"}]
    editions = (
        an_edition(
            slug="captain", title="Captain", levels=[], pay=[], facts=[],
            skills=[{"slug": "license", "name": "Captain’s license", "kind": "certificate"}],
            requirements=[way | {"source": "survey-2025"} for way in ways],
        ),
        a_role("mate", "a", facts=[]),
        a_role("stowaway", "a", facts=[], requirements=[]),
    )  # fmt: skip
    rows = {row.name: row.cells for row in compare(editions, OfficialFigures({}, {})).rows}
    source = ("Bureau of Surveys, 2025", 1)
    none = Cell((Line("None"),))
    other = Line("", "Another way in: An associate degree and at least 9 years of work at sea.", *source)
    assert {name: rows[name] for name in ("Education", "Experience", "License or certificate")} == {
        "Education": (
            Cell((Line("Bachelor’s degree", "", *source),), (other,)),
            Cell((Line("High school diploma", "", *source),)),
            Cell(),
        ),
        "Experience": (Cell((Line("2–4 years", "work at sea", *source),)), none, Cell()),
        "License or certificate": (Cell((Line("Captain’s license", "", *source),)), none, Cell()),
    }


def test_a_fact_without_a_short_value_begins_with_its_text() -> None:
    text = "Hospitals, private clinics, specialized practices and long-term care facilities"
    facts = [{"kind": "industries", "text": text, "source": "survey-2025"}]
    editions = (a_role("sailor", "a", facts=facts), a_role("mate", "a", facts=[]))
    (row,) = (row for row in compare(editions, OfficialFigures({}, {})).rows if row.name == "Who hires")
    assert [(cell.short, [note.text for note in cell.notes]) for cell in row.cells] == [
        ((("Hospitals, private clinics, specialized …", ""),), [text]),
        ((), []),
    ]


def test_alternatives_are_one_skill_of_a_comparison() -> None:
    def skill(slug: str, one_of: str = "A chart plotter") -> dict[str, Any]:
        return {"slug": slug, "name": slug.title(), "kind": "tool", "one_of": one_of}

    requires = {
        "sailor": [skill("garmin"), skill("furuno"), skill("radio", "")],
        "mate": [skill("radio", ""), skill("furuno"), skill("simrad")],
        "clerk": [skill("garmin", "")],
    }
    editions = tuple(
        an_edition(slug=slug, title=slug.title(), levels=[], pay=[], skills=skills) for slug, skills in requires.items()
    )
    plotters = SkillRow("A chart plotter", (("garmin", "Garmin"), ("furuno", "Furuno"), ("simrad", "Simrad")))
    garmin, radio = SkillRow("", (("garmin", "Garmin"),)), SkillRow("", (("radio", "Radio"),))
    found = compare(editions, OfficialFigures({}, {}))
    assert (found.shared, found.others) == (
        (), (SkillGroupRow(("Clerk",), (garmin,)), SkillGroupRow(("Sailor", "Mate"), (plotters, radio))),
    )  # fmt: skip
    text = words(compared("sailor", "mate", "clerk"))
    assert "Only Clerk (1) Garmin Sailor, Mate (2) A chart plotter (Garmin, Furuno, Simrad), Radio" in text


def test_the_skills_of_all_roles_come_first() -> None:
    a_role("sailor", "abc")
    a_role("mate", "abd")
    assert "Skills All of them (2) A, B Only Sailor (1) C Only Mate (1) D" in words(compared("sailor", "mate"))


def test_a_comparison_has_one_address() -> None:
    for slug in ("sailor", "mate"):
        a_role(slug, "ab")
    for query, address in {
        "guide=sailor&guide=mate&guide=sailor": "/compare/?guide=sailor&guide=mate",
        "guide=SAILOR&x=1": "/compare/?guide=sailor",
        "guide=sailor&add=Mate": "/compare/?guide=sailor&guide=mate",
        "guide=": "/compare/",
        "guide=%00&guide=sailor": "/compare/?guide=sailor",
        "guide=sailor&add=sailor": "/compare/?guide=sailor",
    }.items():
        assert Client().get(f"/compare/?{query}").headers["Location"] == address
    assert words(compared("mate", "sailor")).index("Mate") < words(compared("mate", "sailor")).index("Sailor")


def test_a_comparison_names_what_it_leaves_out() -> None:
    for letter in "abcde":
        a_role(f"role-{letter}", letter)
    many = words(compared("role-a", "role-b", "role-c", "role-d", "role-e"))
    assert "You can compare up to four jobs, so we left out Role-E." in many
    assert "We left out “nobody” because there is no such guide." in words(compared("role-a", "role-b", "nobody"))
    assert "These jobs share no skills." in words(compared("role-a", "role-b"))
    assert "Compare Role-A with …" in words(compared("role-a"))
    assert "Pick two to four jobs" in words(compared())
    unknown = Client().get("/compare/", {"guide": "role-a", "add": "xyzzy"}).content.decode()
    assert "We don’t have a guide called “xyzzy.”" in words(unknown)
    unnamed = Client().get("/compare/", {"guide": "role-a", "add": " "}).content.decode()
    assert "Enter a job first." in words(unnamed)
    nine = [f"role-{letter}" for letter in "abcdefghi"]
    assert Client().get("/compare/", {"guide": nine}, follow=True).status_code == 200
    full = Client().get("/compare/", {"guide": nine[:4], "add": "role-e"}).content.decode()
    assert "Remove one to add “role-e.”" in words(full)


def test_an_ambiguous_name_offers_a_choice_of_roles() -> None:
    a_role("deck-officer", "a")
    a_role("radio-officer", "b")
    page = Client().get("/compare/", {"add": "officer"}).content.decode()
    assert "“officer” could be several jobs." in words(page)
    assert page.count("Radio-Officer</a>") == 1
    assert "Or choose one: Deck-OfficerRadio-Officer" in words(compared())


@pytest.mark.usefixtures("_delivered")
class TestPlace:
    PATH = "/compare/?guide=medical-assistant&guide=patient-care-coordinator"

    def rows(self, place: str) -> dict[str, list[str]]:
        rows = table(Client().get(f"{self.PATH}&place={place}").content.decode())
        return {name.removesuffix(" ≠differs"): cells for name, cells in rows.items()}

    def test_a_comparison_shows_pay_in_a_place_next_to_the_nation(self) -> None:
        rows = self.rows("texas")
        names = "Medical Secretaries and Administrative Assistants; Health Technologists and Technicians, All Other"
        assert list(rows)[:4] == ["Pay in Texas", "Pay in the United States", "Growth", "Openings"]
        assert rows["Pay in Texas"] == [
            "$39,520 a yearsource 1$19.00 an hourmedian 10th to 90th percentile $31,200–$49,260 · $15.00–$23.68",
            "$42,910–$47,870 a yearsource 1$20.63–$23.01 an hourrange for related occupations "
            f"lowest to highest median: {names}",
        ]
        assert [cell.split(" a year")[0] for cell in rows["Pay in the United States"]] == ["$45,690", "$45,930–$50,290"]

    def test_growth_and_openings_come_from_projections(self) -> None:
        rows = self.rows("")
        assert rows["Growth"] == [
            "12.5%source 22024–34 All occupations: 3.1%",
            "4.2–5.2%source 22024–34 All occupations: 3.1%",
        ]
        assert rows["Openings"] == [
            "112,300 a yearsource 2 Medical Assistants: 112,300 a year",
            "85,900 a yearsource 2 Medical Secretaries and Administrative Assistants: 85,900 a year"
            "Health Technologists and Technicians, All Other: 13,600 a year",
        ]

    def test_a_place_stays_in_the_links(self) -> None:
        html = Client().get(f"{self.PATH}&place=texas").content.decode()
        links = [unescape(link) for link in re.findall(r'href="(/(?:compare|guides)/[^"]*)"', html)]
        assert [link for link in links if "guide=" in link and "place=texas" not in link] == [self.PATH]
        assert "/guides/medical-assistant/?place=texas" in links
        assert '<input type="hidden" name="place" value="texas" />' in html

    def test_a_place_has_one_address(self) -> None:
        assert Client().get(f"{self.PATH}&place=Texas").headers["Location"] == f"{self.PATH}&place=texas"

    @pytest.mark.parametrize(
        ("place", "error"),
        [
            ("Texass", "We don’t know a place called “Texass.” Did you mean one of these?"),
            ("78701", "We can’t search by ZIP code. Enter a state or city."),
            ("", "Enter a state or city."),
        ],
    )
    def test_a_place_that_is_not_found_is_explained(self, place: str, error: str) -> None:
        response = Client().get(f"{self.PATH}&place={place}")
        assert (response.status_code, error in words(response.content.decode())) == (200, True)

    def test_a_place_takes_few_more_queries(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        """The generation, the wages, their release, and its source."""
        Client().get(f"{self.PATH}&place=texas")
        with django_assert_num_queries(4):
            Client().get(self.PATH)
        with django_assert_num_queries(4 + 4):
            Client().get(f"{self.PATH}&place=texas")


@pytest.mark.django_db
class TestEmptyForm:
    def test_it_offers_all_roles_and_examples_along_named_moves(self) -> None:
        moves = [{"relation": "next", "title": "Mate", "slug": "mate"}]
        a_role("sailor", "a", related=moves)
        a_role("mate", "a")
        page = Client().get("/compare/").content.decode()
        assert '<a href="/compare/?guide=sailor" rel="nofollow">Sailor</a>' in page
        assert '<a href="/compare/?guide=sailor&amp;guide=mate">Sailor or Mate</a>' in page

    def test_it_does_not_list_more_roles_than_one_can_look_through(self) -> None:
        for number in range(25):
            a_role(f"role-{number:02}", "a")
        page = Client().get("/compare/").content.decode()
        assert "Or choose one:" not in page
        assert '<a href="/guides/">All guides, A to Z</a>' in page
        assert "I want to be" not in Client().get("/paths/").content.decode()

    def test_a_path_is_chosen_by_two_links(self) -> None:
        a_role("sailor", "a")
        a_role("mate", "a")
        page = Client().get("/paths/").content.decode()
        assert '<a href="/paths/?from=Sailor" rel="nofollow">Sailor</a>' in page
        assert '<a href="/paths/?to=Mate" rel="nofollow">Mate</a>' in page
        page = Client().get("/paths/?from=Sailor").content.decode()
        assert '<a href="/paths/?from=Sailor&amp;to=Mate" rel="nofollow">Mate</a>' in page
        assert ('role="alert"' in page, "I work as" in words(page)) == (False, False)
