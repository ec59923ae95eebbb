"""Drafts: roles, the base class of their parts, and the fields of work, skills and sources that all roles share.

Visitors never see drafts. They see editions.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides import choices, schema
from guides.schema import types

from .constraints import one_of
from .fields import address_validator, names_field, raise_keyed, slug_validator, validate_wordings
from .image import Image


class BySlug[M: models.Model](models.Manager[M]):
    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug)


class Slugged(models.Model):
    slug = models.CharField(_("address"), max_length=types.MAX_SLUG_LENGTH, unique=True, validators=[slug_validator])

    objects: ClassVar[models.Manager[Self]] = BySlug()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FieldOfWork(Slugged):
    """A field of work, by which visitors browse."""

    name = models.CharField(_("name"), max_length=types.MAX_LINE_LENGTH)
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("One or two sentences without Markdown. Shown at the top of the field’s page."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guides:field", args=(self.slug,))


class Role(Slugged):
    """An occupation that has a guide: the root of its draft.

    `revision` counts changes of the draft, its parts and the shared rows that it uses; `updated_at` is the time of the
    last one. `digest` is the fingerprint of the composed guide, or `NO_GUIDE` while the draft is invalid.
    `status.refresh` in `publishing.drafts` updates the three.
    """

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    alternative_titles = names_field(_("alternative titles"))
    field = models.ForeignKey(FieldOfWork, models.PROTECT, null=True, blank=True, verbose_name=_("field of work"))
    skills: models.ManyToManyField = models.ManyToManyField(
        "Skill", through="RoleSkill", related_name="roles", verbose_name=_("skills")
    )
    summary = models.TextField(
        _("summary"),
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("One or two sentences without Markdown. Shown at the top of the page and by search engines."),
    )
    pay_is_representative = models.BooleanField(
        _("official pay is representative"),
        default=True,
        help_text=_(
            "Clear this box if the official pay of the occupations below would mislead. The guide then has no pay "
            "headline and comes last when guides are sorted by pay."
        ),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due = models.DateField(
        _("review due"), null=True, blank=True, help_text=_("When to review the guide again.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("owner"),
        related_name="owned_roles",
        help_text=_("Who keeps this guide up to date."),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=32, blank=True, editable=False)

    NO_GUIDE = "none"
    picture = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, verbose_name=_("picture"))
    picture_alt = models.CharField(
        _("description of the picture"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("One sentence for people who cannot see the picture."),
    )

    class Meta:
        ordering = ("title",)
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        permissions = (("publish_role", "Can publish and withdraw guides"),)
        constraints = (
            CheckConstraint(
                condition=Q(picture__isnull=True, picture_alt="") | Q(picture__isnull=False) & ~Q(picture_alt=""),
                name="guides_role_picture_alt",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guides:guide", args=(self.slug,))

    def clean(self) -> None:
        if self.picture and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Describe the picture.")})
        if self.picture_alt and not self.picture:
            raise ValidationError({"picture": _("Choose a picture, or delete the description.")})


class Skill(Slugged):
    """A skill or tool, shared by all roles that require it."""

    name = models.CharField(_("name"), max_length=types.MAX_LINE_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=choices.SkillKind)
    aliases = names_field(_("other names"))
    wordings = names_field(
        _("résumé phrases"),
        _("How people describe it on a résumé, one phrase per line, such as ‘drew blood’. Readers do not see these."),
        validate_wordings,
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("One or two sentences without Markdown. Shown for every role that requires the skill."),
    )

    broader = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader skill"),
        help_text=_("Someone who has this skill also has the broader one. Epic is one of the EHR systems."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = (
            one_of("kind", choices.SkillKind),
            CheckConstraint(condition=~Q(broader=models.F("pk")), name="guides_skill_broader_other"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guides:skill", args=(self.slug,))


class Source(Slugged):
    """A publication that figures come from, and the period that it covers."""

    publisher = models.CharField(_("publisher"), max_length=types.MAX_LINE_LENGTH)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    covers_from = models.DateField(_("covers from"), null=True, blank=True)
    covers_to = models.DateField(_("covers to"), null=True, blank=True)
    address = models.CharField(
        _("web address"), max_length=types.MAX_ADDRESS_LENGTH, blank=True, validators=[address_validator]
    )
    seen_on = models.DateField(_("accessed on"))

    class Meta:
        ordering = ("publisher", "title")
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_to__isnull=True)
                | Q(covers_from__isnull=False, covers_to__isnull=False, covers_from__lte=models.F("covers_to")),
                name="guides_source_period",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('guides:sources')}#{self.slug}"

    def clean(self) -> None:
        raise_keyed(schema.Source.cross_field_errors(vars(self)))


class PartManager[M: models.Model](models.Manager[M]):
    def get_by_natural_key(self, role: str, order: int) -> M:
        return self.get(role__slug=role, order=order)


class Part(models.Model):
    """A row that belongs to a role, in an order. Negative orders exist only while rows are reordered.

    Each part type sets `default_related_name`, the name of its rows on a role.
    """

    role = models.ForeignKey(Role, models.CASCADE, verbose_name=_("role"))
    order = models.IntegerField(_("order"))

    objects: ClassVar[models.Manager[Self]] = PartManager()

    class Meta:
        abstract = True
        ordering = ("order",)
        constraints: ClassVar[tuple[BaseConstraint, ...] | list[BaseConstraint]] = (
            UniqueConstraint(fields=("role", "order"), name="%(app_label)s_%(class)s_order"),
        )

    def natural_key(self) -> tuple[str, int]:
        return (self.role.slug, self.order)

    natural_key.dependencies = ["guides.role"]  # type: ignore[attr-defined]
