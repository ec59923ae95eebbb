"""Editions: published guides, immutable, each with the interval in which it is live."""

from datetime import datetime
from functools import cached_property, lru_cache
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, F, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from guides import schema
from guides.schema import types


class EditionState(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    ENDED = "ended", _("ended")
    CANCELLED = "cancelled", _("cancelled")


_load = lru_cache(maxsize=16)(schema.load)  # the pages and files of one guide are often requested together


def _is_live(*, at: datetime | OuterRef, edition: str = "") -> Q:
    """Whether visitors see an edition at a moment; `edition` is the way to it, such as 'edition__'."""
    ends_later = Q(**{f"{edition}live_until__isnull": True}) | Q(**{f"{edition}live_until__gt": at})
    return ends_later & Q(**{f"{edition}live_from__lte": at})


class OfEditions[M: models.Model](models.QuerySet[M]):
    """A queryset of rows that belong to an edition."""

    def live(self, *, at: datetime) -> Self:
        """Return the rows of editions that are live at a time."""
        # A subquery uses the index of intervals. A join would read the editions themselves, which are long.
        return self.filter(edition__in=Edition.objects.order_by().live(at=at))


class EditionQuerySet(models.QuerySet["Edition"]):
    def live(self, *, at: datetime | OuterRef) -> "EditionQuerySet":
        """Return the editions that are live at a time: at most one per role, and one per slug."""
        return self.filter(_is_live(at=at))

    def listed(self) -> "EditionQuerySet":
        """Defer the guides themselves, which are long."""
        return self.defer("content", "html")

    def went_live(self, *, by: datetime) -> "EditionQuerySet":
        """Return the editions that were live before a time, or are then."""
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")), live_from__lte=by)

    def upcoming(self, *, at: datetime) -> "EditionQuerySet":
        """Return the editions that go live later. An empty interval is never live."""
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")), live_from__gt=at)


class Edition(models.Model):
    """One published Guide. Only `live_until` may change, and only until it has passed. Triggers enforce that.

    `content` is the guide as `schema.dump` wrote it, in the schema version of that time. `guide` has the current
    version. `html` maps the places of its prose to sanitized HTML.
    """

    role = models.ForeignKey("guides.Role", models.PROTECT, verbose_name=_("role"), related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    slug = models.CharField(_("address"), max_length=types.MAX_SLUG_LENGTH)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    summary = models.TextField(_("summary"))
    content = models.TextField(_("content"))
    html = models.JSONField(_("rendered prose"), blank=True)
    note = models.TextField(_("change note"), blank=True)
    published_by = models.CharField(_("published by"), max_length=150)
    published_at = models.DateTimeField(_("published at"))
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-live_from", "-number")
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = (
            UniqueConstraint(fields=("role", "number"), name="guides_edition_number"),
            CheckConstraint(condition=Q(live_until__gte=F("live_from")), name="guides_edition_interval"),
        )
        indexes = (
            models.Index(fields=("slug", "live_from"), name="guides_edition_address"),
            models.Index(fields=("live_from", "live_until"), name="guides_edition_live"),
        )

    def __str__(self) -> str:
        return _("%(title)s, edition %(number)d") % {"title": self.title, "number": self.number}

    def state(self, *, at: datetime) -> EditionState:
        if self.live_until == self.live_from:
            return EditionState.CANCELLED
        if self.live_until is not None and self.live_until <= at:
            return EditionState.ENDED
        return EditionState.LIVE if self.live_from <= at else EditionState.SCHEDULED

    @cached_property
    def guide(self) -> schema.Guide:
        return _load(self.content)
