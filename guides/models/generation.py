"""The generation of the site: a cache invalidation token that changes with editions and listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """One row. Database triggers change `mark`, and cached data is valid as long as its mark.

    A mark is random: a transaction that is rolled back would reuse a number of a counter.
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
