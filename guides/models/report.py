"""Readers' reports on sections, which store nothing about the reader."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.choices import Chapter, Verdict
from guides.schema import types

from .constraints import one_of
from .edition import Edition


class Report(models.Model):
    """A report on a section of an edition. `form` identifies the form, which can be sent once."""

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name=_("edition"), related_name="reports")
    section = models.CharField(_("section"), max_length=20, choices=Chapter)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    text = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])
    form = models.CharField(max_length=32, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), db_index=True)
    done = models.BooleanField(_("resolved"), default=False)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        constraints = (one_of("section", Chapter), one_of("verdict", Verdict))

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.edition}, {self.get_section_display()}"
