"""The preflight of official statistics: codes, figures that are far from the official ones, and older releases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guides.models import Occupation, Release, Source, Wage
from guides.models.statistics import StatisticsTable
from guides.preflight import Surroundings
from guides.publishing.drafts.load import load_draft
from guides.publishing.editions.preflight_gate import check_readiness, waive
from guides.statistics.current import CurrentFigures, load_current_figures
from guides.statistics.outlook import Outlook
from tests.helpers.factories import SOURCE, day, pay
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation
from tests.preflight.test_preflight import NO_GUIDE, findings, flawless, found

PUBLISHER, SURVEY = "Bureau", "Survey"
SAILOR, RIGGER = "53-5011", "49-9096"


def release(table: StatisticsTable, first: date, last: date) -> Release:
    source = Source(slug=f"{table}-current", publisher=PUBLISHER, title=SURVEY if table == "wages" else "Projections")
    return Release(table=table, covers_from=first, covers_to=last, source=source, top_hourly=11_500)


WAGES = release(StatisticsTable.WAGES, date(2026, 5, 1), date(2026, 5, 31))
PROJECTIONS = release(StatisticsTable.PROJECTIONS, date(2024, 1, 1), date(2034, 12, 31))


def wage(code: str = SAILOR, title: str = "Sailors and Marine Oilers", **values: Any) -> Wage:
    amounts = {
        "hourly_p10": 1_500, "hourly_p25": 1_700, "hourly_p50": 1_900, "hourly_p75": 2_100, "hourly_p90": 2_400,
        "yearly_p10": 31_200, "yearly_p25": 35_360, "yearly_p50": 39_520, "yearly_p75": 43_680, "yearly_p90": 49_920,
    }  # fmt: skip
    return Wage(release=WAGES, occupation=Occupation(code=code, title=title), **amounts | values)


def outlook(code: str = SAILOR, growth: str | None = "4.0", openings: int | None = 1_000) -> Outlook:
    return Outlook(
        code, "Sailors", None if growth is None else Decimal(growth), Decimal("3.1"), openings, None, None, "", "", "",
        PROJECTIONS,
    )  # fmt: skip


def official(*rows: Wage | Outlook, **changes: Any) -> Surroundings:
    """The surroundings of a guide with these current figures."""
    figures = CurrentFigures(
        releases={"wages": WAGES, "projections": PROJECTIONS},
        wages={row.occupation.code: row for row in rows if isinstance(row, Wage)},
        outlooks={row.code: row for row in rows if isinstance(row, Outlook)},
        **changes,
    )
    return replace(NO_GUIDE, official=figures)


def messages(surroundings: Surroundings, **changes: Any) -> list[str]:
    return [finding.message for finding in findings(surroundings, **changes)]


# Codes


def test_a_guide_without_an_occupation_is_warned_of() -> None:
    assert messages(NO_GUIDE, occupations=[], pay_is_representative=False) == [
        "The guide has no official occupation, so it has no pay by place and no projected growth. Add the SOC code of "
        "the closest occupation.",
        "The official pay is marked as not representative, but the guide has no occupation. Add one, or check the box.",
    ]


def test_a_code_without_current_pay_is_warned_of_with_the_reason() -> None:
    nearest = [{"code": code, "relation": "nearest", "covers": "Others."} for code in (SAILOR, RIGGER, "99-9999")]
    before = Release(table="wages", covers_from=date(2019, 5, 1), covers_to=date(2019, 5, 31))
    surroundings = official(outlook(SAILOR, None, None), withdrawn={RIGGER: before})
    assert [(f.place, f.message) for f in findings(surroundings, occupations=nearest)] == [
        (
            "occupations.0.code",
            "Occupation 53-5011 has no national pay in wages and employment by area, May 2026. Choose a close one that "
            "has.",
        ),
        (
            "occupations.1.code",
            "Occupation 49-9096 was last in wages and employment by area, May 2019. A newer classification withdrew "
            "it, so the guide has no official pay. Replace it with its successor.",
        ),
        (
            "occupations.2.code",
            "Occupation 99-9999 is not in wages and employment by area, May 2026. Check the code.",
        ),
    ]


def test_codes_are_not_checked_before_wages_are_imported() -> None:
    assert findings(replace(NO_GUIDE, official=CurrentFigures())) == ()


# Pay


def far(figures: Surroundings, **changes: Any) -> list[str]:
    return [place for _severity, rule, place in found(figures, **changes) if rule == "far-from-official"]


@pytest.mark.parametrize(
    ("band", "place"),
    [
        ({"median": 31_200}, None),
        ({"median": 31_199}, "pay.0.median"),
        ({"median": 49_920}, None),
        ({"mean": 49_921}, "pay.0.mean"),
        ({"median": 40_000, "mean": 60_000}, "pay.0.mean"),
        ({"median": "15.00", "period": "hour"}, None),
        ({"median": "14.99", "period": "hour"}, "pay.0.median"),
        ({"median": 2_600, "period": "month"}, None),
        ({"median": 2_599, "period": "month"}, "pay.0.median"),
        ({"median": 599, "period": "week"}, "pay.0.median"),
        ({"low": 20_000, "high": 31_200}, None),
        ({"low": 20_000, "high": 31_199}, "pay.0.low"),
        ({"low": 20_000, "high": 31_199, "and_more": True}, None),
        ({"low": 20_000}, None),
        ({"low": 49_921}, "pay.0.low"),
        ({"high": 31_199}, "pay.0.high"),
        ({"median": 99_000, "currency": "EUR"}, None),
        ({"median": 99_000, "country": "GB"}, None),
        ({"median": 99_000, "label": "Lighthouse keeper (SOC 53-5011)"}, "pay.0.median"),
        ({"median": 99_000, "label": "SAILORS and marine oiler"}, "pay.0.median"),
        ({"median": 99_000, "low": 98_000, "label": "Captains"}, None),
        ({"median": 99_000, "low": 98_000, "label": "Captains (SOC 53-5021)"}, None),
    ],
)
def test_a_headline_outside_the_10th_to_90th_percentile_is_far(band: dict[str, Any], place: str | None) -> None:
    assert far(official(wage()), pay=[pay(basis="headline", **band)]) == ([place] if place else [])


def test_only_headlines_are_compared() -> None:
    level = pay(basis="level", level="Keeper", median=90_000)
    assert far(official(wage()), pay=[pay(basis="headline", median=40_000), level]) == []


def test_both_figures_and_their_sources_are_named() -> None:
    (finding,) = findings(official(wage()), pay=[pay(basis="headline", median=60_000)])
    assert finding.message == (
        "Pay: $60,000 a year (Bureau of Surveys, 2025) is far from the official $31,200 to $49,920 a year (Bureau, May "
        "2026, occupation 53-5011). Correct the figure or the code, or explain the difference."
    )


def test_gaps_and_collapsed_percentiles_are_no_limits() -> None:
    open_end = wage(yearly_p90=None, flags="." * 14 + "#")
    collapsed = wage(yearly_p10=10_000, yearly_p25=10_000, hourly_p10=480, hourly_p25=480)
    assert far(official(open_end), pay=[pay(basis="headline", median=900_000)]) == []
    assert far(official(collapsed), pay=[pay(basis="headline", median=1)]) == []
    (finding,) = findings(official(open_end), pay=[pay(basis="headline", median=1)])
    assert "the official at least $31,200 a year" in finding.message


def test_the_pay_of_similar_occupations_is_compared_with_all_of_them() -> None:
    nearest = [{"code": code, "relation": "nearest", "covers": "Others."} for code in (SAILOR, RIGGER)]
    figures = official(wage(), wage(RIGGER, "Riggers", yearly_p90=80_000))
    for median, is_far in ((79_000, False), (81_000, True)):
        band = pay(basis="headline", median=median)
        assert bool(far(figures, pay=[band], occupations=nearest)) == is_far
    of_one = pay(basis="headline", low=79_000, median=79_000, label="Sailors (SOC 53-5011)")
    assert far(figures, pay=[of_one], occupations=nearest) == ["pay.0.median"]


# Growth and openings


def fact(kind: str, low: object, high: object = None, **more: Any) -> list[dict[str, Any]]:
    unit = {"growth": {"unit": "share"}, "openings": {"unit": "count", "per": "year"}}[kind]
    value = {"low": low, "high": low if high is None else high} | unit | more
    return [
        {"kind": kind, "value": value, "source": "survey-2025"},
        {"kind": "education", "text": "None", "source": "survey-2025"},
        {"kind": "growth", "text": "It grows", "source": "survey-2025"},
    ]


@pytest.mark.parametrize(
    ("kind", "value", "is_far"),
    [
        ("growth", ("0.09",), False),
        ("growth", ("0.091",), True),
        ("growth", ("0.05", "0.2"), False),
        ("openings", (2_000,), False),
        ("openings", (2_001,), True),
        ("openings", (1,), False),
    ],
)
def test_growth_and_openings_far_from_the_projection_are_warned_of(
    kind: str, value: tuple[Any, ...], is_far: bool
) -> None:
    assert far(official(wage(), outlook()), facts=fact(kind, *value)) == (["facts.0.value"] if is_far else [])


def test_a_growth_far_below_the_projection_is_warned_of() -> None:
    assert far(official(wage(), outlook(growth="6.0")), facts=fact("growth", "0.01")) == []
    assert far(official(wage(), outlook(growth="6.0")), facts=fact("growth", "0.009")) == ["facts.0.value"]


def test_few_openings_are_far_only_if_the_occupation_is_the_role() -> None:
    same = [{"code": SAILOR, "relation": "same"}]
    figures = official(wage(), outlook())
    assert far(figures, facts=fact("openings", 500), occupations=same) == []
    assert far(figures, facts=fact("openings", 499), occupations=same) == ["facts.0.value"]


def test_a_growth_of_several_occupations_is_compared_with_their_range() -> None:
    nearest = [{"code": code, "relation": "nearest", "covers": "Others."} for code in (SAILOR, RIGGER)]
    figures = official(wage(), wage(RIGGER), outlook(), outlook(RIGGER, "5.2", 3_000))
    assert messages(figures, facts=fact("growth", "0.16"), occupations=nearest) == [
        "Growth: 16% (Bureau of Surveys, 2025) is far from the official 4% to 5.2% (Bureau, 2024–34, occupation "
        "53-5011, 49-9096). Correct the figure or the code, or explain the difference."
    ]


def test_facts_without_a_projection_are_not_compared() -> None:
    assert far(official(wage()), facts=fact("growth", "0.9")) == []
    assert far(official(wage(), outlook(growth=None, openings=None)), facts=fact("growth", "0.9")) == []
    assert far(official(wage(), outlook(growth=None, openings=None)), facts=fact("openings", 9_000)) == []
    assert far(official(wage(), outlook()), facts=fact("openings", 9_000, per="")) == []


# Releases


def survey(**changes: Any) -> list[dict[str, Any]]:
    return [SOURCE | {"publisher": "bureau", "title": "SURVEY"} | changes]


def test_an_older_release_of_an_official_table_is_warned_of_at_its_first_figure() -> None:
    assert [(f.rule, f.place, f.message) for f in findings(official(wage()), sources=survey())] == [
        (
            "older-release", "facts.0",
            "SURVEY (bureau, 2025) has a newer release: May 2026. Use ‘Update figures’ to replace the figures.",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"covers_to": "2026-05-31"},
        {"covers_to": "2027-05-31"},
        {"publisher": "Bureau, quoted by X"},
        {"title": "Other"},
    ],
)
def test_other_sources_and_current_releases_are_not_older(changes: dict[str, str]) -> None:
    assert findings(official(wage()), sources=survey(**changes)) == ()


# Waivers


@pytest.mark.django_db
def test_a_waiver_ends_when_either_figure_changes() -> None:
    sailors = an_occupation(SAILOR, "Sailors")
    row = a_wage(a_release(), sailors, an_area("nation", "99", "United States", "united-states", ""))
    bands = [pay(basis="headline", median=60_000)]
    role = load_draft(guide=flawless(pay=bands))

    def open_findings() -> list[str]:
        ready = check_readiness(role=role, guide=flawless(pay=bands), at=day(1))
        return [finding.place for finding in ready.warnings if finding.rule == "far-from-official"]

    (finding,) = [
        each
        for each in check_readiness(role=role, guide=flawless(pay=bands), at=day(1)).warnings
        if each.rule == "far-from-official"
    ]
    waive(role=role, finding=finding, reason="On an island.", by="ada")
    assert open_findings() == []
    bands = [pay(basis="headline", median=60_001)]
    assert open_findings() == ["pay.0.median"]
    bands = [pay(basis="headline", median=60_000)]
    assert open_findings() == []
    row.yearly_p90 = 49_930
    row.save()
    assert open_findings() == ["pay.0.median"]


@pytest.mark.django_db
def test_the_figures_of_the_guides_occupations_are_loaded_with_their_current_release() -> None:
    nation = an_area("nation", "99", "United States", "united-states", "")
    sailors, riggers = an_occupation(SAILOR, "Sailors"), an_occupation(RIGGER, "Riggers")
    old, new = a_release(), a_release(first=date(2026, 5, 1), last=date(2026, 5, 31))
    a_wage(old, sailors, nation)
    a_wage(old, riggers, nation)
    current = a_wage(new, sailors, nation)
    a_wage(new, sailors, an_area())
    assert load_current_figures([SAILOR, RIGGER]) == CurrentFigures(
        releases={"wages": new}, wages={SAILOR: current}, withdrawn={RIGGER: old}
    )
    assert load_current_figures([]) == CurrentFigures(releases={"wages": new})
