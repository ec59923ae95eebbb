"""Drafts with figures from older releases of official tables, and the current releases."""

from datetime import date
from typing import Any

from guides.models import Projection, Release, Role, Source
from tests.helpers.factories import SOURCE, a_role, pay
from tests.helpers.statistics import a_wage, an_area, an_occupation

SAILOR, RIGGER = "53-5011", "49-9096"
OLD_WAGES = SOURCE | {
    "slug": "wages-2024", "publisher": "Bureau", "title": "Wages", "covers_from": "2024-05-01",
    "covers_to": "2024-05-31",
}  # fmt: skip
OLD_PROJECTIONS = OLD_WAGES | {
    "slug": "projections-2033",
    "title": "Projections",
    "covers_from": "2023-01-01",
    "covers_to": "2033-12-31",
}


def a_release(slug: str, title: str, table: str, first: date, last: date) -> Release:
    source = Source.objects.create(
        slug=slug, publisher="Bureau", title=title, covers_from=first, covers_to=last, seen_on=date(2026, 1, 1)
    )
    top_hourly = 11_500 if table == "wages" else None
    return Release.objects.create(
        table=table, covers_from=first, covers_to=last, source=source, top_hourly=top_hourly,
        imported_at="2026-01-01T00:00Z",
    )  # fmt: skip


def current_statistics() -> None:
    """Current wages and projections of two occupations in the nation."""
    nation = an_area("nation", "99", "United States", "united-states", "")
    wages = a_release("wages-2025", "Wages", "wages", date(2025, 5, 1), date(2025, 5, 31))
    projections = a_release("projections-2034", "Projections", "projections", date(2024, 1, 1), date(2034, 12, 31))
    for code, growth in ((SAILOR, 42), (RIGGER, -13)):
        occupation = an_occupation(code, {SAILOR: "Sailors and Marine Oilers", RIGGER: "Riggers"}[code])
        a_wage(wages, occupation, nation)
        Projection.objects.create(release=projections, occupation=occupation, growth_permille=growth, openings=4_300)


def occupation(code: str = SAILOR, relation: str = "broader") -> dict[str, str]:
    return {"code": code, "relation": relation, "covers": "It also covers others."}


def outdated_role(
    bands: list[dict[str, Any]] | None = None, facts: list[dict[str, Any]] | None = None,
    occupations: list[dict[str, str]] | None = None,
) -> Role:  # fmt: skip
    """A role with its own headline, and with these figures from older releases."""
    own = [pay(basis="headline", median=40_000)]
    bands = [pay(source="wages-2024", **band) for band in bands or []]
    facts = [fact | {"source": "projections-2033"} for fact in facts or []]
    cited = {"survey-2025"} | {figure["source"] for figure in (*bands, *facts)}
    return a_role(
        pay=own + bands, facts=facts, occupations=occupations or [occupation()],
        sources=[source for source in (SOURCE, OLD_WAGES, OLD_PROJECTIONS) if source["slug"] in cited],
    )  # fmt: skip


def headline(**values: Any) -> dict[str, Any]:
    return {"basis": "headline", "label": "Sailors (SOC 53-5011)"} | values


def growth(low: str = "0.02", **more: Any) -> dict[str, Any]:
    return {"kind": "growth", "text": "Slow", "value": {"low": low, "high": low, "unit": "share"}} | more


def openings(low: int = 900, **more: Any) -> dict[str, Any]:
    value = {"low": low, "high": low, "unit": "count", "per": "year", "approximate": True}
    return {"kind": "openings", "value": value} | more
