"""What people need to get in: the requirements of a role, and the facts about certificates. Both cite a source."""

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from guides import choices, schema
from guides.schema import types

from .constraints import one_of
from .drafts import Part, Skill, Source
from .fields import address_validator, raise_keyed, slug_validator
from .figures import EXACT, absent_or_whole, amount, currency, in_order, iso_code, quantity


class Requirement(Part):
    """A way to meet the requirements of employers. People need only one way, and the usual one comes first."""

    education = models.CharField(_("minimum education"), max_length=20, choices=choices.EducationLevel, blank=True)
    years_from = models.PositiveSmallIntegerField(
        _("years of experience from"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    years_to = models.PositiveSmallIntegerField(
        _("years of experience to"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    experience = models.CharField(
        _("experience in"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("Which work the years are of, such as ‘work in health care’. Use the same words in all guides."),
    )
    certificate = models.CharField(
        _("required certificate"),
        max_length=types.MAX_SLUG_LENGTH,
        blank=True,
        validators=[slug_validator],
        help_text=_("The address of a certificate or license among the skills of this role."),
    )
    note = MarkdownxField(
        _("note"),
        blank=True,
        validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)],
        help_text=_("What else people should know, such as ‘Posts for nurses also require an RN license.’"),
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta(Part.Meta):
        default_related_name = "requirements"
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = (
            *Part.Meta.constraints,
            one_of("education", choices.EducationLevel, or_empty=True),
            in_order("years_from", "years_to"),
            CheckConstraint(
                condition=Q(years_from__isnull=True, years_to__isnull=True, experience="")
                | Q(years_from__isnull=False) & ~Q(experience=""),
                name="guides_requirement_experience",
            ),
            CheckConstraint(
                condition=~Q(education="") | Q(years_from__isnull=False) | ~Q(certificate=""),
                name="guides_requirement_not_empty",
            ),
        )

    def __str__(self) -> str:
        return self.get_education_display() or self.experience or self.certificate

    def clean(self) -> None:
        raise_keyed(schema.Requirement.cross_field_errors(vars(self)))


class CertificateManager(models.Manager["Certificate"]):
    def get_by_natural_key(self, skill: str) -> "Certificate":
        return self.get(skill__slug=skill)


class Certificate(models.Model):
    """The facts about a skill that is a certificate or license."""

    skill = models.OneToOneField(Skill, models.CASCADE, verbose_name=_("skill"))
    issuer = models.CharField(_("issuer"), max_length=types.MAX_LINE_LENGTH)
    eligibility = models.TextField(
        _("who can take the exam"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)]
    )
    fee_low = amount(_("fee from"), EXACT)
    fee_high = amount(_("fee to"))
    fee_and_more = models.BooleanField(_("and more"), default=False)
    fee_approximate = models.BooleanField(_("approximate"), default=False)
    fee_currency = currency(blank=True)
    training_low = amount(_("required training from"), EXACT)
    training_high = amount(_("required training to"))
    training_and_more = models.BooleanField(_("and more"), default=False)
    training_approximate = models.BooleanField(_("approximate"), default=False)
    training_unit = models.CharField(_("unit"), max_length=10, choices=choices.TimeUnit, blank=True)
    renewal = models.TextField(_("renewal"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])
    address = models.CharField(
        _("web address"), max_length=types.MAX_ADDRESS_LENGTH, blank=True, validators=[address_validator]
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    objects = CertificateManager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = (
            iso_code("fee_currency", 3, or_empty=True),
            *quantity("fee_", "fee_currency"),
            one_of("training_unit", choices.TimeUnit, or_empty=True),
            *quantity("training_", "training_unit"),
        )

    def __str__(self) -> str:
        return str(self.skill)

    def natural_key(self) -> tuple[str]:
        return (self.skill.slug,)

    natural_key.dependencies = ["guides.skill"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        absent_or_whole(self, "fee_", "currency")
        absent_or_whole(self, "training_", "unit")
