"""An edition gets its article: its page, ready made but for what other guides tell."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guides.models import Article, Edition
from guides.publishing.progress import Progress, silent
from guides.rendering import guide_page
from guides.rendering.guide_page import Published

AT_ONCE = 100


def make(*, edition: Edition) -> Article:
    """Make the article of an edition, in place of one that is there."""
    published = Published(edition.number, edition.live_from, edition.note)
    markup = guide_page.render(edition.guide, edition.html, published=published)
    told = {"release": guide_page.release(), **markup._asdict()}
    return Article.objects.update_or_create(edition=edition, defaults=told)[0]


def missing(*, at: datetime) -> QuerySet[Edition]:
    """Editions that visitors see, or will, whose article this release has not made."""
    seen = Edition.objects.filter(Q(live_until__isnull=True) | Q(live_until__gt=at))
    return seen.exclude(article__release=guide_page.release())


def make_missing(*, at: datetime, progress: Progress = silent) -> int:
    """Make the articles that are missing, and drop those of editions that have ended; how many were made."""
    Article.objects.filter(edition__live_until__lte=at).delete()
    total = missing(at=at).count()
    for edition in progress(_some_at_once(at), what=_("pages"), total=total):
        make(edition=edition)
    return total


def _some_at_once(at: datetime) -> Iterator[Edition]:
    while editions := missing(at=at).order_by("pk")[:AT_ONCE]:
        yield from editions
