"""Withdrawals of guides: their time, reason and replacement."""

from datetime import datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from guides.schema import types

from .edition import Edition


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def in_force(self, *, by: datetime) -> "WithdrawalQuerySet":
        """Return the withdrawals that are effective at a time."""
        return self._effective().filter(at__lte=by)

    def upcoming(self, *, at: datetime) -> "WithdrawalQuerySet":
        """Return the withdrawals that become effective later."""
        return self._effective().filter(at__gt=at)

    def _effective(self) -> "WithdrawalQuerySet":
        """Return the withdrawals at which the live interval of an edition ends."""
        of_role = Edition.objects.filter(role=OuterRef("role"))
        ends = of_role.filter(live_until=OuterRef("at"), live_from__lt=OuterRef("at"))
        return self.filter(Exists(ends), ~Exists(of_role.live(at=OuterRef("at"))), cancelled=False)


class Withdrawal(models.Model):
    """A role has no live guide from `at` on, until it is published again.

    The guide of `leads_to` takes the place; without one, a page says that the guide was withdrawn, and `note`.
    """

    role = models.ForeignKey("guides.Role", models.PROTECT, verbose_name=_("role"), related_name="withdrawals")
    at = models.DateTimeField(_("from"))
    leads_to = models.ForeignKey(
        "guides.Role", models.PROTECT, null=True, blank=True, verbose_name=_("redirects to"), related_name="+"
    )
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])
    by = models.CharField(_("withdrawn by"), max_length=150)
    made_at = models.DateTimeField(_("created at"))
    cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ("-at", "-pk")
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = (
            CheckConstraint(
                condition=Q(leads_to__isnull=True) | ~Q(leads_to=F("role")), name="guides_withdrawal_leads_on"
            ),
            UniqueConstraint(fields=("role", "at"), condition=Q(cancelled=False), name="guides_withdrawal_once"),
        )

    def __str__(self) -> str:
        return _("%(role)s, withdrawn") % {"role": self.role}
