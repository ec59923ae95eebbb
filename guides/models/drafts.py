"""The editors' workspace: a role, the parts that hang on it, and the skills and sources that all roles share.

Nothing here is seen by visitors; they see editions. The parts that carry figures are in `figures`.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

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
    """A field that roles belong to, for those who browse."""

    name = models.CharField(_("name"), max_length=types.MAX_LINE_LENGTH)
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("A sentence or two, without Markdown: the lead of the field’s page."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")

    def __str__(self) -> str:
        return self.name


class Role(Slugged):
    """An occupation that has a guide: the root of its draft.

    `revision` counts what was stored of the draft, parts included; `digest` is of the guide that it says now, or
    `NO_GUIDE` while it says none. `publishing.standing.note` keeps both.
    """

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    alternative_titles = names_field(_("alternative titles"))
    field = models.ForeignKey(FieldOfWork, models.PROTECT, null=True, blank=True, verbose_name=_("field of work"))
    summary = models.TextField(
        _("summary"),
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("One or two sentences, without Markdown: the lead of the page, and what search engines show."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due = models.DateField(
        _("review due"), null=True, blank=True, help_text=_("When the guide is to be looked over again.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("owner"),
        related_name="owned_roles",
        help_text=_("Who keeps this guide true."),
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=32, blank=True, editable=False)

    NO_GUIDE = "none"
    picture = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, verbose_name=_("picture"))
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("For those who do not see it: what they would miss, in a sentence."),
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

    def clean(self) -> None:
        if self.picture and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Say what the picture shows.")})
        if self.picture_alt and not self.picture:
            raise ValidationError({"picture": _("Choose the picture that is described, or delete its description.")})


class Skill(Slugged):
    """A skill or tool, one row for all roles that ask for it."""

    name = models.CharField(_("name"), max_length=types.MAX_LINE_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=choices.SkillKind)
    aliases = names_field(_("other names"))
    wordings = names_field(
        _("wordings of résumés"),
        _("How people put it who have it, in one to three words a line: ‘drew blood’. Readers do not see these."),
        validate_wordings,
    )
    summary = models.TextField(
        _("what it is"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("A sentence or two, without Markdown, for every role that asks for it."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = (one_of("kind", choices.SkillKind),)

    def __str__(self) -> str:
        return self.name


class Source(Slugged):
    """Where figures come from, and of what period they speak."""

    publisher = models.CharField(_("publisher"), max_length=types.MAX_LINE_LENGTH)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    covers_from = models.DateField(_("covers from"), null=True, blank=True)
    covers_to = models.DateField(_("covers to"), null=True, blank=True)
    address = models.CharField(
        _("web address"), max_length=types.MAX_ADDRESS_LENGTH, blank=True, validators=[address_validator]
    )
    seen_on = models.DateField(_("seen on"))

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

    def clean(self) -> None:
        raise_keyed(schema.Source.cross_field_errors(vars(self)))


class PartManager[M: models.Model](models.Manager[M]):
    def get_by_natural_key(self, role: str, order: int) -> M:
        return self.get(role__slug=role, order=order)


class Part(models.Model):
    """What hangs on a role, in an order of its own. Negative orders are for the moment of a reordering only."""

    role = models.ForeignKey(Role, models.CASCADE, verbose_name=_("role"), related_name="%(class)s_parts")
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


class Section(Part):
    """Prose of a chapter."""

    chapter = models.CharField(_("chapter"), max_length=20, choices=choices.Chapter)
    heading = models.CharField(
        _("heading"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("Leave it empty for the text that opens the chapter."),
    )
    body = MarkdownxField(_("text"), validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = (*Part.Meta.constraints, one_of("chapter", choices.Chapter))

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.get_chapter_display(), self.heading)))


class Responsibility(Part):
    """A duty of the job."""

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    detail = MarkdownxField(_("detail"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self) -> str:
        return self.title


class RoleSkill(Part):
    """A skill that the role asks for, and what for."""

    skill = models.ForeignKey(Skill, models.PROTECT, verbose_name=_("skill"))
    purpose = MarkdownxField(_("what for"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])
    importance = models.CharField(
        _("importance"), max_length=20, choices=choices.Importance, default=choices.Importance.IMPORTANT
    )
    proficiency = models.CharField(
        _("mastered"),
        max_length=20,
        choices=choices.Proficiency,
        blank=True,
        help_text=_("How well one is to master it."),
    )
    gained = MarkdownxField(
        _("how it is gained"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("A course, practice, an earlier job: what the skills check tells those who lack it."),
    )
    gained_by = names_field(_("gained by"), _("Titles of entry steps and education routes of this role, one a line."))

    class Meta(Part.Meta):
        verbose_name = _("skill asked for")
        verbose_name_plural = _("skills asked for")
        constraints = (
            *Part.Meta.constraints,
            one_of("importance", choices.Importance),
            one_of("proficiency", choices.Proficiency, or_empty=True),
            UniqueConstraint(fields=("role", "skill"), name="guides_roleskill_once"),
        )

    def __str__(self) -> str:
        return str(self.skill)


class EntryStep(Part):
    """A step on the way into the job."""

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    body = MarkdownxField(_("text"), blank=True, validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("entry step")
        verbose_name_plural = _("entry steps")

    def __str__(self) -> str:
        return self.title


class Consideration(Part):
    """A pro or a con."""

    kind = models.CharField(_("kind"), max_length=20, choices=choices.ConsiderationKind)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    detail = MarkdownxField(_("detail"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("pro or con")
        verbose_name_plural = _("pros and cons")
        constraints = (*Part.Meta.constraints, one_of("kind", choices.ConsiderationKind))

    def __str__(self) -> str:
        return self.title


class FAQ(Part):
    """A question that people ask, and its answer."""

    question = models.CharField(_("question"), max_length=types.MAX_LINE_LENGTH)
    answer = MarkdownxField(_("answer"), validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.question


class RelatedRole(Part):
    """A neighbouring role, whether or not it has a guide."""

    relation = models.CharField(_("relation"), max_length=20, choices=choices.Relation)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    slug = models.CharField(
        _("address of its guide"), max_length=types.MAX_SLUG_LENGTH, blank=True, validators=[slug_validator]
    )
    note = MarkdownxField(_("note"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("related role")
        verbose_name_plural = _("related roles")
        constraints = (*Part.Meta.constraints, one_of("relation", choices.Relation))

    def __str__(self) -> str:
        return self.title


class ToolkitItem(Part):
    """Something that helps to apply for the job."""

    kind = models.CharField(_("kind"), max_length=20, choices=choices.ToolkitKind)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    body = MarkdownxField(_("text"), validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("toolkit item")
        verbose_name_plural = _("toolkit")
        constraints = (*Part.Meta.constraints, one_of("kind", choices.ToolkitKind))

    def __str__(self) -> str:
        return self.title


class InterviewQuestion(Part):
    """A question of interviews for the role, and what a good answer shows."""

    theme = models.CharField(
        _("theme"), max_length=types.MAX_LINE_LENGTH, help_text=_("Questions of one theme stand together.")
    )
    question = models.CharField(_("question"), max_length=types.MAX_LINE_LENGTH)
    shows = MarkdownxField(_("a good answer shows"), validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        verbose_name = _("interview question")
        verbose_name_plural = _("interview questions")

    def __str__(self) -> str:
        return self.question
