"""The preflight: what an editor is told of a guide before it is published."""

import random
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.document import Guide
from guides.models import Role
from guides.publishing.absorb import absorb
from guides.publishing.compose import compose
from guides.publishing.first_start import FIXTURES
from guides.publishing.preflight import Finding, Rule, Severity, Surroundings, preflight, surroundings_of
from guides.publishing.preflight.amounts import amounts_in
from guides.publishing.preflight.dating import OUTLOOK_FACTS, Aging, aging_of, too_old_before
from guides.publishing.withdraw import withdraw
from tests.factories import SOURCE, a_guide, an_edition, day, pay
from tests.strategies import guides

TODAY = date(2025, 12, 31)  # the last day of what the survey of the factories covers
NO_GUIDE = Surroundings(today=TODAY, live=frozenset(), former={})
# What the guide of the factories has no fault in, so that a test finds its own only.
FLAWLESS: dict[str, Any] = {
    "considerations": [{"kind": "pro", "title": "The view", "detail": "On clear days."}],
    "related": [{"relation": "similar", "title": "Lamplighter"}],
}


def flawless(**changes: Any) -> Guide:
    return a_guide(**FLAWLESS | changes)


def findings(surroundings: Surroundings = NO_GUIDE, **changes: Any) -> tuple[Finding, ...]:
    return preflight(flawless(**changes), surroundings)


def found(surroundings: Surroundings = NO_GUIDE, **changes: Any) -> list[tuple[str, str, str]]:
    return [(f.severity.value, f.rule.value, f.place) for f in findings(surroundings, **changes)]


def told(**changes: Any) -> list[str]:
    return [finding.message for finding in findings(**changes)]


def prose(body: str, **more: Any) -> list[dict[str, Any]]:
    return [{"chapter": "role", "body": body, **more}]


def test_a_guide_without_fault_has_no_findings() -> None:
    assert findings() == ()


def test_every_rule_has_a_title_and_a_name_in_kebab_case() -> None:
    assert all(rule.label and rule.value == rule.name.lower().replace("_", "-") for rule in Rule)


def test_errors_come_first_then_the_order_of_the_guide() -> None:
    changes: dict[str, Any] = {
        "sections": [*prose("[x](http:/y)"), *prose("### Deep\n\nWords.", heading="More")],
        "faqs": [{"question": "Why?", "answer": "So."}, {"question": "why", "answer": "Thus."}],
        "related": [{"relation": "next", "title": "Tender", "slug": "tender"}],
        "reviewed_on": None,
    }
    assert found(**changes) == [
        ("error", "malformed-link", "sections.0.body"),
        ("error", "repeated-question", "faqs.1.question"),
        ("warning", "missing-part", "reviewed_on"),
        ("warning", "heading-skips-level", "sections.1.body"),
        ("warning", "dead-link", "related.0.slug"),
    ]


# Parts


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"sections": [{"chapter": "path", "body": "Up."}]}, "sections"),
        ({"responsibilities": []}, "responsibilities"),
        ({"skills": []}, "skills"),
        ({"steps": [], "routes": []}, "steps"),
        ({"pay": [pay(basis="country", median=1)]}, "pay"),
    ],
)
def test_what_a_guide_cannot_do_without_is_an_error(changes: dict[str, Any], place: str) -> None:
    assert found(**changes) == [("error", "missing-part", place)]


def test_what_readers_look_for_is_a_warning() -> None:
    assert found(field=None, reviewed_on=None, facts=[]) == [
        ("warning", "missing-part", "field"),
        ("warning", "missing-part", "reviewed_on"),
        ("warning", "missing-part", "facts"),
        ("warning", "missing-part", "facts"),
    ]
    assert len({finding.key for finding in findings(field=None, reviewed_on=None, facts=[])}) == 4


def test_an_outlook_may_be_told_in_prose() -> None:
    education = {"kind": "education", "education": "bachelor", "text": "A degree", "source": "survey-2025"}
    outlook = {"chapter": "outlook", "body": "Nobody knows."}
    assert found(facts=[education]) == [("warning", "missing-part", "facts")]
    assert found(facts=[education], sections=[*prose("You keep it."), outlook]) == []


@pytest.mark.parametrize("nothing", ["***", "> ", "&nbsp;", "- \n- ", "[a]: /x"])
def test_a_text_that_shows_no_words_is_an_error_under_a_heading_and_else_a_warning(nothing: str) -> None:
    assert found(sections=[*prose("You keep it."), *prose(nothing, heading="Hours")]) == [
        ("error", "empty-text", "sections.1.body")
    ]
    assert told(faqs=[{"question": "Why?", "answer": nothing}]) == [
        "The text of ‘Why?’ shows no words: write it, or take the part out."
    ]
    assert found(steps=[{"title": "Row", "body": nothing}]) == [("warning", "empty-text", "steps.0.body")]


def test_a_table_some_code_or_an_image_says_something() -> None:
    for body in ("| a |\n|---|\n| b |", "```\ncode\n```", "![A lamp](/lamp.png)"):
        assert found(toolkit=[{"kind": "resume", "title": "Résumé", "body": body}]) == []


def test_steps_levels_pros_and_cons_that_stand_alone_are_warned_of() -> None:
    changes: dict[str, Any] = {
        "steps": [{"title": "Row"}],
        "levels": [{"title": "Keeper", "focus": "- lamps"}, {"title": "Inspector"}],
        "pay": [pay(basis="headline", median=40_000)],
        "considerations": [{"kind": "con", "title": "The stairs"}],
    }
    assert found(**changes) == [
        ("warning", "empty-text", "steps.0"),
        ("warning", "empty-text", "levels.1"),
        ("warning", "empty-text", "considerations.0"),
    ]


def test_an_address_that_was_another_roles_is_warned_of() -> None:
    before = Surroundings(today=TODAY, live=frozenset(), former={"lighthouse-keeper": "Beacon Warden"})
    (finding,) = findings(before)
    assert (finding.severity, finding.rule, finding.place) == (Severity.WARNING, Rule.REUSED_ADDRESS, "slug")
    assert finding.message == (
        "The address ‘lighthouse-keeper’ was once that of Beacon Warden, and old links lead to it: take another one."
    )


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
    school = {"kind": "education", "education": "none", "source": "survey-2025", "text": "None"}
    error = [("error", "figure-without-period", "sources.0")]
    assert found(pay=[band], sources=[SOURCE, *undated("other")]) == error
    assert found(facts=[growth, school], sources=[SOURCE, *undated("other")]) == error


@pytest.mark.parametrize(
    ("days_after_end", "aging"),
    [(1, Aging.OUTLOOK), (365 * 2 + 1, Aging.PAY), (365 * 4 + 2, Aging.OTHER)],
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
            "The projection (Bureau of Surveys, 2025) has ended: look for the one that followed it.",
        ),
        (
            Severity.WARNING, Rule.FIGURE_TOO_OLD, "pay.0",
            "Pay (Bureau of Surveys, 2025): the period ended more than 2 years ago. Look for newer figures.",
        ),
    ]  # fmt: skip


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
        "‘Head Keeper’ ($49,000) earns less than ‘Keeper’ ($50,000): correct the pay or the order."
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
        "‘3-5’ (3–5 years) asks for less experience than ‘2-9’ (2–9 years), one level below it: correct the "
        "years or the order."
    ]


def test_one_thing_has_one_pay() -> None:
    first, second = pay(basis="headline", label="National median", median=40_000), pay(basis="country", low=1, high=9)
    assert found(pay=[first, first, second, second]) == []
    assert told(pay=[first, second, first | {"median": 41_000, "label": "National Median:"}]) == [
        "‘National Median:’ is told as $40,000 and $41,000, by the same source: keep the right one, or label them."
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
        "The country table says $41,000 for United States, and the headline, by the same source, $40,000: make them "
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
    school = fact("education", "School", education="high-school")
    growth = fact("growth", "Fast", low="0.1")
    about = fact("growth", "Fast", low="0.1")
    about["value"]["approximate"] = True
    assert found(facts=[school, growth, about, fact("growth", "Jobs", low="500", unit="count")]) == []
    assert told(facts=[school, growth, fact("growth", "Fast!", low="0.2")]) == [
        "The fact ‘Growth’ is told as 10% and 20%: keep one, or let their texts say how they differ."
    ]
    assert found(facts=[growth, school, fact("growth", "Fast!", low="0.2")]) == [
        ("error", "fact-told-twice", "facts.2")
    ]
    assert found(facts=[growth, school, fact("growth", "Nurses", low="0.2")]) == [
        ("warning", "fact-told-twice", "facts.2")
    ]
    assert found(facts=[growth, school, school | {"education": "none"}]) == [("error", "fact-told-twice", "facts.2")]


# Amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("about $40,680 a year", [("money", "40680", "$")]),
        ("$35,000–$45,000", [("money", "35000", "$"), ("money", "45000", "$")]),
        ("$30,000-55,000", [("money", "30000", "$"), ("money", "55000", "$")]),
        (
            "US$30–55K, or €1.2 million",
            [("money", "30000", "US$"), ("money", "55000", "US$"), ("money", "1200000", "€")],
        ),
        ("CHF 90,000 and 40,000 dollars", [("money", "90000", "CHF"), ("money", "40000", "$")]),
        ("$19.56 an hour", [("money", "19.56", "$")]),
        ("16% or 5–10 percent, not 100%", [("share", "16", ""), ("share", "5", ""), ("share", "10", "")]),
        ("172,000 openings, 1.5 million jobs", [("count", "172000", ""), ("count", "1500000", "")]),
        ("SOC 43-4171, 29-2099.08, 2023–2025, 24/7, 401(k), the 10th percentile, TOP 10, 50 pounds, O*NET 29.2", []),
        ("12,000 LPN jobs", [("count", "12000", "")]),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amounts: list[tuple[str, str, str]]) -> None:
    assert [(a.kind, a.value, a.currency) for a in amounts_in(text)] == [(k, Decimal(v), c) for k, v, c in amounts]


@pytest.mark.parametrize(
    "said",
    ["$40,000", "$38K", "$62,000", "**$40**,000", "up to $500", "£25,000–35,000", "2%", "40,000 a year", "$0 at first"],
)
def test_amounts_that_a_figure_says_are_fine(said: str) -> None:
    assert found(faqs=[{"question": "Pay?", "answer": f"You get {said}."}]) == []


def test_an_amount_may_be_a_figure_rounded() -> None:
    bands = [pay(basis="headline", median="40680.5")]
    assert found(pay=bands, levels=[], summary="It pays $41,000, or $40,700, or $40,680.") == []
    assert len(found(pay=bands, levels=[], summary="It pays $40,000, or $42,000, or $40,690.")) == 3


def test_an_amount_that_no_figure_says_is_told_with_the_closest() -> None:
    assert told(faqs=[{"question": "Pay?", "answer": "- At the top $60,000.\n- Or 3%."}]) == [
        "No figure of the guide says ‘$60,000’; the closest is ‘Head Keeper’, $61,000. Make them agree, or add a "
        "figure with its source.",
        "No figure of the guide says ‘3%’; the closest is ‘Growth’, 2%. Make them agree, or add a figure with its "
        "source.",
    ]
    bands = [pay(basis="headline", median=40_000), pay(basis="country", country="CA", currency="CAD", low=50_000)]
    assert [
        message.partition("closest is ")[2].partition(".")[0]
        for message in told(pay=bands, levels=[], summary="It pays $49,000, CA$41,000, US$30,000 or C$51,000.")
    ] == ["‘United States’, $40,000", "‘Canada’, CA$50,000", "‘United States’, $40,000", "‘Canada’, CA$50,000"]
    assert told(summary="It costs €5.") == [
        "No figure of the guide says ‘€5’, and none is of its kind: add one with its source."
    ]


def test_amounts_are_sought_wherever_readers_read() -> None:
    changes: dict[str, Any] = {
        "summary": "Earn $1.",
        "field": {"slug": "coast", "name": "Coast", "summary": "Earn $2."},
        "sections": [{"chapter": "role", "heading": "Earn $3", "body": "| Earn |\n|---|\n| $4 |\n\n## Earn $5\n"}],
        "faqs": [{"question": "Do I earn $6?", "answer": "No."}],
        "toolkit": [{"kind": "resume", "title": "Résumé", "body": "Say that you saved $7."}],  # an example
    }
    assert [place for _, rule, place in found(**changes) if rule == "amount-without-figure"] == [
        "field.summary", "summary", "sections.0.heading", "sections.0.body", "sections.0.body", "faqs.0.question",
    ]  # fmt: skip


# Links, images, headings


@pytest.mark.parametrize(
    "body",
    [
        "See [it](www.example.org).", "See [it](javascript:x).", "See [it](//example.org).", "See [it]().",
        "See [it](https://example.org/a b).", "See [it](https://example.org", "See [it] (https://example.org).",
        "See [*all* of it](https://example.org/a b).", "See [it][there].", "See [](https://example.org).",
    ],
)  # fmt: skip
def test_what_is_meant_as_a_link_and_shown_as_text_is_an_error(body: str) -> None:
    assert found(sections=prose(body)) == [("error", "malformed-link", "sections.0.body")]


@pytest.mark.parametrize(
    "body",
    [
        "See [it](https://example.org).", "See [it](/skills/) or <https://example.org>.", r"\[Not a link\](at all)",
        "See `[it](www)`.", "So:\n\n    [it](www)", "An array[0] (it is), and [sic].",
        "See [it][there].\n\n[there]: /skills/",
        "[![A lamp](/lamp.png)](/skills/)", "Mail [us](mailto:a@example.org) [1][2].",
    ],
)  # fmt: skip
def test_links_that_work_and_brackets_that_are_meant_are_fine(body: str) -> None:
    assert found(sections=prose(body)) == []


@pytest.mark.parametrize(
    "address",
    ["/guides/tender/", "/guides/tender", "/guides/Tender/#pay", "/guides/tender.json", "/guides/tender/history/?a"],
)
def test_a_link_to_a_guide_that_is_not_live_is_an_error(address: str) -> None:
    live = Surroundings(today=TODAY, live=frozenset({"tender"}), former={})
    assert found(sections=prose(f"See [it]({address}).")) == [("error", "dead-link", "sections.0.body")]
    assert found(live, sections=prose(f"See [it]({address}).")) == []


def test_a_guide_may_link_to_itself_and_to_all_guides() -> None:
    assert (
        found(sections=prose("[Here](/guides/lighthouse-keeper/#pay), [all](/guides/), [search](/guides/?q=x)")) == []
    )


def test_a_neighbor_that_is_not_live_stands_without_a_link() -> None:
    before = Surroundings(today=TODAY, live=frozenset(), former={"tender": "Buoy Tender"})
    related = [{"relation": "next", "title": "Tender", "slug": "tender"}]
    assert [f.message for f in findings(before, related=related)] == [
        "‘Tender’ stands without a link: ‘tender’ is no longer the address of Buoy Tender. Give its present one."
    ]
    assert told(related=related) == [
        "‘Tender’ stands without a link: There is no live guide ‘tender’. Publish that one first, or take the "
        "address out."
    ]


def test_images_say_what_they_show() -> None:
    assert found(sections=prose("![A *lamp*](/a.png)")) == []
    assert told(sections=prose("Look: ![ - ](/a.png)")) == [
        "The image ‘/a.png’ has no alternative text: say what it shows, between the brackets."
    ]


def test_headings_begin_at_the_top_and_skip_no_level() -> None:
    assert found(sections=prose("# A\n\n## B\n\n# C\n\nText.")) == []
    assert told(sections=prose("## B\n\nText.")) == ["The heading ‘B’ skips a level: begin it with #."]
    assert told(sections=prose("# A\n\n### *C*\n\nText.")) == ["The heading ‘C’ skips a level: begin it with ##."]


# Reading

LONG = " ".join(["lamp"] * 30)
HARD = "Administrative organizations characteristically necessitate multidisciplinary communication. " * 10


def test_questions_are_asked_once() -> None:
    faqs = [{"question": "Is it lonely?", "answer": "Yes."}, {"question": "is it  lonely", "answer": "No."}]
    assert found(faqs=faqs) == [("error", "repeated-question", "faqs.1.question")]


def test_paragraphs_stand_once() -> None:
    said = "The keeper climbs the stairs at dusk each day."
    assert told(sections=prose(f"{said}\n\nThen sleeps."), steps=[{"title": "Go", "body": f"- *{said.upper()}*"}]) == [
        "‘THE KEEPER CLIMBS THE STAIRS AT DUSK EACH DAY.’ stands at sections.0.body already: say it once."
    ]
    assert found(sections=prose("Climb the stairs.\n\nClimb the stairs.")) == []


def test_sentences_are_counted_without_markup_item_by_item_and_not_in_tables() -> None:
    assert found(sections=prose(f"Dr. {LONG[5:]}. E.g. *{LONG[5:]}*. [{LONG}](/skills/).")) == []
    assert found(sections=prose(f"- {LONG}\n- {LONG} .\n\n| {LONG} lamp |\n|---|\n\n```\n{LONG} lamp\n```")) == [
        ("warning", "repeated-paragraph", "sections.0.body")
    ]
    assert told(sections=prose(f"It is **so.** {LONG} – lamp.")) == [
        "‘lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp …’ is a sentence of 31 words: make two of it."
    ]


def test_a_text_of_long_words_is_hard_to_read_where_it_is_long_enough() -> None:
    assert [rule for _, rule, _ in found(sections=prose(HARD))] == ["hard-passage"]
    assert found(sections=prose(HARD[: len(HARD) // 2])) == []
    assert found(sections=prose("You keep the lamp and you row the boat. " * 20)) == []
    assert found(sections=prose("The " + "Association of Administrative Organizations is old. The " * 12)) == []


# Keys


def test_a_finding_keeps_its_key_until_what_it_is_about_changes() -> None:
    def keys(amount: int, *, before: int = 0) -> set[str]:
        faqs = [{"question": f"{n}?", "answer": "Yes."} for n in range(before)]
        return {f.key for f in findings(faqs=[*faqs, {"question": "Pay?", "answer": f"You get ${amount}."}])}

    assert keys(7) == keys(7, before=3) != keys(8)
    assert next(iter(keys(7))).startswith("amount-without-figure:")


PARTS = tuple(name for name, field in Guide.model_fields.items() if "tuple" in str(field.annotation))
BY_ORDER = {Rule.PAY_LEVEL_ORDER, Rule.LEVEL_YEARS_ORDER}


@given(guide=guides(), seed=st.integers(), today=st.dates())
def test_any_guide_is_judged_and_keys_know_no_order(guide: Guide, seed: int, today: date) -> None:
    surroundings = Surroundings(today=today, live=frozenset(), former={guide.slug: "Other"})
    shuffled = guide.model_copy(
        update={
            name: tuple(random.Random(seed).sample(rows, len(rows))) for name in PARTS if (rows := getattr(guide, name))
        }
    )

    def keys(of: Guide) -> set[str]:
        return {finding.key for finding in preflight(of, surroundings) if finding.rule not in BY_ORDER}

    assert keys(guide) == keys(shuffled)


# Beside what is live


@pytest.mark.django_db
def test_surroundings_are_what_visitors_find_at_a_moment_and_what_others_were_called() -> None:
    role = an_edition(at=day(1)).role
    other = an_edition(at=day(1), slug="tender", title="Tender").role
    gone = an_edition(at=day(1), slug="warden", title="Warden").role
    withdraw(role=gone, at=day(2))
    other.slug = "buoy-tender"
    other.save()
    an_edition(at=day(4), slug="scheduled", title="Scheduled")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        surroundings = surroundings_of(role, at=day(3))
    assert surroundings == Surroundings(
        today=day(3).date(),
        live=frozenset({"lighthouse-keeper", "tender"}),
        former={"tender": "Tender", "warden": "Warden"},
    )
    assert len(queries) == 2


@pytest.mark.django_db
def test_the_guides_that_are_delivered_have_no_errors() -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    delivered = [compose(role) for role in Role.objects.order_by("slug")]
    surroundings = Surroundings(date(2026, 11, 23), frozenset(guide.slug for guide in delivered), {})
    unstated = [(Severity.WARNING, Rule.FIGURE_WITHOUT_PERIOD, "sources.1")]
    expected = {guide.slug: unstated for guide in delivered} | {
        "patient-care-coordinator": [
            (Severity.WARNING, Rule.LONG_SENTENCE, "sections.1.body"),
            (Severity.WARNING, Rule.HARD_PASSAGE, "sections.14.body"),
            (Severity.WARNING, Rule.FIGURE_TOO_OLD, "pay.0"),
        ]
    }
    judged = {guide.slug: preflight(guide, surroundings) for guide in delivered}
    assert {slug: [(f.severity, f.rule, f.place) for f in of_guide] for slug, of_guide in judged.items()} == expected
    alone = Surroundings(date(2040, 1, 1), frozenset(), {})
    assert {f.severity for guide in delivered for f in preflight(guide, alone)} == {Severity.WARNING}


# The command


def output(*arguments: str) -> str:
    out = StringIO()
    call_command("preflight", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_lists_findings_and_fails_where_there_are_errors() -> None:
    source = SOURCE | {"covers_to": "2999-12-31"}
    absorb(guide=flawless(sources=[source], reviewed_on=None))
    assert output("lighthouse-keeper") == (
        "Warning: reviewed_on: Nothing says when the guide was last reviewed: give the day.\nErrors: 0. Warnings: 1.\n"
    )
    absorb(guide=flawless(sources=[source], skills=[]))
    with pytest.raises(CommandError, match=r"^Errors: 1\. Warnings: 0\.$"):
        output("lighthouse-keeper")


@pytest.mark.django_db
def test_the_command_refuses_in_sentences() -> None:
    with pytest.raises(CommandError, match=r"^There is no role 'nobody'\.$"):
        output("nobody")
    absorb(guide=flawless())
    Role.objects.update(summary="")
    with pytest.raises(CommandError, match=r"^The draft of 'lighthouse-keeper' is no whole guide yet\.\nsummary: must"):
        output("lighthouse-keeper")
