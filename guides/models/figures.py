"""The parts of a role that carry figures. Each points at the source of what it says.

A quantity is stored flat, under a prefix: `cost_low`, `cost_high`, `cost_and_more`, `cost_approximate` and a unit or a
currency; `values.Quantity` says what they mean. Amounts are exact decimals; a share is a fraction of one.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from guides import choices, schema
from guides.schema import types

from .constraints import one_of
from .drafts import Part, Source
from .fields import raise_keyed, words_field


def validate_currency(code: str) -> None:
    if not types.is_currency(code):
        raise ValidationError(_("Enter the three letters of an ISO 4217 currency, such as USD."))


def validate_country(code: str) -> None:
    if not types.is_country(code):
        raise ValidationError(_("Enter the two letters of an ISO 3166 country, such as US."))


def validate_short(text: str) -> None:
    if len(text.split()) > schema.MAX_SHORT_WORDS:
        raise ValidationError(_("Use at most four words."))


EXACT = _("For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.")


def amount(name: Any, help_text: Any = "") -> models.DecimalField:
    return models.DecimalField(
        name,
        help_text=help_text,
        max_digits=types.MAX_DIGITS,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )


def currency(*, blank: bool = False) -> models.CharField:
    return models.CharField(_("currency"), max_length=3, blank=blank, validators=[validate_currency])


def in_order(low: str, high: str) -> CheckConstraint:
    """Require `low` ≤ `high` if both have a value. A comparison with NULL passes."""
    return CheckConstraint(condition=Q(**{f"{low}__lte": F(high)}), name=f"%(app_label)s_%(class)s_{low}_{high}")


def not_negative(*fields: str) -> tuple[CheckConstraint, ...]:
    return tuple(
        CheckConstraint(condition=Q(**{f"{field}__gte": 0}), name=f"%(app_label)s_%(class)s_{field}_least")
        for field in fields
    )


def has_more(prefix: str = "") -> CheckConstraint:
    """`and_more` goes with a `low` and a `high` that some exceed."""
    stated = Q(**{f"{prefix}low__isnull": False, f"{prefix}high__isnull": False})
    return CheckConstraint(
        condition=Q(**{f"{prefix}and_more": False}) | stated,
        name=f"%(app_label)s_%(class)s_{prefix}and_more",
    )


def quantity(prefix: str, unit: str) -> tuple[CheckConstraint, ...]:
    """A quantity under a prefix is whole, with its unit, or wholly absent."""
    low, high = f"{prefix}low", f"{prefix}high"
    absent = Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
    return (
        in_order(low, high),
        *not_negative(low, high),
        has_more(prefix),
        CheckConstraint(
            condition=(absent & Q(**{unit: ""})) | (~absent & ~Q(**{unit: ""})),
            name=f"%(app_label)s_%(class)s_{unit}_goes",
        ),
    )


def iso_code(field: str, letters: int, *, or_empty: bool = False) -> CheckConstraint:
    """So many capitals, the shape of an ISO code. Which codes there are is for `full_clean`: their lists change."""
    shape = Q(Exact(Length(field), letters)) & Q(Exact(Upper(field), F(field)))
    return CheckConstraint(
        condition=shape | Q(**{field: ""}) if or_empty else shape, name=f"%(app_label)s_%(class)s_{field}_code"
    )


def absent_or_whole(row: models.Model, prefix: str, unit: str) -> None:
    """The errors of the quantity under a prefix, keyed by the row's fields."""
    values = {name: getattr(row, f"{prefix}{name}") for name in ("low", "high", "and_more", unit)}
    if any(values.values()) or values["low"] is not None or values["high"] is not None:
        raise_keyed(types.Quantity.cross_field_errors(values), prefix)
        if not values[unit]:
            raise ValidationError({f"{prefix}{unit}": _("Choose the unit or currency of the amount.")})


class KeyFact(Part):
    """A fact about the job. The first screen of a guide shows its measure or its short value."""

    kind = models.CharField(_("kind"), max_length=20, choices=choices.FactKind)
    short = models.CharField(
        _("short value"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        validators=[validate_short],
        help_text=_("At most four words for the first screen, such as ‘Mostly weekdays’. A figure is shown instead."),
    )
    text = MarkdownxField(_("text"), blank=True, validators=[MaxLengthValidator(types.MAX_TEXT_LENGTH)])
    value_low = amount(_("from"), EXACT)
    value_high = amount(_("to"))
    value_and_more = models.BooleanField(_("and more"), default=False)
    value_approximate = models.BooleanField(_("approximate"), default=False)
    value_unit = models.CharField(_("unit"), max_length=10, choices=choices.Unit, blank=True)
    value_per = models.CharField(_("per"), max_length=10, choices=choices.Period, blank=True)
    settings = words_field(_("settings"), choices.Setting, _("For the kind ‘Setting’ only."))
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta(Part.Meta):
        default_related_name = "key_facts"
        verbose_name = _("key fact")
        verbose_name_plural = _("key facts")
        constraints = (
            *Part.Meta.constraints,
            one_of("kind", choices.FactKind),
            one_of("value_unit", choices.Unit, or_empty=True),
            one_of("value_per", choices.Period, or_empty=True),
            *quantity("value_", "value_unit"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        absent_or_whole(self, "value_", "unit")
        raise_keyed(schema.KeyFact.cross_field_errors(vars(self) | {"value": self.value_unit or None}))


class EducationRoute(Part):
    """A way to learn the job, with what it costs and how long it takes."""

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    body = MarkdownxField(_("text"), blank=True, validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])
    education = models.CharField(_("leads to"), max_length=20, choices=choices.EducationLevel, blank=True)
    cost_low = amount(_("cost from"), EXACT)
    cost_high = amount(_("cost to"))
    cost_and_more = models.BooleanField(_("and more"), default=False)
    cost_approximate = models.BooleanField(_("approximate"), default=False)
    cost_currency = currency(blank=True)
    duration_low = amount(_("duration from"), EXACT)
    duration_high = amount(_("duration to"))
    duration_and_more = models.BooleanField(_("and more"), default=False)
    duration_approximate = models.BooleanField(_("approximate"), default=False)
    duration_unit = models.CharField(_("unit"), max_length=10, choices=choices.TimeUnit, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta(Part.Meta):
        default_related_name = "education_routes"
        verbose_name = _("education route")
        verbose_name_plural = _("education routes")
        constraints = (
            *Part.Meta.constraints,
            one_of("education", choices.EducationLevel, or_empty=True),
            iso_code("cost_currency", 3, or_empty=True),
            *quantity("cost_", "cost_currency"),
            one_of("duration_unit", choices.TimeUnit, or_empty=True),
            *quantity("duration_", "duration_unit"),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        absent_or_whole(self, "cost_", "currency")
        absent_or_whole(self, "duration_", "unit")


class CareerLevel(Part):
    """A level of the career ladder. It has years if a source states them, open-ended without `years_to`."""

    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    years_from = models.PositiveSmallIntegerField(
        _("years from"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    years_to = models.PositiveSmallIntegerField(
        _("years to"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    summary = MarkdownxField(_("duties"), blank=True, validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])
    focus = MarkdownxField(_("what to work on"), blank=True, validators=[MaxLengthValidator(types.MAX_PROSE_LENGTH)])
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    class Meta(Part.Meta):
        default_related_name = "career_levels"
        verbose_name = _("career level")
        verbose_name_plural = _("career levels")
        constraints = (
            *Part.Meta.constraints,
            UniqueConstraint(fields=("role", "title"), name="guides_careerlevel_title"),
            in_order("years_from", "years_to"),
            CheckConstraint(
                condition=Q(years_from__isnull=True, years_to__isnull=True, source__isnull=True)
                | Q(years_from__isnull=False, source__isnull=False),
                name="guides_careerlevel_years_cited",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        raise_keyed(schema.CareerLevel.cross_field_errors(vars(self) | {"source": self.source}))


class SalaryBand(Part):
    """What one source says of pay, and on which basis."""

    basis = models.CharField(_("basis"), max_length=20, choices=choices.PayBasis)
    label = models.CharField(
        _("label"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_(
            "Leave empty, or enter the name of the role or level, if the figures are for exactly that job. Any other "
            "label, such as the name of a broader occupation, keeps the median and the average out of cards and "
            "comparisons. They show the range instead."
        ),
    )
    level = models.ForeignKey(CareerLevel, models.RESTRICT, null=True, blank=True, verbose_name=_("level"))
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    low = amount(_("low"))
    median = amount(_("median"))
    mean = amount(_("average"))
    high = amount(_("high"))
    range_label = models.CharField(
        _("range"),
        max_length=types.MAX_LINE_LENGTH,
        blank=True,
        help_text=_("What the range covers, if the source says so, such as ‘10th to 90th percentile’."),
    )
    and_more = models.BooleanField(_("and more"), default=False)
    approximate = models.BooleanField(_("approximate"), default=False)
    currency = currency()
    period = models.CharField(_("period"), max_length=10, choices=choices.Period)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta(Part.Meta):
        default_related_name = "salary_bands"
        verbose_name = _("salary band")
        verbose_name_plural = _("salary bands")
        constraints = (
            *Part.Meta.constraints,
            one_of("basis", choices.PayBasis),
            one_of("period", choices.Period),
            iso_code("currency", 3),
            iso_code("country", 2),
            *(in_order(low, high) for low, high in schema.PAY_ORDER),
            *not_negative("low", "median", "mean", "high"),
            has_more(),
            CheckConstraint(
                condition=Q(low__isnull=False)
                | Q(median__isnull=False)
                | Q(mean__isnull=False)
                | Q(high__isnull=False),
                name="guides_salaryband_some",
            ),
            CheckConstraint(
                condition=(Q(basis="level") & Q(level__isnull=False)) | (~Q(basis="level") & Q(level__isnull=True)),
                name="guides_salaryband_of_level",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.label or self.level or self.country}"

    def clean(self) -> None:
        raise_keyed(schema.SalaryBand.cross_field_errors(vars(self) | {"level": self.level}))
        if self.level and self.level.role_id != self.role_id:
            raise ValidationError({"level": _("Choose a level of this role.")})
