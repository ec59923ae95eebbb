"""An update of a draft's figures to the current release of an official table."""

from typing import Any

import pytest

from guides.models import (
    Action,
    AuditLogEntry,
    DraftSnapshot,
    Edition,
    Projection,
    Role,
    SalaryBand,
    Wage,
)  # fmt: skip
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.snapshots import restore_snapshot
from guides.publishing.drafts.update_figures import NothingToUpdate, update_figures
from guides.publishing.editions.publish import publish
from guides.rendering import figures
from guides.schema import Guide, InvalidGuide
from tests.helpers.releases import (
    RIGGER,
    SAILOR,
    current_statistics,
    growth,
    headline,
    occupation,
    openings,
    outdated_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _statistics() -> None:
    current_statistics()


def updated(role: Role) -> Guide:
    update_figures(role=role, by="ada")
    return compose(role)


def reasons(role: Role) -> str:
    before = compose(role)
    with pytest.raises(NothingToUpdate) as raised:
        update_figures(role=role, by="ada")
    assert compose(role) == before
    assert not DraftSnapshot.objects.exists()
    return str(raised.value)


def test_pay_gets_the_figures_and_the_source_of_the_current_release() -> None:
    yearly = headline(low=30_000, median=38_000, mean=39_000, high=48_000, range_label="10th to 90th percentile")
    hourly = headline(low="16.00", median="18.00", period="hour", range_label="25th percentile", approximate=True)
    titled = headline(
        label="sailors and marine oilers", low=30_000, high=38_000, range_label="10th percentile to median"
    )
    _own, *bands = updated(outdated_role([yearly, hourly, titled])).pay
    assert [figures.labeled_pay(band) + "; " + figures.more_pay(band) for band in bands] == [
        "$39,520 a year, median, Sailors (SOC 53-5011); 10th to 90th percentile $31,200–$49,920, average $40,560",
        "$19 an hour, median, Sailors (SOC 53-5011); 25th percentile $17 or more",
        "$31,200–$39,520 a year, sailors and marine oilers, 10th percentile to median; ",
    ]
    assert {band.source for band in bands} == {"wages-2025"}


def test_pay_without_a_label_is_updated_if_the_occupation_is_the_role() -> None:
    role = outdated_role([headline(label="", median=38_000)], occupations=[occupation(relation="same")])
    assert [(figures.pay(band), band.source) for band in updated(role).pay][1:] == [("$39,520 a year", "wages-2025")]


def measures(guide: Guide) -> list[tuple[str, str]]:
    return [(figures.measure(fact.value), fact.source) for fact in guide.facts if fact.value]


def test_growth_and_openings_get_the_current_projection() -> None:
    assert measures(updated(outdated_role(facts=[growth(), openings()]))) == [
        ("4.2%", "projections-2034"),
        ("4,300 a year", "projections-2034"),
    ]


def test_the_occupation_of_a_fact_is_the_one_that_its_text_names() -> None:
    nearest = [occupation(code, "nearest") for code in (SAILOR, RIGGER)]
    role = outdated_role(facts=[openings(text="Openings of riggers (49-9096)"), growth()], occupations=nearest)
    assert measures(updated(role)) == [("4,300 a year", "projections-2034"), ("2%", "projections-2033")]


@pytest.mark.parametrize(
    ("band", "reason"),
    [
        (headline(median=1, label=""), "Pay, United States: Its label names none of the role’s occupations."),
        (headline(median=1, label="Captains"), "Its label names none of the role’s occupations."),
        (headline(median=1, label="Riggers (SOC 49-9096)"), "Its label names none of the role’s occupations."),
        (headline(median=1, country="GB"), "Its label names none of the role’s occupations."),
        ({"basis": "level", "level": "Keeper", "median": 1}, "Official tables have no pay by level or experience."),
        (headline(median=1, period="month"), "Official pay is by the hour and by the year only."),
        (headline(low=1, high=2), "Its range does not name percentiles"),
        (headline(low=1, high=2, range_label="5th to 95th percentile"), "Its range does not name percentiles"),
    ],
)
def test_pay_that_cannot_be_matched_is_named_with_the_reason(band: dict[str, Any], reason: str) -> None:
    assert reason in reasons(outdated_role([band]))


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (growth(text="Growth of riggers (49-9096)"), "The current projection is a decline, which needs a text."),
        (growth(value=None), "The table has no such figure. Update it by hand."),
        (openings(kind="industries"), "The table has no such figure. Update it by hand."),
    ],
)
def test_a_fact_that_cannot_be_matched_is_named_with_the_reason(fact: dict[str, Any], reason: str) -> None:
    both = [occupation(SAILOR, "nearest"), occupation(RIGGER, "nearest")]
    assert reason in reasons(outdated_role(facts=[fact], occupations=both))


def test_a_gap_in_the_current_release_leaves_the_figure() -> None:
    Wage.objects.update(hourly_p50=None, yearly_p50=None, flags=".......*....*..")
    Projection.objects.update(openings=None)
    text = reasons(outdated_role([headline(median=38_000)], facts=[openings()]))
    assert text.count("The current release does not publish all of its figures.") == 2


def test_a_draft_without_older_figures_stays() -> None:
    assert (
        reasons(outdated_role())
        == "Nothing could be updated. No figure comes from an older release of an official table."
    )


def test_an_update_publishes_nothing_and_can_be_undone() -> None:
    role = outdated_role([headline(median=38_000), headline(median=1, label="Captains")])
    publish(role=role, by="ada")
    before, revision = compose(role), Role.objects.get().revision
    plan = update_figures(role=role, by="ada")
    assert [update.part for update in plan.updates] == ["pay"]
    assert plan.notes == ("Pay, Captains: Its label names none of the role’s occupations. Add the code to the label.",)
    assert Edition.objects.get().guide == before
    assert Role.objects.get().revision == revision + 1
    entry = AuditLogEntry.objects.latest("pk")
    assert (entry.verb, entry.by, entry.role, entry.note) == (
        Action.SAVED, "ada", role, "Figures updated to wages and employment by area, May 2025.",
    )  # fmt: skip
    snapshot = DraftSnapshot.objects.get()
    assert snapshot.reason == "Update of figures"
    restore_snapshot(snapshot=snapshot, by="ada")
    assert compose(role) == before


def test_rows_of_the_draft_stay_the_same_rows() -> None:
    role = outdated_role([headline(median=38_000)])
    keys = list(SalaryBand.objects.values_list("pk", flat=True))
    update_figures(role=role, by="ada")
    assert list(SalaryBand.objects.values_list("pk", flat=True)) == keys


def test_a_contradiction_with_other_figures_changes_nothing() -> None:
    role = outdated_role([headline(median=38_000)])
    Role.objects.update(summary="")
    with pytest.raises(InvalidGuide):
        update_figures(role=role, by="ada")
    assert SalaryBand.objects.filter(median=38_000).exists()
    assert not DraftSnapshot.objects.exists()
