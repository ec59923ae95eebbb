"""The preflight of prose: amounts, links, images, headings, and how it reads."""

from decimal import Decimal
from typing import Any

import pytest

from guides.preflight import Surroundings
from guides.preflight.amounts import amounts_in
from tests.helpers.factories import pay
from tests.preflight.test_preflight import TODAY, findings, found, prose, told

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
        "The guide has no figure for ‘$60,000’. The closest is ‘Head Keeper’, $61,000. Make them agree, or add a "
        "figure with its source.",
        "The guide has no figure for ‘3%’. The closest is ‘Growth’, 2%. Make them agree, or add a figure with its "
        "source.",
    ]
    bands = [pay(basis="headline", median=40_000), pay(basis="country", country="CA", currency="CAD", low=50_000)]
    assert [
        message.partition("closest is ")[2].partition(".")[0]
        for message in told(pay=bands, levels=[], summary="It pays $49,000, CA$41,000, US$30,000 or C$51,000.")
    ] == ["‘United States’, $40,000", "‘Canada’, CA$50,000", "‘United States’, $40,000", "‘Canada’, CA$50,000"]
    assert told(summary="It costs €5.") == ["The guide has no figure for ‘€5’. Add one with its source."]


def test_amounts_are_sought_wherever_readers_read() -> None:
    changes: dict[str, Any] = {
        "summary": "Earn $1.",
        "field": {"slug": "coast", "name": "Coast", "summary": "Earn $2."},
        "sections": [{"chapter": "role", "heading": "Earn $3", "body": "| Earn |\n|---|\n| $4 |\n\n## Earn $5\n"}],
        "faqs": [{"question": "Do I earn $6?", "answer": "No."}],
        "toolkit": [{"kind": "resume", "title": "Résumé", "body": "Say that you saved $7."}],  # an example
        "examples": [{"from_job": "Cook", "meets": "School", "resume": "Saved $8.", "letter": "I saved $9."}],
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
        "‘Tender’ has no link: ‘tender’ was the address of Buoy Tender, which moved or was withdrawn. Fix or remove it."
    ]
    assert told(related=related) == [
        "‘Tender’ has no link: There is no live guide ‘tender’. Publish it first, or remove the address."
    ]


def test_images_say_what_they_show() -> None:
    assert found(sections=prose("![A *lamp*](/a.png)")) == []
    assert told(sections=prose("Look: ![ - ](/a.png)")) == [
        "The image ‘/a.png’ has no alternative text. Describe it between the brackets."
    ]


def test_headings_begin_at_the_top_and_skip_no_level() -> None:
    assert found(sections=prose("# A\n\n## B\n\n# C\n\nText.")) == []
    assert told(sections=prose("## B\n\nText.")) == ["The heading ‘B’ skips a level. Begin it with #."]
    assert told(sections=prose("# A\n\n### *C*\n\nText.")) == ["The heading ‘C’ skips a level. Begin it with ##."]


# Reading

LONG = " ".join(["lamp"] * 30)
HARD = "Administrative organizations characteristically necessitate multidisciplinary communication. " * 10


def test_questions_are_asked_once() -> None:
    faqs = [{"question": "Is it lonely?", "answer": "Yes."}, {"question": "is it  lonely", "answer": "No."}]
    assert found(faqs=faqs) == [("error", "repeated-question", "faqs.1.question")]


def test_paragraphs_stand_once() -> None:
    said = "The keeper climbs the stairs at dusk each day."
    assert told(sections=prose(f"{said}\n\nThen sleeps."), steps=[{"title": "Go", "body": f"- *{said.upper()}*"}]) == [
        "‘THE KEEPER CLIMBS THE STAIRS AT DUSK EACH DAY.’ is already at sections.0.body. Say it once."
    ]
    assert found(sections=prose("Climb the stairs.\n\nClimb the stairs.")) == []


def test_sentences_are_counted_without_markup_item_by_item_and_not_in_tables() -> None:
    assert found(sections=prose(f"Dr. {LONG[5:]}. E.g. *{LONG[5:]}*. [{LONG}](/skills/).")) == []
    assert found(sections=prose(f"- {LONG}\n- {LONG} .\n\n| {LONG} lamp |\n|---|\n\n```\n{LONG} lamp\n```")) == [
        ("warning", "repeated-paragraph", "sections.0.body")
    ]
    assert told(sections=prose(f"It is **so.** {LONG} – lamp.")) == [
        "‘lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp …’ is a sentence of 31 words. Split it."
    ]


def test_a_text_of_long_words_is_hard_to_read_where_it_is_long_enough() -> None:
    assert [rule for _, rule, _ in found(sections=prose(HARD))] == ["hard-passage"]
    assert found(sections=prose(HARD[: len(HARD) // 2])) == []
    assert found(sections=prose("You keep the lamp and you row the boat. " * 20)) == []
    assert found(sections=prose("The " + "Association of Administrative Organizations is old. The " * 12)) == []
