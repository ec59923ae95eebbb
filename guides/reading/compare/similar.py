"""Roles beside a role: what they share, what one would have to learn, what changes in pay and education.

All of it is worked out from the live guides, and none of it written by hand.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse

from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading.index.live import Memory, memory
from guides.schema import SalaryBand
from guides.summary import Gist, GistSkill

MOST_NEAR, MOST_NAMED, MOST_BETWEEN = 3, 3, 12


class Gap(NamedTuple):
    """What lies between a role and another one, `slug`: the way there is to learn what is `missing`.

    `band` is the headline to show for the other role, and `cited` its publisher and period. `pay` is the difference of
    a year's typical pay, above zero where the other pays more; None where a figure is not the role's own or the figures
    are not of one source, and so are not to be compared. `education` is what the other asks for where that is another
    level, else ''.
    """

    slug: str
    title: str
    shared: tuple[GistSkill, ...]
    missing: tuple[GistSkill, ...]
    band: SalaryBand | None
    cited: str
    pay: Decimal | None
    education: str

    @property
    def skills(self) -> int:
        return len(self.shared) + len(self.missing)

    @property
    def more(self) -> int:
        """How many new skills there are beyond those that a list names."""
        return len(self.missing) - MOST_NAMED


class Beside(NamedTuple):
    """Live editions beside a guide, by their keys: the nearest, and those that it names or that are called so."""

    near: tuple[int, ...]
    named: tuple[int, ...]


class Neighbours(NamedTuple):
    """The nearest roles; the addresses of live guides, by slug; those of guides to levels, by title, as compared."""

    near: tuple[Gap, ...]
    guides: dict[str, str]
    levels: dict[str, str]


def beside(
    slug: str,
    gist: Gist,
    *,
    guides: frozenset[str] = frozenset(),
    levels: frozenset[str] = frozenset(),
    known: Memory,
) -> Beside:
    """What is beside a guide, live or a draft, that names guides by their slugs and levels by their titles."""
    near = known.asked.nearest((skill.slug for skill in gist.skills), without=slug, most=MOST_NEAR)
    return Beside(near, known.stock.live_at(slugs=guides, titles=levels))


def neighbours(slug: str, gist: Gist, editions: Beside) -> Neighbours:
    """What these editions are to a guide: the same at any time."""
    rows = {row.pk: row for row in Listing.objects.filter(pk__in={*editions.near, *editions.named}).for_gist()}
    others = {pk: row for pk, row in rows.items() if row.edition.slug != slug}
    address = {pk: reverse("guides:guide", args=(row.edition.slug,)) for pk, row in others.items()}
    return Neighbours(
        near=tuple(gap(gist, rows[pk]) for pk in editions.near if pk in rows),
        guides={row.edition.slug: address[pk] for pk, row in others.items()},
        levels={row.sort_title: address[pk] for pk, row in others.items()},
    )


def gap(here: Gist, there: Listing) -> Gap:
    has = {skill.slug for skill in here.skills}
    other = there.gist
    return Gap(
        slug=there.edition.slug,
        title=there.edition.title,
        shared=tuple(skill for skill in other.skills if skill.slug in has),
        missing=tuple(skill for skill in other.skills if skill.slug not in has),
        band=other.band,
        cited=there.cited,
        pay=_difference(here, other),
        education=str(EducationLevel(other.education).label) if other.education not in ("", here.education) else "",
    )


def _difference(here: Gist, other: Gist) -> Decimal | None:
    if here.pay is None or other.pay is None or not here.band or not other.band:
        return None
    return other.pay - here.pay if here.band.source == other.band.source else None


def between(first: Listing, last: Listing, *, at: datetime) -> Iterator[Listing]:
    """Live guides that ask for skills of either of two, those that share the most first."""
    skills = {skill.slug for listing in (first, last) for skill in listing.gist.skills}
    sharing = memory(at=at).asked.sharing(skills, most=MOST_BETWEEN + 2)
    pks = tuple(pk for pk in sharing if pk not in {first.pk, last.pk})[:MOST_BETWEEN]
    found = {listing.pk: listing for listing in Listing.objects.filter(pk__in=pks).for_gist()}
    yield from (found[pk] for pk in pks if pk in found)


def levels_up(here: Gist, there: Gist) -> int:
    """How many levels of education another role asks for beyond this one."""
    if not here.education or not there.education:
        return 0
    before, after = (EducationLevel.values.index(gist.education) for gist in (here, there))
    return max(0, after - before)
