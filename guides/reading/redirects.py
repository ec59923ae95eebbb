"""Redirects between addresses of guides: one is live, has moved, is replaced by another guide, or is gone.

They are computed from editions and withdrawals for any moment, so no redirect table can be out of date. An address
leads to a role, and the role's live edition names its current address. Chains and loops cannot occur.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, NoReturn

from django.http import Http404

from guides.models.edition import Edition
from guides.models.withdrawal import Withdrawal

MAX_REPLACEMENTS = 8
"""How many withdrawn guides are followed from one to its replacement. Guides that replace each other end at 410."""


class Destination(NamedTuple):
    """Slug and number of the live edition that an address leads to. `moved` means that it belongs to the same role."""

    slug: str
    number: int
    moved: bool


class GuideMoved(Exception):
    """The guides at some slugs have other addresses now."""

    def __init__(self, destinations: Mapping[str, Destination]) -> None:
        super().__init__(*destinations)
        self.destinations = destinations


class GuideGone(Exception):
    """A guide was live once, and nothing replaces it: its last edition and the public note of its withdrawal."""

    def __init__(self, edition: Edition, note: str) -> None:
        super().__init__(edition.slug)
        self.edition = edition
        self.note = note


def live_edition(slug: str, *, at: datetime) -> Edition:
    """Return the live edition at an address. Raises GuideMoved, GuideGone, or Http404 if there never was one."""
    return Edition.objects.live(at=at).filter(slug=slug).first() or raise_redirect((slug,), at=at)


def raise_redirect(slugs: tuple[str, ...], *, at: datetime) -> NoReturn:
    """Raise GuideMoved, GuideGone or Http404 for slugs without a live edition."""
    found = {slug: find_destination(slug, at=at) for slug in slugs}
    if None in found.values():
        raise Http404
    for guide in found.values():
        if isinstance(guide, GuideGone):
            raise guide
    raise GuideMoved({slug: guide for slug, guide in found.items() if isinstance(guide, Destination)})


def find_destination(slug: str, *, at: datetime) -> Destination | GuideGone | None:
    """Return where a slug without a live edition leads, or None if no edition was ever live there."""
    past = Edition.objects.went_live(by=at)
    last = past.filter(slug=slug).listed().first()
    if last is None:
        return None
    if live := _live(last.role_id, at=at):
        return Destination(live.slug, live.number, moved=True)
    withdrawal = _withdrawal(last.role_id, at=at)
    if replacement := _replacement(withdrawal, at=at):
        return Destination(replacement.slug, replacement.number, moved=False)
    return GuideGone(past.filter(role=last.role_id)[0], withdrawal.note if withdrawal else "")


def _replacement(withdrawal: Withdrawal | None, *, at: datetime) -> Edition | None:
    """Return the first live edition along the replacements of a withdrawn guide."""
    for _ in range(MAX_REPLACEMENTS):
        if not withdrawal or not withdrawal.leads_to_id:
            return None
        if live := _live(withdrawal.leads_to_id, at=at):
            return live
        withdrawal = _withdrawal(withdrawal.leads_to_id, at=at)
    return None


def _live(role: int, *, at: datetime) -> Edition | None:
    return Edition.objects.live(at=at).filter(role=role).listed().first()


def _withdrawal(role: int, *, at: datetime) -> Withdrawal | None:
    return Withdrawal.objects.in_force(by=at).filter(role=role).first()
