"""Guides and rows for tests, each whole, each to be varied by what the test is about."""

from datetime import UTC, datetime
from typing import Any

from guides import schema
from guides.models import Edition, Image, Role
from guides.publishing.drafts.load import load_draft
from guides.publishing.editions.publish import publish
from guides.schema import Guide

SOURCE = {
    "slug": "survey-2025",
    "publisher": "Bureau of Surveys",
    "title": "Pay and work",
    "covers_from": "2025-01-01",
    "covers_to": "2025-12-31",
    "address": "https://example.org/survey",
    "seen_on": "2026-01-31",
}


IMAGE = f"{'0' * 32}-1600x1200"


def guide_data(**changes: Any) -> dict[str, Any]:
    """A small guide with a part of every kind, as plain data. Its own figures count, so it names no occupation."""
    data: dict[str, Any] = {
        "schema_version": schema.SCHEMA_VERSION,
        "slug": "lighthouse-keeper",
        "title": "Lighthouse Keeper",
        "alternative_titles": ["Wickie"],
        "field": {"slug": "coast", "name": "Coast", "summary": "Work by the sea."},
        "summary": "Keeps the light.",
        "reviewed_on": "2026-02-01",
        "facts": [
            {
                "kind": "growth",
                "text": "Slower than *most*",
                "value": {"low": "0.02", "high": "0.02", "unit": "share"},
                "source": "survey-2025",
            },
            {"kind": "education", "text": "School", "source": "survey-2025"},
            {"kind": "setting", "text": "A tower", "settings": ["outdoors", "remote"], "source": "survey-2025"},
        ],
        "requirements": [{"education": "high-school", "source": "survey-2025"}],
        "sections": [
            {"chapter": "role", "body": "You **keep** the light."},
            {"chapter": "role", "heading": "By night", "body": "It turns."},
        ],
        "responsibilities": [{"title": "Trim the lamp", "detail": "Every evening."}],
        "skills": [
            {
                "slug": "lamps",
                "name": "Lamps",
                "kind": "technical",
                "aliases": ["Lanterns"],
                "summary": "Oil, wick, and glass.",
                "purpose": "To keep the light.",
                "importance": "essential",
                "proficiency": "working",
                "gained": "By *trimming* one.",
                "gained_by": ["Apprenticeship", "Learn to row"],
            },
            {"slug": "patience", "name": "Patience", "kind": "soft"},
            {"slug": "telescope", "name": "Telescope", "kind": "tool", "importance": "useful"},
        ],
        "steps": [{"title": "Learn to row", "body": "In calm water first."}],
        "routes": [
            {
                "title": "Apprenticeship",
                "cost": {"high": 500, "approximate": True, "currency": "USD"},
                "duration": {"low": 6, "high": 12, "and_more": True, "unit": "month"},
                "source": "survey-2025",
            }
        ],
        "levels": [
            {"title": "Keeper", "years_from": 0, "years_to": 5, "summary": "One lamp.", "source": "survey-2025"},
            {"title": "Head Keeper", "years_from": 5, "focus": "- many lamps", "source": "survey-2025"},
            {"title": "Inspector", "summary": "Every lamp of the coast."},
        ],
        "pay": [
            pay(basis="headline", median=40_000),
            pay(basis="level", level="Keeper", median=38_000, mean=39_000),
            pay(basis="level", level="Head Keeper", median=61_000, mean=62_000),
            pay(basis="country", country="GB", low=25_000, high=35_000, currency="GBP"),
        ],
        "considerations": [
            {"kind": "pro", "title": "The view", "detail": "On clear days."},
            {"kind": "con", "title": "The stairs"},
        ],
        "faqs": [{"question": "Is it lonely?", "answer": "At times."}],
        "related": [
            {"relation": "similar", "title": "Buoy Tender", "slug": "buoy-tender", "note": "Also at sea."},
            {"relation": "different", "title": "Lamplighter", "note": "On land."},
        ],
        "toolkit": [{"kind": "resume", "title": "Résumé", "body": "Name your lamps."}],
        "examples": [
            {
                "from_job": "Night watchman",
                "meets": "School",
                "resume": "# Ann Reed\n\n## Experience\n\n### Watchman *2020 – 2025*\n\n- Watched *two* gates.",
                "letter": "# Ann Reed\n\nDear Captain:\n\nI stay awake.",
            }
        ],
        "interview": [{"theme": "Nights", "question": "What do you do in fog?", "shows": "You *stay* awake."}],
        "sources": [SOURCE],
    }
    return data | changes


def pay(**changes: Any) -> dict[str, Any]:
    return {"country": "US", "currency": "USD", "period": "year", "source": "survey-2025"} | changes


def a_guide(**changes: Any) -> Guide:
    return schema.validate(guide_data(**changes))


def an_occupation(**changes: Any) -> dict[str, Any]:
    return {"code": "31-9092", "relation": "broader", "covers": "It also includes *sailors*."} | changes


def an_image(name: str = IMAGE) -> Image:
    """A row without files, for what only needs to know that there is such an image."""
    return Image.objects.create(name=name, file_name="tower.jpg", uploaded_by="ada", uploaded_at=day(1))


def a_picture(**changes: Any) -> dict[str, Any]:
    return {"name": IMAGE, "alt": "A white tower"} | changes


def a_role(**changes: Any) -> Role:
    return load_draft(guide=a_guide(**changes))


def a_small_role(**changes: Any) -> Role:
    """A draft with few parts, because the form of each part takes time."""
    data = {
        "schema_version": schema.SCHEMA_VERSION, "slug": "lighthouse-keeper", "title": "Lighthouse Keeper",
        "summary": "Keeps it.",
    }  # fmt: skip
    return load_draft(guide=schema.validate(data | changes))


def an_edition(*, at: datetime | None = None, **changes: Any) -> Edition:
    """A published guide: live since then, or from now on."""
    return publish(role=a_role(**changes), by="Ada", at=at)


def day(month: int, of_month: int = 1) -> datetime:
    """Midnight of a day in 2026, all of it passed or to come alike for the tests that name their moments."""
    return datetime(2026, month, of_month, tzinfo=UTC)
