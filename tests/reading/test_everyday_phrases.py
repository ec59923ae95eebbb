"""How many of the ways in which people state each delivered skill are recognized."""

from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from guides.reading.resume.recognition import recognize
from tests.helpers.delivered import publish_delivered

MAX_MISSED = 5
"""One phrase of so many may be missed."""


@pytest.mark.django_db
def test_most_everyday_phrases_for_each_skill_are_recognized() -> None:
    publish_delivered()
    at = timezone.now()
    phrases = yaml.safe_load((Path(__file__).parent / "everyday_phrases.yaml").read_text(encoding="utf-8"))
    missed = {
        slug: tuple(
            phrase
            for phrase in each
            if slug not in {skill.slug for skill in recognize(f"Experience\n\n{phrase}\n\nEducation", at=at).skills}
        )
        for slug, each in phrases.items()
    }
    assert {slug: each for slug, each in missed.items() if len(each) * MAX_MISSED > len(phrases[slug])} == {}
