"""What became of a guide: it is live at an address, has moved to another one, was replaced, or is gone.

All of it is worked out from editions and withdrawals, as of any moment, so there is no table of addresses to be wrong:
nothing points at an address but at a role, whose live edition says where it is. So there are no chains of addresses,
and no loops.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, NoReturn

from django.http import Http404

from guides.models.edition import Edition
from guides.models.withdrawal import Withdrawal

MOST_FOLLOWED = 8
"""So many guides, each in place of the one before it, are followed: those that lead to each other end nowhere."""


class Elsewhere(NamedTuple):
    """The address and the number of the live edition that an address leads to: the same role's, where it `moved`."""

    slug: str
    number: int
    moved: bool


class Moved(Exception):
    """The guides at some addresses are live elsewhere."""

    def __init__(self, to: Mapping[str, Elsewhere]) -> None:
        super().__init__(*to)
        self.to = to


class Gone(Exception):
    """Visitors once found a guide and find none now: its last edition, and what its withdrawal told them."""

    def __init__(self, edition: Edition, note: str) -> None:
        super().__init__(edition.slug)
        self.edition = edition
        self.note = note


def live_edition(slug: str, *, at: datetime) -> Edition:
    """The guide that visitors find at an address. Raises Moved or Gone; Http404 where there never was one."""
    return Edition.objects.live(at=at).filter(slug=slug).first() or lead_on((slug,), at=at)


def lead_on(slugs: tuple[str, ...], *, at: datetime) -> NoReturn:
    """Raise what became of the guides at these addresses, none of which is live there."""
    became = {slug: whereabouts(slug, at=at) for slug in slugs}
    if None in became.values():
        raise Http404
    for guide in became.values():
        if isinstance(guide, Gone):
            raise guide
    raise Moved({slug: guide for slug, guide in became.items() if isinstance(guide, Elsewhere)})


def whereabouts(slug: str, *, at: datetime) -> Elsewhere | Gone | None:
    """What became of the guide that was live last at an address that has no live one; None where none ever was."""
    seen = Edition.objects.went_live(by=at)
    last = seen.filter(slug=slug).listed().first()
    if last is None:
        return None
    if live := _live(last.role_id, at=at):
        return Elsewhere(live.slug, live.number, moved=True)
    withdrawal = _withdrawal(last.role_id, at=at)
    if instead := _instead(withdrawal, at=at):
        return Elsewhere(instead.slug, instead.number, moved=False)
    return Gone(seen.filter(role=last.role_id)[0], withdrawal.note if withdrawal else "")


def _instead(withdrawal: Withdrawal | None, *, at: datetime) -> Edition | None:
    """The live edition that is to be read in place of a withdrawn guide: the first that is live, of those led to."""
    for _ in range(MOST_FOLLOWED):
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
