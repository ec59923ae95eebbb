"""A generated catalogue of any size for measurements, always the same for the same seed.

Names of skills and titles consist of syllables, so that stemming and search treat them like words. As in real
catalogues, nearly all guides require a few skills, and few guides require most of them.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple, get_args

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Max, Model
from django.utils import timezone

from bench.patterns import PATTERNS
from bench.statistics import CODES
from guides import schema
from guides.choices import EducationLevel, Setting
from guides.models import Area, Edition, FullText, Listing, Role, Term, TermKind, Wage
from guides.models.fulltext import COLUMNS
from guides.publishing.editions.indexing import index
from guides.reading.index.live_data import live_data
from guides.rendering import prose
from guides.schema import Guide

SEED, BATCH_SIZE = 20_261_126, 500
IMPORTANCE = get_args(schema.Importance)
LEVELS, PLACES = sorted(EducationLevel.values), sorted(Setting.values)
SKILLS_OF_A_GUIDE = (10, 30)
MAX_PAID, EXPERIENCES, MOVES = 300, 6, 4
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "ki", "le", "mo", "na", "pe", "ri", "so", "tu", "va", "wi", "ye", "zo",
)  # fmt: skip
COMMON = ("harbor", "ledger", "monitor", "rotate", "schedule", "transport", "update", "verify")
"""Words that each occur in the text of a quarter of all guides."""
_SOURCE = {"slug": "survey", "publisher": "Bureau", "title": "Survey", "covers_from": "2025-01-01",
           "covers_to": "2025-12-31", "seen_on": "2026-01-01"}  # fmt: skip


class Catalogue(NamedTuple):
    """The number of guides, some of their slugs and titles, and all skills, the most frequent first.

    `areas` are the slugs of all areas, and `paid` some guides with an area that has wages for one of their occupations.
    `experiences` are the slugs of the kinds of experience that guides require.
    """

    guides: int
    slugs: tuple[str, ...]
    titles: tuple[str, ...]
    skills: tuple[str, ...]
    areas: tuple[str, ...]
    paid: tuple[tuple[str, str], ...]
    experiences: tuple[str, ...]


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


def _occupations(codes: Sequence[str], chance: random.Random) -> list[dict[str, str]]:
    """Return one occupation that is the role or includes it, or two nearest ones, as often as in real catalogues."""
    relation = chance.choices(("same", "broader", "nearest"), (12, 5, 3))[0]
    return [
        {"code": code, "relation": relation, "covers": "" if relation == "same" else f"It covers {_word(chance)}."}
        for code in chance.sample(codes, 2 if relation == "nearest" else 1)
    ]


def _requirement(chance: random.Random) -> dict[str, Any]:
    """Return a minimum education, half of the time with years of one of a few kinds of experience."""
    way = {"education": chance.choice(LEVELS), "source": "survey"}
    if chance.random() < 0.5:
        return way
    return way | {"years_from": chance.randint(1, 5), "experience": f"work of kind {chance.randrange(EXPERIENCES)}"}


def _moves(number: int, count: int, chance: random.Random) -> list[dict[str, str]]:
    """Return jobs that people come from or go on to, as many as in real guides."""
    others = dict.fromkeys(chance.randrange(count) for _ in range(MOVES))
    return [
        {"relation": chance.choice(("from", "next")), "title": f"Guide {other}", "slug": f"guide-{other}"}
        for other in others
        if other != number
    ]


def guides(count: int, skills: int, *, seed: int = SEED, codes: Sequence[str] = CODES) -> Iterator[Guide]:
    chance = random.Random(seed)  # noqa: S311 -- reproducible test data
    of_moves = random.Random(seed + 1)  # noqa: S311 -- reproducible test data
    known = _skills(skills, chance)
    weights = [1 / (place + 3) for place in range(len(known))]
    for number in range(count):
        required = dict.fromkeys(chance.choices(range(len(known)), weights, k=chance.randint(*SKILLS_OF_A_GUIDE)))
        title = f"{_word(chance).title()} {_word(chance).title()}"
        common = [word for word in COMMON if chance.random() < 0.25]
        share = {"low": f"0.{chance.randrange(15):02}", "unit": "share"}
        facts = [
            {"kind": "growth", "value": share, "source": "survey"},
            {"kind": "setting", "text": "There", "settings": chance.sample(PLACES, 2), "source": "survey"},
        ]
        pay = {"basis": "headline", "country": "US", "currency": "USD", "period": "year", "source": "survey"}
        yield schema.validate(
            {
                "schema_version": schema.SCHEMA_VERSION,
                "slug": f"guide-{number}",
                "title": f"{title} {number}",
                "alternative_titles": [f"{_word(chance)} {_word(chance)}"],
                "field": {"slug": f"field-{number % 20}", "name": f"Field {number % 20}"},
                "summary": f"{title} does {_word(chance)}.",
                "skills": [known[n] | {"importance": chance.choice(IMPORTANCE)} for n in required],
                "pay": [pay | {"median": chance.randrange(30_000, 150_000, 10)}],
                "occupations": _occupations(codes, chance),
                "sections": [{"chapter": "role", "body": " ".join((*common, *(_word(chance) for _ in range(60))))}],
                "facts": facts,
                "requirements": [_requirement(chance)],
                "levels": [{"title": f"{level}{title} {number}"} for level in ("", "Senior ", "Lead ")],
                "related": _moves(number, count, of_moves),
                "sources": [_SOURCE],
            }
        )


def publish_all(count: int, skills: int, *, at: datetime) -> Catalogue:
    """Store that many live guides as publishing does, without drafts and entries in the audit log.

    Guides beyond the first `PATTERNS` are copies with other titles and slugs, because 10,000 would take minutes.
    """
    for batch in batched(guides(min(count, PATTERNS), skills), BATCH_SIZE):
        with transaction.atomic():
            for guide in batch:
                role = Role.objects.create(slug=guide.slug, title=guide.title, summary=guide.summary)
                edition = Edition.objects.create(
                    role=role, number=1, slug=guide.slug, title=guide.title, summary=guide.summary,
                    content=schema.dump(guide), html=prose.render_all(guide), note="", published_by="bench",
                    published_at=at, live_from=at,
                )  # fmt: skip
                index(edition=edition)
    terms = Term.objects.aggregate(last=Max("pk"))["last"]
    for copy in range(1, count // PATTERNS):
        _copy(copy, terms=terms)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), (Role, Edition, Term)):
            cursor.execute(sql)
        cursor.execute("ANALYZE")
    return known(count)


def known(count: int) -> Catalogue:
    """Describe a stored catalogue."""
    some = Edition.objects.order_by("pk").values_list("slug", "title")[:: max(1, count // PATTERNS)]
    required = Term.objects.filter(kind=TermKind.SKILL, edition__lte=PATTERNS).values("slug").annotate(n=Count("pk"))
    skills = required.order_by("-n", "slug").values_list("slug", flat=True)
    slugs, titles = zip(*some, strict=True)
    areas = Area.objects.order_by("pk").values_list("slug", flat=True)
    experiences = live_data(at=timezone.now()).index.experiences
    return Catalogue(
        count, slugs, titles, tuple(skills), tuple(areas), tuple(_paid(slugs[:MAX_PAID])), tuple(experiences)
    )


def _paid(slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield guides with one of the areas where their first occupation has wages."""
    chance = random.Random(SEED)  # noqa: S311 -- reproducible test data
    listings = (
        Listing.objects.filter(edition__slug__in=slugs).order_by("pk").values_list("edition__slug", "occupations")
    )
    for slug, occupations in listings:
        wages = Wage.objects.filter(occupation__code=occupations[0][0], yearly_p50__isnull=False)
        if areas := wages.order_by("area").values_list("area__slug", flat=True):
            yield slug, chance.choice(areas)


@transaction.atomic
def _copy(copy: int, *, terms: int) -> None:
    """Copy all rows of the patterns within the database. `copy` is part of the new slugs and titles."""
    far, other, more = f"{copy * PATTERNS}", f"-{copy}", f" {copy}"
    renamed = "REPLACE(REPLACE(o.{0}, e.slug, e.slug || '" + other + "'), e.title, e.title || '" + more + "')"
    own = f"CASE WHEN o.kind IN ('{TermKind.TITLE}', '{TermKind.ALTERNATIVE}') THEN"
    titled = f"CASE WHEN o.kind = '{TermKind.TITLE}' THEN"
    slug, title, of = f"o.slug || '{other}'", f"o.title || '{more}'", {"edition_id": f"o.edition_id + {far}"}
    changes: dict[type[Model], dict[str, str]] = {
        Role: {"id": f"o.id + {far}", "slug": slug, "title": title},
        Edition: {
            "id": f"o.id + {far}", "role_id": f"o.role_id + {far}", "slug": slug, "title": title,
            "content": renamed.format("content"),
        },
        Listing: of | {"sort_title": f"o.sort_title || '{more}'"},
        Term: of | {
            "id": f"o.id + {copy * terms}",
            "slug": f"{own} {slug} ELSE o.slug END",
            "name": f"{titled} o.name || '{more}' ELSE o.name END",
            "key": f"{titled} o.key || '{copy}' ELSE o.key END",
        },
    }  # fmt: skip
    with connection.cursor() as cursor:
        for model, changed in changes.items():
            columns = tuple(field.column for field in model._meta.concrete_fields if field.column)
            _insert(
                cursor, model._meta.db_table, next(iter(changed)), {name: f'o."{name}"' for name in columns} | changed
            )
        if connection.vendor == "sqlite":
            texts = {"rowid": f"o.rowid + {far}", "title": title} | {name: f"o.{name}" for name in COLUMNS[1:]}
        else:
            texts = {"rowid": f"o.rowid + {far}", "document": f"o.document || $$'{copy}':1A 'A/{copy}'$$::tsvector"}
        _insert(cursor, FullText._meta.db_table, "rowid", texts)


def _insert(cursor: CursorWrapper, table: str, key: str, columns: Mapping[str, str]) -> None:
    names, values = (", ".join(f'"{name}"' for name in columns), ", ".join(columns.values()))
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} o JOIN guides_edition e ON e.id = o.{key}"  # noqa: S608
        f" WHERE e.id <= {PATTERNS}"
    )
