"""The preflight of figures: how old they are, and whether they agree."""

from datetime import date, timedelta
from typing import Any

import pytest

from guides.preflight import Rule, Severity, Surroundings
from guides.preflight.dating import OUTLOOK_FACTS, Aging, aging_of, too_old_before
from tests.helpers.factories import SOURCE, a_guide, pay
from tests.preflight.test_preflight import FLAWLESS, findings, found, told

# Sources and ages


def undated(*slugs: str) -> list[dict[str, Any]]:
    return [{"slug": slug, "publisher": "A", "title": "B", "seen_on": "2026-01-01"} for slug in slugs]


def test_pay_and_growth_of_no_stated_period_are_errors_and_other_figures_warnings() -> None:
    route = {"title": "School", "duration": {"low": 1, "high": 1, "unit": "year"}, "source": "other"}
    assert found(routes=[route], sources=[SOURCE, *undated("other")]) == [
        ("warning", "figure-without-period", "sources.0")
    ]
    band = pay(basis="headline", median=40_000, source="other")
    growth = {"kind": "growth", "value": {"low": "0.1", "unit": "share"}, "source": "other"}
    school = {"kind": "education", "source": "survey-2025", "text": "None"}
    error = [("error", "figure-without-period", "sources.0")]
    assert found(pay=[band], sources=[SOURCE, *undated("other")]) == error
    assert found(facts=[growth, school], sources=[SOURCE, *undated("other")]) == error


@pytest.mark.parametrize(
    ("days_after_end", "aging"),
    [(1, Aging.OUTLOOK), (365 + 1, Aging.FEE), (365 * 2 + 1, Aging.PAY), (365 * 4 + 2, Aging.OTHER)],
)
def test_a_figure_is_too_old_the_day_after_its_limit(days_after_end: int, aging: Aging) -> None:
    end = date(2025, 12, 31)
    last_good = end + timedelta(days_after_end - 1)
    assert not end < too_old_before(aging, last_good)
    assert end < too_old_before(aging, last_good + timedelta(1))


def test_ages_are_known_in_any_year() -> None:
    assert too_old_before(Aging.PAY, date(2024, 2, 29)) == date(2022, 2, 28)
    assert too_old_before(Aging.OTHER, date.min) == date.min
    assert all(aging_of(fact) == Aging.OUTLOOK for fact in a_guide().facts if fact.kind in OUTLOOK_FACTS)


def test_old_figures_are_warned_of_once_a_source_and_kind() -> None:
    later = Surroundings(today=date(2028, 1, 1), live=frozenset(), former={})
    assert [(f.severity, f.rule, f.place, f.message) for f in findings(later)] == [
        (
            Severity.WARNING, Rule.FIGURE_TOO_OLD, "facts.0",
            "The projection (Bureau of Surveys, 2025) has ended. Look for its successor.",
        ),
        (
            Severity.WARNING, Rule.FIGURE_TOO_OLD, "pay.0",
            "Pay (Bureau of Surveys, 2025): the period ended more than 2 years ago. Look for newer figures.",
        ),
    ]  # fmt: skip


def certified(**source: Any) -> dict[str, Any]:
    """A guide with a certificate whose fee is from a page that the agency published."""
    page = {"slug": "agency", "publisher": "Light Agency", "title": "Fees", "seen_on": "2026-01-31"} | source
    certificate = {"issuer": "Light Agency", "source": "agency", "fee": {"low": 120, "high": 120, "currency": "USD"}}
    skill = {"slug": "license", "name": "License", "kind": "certificate", "certificate": certificate}
    return {"skills": [*FLAWLESS["skills"], skill], "sources": [SOURCE, page]}


def test_a_fee_is_old_a_year_after_its_period_or_after_it_was_looked_up() -> None:
    message = "A fee (Light Agency) was looked up more than a year ago. Check it, and update its source."
    assert told_on(date(2027, 1, 31), **certified()) == []
    assert told_on(date(2027, 2, 1), **certified()) == [("skills.2.certificate", message)]
    period = {"covers_from": "2025-01-01", "covers_to": "2025-12-31"}
    assert told_on(date(2026, 12, 31), **certified(**period)) == []
    assert [place for place, _ in told_on(date(2027, 1, 1), **certified(**period))] == ["skills.2.certificate"]


def test_a_page_that_only_certificates_cite_needs_no_period() -> None:
    assert found(**certified()) == []


def told_on(today: date, **changes: Any) -> list[tuple[str, str]]:
    """The places and messages of the findings about certificates on a day."""
    later = Surroundings(today=today, live=frozenset(), former={})
    return [(f.place, f.message) for f in findings(later, **changes) if f.place.startswith("skills")]


# Agreement


def ladder(junior: dict[str, Any], senior: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        pay(basis="headline", median=40_000),
        pay(basis="level", level="Keeper", **junior),
        pay(basis="level", level="Head Keeper", **senior),
    ]


def test_a_senior_level_that_earns_less_is_an_error() -> None:
    (finding,) = findings(pay=ladder({"median": 50_000}, {"median": 49_000}))
    assert (finding.severity, finding.rule, finding.place) == (Severity.ERROR, Rule.PAY_LEVEL_ORDER, "pay.2.median")
    assert finding.message == (
        "‘Head Keeper’ ($49,000) earns less than ‘Keeper’ ($50,000). Correct the pay or the order."
    )


@pytest.mark.parametrize(
    ("junior", "senior", "place"),
    [
        ({"median": 5, "mean": 9}, {"median": 6, "mean": 8}, ""),
        ({"median": 5}, {"mean": 4}, ""),
        ({"mean": 5}, {"mean": 4}, "pay.2.mean"),
        ({"low": 10, "high": 30}, {"low": 11, "high": 20}, "pay.2.low"),
        ({"low": 10, "high": 30}, {"low": 5, "high": 50}, ""),
        ({"low": 10}, {"low": 5}, ""),
        ({"median": 5}, {"median": 5}, ""),
        ({"median": 5}, {"median": 4, "country": "CA"}, ""),
        ({"median": 5}, {"median": 4, "currency": "CAD"}, ""),
        ({"median": 5}, {"median": 4, "period": "month"}, ""),
    ],
)
def test_levels_are_compared_by_what_both_tell(junior: dict[str, Any], senior: dict[str, Any], place: str) -> None:
    assert [at for _, _, at in found(pay=ladder(junior, senior))] == [place][: bool(place)]


def test_levels_of_two_sources_may_well_disagree() -> None:
    bands = ladder({"median": 5}, {"median": 4, "source": "other"})
    assert found(pay=bands, sources=[SOURCE, SOURCE | {"slug": "other"}]) == [
        ("warning", "pay-level-order", "pay.2.median")
    ]


def test_levels_ask_for_more_experience_as_they_rise() -> None:
    def rungs(*years: tuple[int, int | None]) -> list[dict[str, Any]]:
        return [
            {"title": f"{low}-{high}", "years_from": low, "years_to": high, "summary": "A.", "source": "survey-2025"}
            for low, high in years
        ]

    bands = [pay(basis="headline", median=40_000)]
    assert found(pay=bands, levels=rungs((0, 2), (2, 4), (2, None), (5, 8))) == []
    assert found(pay=bands, levels=rungs((5, 8), (2, 4), (3, 4))) == [
        ("error", "level-years-order", "levels.1.years_from")
    ]
    assert told(pay=bands, levels=rungs((2, 9), (3, 5))) == [
        "‘3-5’ (3–5 years) needs less experience than ‘2-9’ (2–9 years), one level below it. Correct the "
        "years or the order."
    ]


def test_one_thing_has_one_pay() -> None:
    first, second = pay(basis="headline", label="lighthouse keeper", median=40_000), pay(basis="country", low=1, high=9)
    assert found(pay=[first, first, second, second]) == []
    assert told(pay=[first, second, first | {"median": 41_000, "label": "Lighthouse Keeper:"}]) == [
        "‘Lighthouse Keeper:’ has conflicting values from one source: $40,000 and $41,000. Keep one, or label them."
    ]
    assert found(pay=[first, second, second | {"low": 2, "high": 10}]) == [("error", "pay-told-twice", "pay.2.low")]


@pytest.mark.parametrize(
    "change",
    [
        {"label": "Mean"}, {"country": "CA"}, {"currency": "CAD"}, {"period": "month"}, {"source": "other"},
        {"basis": "experience"},
    ],
)  # fmt: skip
def test_pay_of_another_thing_may_differ(change: dict[str, Any]) -> None:
    bands = [pay(basis="headline", mean=40_000), pay(basis="headline", median=1), pay(basis="headline", mean=50_000)]
    sources = [SOURCE, SOURCE | {"slug": "other"}] if "source" in change else [SOURCE]
    assert found(pay=[*bands[:2], bands[2] | change], sources=sources) == []


def test_ranges_of_two_kinds_may_differ() -> None:
    tenth = pay(basis="headline", low=1, high=9, range_label="10th to 90th percentile")
    assert found(pay=[tenth, tenth | {"low": 3, "high": 7, "range_label": "25th to 75th percentile"}]) == []


def test_the_country_table_and_the_headline_agree() -> None:
    headline, country = pay(basis="headline", median=40_000, low=1), pay(basis="country", median=41_000, low=2)
    assert told(pay=[headline, country]) == [
        "The country table has $41,000 for United States, but the headline from the same source is $40,000. Make them "
        "agree, or label what differs."
    ]
    assert found(pay=[headline, country | {"median": 40_000}]) == []
    assert found(pay=[headline, country | {"label": "Nurses"}]) == []
    assert found(pay=[headline, pay(basis="headline", label="Nurses", median=41_000), country]) == []
    assert found(pay=[headline, country | {"source": "other"}], sources=[SOURCE, SOURCE | {"slug": "other"}]) == []


def fact(kind: str, text: str = "", *, low: str = "", unit: str = "share", **more: Any) -> dict[str, Any]:
    value = {"low": low, "high": low, "unit": unit} if low else None
    return {"kind": kind, "text": text, "value": value, "source": "survey-2025", **more}


def test_facts_of_one_kind_agree() -> None:
    school = fact("education", "School")
    growth = fact("growth", "Fast", low="0.1")
    about = fact("growth", "Fast", low="0.1")
    about["value"]["approximate"] = True
    assert found(facts=[school, growth, about, fact("growth", "Jobs", low="500", unit="count")]) == []
    assert told(facts=[school, growth, fact("growth", "Fast!", low="0.2")]) == [
        "The fact ‘Growth’ has conflicting values: 10% and 20%. Keep one, or explain in their texts."
    ]
    assert found(facts=[growth, school, fact("growth", "Fast!", low="0.2")]) == [
        ("error", "fact-told-twice", "facts.2")
    ]
    assert found(facts=[growth, school, fact("growth", "Nurses", low="0.2")]) == [
        ("warning", "fact-told-twice", "facts.2")
    ]
