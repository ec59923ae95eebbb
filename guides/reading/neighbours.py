"""Roles beside a role: what they share, what one would have to learn, what changes in pay and education.

All of it is worked out from the live guides, and none of it written by hand.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q

from guides import words
from guides.choices import EducationLevel
from guides.document import Guide, SalaryBand
from guides.gist import Gist, GistSkill, gist_of
from guides.models.listing import Listing, Term, TermKind

from .catalogue import listed

MOST_NEAR, MOST_NAMED, MOST_LOOKED_AT = 3, 3, 12


class Gap(NamedTuple):
    """What lies between a role and another one, `slug`: the way there is to learn what is `missing`.

    `band` is what the other pays, as its first headline tells, and `cited` who says so. `pay` is the difference of a
    year's typical pay, above zero where the other pays more; None where the figures are not of one source, and so not
    to be compared. `education` is what the other asks for where that is another level, else ''.
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

    @property
    def share_missing(self) -> float:
        return len(self.missing) / self.skills if self.skills else 1.0


class Neighbours(NamedTuple):
    """The nearest roles; the addresses that lead to a guide; the addresses of guides to levels, by their titles."""

    near: tuple[Gap, ...]
    linked: frozenset[str]
    rungs: dict[str, str]


def neighbours_of(guide: Guide, *, at: datetime) -> Neighbours:
    """The roles beside a guide, whether it is live or a draft. Two queries."""
    titles = {key: level.title for level in guide.levels if (key := words.key(level.title))}
    named = {role.slug for role in guide.related if role.slug}
    live = Listing.objects.live(at=at).exclude(edition__slug=guide.slug)
    near = _by_shared((skill.slug for skill in guide.skills), at=at, without=(guide.slug,))
    found = listed(live.filter(Q(pk__in=near) | Q(edition__slug__in=named) | Q(sort_title__in=titles)))
    gist = gist_of(guide)
    rows = {listing.pk: listing for listing in found}
    gaps = sorted((gap(gist, rows[pk]) for pk in near), key=lambda each: (each.share_missing, each.title))
    return Neighbours(
        near=tuple(gaps[:MOST_NEAR]),
        linked=frozenset(listing.edition.slug for listing in rows.values()),
        rungs={
            titles[listing.sort_title]: listing.edition.slug
            for listing in rows.values()
            if listing.sort_title in titles
        },
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
    pks = _by_shared(skills, at=at, without=(first.edition.slug, last.edition.slug))
    found = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks))}
    yield from (found[pk] for pk in pks)


def _by_shared(skills: Iterable[str], *, at: datetime, without: tuple[str, ...]) -> tuple[int, ...]:
    """The live editions that ask for the most of these skills, but for those at some addresses."""
    terms = Term.objects.live(at=at).filter(kind=TermKind.SKILL, slug__in=tuple(skills))
    others = terms.exclude(edition__slug__in=without).values("edition").annotate(shared=Count("pk"))
    return tuple(others.order_by("-shared", "edition").values_list("edition", flat=True)[:MOST_LOOKED_AT])


def levels_up(here: Gist, there: Gist) -> int:
    """How many levels of education another role asks for beyond this one."""
    if not here.education or not there.education:
        return 0
    before, after = (EducationLevel.values.index(gist.education) for gist in (here, there))
    return max(0, after - before)
