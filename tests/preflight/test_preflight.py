"""The preflight: what an editor is told of a guide before it is published."""

import random
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.models import Edition, Role, StartingJob
from guides.preflight import Finding, Rule, Severity, Surroundings, preflight, surroundings_of
from guides.publishing.drafts.load import load_draft
from guides.schema import Guide
from tests.helpers.delivered import publish_delivered
from tests.helpers.factories import SOURCE, a_guide, an_edition, day, pay
from tests.helpers.strategies import guides

TODAY = date(2025, 12, 31)  # the last day of what the survey of the factories covers
NO_GUIDE = Surroundings(today=TODAY, live=frozenset(), former={})
# What the guide of the factories has no fault in, so that a test finds its own only.
FLAWLESS: dict[str, Any] = {
    "occupations": [{"code": "53-5011", "relation": "broader", "covers": "It also includes *sailors*."}],
    "considerations": [{"kind": "pro", "title": "The view", "detail": "On clear days."}],
    "related": [{"relation": "similar", "title": "Lamplighter"}],
    "skills": [
        {
            "slug": "lamps",
            "name": "Lamps",
            "kind": "technical",
            "importance": "essential",
            "gained": "By trimming one.",
        },
        {"slug": "patience", "name": "Patience", "kind": "soft", "summary": "You wait.", "purpose": "To keep calm."},
    ],
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
    assert all(rule.label and re.fullmatch("[a-z]+(-[a-z]+)*", rule.value) for rule in Rule)


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
    ],
)
def test_what_a_guide_cannot_do_without_is_an_error(changes: dict[str, Any], place: str) -> None:
    assert found(**changes) == [("error", "missing-part", place)]


def test_pay_is_missing_only_without_an_occupation_and_without_an_own_figure() -> None:
    country = [pay(basis="country", median=1)]
    assert found(occupations=[], pay=country) == [
        ("error", "missing-part", "pay"),
        ("warning", "missing-part", "occupations"),
    ]
    assert found(pay=country) == []
    assert found(occupations=[]) == [("warning", "missing-part", "occupations")]


def test_what_readers_look_for_is_a_warning() -> None:
    assert found(field=None, reviewed_on=None, facts=[]) == [
        ("warning", "missing-part", "field"),
        ("warning", "missing-part", "reviewed_on"),
        ("warning", "missing-part", "facts"),
    ]
    assert len({finding.key for finding in findings(field=None, reviewed_on=None, facts=[])}) == 3


def test_an_outlook_may_be_told_in_prose() -> None:
    education = {"kind": "education", "text": "A degree", "source": "survey-2025"}
    outlook = {"chapter": "outlook", "body": "Nobody knows."}
    assert found(facts=[education]) == [("warning", "missing-part", "facts")]
    assert found(facts=[education], sections=[*prose("You keep it."), outlook]) == []


@pytest.mark.parametrize("nothing", ["***", "> ", "&nbsp;", "- \n- ", "[a]: /x"])
def test_a_text_that_shows_no_words_is_an_error_under_a_heading_and_else_a_warning(nothing: str) -> None:
    assert found(sections=[*prose("You keep it."), *prose(nothing, heading="Hours")]) == [
        ("error", "empty-text", "sections.1.body")
    ]
    assert told(faqs=[{"question": "Why?", "answer": nothing}]) == [
        "The text of ‘Why?’ has no words. Write it, or remove the part."
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
        "The address ‘lighthouse-keeper’ belonged to Beacon Warden, and old links lead to it. Choose another one."
    )


# Keys


def test_a_finding_keeps_its_key_until_what_it_is_about_changes() -> None:
    def keys(amount: int, *, before: int = 0) -> set[str]:
        faqs = [{"question": f"{n}?", "answer": "Yes."} for n in range(before)]
        return {f.key for f in findings(faqs=[*faqs, {"question": "Pay?", "answer": f"You get ${amount}."}])}

    assert keys(7) == keys(7, before=3) != keys(8)
    assert next(iter(keys(7))).startswith("amount-without-figure:")


PARTS = tuple(name for name, field in Guide.model_fields.items() if "tuple" in str(field.annotation))
BY_ORDER = {Rule.PAY_LEVEL_ORDER, Rule.LEVEL_YEARS_ORDER, Rule.EDUCATION_CONFLICT}


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
    Edition.objects.filter(role=gone).update(live_until=day(2))
    other.slug = "buoy-tender"
    other.save()
    at_sea = {"years_from": 1, "experience": "work at sea", "source": "survey-2025"}
    an_edition(at=day(4), slug="scheduled", title="Scheduled", requirements=[at_sea])
    StartingJob.objects.create(slug="sailor", title="Sailor")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        surroundings = surroundings_of(role, a_guide(), at=day(3))
    assert surroundings == Surroundings(
        today=day(3).date(),
        live=frozenset({"lighthouse-keeper", "tender"}),
        former={"tender": "Tender", "warden": "Warden"},
        experiences=frozenset({"work at sea"}),
        starting_jobs=frozenset({"sailor"}),
    )
    assert len(queries) == 5


@pytest.mark.django_db
def test_the_guides_that_are_delivered_have_no_errors() -> None:
    publish_delivered()
    delivered = [edition.guide for edition in Edition.objects.order_by("slug")]
    slugs = frozenset(guide.slug for guide in delivered)
    jobs = frozenset(StartingJob.objects.values_list("slug", flat=True))
    surroundings = Surroundings(date(2026, 11, 23), slugs, {}, starting_jobs=jobs)
    expected: dict[str, list[tuple[Severity, Rule, str]]] = {slug: [] for slug in slugs} | {
        "patient-care-coordinator": [(Severity.WARNING, Rule.FIGURE_TOO_OLD, "pay.0")]
    }
    of_text = {
        guide.slug: [
            (finding.severity, finding.rule, finding.place)
            for finding in preflight(guide, surroundings)
            if finding.rule != Rule.FIGURE_WITHOUT_PERIOD  # O*NET states none
            and not finding.place.startswith("skills")
        ]
        for guide in delivered
    }
    assert of_text == expected
    alone = Surroundings(date(2040, 1, 1), frozenset(), {})
    assert not [f for guide in delivered for f in preflight(guide, alone) if f.severity == Severity.ERROR]


# The command


def output(*arguments: str) -> str:
    out = StringIO()
    call_command("preflight", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_lists_findings_and_fails_where_there_are_errors() -> None:
    source = SOURCE | {"covers_to": "2999-12-31"}
    load_draft(guide=flawless(sources=[source], reviewed_on=None))
    assert output("lighthouse-keeper") == (
        "Warning: reviewed_on: The guide has no review date. Enter it.\nErrors: 0. Warnings: 1.\n"
    )
    load_draft(guide=flawless(sources=[source], skills=[]))
    with pytest.raises(CommandError, match=r"^Errors: 1\. Warnings: 0\.$"):
        output("lighthouse-keeper")


@pytest.mark.django_db
def test_the_command_refuses_in_sentences() -> None:
    with pytest.raises(CommandError, match=r"^There is no role 'nobody'\.$"):
        output("nobody")
    load_draft(guide=flawless())
    Role.objects.update(summary="")
    with pytest.raises(CommandError, match=r"^The draft of 'lighthouse-keeper' is incomplete\.\nsummary: must"):
        output("lighthouse-keeper")
