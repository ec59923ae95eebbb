"""The page of an edition, ready made at its publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .edition import Edition


class Article(models.Model):
    """What `formats.article` makes of an edition, with its slots; `release` tells by which code and templates."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True)
    release = models.CharField(max_length=32)
    head = models.TextField()
    body = models.TextField()

    class Meta:
        default_permissions = ()
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return str(self.edition)
