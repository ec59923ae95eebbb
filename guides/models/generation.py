"""Which state of what visitors see a database is in: another mark after every change of editions or listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """One row, whose `mark` triggers of the database make anew: what was worked out under a mark holds as long as it.

    A mark is random, not counted: a number that a rolled-back transaction has used would come again.
    """

    mark = models.CharField(max_length=36)

    class Meta:
        default_permissions = ()
        verbose_name = _("generation")
        verbose_name_plural = _("generations")

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def current(cls) -> str:
        return cls.objects.values_list("mark", flat=True).first() or ""
