"""What visitors mean by phrases that no guide contains, such as 'no degree'. Visitors see changes at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.schema import types

from .fields import names_field


class SearchIntentManager(models.Manager["SearchIntent"]):
    def get_by_natural_key(self, order: int) -> "SearchIntent":
        return self.get(order=order)


class SearchIntent(models.Model):
    """Phrases that mean the same, and where they lead. Earlier rows are tried first."""

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    phrases = names_field(
        _("phrases"),
        _("One phrase per line. {amount} matches an amount such as 50k, and {place} a place such as Texas."),
    )
    target = models.CharField(
        _("leads to"),
        max_length=types.MAX_ADDRESS_LENGTH,
        help_text=_(
            "An address of this site, such as /guides/?setting=remote, or /search/?q= with other words. It may contain "
            "{amount}, {place}, and, for guides that the search names, {guide} and {other}."
        ),
    )
    message = models.CharField(
        _("message"),
        max_length=types.MAX_LINE_LENGTH,
        help_text=_("What the page says, such as ‘Showing jobs that don’t require a degree’."),
    )

    objects = SearchIntentManager()

    class Meta:
        ordering = ("order",)
        verbose_name = _("search intent")
        verbose_name_plural = _("search intents")

    def __str__(self) -> str:
        return ", ".join(self.phrases[:3])

    def natural_key(self) -> tuple[int]:
        return (self.order,)
