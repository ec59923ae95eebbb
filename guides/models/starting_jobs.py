"""Jobs without a guide that people come from, with the skills that they usually bring. Visitors see changes at once."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.schema import types

from .fields import names_field, slug_validator


class StartingJobManager(models.Manager["StartingJob"]):
    def get_by_natural_key(self, slug: str) -> "StartingJob":
        return self.get(slug=slug)


class StartingJob(models.Model):
    slug = models.CharField(_("address"), max_length=types.MAX_SLUG_LENGTH, unique=True, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    other_titles = names_field(_("other titles"))
    code = models.CharField(
        _("SOC code"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(f"^{types.OCCUPATION_CODE}$", _("Enter a SOC code, such as 31-9092."))],
        help_text=_("The official occupation that includes the job, if there is one."),
    )
    skills: models.ManyToManyField = models.ManyToManyField(
        "guides.Skill",
        related_name="starting_jobs",
        blank=True,
        verbose_name=_("skills"),
        help_text=_("What most people can do after a year in the job."),
    )

    objects = StartingJobManager()

    class Meta:
        ordering = ("title",)
        verbose_name = _("starting job")
        verbose_name_plural = _("starting jobs")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
