"""Parts of a role without figures. Parts that cite a source are in `figures`."""

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from guides import choices, schema
from guides.schema import types

from .constraints import one_of
from .drafts import Part, Skill
from .fields import names_field, raise_keyed, slug_validator


class Section(Part):
    """Prose of a chapter."""

    chapter = models.CharField(_("chapter"), max_length=20, choices=choices.Chapter)
    heading = models.CharField(
        _("heading"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("Leave empty for the text that opens the chapter."),
    )
    body = MarkdownxField(_("text"), validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        default_related_name = "sections"
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
        default_related_name = "responsibilities"
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self) -> str:
        return self.title


class RoleSkill(Part):
    """A skill that the role requires, with its importance and purpose."""

    skill = models.ForeignKey(Skill, models.PROTECT, verbose_name=_("skill"))
    purpose = MarkdownxField(
        _("why the role needs it"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)]
    )
    one_of = models.CharField(
        _("one of"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_(
            "A name such as ‘One EHR system’. Skills with the same name are alternatives: one of them is enough."
        ),
    )
    importance = models.CharField(
        _("importance"), max_length=20, choices=choices.Importance, default=choices.Importance.IMPORTANT
    )
    proficiency = models.CharField(
        _("required level"),
        max_length=20,
        choices=choices.Proficiency,
        blank=True,
        help_text=_("How well people must master the skill."),
    )
    gained = MarkdownxField(
        _("how to learn it"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("A course, practice, or an earlier job. The skills check shows this to people who lack the skill."),
    )
    gained_by = names_field(
        _("learned through"), _("Titles of entry steps and education routes of this role, one per line.")
    )

    class Meta(Part.Meta):
        default_related_name = "role_skills"
        verbose_name = _("required skill")
        verbose_name_plural = _("required skills")
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
        default_related_name = "entry_steps"
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
        default_related_name = "considerations"
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
        default_related_name = "faqs"
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.question


class RelatedRole(Part):
    """A neighboring role, whether or not it has a guide."""

    relation = models.CharField(_("relation"), max_length=20, choices=choices.Relation)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    slug = models.CharField(
        _("address of its guide"), max_length=types.MAX_SLUG_LENGTH, blank=True, validators=[slug_validator]
    )
    starting_job = models.CharField(
        _("starting job"),
        max_length=types.MAX_SLUG_LENGTH,
        blank=True,
        validators=[slug_validator],
        help_text=_("The address of a starting job, if the role has no guide."),
    )
    note = MarkdownxField(_("note"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        default_related_name = "related_roles"
        verbose_name = _("related role")
        verbose_name_plural = _("related roles")
        constraints = (
            *Part.Meta.constraints,
            one_of("relation", choices.Relation),
            CheckConstraint(condition=Q(slug="") | Q(starting_job=""), name="guides_relatedrole_one_target"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        raise_keyed(schema.RelatedRole.cross_field_errors(vars(self)))


class ToolkitItem(Part):
    """Something that helps to apply for the job."""

    kind = models.CharField(_("kind"), max_length=20, choices=choices.ToolkitKind)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    body = MarkdownxField(_("text"), validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])

    class Meta(Part.Meta):
        default_related_name = "toolkit_items"
        verbose_name = _("toolkit item")
        verbose_name_plural = _("toolkit")
        constraints = (*Part.Meta.constraints, one_of("kind", choices.ToolkitKind))

    def __str__(self) -> str:
        return self.title


class ApplicationExample(Part):
    """A finished résumé and cover letter of an invented person who changes to the role."""

    from_job = models.CharField(
        _("earlier job"),
        max_length=types.MAX_LINE_LENGTH,
        help_text=_("The job that the person comes from, such as ‘Bank teller’."),
    )
    meets = models.CharField(
        _("meets"),
        max_length=types.MAX_LINE_LENGTH,
        help_text=_("The requirement of the role that the person meets, such as ‘High school diploma’."),
    )
    resume = MarkdownxField(
        _("résumé"),
        validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)],
        help_text=_(
            "Invent the person, the employers, and the numbers. Begin with ‘# Name’. Use ‘##’ for sections and "
            "‘### Job title *dates*’ for jobs. It should fit on one page."
        ),
    )
    letter = MarkdownxField(
        _("cover letter"),
        validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)],
        help_text=_("Begin with ‘# Name’. It should fit on one page."),
    )

    class Meta(Part.Meta):
        default_related_name = "application_examples"
        verbose_name = _("example")
        verbose_name_plural = _("examples")

    def __str__(self) -> str:
        return self.from_job


class InterviewQuestion(Part):
    """A question of interviews for the role, and what a good answer shows."""

    theme = models.CharField(
        _("theme"), max_length=types.MAX_LINE_LENGTH, help_text=_("Questions with the same theme are shown together.")
    )
    question = models.CharField(_("question"), max_length=types.MAX_LINE_LENGTH)
    shows = MarkdownxField(_("a good answer shows"), validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])

    class Meta(Part.Meta):
        default_related_name = "interview_questions"
        verbose_name = _("interview question")
        verbose_name_plural = _("interview questions")

    def __str__(self) -> str:
        return self.question


class RoleOccupation(Part):
    """An official occupation whose statistics are shown for the role.

    `official_title` is not stored. Forms set it, so that editors see the title next to the code.
    """

    official_title = ""
    code = models.CharField(
        _("SOC code"),
        max_length=7,
        validators=[RegexValidator(f"^{types.OCCUPATION_CODE}$", _("Enter a SOC code, such as 31-9092."))],
        help_text=_("A code of the Standard Occupational Classification 2018, such as 31-9092."),
    )
    relation = models.CharField(_("relation"), max_length=10, choices=choices.OccupationRelation)
    covers = MarkdownxField(
        _("what else it covers"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("One sentence that is shown next to the figures. Required unless the occupation is the role."),
    )

    class Meta(Part.Meta):
        default_related_name = "occupations"
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        constraints = (
            *Part.Meta.constraints,
            one_of("relation", choices.OccupationRelation),
            CheckConstraint(condition=Q(code__regex=f"^{types.OCCUPATION_CODE}$"), name="guides_roleoccupation_code"),
            CheckConstraint(condition=Q(relation="same") | ~Q(covers=""), name="guides_roleoccupation_covers"),
            UniqueConstraint(fields=("role", "code"), name="guides_roleoccupation_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.official_title}".strip()

    def clean(self) -> None:
        raise_keyed(schema.RoleOccupation.cross_field_errors(vars(self)))
