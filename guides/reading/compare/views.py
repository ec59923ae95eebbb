"""The view of a comparison of roles."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models.edition import Edition
from guides.reading import clock
from guides.reading.form_errors import errors_at
from guides.reading.http import query_params, redirect_to
from guides.reading.index.live_data import live_data
from guides.reading.places import PARAMETER, PlaceForm, read_place
from guides.reading.redirects import Destination, find_destination
from guides.reading.search.browse import Card, first_by_title
from guides.reading.search.engine import MAX_LETTERS, find_by_name
from guides.schema import types

from .comparison import MAX_ROLES, MIN_ROLES, compare, in_order

MAX_CHOICES, MAX_EXAMPLES = 24, 3


@query_params("guide", "add", PARAMETER)
def comparison(request: HttpRequest) -> HttpResponse:
    """Compare the roles in the query, with pay in a place. `add` is the name of a further role, as it was typed."""
    now = clock.now()
    choice = read_place(request.GET, at=now)
    place = choice.slug
    requested = (slug.lower() for slug in request.GET.getlist("guide")[: 2 * MAX_ROLES])
    slugs = tuple(dict.fromkeys(slug for slug in requested if re.fullmatch(types.SLUG, slug)))
    name = request.GET.get("add", "")[:MAX_LETTERS].strip()
    editions = in_order(Edition.objects.live(at=now), slugs)
    live = tuple(edition.slug for edition in editions)
    if moved := _moved((slug for slug in slugs if slug not in live), at=now):
        return _redirect_moved(request, slugs, moved)
    cards = find_by_name(name, at=now) if name else ()
    if len(cards) == 1 and len({*live, cards[0].slug}) <= MAX_ROLES:
        return redirect(_address(tuple(dict.fromkeys((*live, cards[0].slug))), place))
    is_unnamed = "add" in request.GET and not name
    if not name and not is_unnamed and not choice.problem and request.GET.urlencode() != _query(slugs, place):
        return redirect(_address(slugs, place))
    compared, national = editions[:MAX_ROLES], live_data(at=now).national
    has_room, is_complete = len(editions) < MAX_ROLES, len(editions) >= MIN_ROLES
    error = _name_error(name, has_room=has_room, is_ambiguous=bool(cards)) if "add" in request.GET else ""
    place_form = PlaceForm(reverse("guides:compare"), choice, tuple(("guide", edition.slug) for edition in compared))
    context: dict[str, Any] = {
        "editions": compared,
        "comparison": compare(compared, national, choice.area) if is_complete else None,
        "has_room": has_room,
        "name": name,
        "name_error": error,
        "is_ambiguous": bool(cards),
        "choices": _choices(cards, live, place, at=now) if len(live) < MAX_ROLES else (),
        "examples": () if live else tuple(_examples(at=now)),
        "unknown": tuple(slug for slug in slugs if slug not in live),
        "left_out": editions[MAX_ROLES:],
        "chips": [
            (edition, _address(tuple(slug for slug in live if slug != edition.slug), place)) for edition in compared
        ],
        "place": place,
        "place_form": place_form,
        "form_errors": (*errors_at("add" if has_room else "", error), *(place_form.errors if is_complete else ())),
    }
    return render(request, "guides/compare/compare.html", context)


def _name_error(name: str, *, has_room: bool, is_ambiguous: bool) -> str:
    """Say why no role was added."""
    if not name:
        return _("Enter a job first.")
    if not has_room:
        return _("You can compare up to four jobs. Remove one to add “%s.”") % name
    if is_ambiguous:
        return _("“%s” could be several jobs. Choose one below.") % name
    return _("We don’t have a guide called “%s.” Try another name for the job.") % name


def _choices(
    cards: tuple[Card, ...], live: tuple[str, ...], place: str, *, at: datetime
) -> tuple[tuple[str, str], ...]:
    """Return title and address of roles to add: those that a name may mean, or else all if they are few."""
    named = ((card.slug, card.title) for card in cards)
    roles = tuple(named) if cards else first_by_title(MAX_CHOICES + len(live) + 1, at=at)
    if len(roles) > MAX_CHOICES + len(live):
        return ()
    others = ((slug, title) for slug, title in roles if slug not in live)
    return tuple((title, _address((*live, slug), place)) for slug, title in islice(others, MAX_CHOICES))


def _examples(*, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield two titles and the address of their comparison, along moves that guides name."""
    known = live_data(at=at)
    pairs = known.moves.examples((), most=MAX_EXAMPLES)
    numbers = [known.index.edition_by_slug[slug] for pair in pairs for slug in pair]
    titles = dict(Edition.objects.filter(pk__in=numbers).values_list("slug", "title"))
    for pair in dict.fromkeys(pairs):
        if {*pair} <= titles.keys():
            yield titles[pair[0]], titles[pair[1]], _address(pair, "")


def _moved(slugs: Iterable[str], *, at: datetime) -> dict[str, Destination]:
    """Return the destinations of slugs whose guides have moved or are replaced."""
    found = ((slug, find_destination(slug, at=at)) for slug in slugs)
    return {slug: guide for slug, guide in found if isinstance(guide, Destination)}


def _redirect_moved(request: HttpRequest, slugs: tuple[str, ...], moved: dict[str, Destination]) -> HttpResponse:
    query = request.GET.copy()
    query.setlist("guide", list(dict.fromkeys(moved[slug].slug if slug in moved else slug for slug in slugs)))
    permanent = all(guide.moved for guide in moved.values())
    return redirect_to(request, f"{reverse('guides:compare')}?{query.urlencode()}", permanent=permanent)


def _query(slugs: tuple[str, ...], place: str) -> str:
    return urlencode({"guide": slugs} | ({PARAMETER: place} if place else {}), doseq=True)


def _address(slugs: tuple[str, ...], place: str) -> str:
    query = _query(slugs, place)
    return f"{reverse('guides:compare')}?{query}" if query else reverse("guides:compare")
