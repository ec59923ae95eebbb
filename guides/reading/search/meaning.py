"""What the intents in a query lead to: filters of the list of guides, pages of the site, and other words to search."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse

from guides.models.edition import Edition
from guides.reading.index.live_data import LiveData
from guides.statistics.places import in_sentence

from .browse import matching_guides
from .engine import SearchResults, find, list_all
from .filters import GROUPS, Filters
from .offers import Offer, page_offer, place_offer
from .phrases import MatchedIntent, NamedGuide, Reading, fill


@dataclass
class Meaning:
    """What a query means. `instead` are words to search for instead of `rest`, the words without a meaning."""

    rest: str
    guide: NamedGuide | None
    offers: tuple[Offer, ...] = ()
    messages: tuple[str, ...] = ()
    filters: Filters | None = None
    instead: str = ""

    def guides(self, known: LiveData, *, at: datetime, page: int) -> tuple[SearchResults | None, str]:
        """Return a page of the guides that this leads to, and the words that none of them has."""
        if self.filters:
            within = matching_guides(self.filters, known.index)
            found = find(self.rest, at=at, page=page, within=within) if self.rest else None
            if found and found.total and not found.partial:
                return found, ""
            return list_all(within, known, sort=self.filters.sort, page=page), self.rest
        if self.guide:
            title = known.index.guides[known.index.position[self.guide.edition]].title
            return find(title, at=at, page=page, correct=False), ""
        words = self.instead or self.rest
        return (find(words, at=at, page=page, correct=not self.instead) if words else SearchResults()), ""


def meaning_of(reading: Reading, known: LiveData) -> Meaning | None:
    """Return what the intents in a query mean, or None if no intent applies.

    A guide that the query names comes before filters. Pages that do not exist are left out.
    """
    guide = next((guide for guide in reading.guides if guide.is_exact), None)
    meaning = Meaning(reading.rest, guide)
    names = _names(reading)
    for matched in reading.intents:
        slugs, texts = _values(matched, names)
        path, _mark, query = fill(matched.intent.target, slugs).partition("?")
        message = fill(matched.intent.message, texts)
        if path == reverse("guides:browse"):
            if not guide:
                meaning.filters = _merged(meaning.filters or Filters(), Filters.read(QueryDict(query)))
                meaning.messages += (message,)
        elif path == reverse("guides:search"):
            meaning.instead = meaning.instead or QueryDict(query).get("q", "")
            meaning.messages += (message,)
        elif matched.place and (matched.place.problem or "{guide}" not in matched.intent.target):
            meaning.offers += (place_offer(matched.place, known),)
        elif is_live(path, known):
            address = f"{path}?{query}" if query else path
            meaning.offers += (page_offer(address, message, known),)
            meaning.guide = meaning.guide or next(iter(_needed(matched, reading)), None)
    return meaning if meaning.offers or meaning.messages else None


def is_live(path: str, known: LiveData) -> bool:
    """Return whether a page of the site exists."""
    try:
        match = resolve(path.partition("#")[0])
    except Resolver404:
        return False
    if match.view_name == "guides:skill":
        return match.kwargs["slug"] in known.skills.labels
    slugs = [match.kwargs[name] for name in ("slug", "first", "last") if name in match.kwargs]
    return all(slug in known.index.edition_by_slug for slug in slugs)


def _needed(matched: MatchedIntent, reading: Reading) -> Iterator[NamedGuide]:
    if "{guide}" in matched.intent.target:
        yield from reading.guides


def _names(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the slug and the title of each guide that a query names, in order."""
    editions = tuple(dict.fromkeys(guide.edition for guide in reading.guides))
    rows = Edition.objects.filter(pk__in=editions).values_list("pk", "slug", "title") if editions else ()
    found = {pk: (slug, title) for pk, slug, title in rows}
    return tuple(found[edition] for edition in editions if edition in found)


def _values(matched: MatchedIntent, guides: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what the placeholders stand for in a target, and in a message."""
    slugs, texts = {}, {}
    for name, (slug, title) in zip(("guide", "other"), guides, strict=False):
        slugs[name], texts[name] = slug, title
    if matched.amount:
        slugs["amount"], texts["amount"] = str(matched.amount.yearly), matched.amount.text
    if matched.place and matched.place.areas:
        area = matched.place.areas[0]
        slugs["place"], texts["place"] = area.slug, in_sentence(area)
    return slugs, texts


def _merged(one: Filters, other: Filters) -> Filters:
    """Return the filters of both. Choices of a group in both are those of the second."""
    groups = {name: getattr(other, name) or getattr(one, name) for name in (*GROUPS, "pay_from", "pay_to")}
    groups["skill"] = tuple(dict.fromkeys((*one.skill, *other.skill)))
    without = tuple(dict.fromkeys((*one.without, *other.without)))
    return replace(one, **groups, without=without, sort=other.sort if other.sort != Filters().sort else one.sort)
