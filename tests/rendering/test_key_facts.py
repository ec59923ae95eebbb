"""The key facts of the first screen, and their notes in the chapters."""

import pytest

from guides.rendering.key_facts import first_screen, notes
from guides.rendering.official import official_figures
from guides.schema import InvalidGuide
from guides.statistics.official import RoleStatistics
from tests.helpers.factories import a_guide

FACTS = [
    {"kind": "entry-time", "value": {"low": 6, "high": 6, "unit": "month"}, "source": "survey-2025"},
    {"kind": "setting", "short": "A tower", "text": "High above the sea.", "source": "survey-2025"},
    {"kind": "schedule", "short": "mostly nights", "text": "From dusk to dawn.", "source": "survey-2025"},
    {"kind": "industries", "text": "The coast guard.", "source": "survey-2025"},
]


def test_each_fact_is_a_short_value_with_a_source() -> None:
    guide = a_guide(facts=FACTS)
    shown = first_screen(guide, official_figures(guide, RoleStatistics()))
    assert [(fact.label, fact.value, fact.source.slug) for fact in shown] == [
        ("Education", "High school diploma", "survey-2025"),
        ("Time to start", "6 months", "survey-2025"),
        ("Where and when", "A tower, mostly nights", "survey-2025"),
    ]


def test_a_text_is_a_note_in_the_chapter_that_it_belongs_to() -> None:
    found = notes(a_guide(facts=FACTS))
    assert {chapter: [(note.label, note.fact.text) for note in rows] for chapter, rows in found.items()} == {
        "setting": [
            ("Setting", "High above the sea."),
            ("Hours", "From dusk to dawn."),
            ("Who hires", "The coast guard."),
        ]
    }


def test_a_short_value_has_at_most_four_words() -> None:
    with pytest.raises(InvalidGuide, match="must be at most 4 words"):
        a_guide(facts=[{"kind": "setting", "short": "A tower above the sea", "text": "High.", "source": "survey-2025"}])
