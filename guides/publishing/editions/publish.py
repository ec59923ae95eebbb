"""Publish a draft as an edition."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import schema
from guides.models import Action, Edition, Outcome, Role
from guides.publishing import PublishingError, audit
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.images import missing_images
from guides.rendering import prose
from guides.schema import Guide, InvalidGuide

from .indexing import index
from .review import close_review
from .validation import refuse_taken_address, storable


class NothingNew(PublishingError):
    """The draft is the same as the live edition."""


@transaction.atomic
def publish(*, role: Role, by: str, at: datetime | None = None, note: str = "", guide: Guide | None = None) -> Edition:
    """Publish the draft as an edition that is live from `at`, or from now.

    The edition that is live then ends at that time. The new one ends when that one would have ended, or when the next
    one begins. `at` may be in the past, for imports; for editors, call `refuse_past` first. A caller that has composed
    the draft, with the role locked, passes it as `guide`. Raise PublishingError, or InvalidGuide.
    """
    role = Role.objects.select_for_update().get(pk=role.pk)  # one publication at a time
    note = storable(note, _("The note on what changed is invalid: it %s."))
    of_role = Edition.objects.filter(role=role)
    now = timezone.now()
    at = at or _next_moment(of_role, now)
    guide = guide or compose(role)
    if issues := missing_images(guide):
        raise InvalidGuide(issues)
    content, html = schema.dump(guide), prose.render_all(guide)
    current = of_role.live(at=at).first()
    if current and (current.guide, current.html) == (guide, html):
        raise NothingNew(_("Nothing has changed since %(edition)s.") % {"edition": current})
    following = of_role.upcoming(at=at).order_by("live_from").first()
    until = current.live_until if current else following.live_from if following else None
    refuse_taken_address(guide.slug, role, at=at, until=until)
    edition = Edition(
        role=role,
        number=(of_role.aggregate(last=Max("number"))["last"] or 0) + 1,
        slug=guide.slug,
        title=guide.title,
        summary=guide.summary,
        content=content,
        html=html,
        note=note,
        published_by=by,
        published_at=now,
        live_from=at,
        live_until=until,
    )
    edition.full_clean()
    if current:
        of_role.filter(pk=current.pk).update(live_until=at)
    edition.save(force_insert=True)
    edition.guide = guide  # the index needs it, and would parse `content` again
    index(edition=edition)
    close_review(role=role, by=by, outcome=Outcome.PUBLISHED)
    audit.log(Action.PUBLISHED if at <= now else Action.SCHEDULED, actor=by, role=role, edition=edition, note=note)
    return edition


def _next_moment(editions: QuerySet[Edition], now: datetime) -> datetime:
    """Return now, or a time after the last immediate publication if the clock was set back since."""
    last = editions.filter(live_from__lte=F("published_at")).aggregate(last=Max("live_from"))["last"]
    return max(now, last + timedelta(microseconds=1)) if last else now
