"""The editing workflow: audit log, submissions, waivers, preview links and draft snapshots."""

from datetime import datetime
from typing import Any, Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from guides.schema import types

from .constraints import one_of
from .edition import Edition

_MAX_NAME_LENGTH = 150  # of a user; a name stays on record when its account goes


def _by(verbose_name: Any) -> models.CharField:
    return models.CharField(verbose_name, max_length=_MAX_NAME_LENGTH)


def _sentence(verbose_name: Any, *, blank: bool = True) -> models.TextField:
    return models.TextField(verbose_name, blank=blank, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])


class Action(models.TextChoices):
    """The actions in the audit log."""

    SAVED = "saved", _("saved the draft")
    IMPORTED = "imported", _("imported the draft")
    SUBMITTED = "submitted", _("submitted the draft")
    SENT_BACK = "sent-back", _("sent the draft back")
    WAIVED = "explained", _("waived a finding")
    UNWAIVED = "unexplained", _("revoked a waiver")
    SHARED = "shared", _("created a preview link")
    REVOKED = "revoked", _("revoked a preview link")
    PUBLISHED = "published", _("published")
    SCHEDULED = "scheduled", _("scheduled")
    CANCELLED = "cancelled", _("canceled")
    WITHDREW = "withdrew", _("withdrew the guide")
    RESTORED = "restored", _("restored the draft")
    MERGED = "merged", _("merged skills")
    DELETED = "deleted", _("deleted the role")
    ROW_ADDED = "row-added", _("added")
    ROW_CHANGED = "row-changed", _("changed")
    ROW_DELETED = "row-deleted", _("deleted")
    SECOND_FACTOR_SET_UP = "second-factor", _("set up a second factor")
    SECOND_FACTOR_REMOVED = "second-factor-off", _("removed the second factor")
    RECOVERY_CODES_RENEWED = "recovery-codes", _("created new recovery codes")


class AuditLogQuerySet(models.QuerySet["AuditLogEntry"]):
    def listed(self) -> Self:
        """Load related rows for a list, without the guides themselves, which are long."""
        return self.select_related("role", "edition").defer("edition__content", "edition__html")


class AuditLogEntry(models.Model):
    """An entry of the audit log, which never changes. `subject` is the name of a role that may be deleted later."""

    at = models.DateTimeField(_("time"), db_index=True)
    by = _by(_("user"))
    verb = models.CharField(_("action"), max_length=20, choices=Action)
    role = models.ForeignKey(
        "guides.Role", models.SET_NULL, null=True, blank=True, verbose_name=_("role"), related_name="audit_log"
    )
    subject = models.CharField(_("subject"), max_length=types.MAX_LINE_LENGTH)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, verbose_name=_("edition"))
    note = _sentence(_("note"))

    objects = AuditLogQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log entries")
        default_permissions = ("view",)
        constraints = (one_of("verb", Action),)

    def __str__(self) -> str:
        return f"{self.by} {self.get_verb_display()}: {self.subject}"


class Outcome(models.TextChoices):
    PUBLISHED = "published", _("published")
    SENT_BACK = "sent-back", _("sent back")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> Self:
        """Return the submissions that wait for an editor: at most one per role."""
        return self.filter(outcome="")


class Submission(models.Model):
    """A request for publication. An editor publishes the draft, or sends it back with an answer."""

    role = models.ForeignKey("guides.Role", models.CASCADE, verbose_name=_("role"), related_name="submissions")
    by = _by(_("submitted by"))
    at = models.DateTimeField(_("submitted at"))
    note = _sentence(_("note"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    answer = _sentence(_("answer"))
    answered_by = models.CharField(_("answered by"), max_length=_MAX_NAME_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        default_permissions = ()
        constraints = (
            one_of("outcome", Outcome, or_empty=True),
            UniqueConstraint(fields=("role",), condition=Q(outcome=""), name="guides_submission_one_open"),
            CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="guides_submission_answered",
            ),
        )

    def __str__(self) -> str:
        return str(self.role)


class Waiver(models.Model):
    """A waiver of a preflight finding, valid until the content of the finding changes."""

    role = models.ForeignKey("guides.Role", models.CASCADE, verbose_name=_("role"), related_name="waivers")
    key = models.CharField(_("finding"), max_length=100)
    message = models.TextField(_("message"))
    reason = _sentence(_("reason"), blank=False)
    by = _by(_("waived by"))
    at = models.DateTimeField(_("waived at"))

    class Meta:
        ordering = ("-at",)
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        default_permissions = ()
        constraints = (UniqueConstraint(fields=("role", "key"), name="guides_waiver_once"),)

    def __str__(self) -> str:
        return f"{self.message} {self.reason}"


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, *, at: datetime) -> Self:
        """Return the links that are valid at a time."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class PreviewLink(models.Model):
    """A link that shows a draft without an account, until it expires or is revoked."""

    role = models.ForeignKey("guides.Role", models.CASCADE, verbose_name=_("role"), related_name="preview_links")
    made_for = models.CharField(_("recipient"), max_length=types.MAX_LINE_LENGTH)
    by = _by(_("shared by"))
    at = models.DateTimeField(_("shared at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        constraints = (CheckConstraint(condition=Q(expires_at__gt=F("at")), name="guides_previewlink_interval"),)

    def __str__(self) -> str:
        return f"{self.role}: {self.made_for}"


class DraftSnapshot(models.Model):
    """A snapshot of a draft before it was replaced. `content` is the guide, or plain data if it was not valid."""

    role = models.ForeignKey("guides.Role", models.CASCADE, verbose_name=_("role"), related_name="snapshots")
    content = models.TextField(_("content"))
    reason = models.CharField(_("replaced by"), max_length=types.MAX_LINE_LENGTH)
    by = _by(_("replaced by whom"))
    at = models.DateTimeField(_("replaced at"))

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("draft snapshot")
        verbose_name_plural = _("draft snapshots")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.role}, {self.at:%Y-%m-%d %H:%M}"
