"""A catalogue of made-up guides, as large as one likes and the same for the same seed, for measuring only.

Names of skills and titles are made of syllables, so that they stem and search like words; how many guides ask for a
skill falls off as it does in real catalogues, a few being asked for by nearly all.
"""

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple, get_args

from django.db import transaction

from guides import document
from guides.document import Guide
from guides.models import Edition, Role
from guides.publishing.index import index

SEED, AT_ONCE = 20_261_126, 500
IMPORTANCE = get_args(document.Importance)
SKILLS_OF_A_GUIDE = (10, 30)
_SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ki",
    "le",
    "mo",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "wi",
    "ye",
    "zo",
)
_SOURCE = {"slug": "survey", "publisher": "Bureau", "title": "Survey", "covers_from": "2025-01-01",
           "covers_to": "2025-12-31", "seen_on": "2026-01-01"}  # fmt: skip


class Catalogue(NamedTuple):
    """How many guides there are, and the slugs of all skills, the most asked for first."""

    guides: int
    skills: tuple[str, ...]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _skills(count: int, chance: random.Random) -> list[dict[str, Any]]:
    kinds = ("technical", "soft", "tool")
    names = dict.fromkeys(f"{_word(chance)} {_word(chance)}" for _ in range(2 * count))
    return [
        {"slug": f"skill-{n}", "name": name, "kind": chance.choice(kinds), "aliases": [_word(chance).upper()],
         "summary": f"{name}.", "purpose": f"For {_word(chance)} and {_word(chance)}."}
        for n, name in enumerate(tuple(names)[:count])
    ]  # fmt: skip


def guides(count: int, skills: int, *, seed: int = SEED) -> Iterator[Guide]:
    chance = random.Random(seed)  # noqa: S311 -- made up, and always the same
    known = _skills(skills, chance)
    weights = [1 / (place + 3) for place in range(len(known))]
    for number in range(count):
        asked = dict.fromkeys(chance.choices(range(len(known)), weights, k=chance.randint(*SKILLS_OF_A_GUIDE)))
        title = f"{_word(chance).title()} {_word(chance).title()}"
        pay = {"basis": "headline", "country": "US", "currency": "USD", "period": "year", "source": "survey"}
        yield document.check(
            {
                "schema_version": 1,
                "slug": f"guide-{number}",
                "title": f"{title} {number}",
                "alternative_titles": [f"{_word(chance)} {_word(chance)}"],
                "field": {"slug": f"field-{number % 20}", "name": f"Field {number % 20}"},
                "summary": f"{title} does {_word(chance)}.",
                "skills": [known[n] | {"importance": chance.choice(IMPORTANCE)} for n in asked],
                "pay": [pay | {"median": chance.randrange(30_000, 150_000, 10)}],
                "sections": [{"chapter": "role", "body": " ".join(_word(chance) for _ in range(60))}],
                "sources": [_SOURCE],
            }
        )


def publish_all(made: Iterator[Guide], *, at: datetime) -> Catalogue:
    """Store editions of these guides, all live, with their listings: as publishing does, but for drafts and acts."""
    count, asked = 0, dict[str, int]()
    for some in batched(made, AT_ONCE, strict=False):
        with transaction.atomic():
            for guide in some:
                role = Role.objects.create(slug=guide.slug, title=guide.title, summary=guide.summary)
                edition = Edition.objects.create(
                    role=role, number=1, slug=guide.slug, title=guide.title, summary=guide.summary,
                    content=document.dump(guide), html={}, note="", published_by="bench", published_at=at, live_from=at,
                )  # fmt: skip
                index(edition=edition)
                count += 1
                for skill in guide.skills:
                    asked[skill.slug] = asked.get(skill.slug, 0) + 1
    return Catalogue(count, tuple(sorted(asked, key=lambda slug: -asked[slug])))
