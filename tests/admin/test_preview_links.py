"""A preview for somebody without an account: it opens one draft, for a while, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from guides.models import AuditLogEntry, PreviewLink, Role
from guides.publishing import PublishingError
from guides.publishing.editions.preview_links import (
    create_preview_link,
    preview_token,
    revoke_preview_link,
    role_of_preview,
)
from tests.helpers.admin import act
from tests.helpers.factories import a_role, an_edition

pytestmark = pytest.mark.django_db


def a_link(role: Role, *, days: int = 7) -> PreviewLink:
    return create_preview_link(role=role, by="Ada", made_for="Bob", lasts=timedelta(days=days))


def open_link(link: PreviewLink) -> Any:
    return Client().get(f"/preview/{preview_token(link)}/")


def test_a_link_shows_the_draft_as_it_is_stored_when_it_is_opened() -> None:
    edition = an_edition()
    link = a_link(edition.role)
    Role.objects.update(title="Keeper of the Light")
    response = open_link(link)
    assert "<h1>Keeper of the Light</h1>" in response.content.decode()
    assert "Lighthouse Keeper" in Client().get("/guides/lighthouse-keeper/").content.decode()


def test_what_it_shows_is_kept_by_nobody() -> None:
    response = open_link(a_link(a_role()))
    told = {name: response.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")}
    assert told == {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
    }
    assert '<meta name="robots" content="noindex" />' in response.content.decode()
    assert not response.cookies


def test_a_link_opens_nothing_but_its_draft() -> None:
    first, second = a_role(), a_role(slug="buoy-tender", title="Buoy Tender")
    given = preview_token(a_link(first))
    other = preview_token(a_link(second))
    forged = (
        given.replace(given.split(":")[0], other.split(":")[0], 1),
        given[:-1],
        signing.Signer().sign("1"),
        "1",
        "",
        "x" * 500,
    )
    assert [role_of_preview(each, at=timezone.now()) for each in forged] == [None] * len(forged)
    assert Client().get(f"/preview/{forged[0]}/").status_code == 404
    assert "admin" not in open_link(a_link(first)).content.decode()


def test_a_link_does_not_open_what_has_its_number_later() -> None:
    """As on a site that was restored from a backup made before it."""
    link = a_link(a_role())
    given, number = preview_token(link), link.pk
    link.delete()
    a_link(a_role(slug="buoy-tender", title="Buoy Tender"))
    PreviewLink.objects.update(id=number)
    assert role_of_preview(given, at=timezone.now()) is None


def test_a_link_expires() -> None:
    link = a_link(a_role(), days=1)
    moments = (link.expires_at - timedelta(seconds=1), link.expires_at)
    assert [role_of_preview(preview_token(link), at=at) is None for at in moments] == [False, True]


def test_a_revoked_link_leads_nowhere_and_says_what_to_do() -> None:
    link = a_link(a_role())
    revoke_preview_link(link=link, by="Ada")
    response = open_link(link)
    assert (response.status_code, "Ask the person who sent it" in response.content.decode()) == (404, True)
    with pytest.raises(PublishingError):
        revoke_preview_link(link=link, by="Ada")


def test_a_draft_that_is_no_guide_just_now_says_so() -> None:
    link = a_link(a_role())
    Role.objects.update(summary=" ")
    assert "cannot be shown at the moment" in open_link(link).content.decode()


def test_sharing_and_revoking_at_the_desk(desk: Client) -> None:
    role = a_role()
    refused = desk.post(act("share", role), {"made_for": "", "days": "4"})
    assert (refused.status_code, PreviewLink.objects.count()) == (422, 0)
    desk.post(act("share", role), {"made_for": "The clinic", "days": "7"})
    link = PreviewLink.objects.get()
    shown = desk.get(act("share", role)).content.decode()
    assert f"/preview/{preview_token(link)}/" in shown
    desk.post(act("share", role), {"revoke": link.pk})
    assert open_link(link).status_code == 404
    assert f"/preview/{preview_token(link)}/" not in desk.get(act("share", role)).content.decode()
    assert list(AuditLogEntry.objects.order_by("pk").values_list("verb", "by", "note")) == [
        ("shared", "ada", "The clinic"),
        ("revoked", "ada", "The clinic"),
    ]
