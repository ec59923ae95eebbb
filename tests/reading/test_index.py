"""Lists and counts equal those of a scan of all live guides, for all filters."""

from itertools import product

import pytest
from django.http import QueryDict
from django.utils import timezone

from guides.models import Edition, Listing
from guides.publishing.editions.withdraw import withdraw
from guides.reading.index.live_data import live_data
from guides.reading.search.browse import BrowsePage, browse, cards
from guides.reading.search.filters import Filters
from guides.schema import Guide
from guides.statistics.official import OfficialFigures
from guides.summary import summarize
from tests.helpers.factories import an_edition, pay

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

ROLES = (
    ("ash", "ab", "high-school", ("office",), 30_000, "coast"),
    ("Birch", "abc", "bachelor", ("office", "remote"), 40_000, "coast"),
    ("cedar", "c", "bachelor", ("outdoors",), None, "forest"),
    ("Date", "bcd", "master", ("outdoors", "office"), 40_000, "forest"),
    ("Élder", "ad", "high-school", (), 55_000, None),
    ("fir", "abcd", "", ("remote",), 70_000, "coast"),
)


@pytest.fixture
def guides() -> tuple[Guide, ...]:
    """All that are live; one more was, and one is to come."""
    editions = [_role(*role) for role in (*ROLES, ("gone", "abcd", "master", ("office",), 90_000, "coast"))]
    withdraw(role=editions.pop().role, by="Ada")
    return tuple(edition.guide for edition in editions)


def _role(
    title: str, skills: str, education: str, settings: tuple[str, ...], year: int | None, field: str | None
) -> Edition:
    facts = [{"kind": "setting", "text": "There", "settings": settings, "source": "survey-2025"}]
    return an_edition(
        slug=title.lower().replace("é", "e"), title=title, levels=[], alternative_titles=[], related=[], facts=facts,
        skills=[{"slug": letter, "name": letter.upper(), "kind": "soft"} for letter in skills],
        pay=[pay(basis="headline", median=year)] if year else [],
        field={"slug": field, "name": field.title()} if field else None,
        requirements=[{"education": education, "source": "survey-2025"}] if education else [],
    )  # fmt: skip


NO_FIGURES = OfficialFigures({}, {})


def _has(guide: Guide, group: str) -> set[str]:
    has: dict[str, set[str]] = {
        "skill": {skill.slug for skill in guide.skills},
        "education": {summarize(guide).education} - {""},
        "setting": {setting for fact in guide.facts for setting in fact.settings},
        "field": {guide.field.slug} if guide.field else set(),
    }
    return has[group]


def _fits(guide: Guide, filters: Filters, *, but: str = "") -> bool:
    headline = NO_FIGURES.of_guide(guide).headline
    year = headline.sort_amount if headline else None
    return (
        all(
            not (asked := set(getattr(filters, group))) or (asked <= has if group == "skill" else asked & has)
            for group in ("skill", "education", "setting", "field")
            if group != but
            for has in (_has(guide, group),)
        )
        and (filters.pay_from is None or (year is not None and year >= filters.pay_from))
        and (filters.pay_to is None or (year is not None and year <= filters.pay_to))
    )


def test_a_list_is_what_going_through_all_guides_would_find(guides: tuple[Guide, ...]) -> None:
    asked = product(
        ("", "skill=a", "skill=a&skill=b", "skill=d"),
        ("", "education=bachelor", "education=bachelor&education=master"),
        ("", "setting=office", "setting=office&setting=outdoors"),
        ("", "field=coast", "field=nowhere"),
        ("", "pay_from=40000", "pay_to=40000"),
    )
    for parts in asked:
        filters = Filters.read(QueryDict("&".join(filter(None, parts))))
        results = browse(filters, at=timezone.now())
        assert results is not None
        assert _titles(results) == [guide.title for guide in guides if _fits(guide, filters)]
        counts = {group.name: {each.slug: each.guides for each in group.choices} for group in results.groups}
        for group in ("skill", "education", "setting", "field"):
            fitting = [guide for guide in guides if _fits(guide, filters, but="" if group == "skill" else group)]
            found = [slug for guide in fitting for slug in _has(guide, group)]
            nowhere = dict.fromkeys(getattr(filters, group), 0)
            assert counts.get(group, {}) == nowhere | {slug: found.count(slug) for slug in found}


def _titles(results: BrowsePage) -> list[str]:
    return [card.title for _heading, under in results.sections for card in under]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("title", ["ash", "Birch", "cedar", "Date", "Élder", "fir"]),
        ("field", ["Élder", "ash", "Birch", "fir", "cedar", "Date"]),
        ("pay", ["fir", "Élder", "Birch", "Date", "ash", "cedar"]),
        ("latest", ["fir", "Élder", "Date", "cedar", "Birch", "ash"]),
    ],
)
def test_lists_are_sorted_alike_on_every_database(guides: tuple[Guide, ...], sort: str, titles: list[str]) -> None:
    results = browse(Filters(sort=sort), at=timezone.now())
    assert results is not None
    assert _titles(results) == titles


def test_what_is_in_memory_and_in_the_database_no_more_is_passed_over(guides: tuple[Guide, ...]) -> None:
    known = live_data(at=timezone.now())
    keys = known.index.editions(known.index.by_title)
    Listing.objects.filter(pk=keys[0]).delete()
    assert [card.title for card in cards(keys, known.national)] == [guide.title for guide in guides[1:]]
