"""Wages of the official survey, as each release has them.

Values are whole numbers in the smallest unit that the publisher prints: hourly wages in cents, yearly wages in dollars.
They never pass through binary fractions, and a row takes little room. Where the publisher prints a mark instead of a
number, the value is NULL and a flag stores the mark, so a gap is never zero.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, In, IsNull
from django.utils.translation import gettext_lazy as _

from .statistics import Area, Occupation, Release


class Flag(models.TextChoices):
    """What the publisher prints in place of a number."""

    NOT_AVAILABLE = "*", _("not available")
    AT_OR_ABOVE = "#", _("at or above the highest published wage")
    BELOW = "~", _("below the lowest published value")
    NO_FIGURE = "-", _("no figure")
    EMPTY = "_", _("not published")


NUMBER = "."
"""Stands in `Wage.flags` for a value that is a number."""


class Column(NamedTuple):
    """A figure of a wage row: the field that stores it, and the decimals that the publisher prints."""

    field: str
    decimals: int


PERCENTILES = (10, 25, 50, 75, 90)
HOURLY = tuple(f"hourly_p{percentile}" for percentile in PERCENTILES)
YEARLY = tuple(f"yearly_p{percentile}" for percentile in PERCENTILES)
WAGE_COLUMNS = (
    Column("employment", 0),
    Column("jobs_per_million", 3),
    Column("location_quotient", 2),
    Column("hourly_mean", 2),
    Column("yearly_mean", 0),
    *(Column(field, 2) for field in HOURLY),
    *(Column(field, 0) for field in YEARLY),
)
"""All figures of a row, in the order of `Wage.flags`. The publisher prints jobs per million as jobs per 1,000."""


class PaidBy(models.TextChoices):
    """The only unit of time for which the publisher has wages of an occupation, where there is just one."""

    YEAR = "year", _("year only")
    HOUR = "hour", _("hour only")


def _flags_agree() -> Iterator[Q]:
    """Yield for each figure that it is either a number or has a flag."""
    yield Q(flags="") | Q(Exact(Length("flags"), len(WAGE_COLUMNS)))
    for position, column in enumerate(WAGE_COLUMNS, start=1):
        flag = Substr("flags", position, 1)
        is_number = Q(IsNull(F(column.field), False), In(flag, ["", NUMBER]))
        yield is_number | Q(IsNull(F(column.field), True), In(flag, [str(value) for value in Flag.values]))


def _all(conditions: Iterator[Q]) -> Q:
    return Q(*conditions)


def _ascending(fields: Sequence[str]) -> Q:
    """Require that percentiles never fall. A comparison with NULL passes."""
    return Q(*(Q(**{f"{low}__lte": F(high)}) for low, high in pairwise(fields)))


def _missing(fields: Sequence[str]) -> Q:
    return Q(**{f"{field}__isnull": True for field in fields})


class Wage(models.Model):
    """Wages and employment of an occupation in an area, as one release has them.

    `location_quotient` is in hundredths: 102 means a share of jobs that is 1.02 times the national share. `flags` has
    one character per figure, in the order of `WAGE_COLUMNS`: a dot for a number, or a `Flag`. It is empty if all are
    numbers.
    """

    # The unique constraint starts with the release and the occupation, so neither needs a separate index.
    release = models.ForeignKey(Release, models.CASCADE, db_index=False, related_name="wages")
    occupation = models.ForeignKey(Occupation, models.PROTECT, db_index=False, related_name="wages")
    area = models.ForeignKey(Area, models.PROTECT, related_name="wages")
    employment = models.IntegerField(null=True)
    jobs_per_million = models.IntegerField(null=True)
    location_quotient = models.IntegerField(null=True)
    hourly_mean = models.IntegerField(null=True)
    yearly_mean = models.IntegerField(null=True)
    hourly_p10 = models.IntegerField(null=True)
    hourly_p25 = models.IntegerField(null=True)
    hourly_p50 = models.IntegerField(null=True)
    hourly_p75 = models.IntegerField(null=True)
    hourly_p90 = models.IntegerField(null=True)
    yearly_p10 = models.IntegerField(null=True)
    yearly_p25 = models.IntegerField(null=True)
    yearly_p50 = models.IntegerField(null=True)
    yearly_p75 = models.IntegerField(null=True)
    yearly_p90 = models.IntegerField(null=True)
    flags = models.CharField(max_length=len(WAGE_COLUMNS), blank=True)
    paid_by = models.CharField(max_length=4, choices=PaidBy, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("wage")
        verbose_name_plural = _("wages")
        constraints = (
            UniqueConstraint(fields=("release", "occupation", "area"), name="guides_wage_once"),
            CheckConstraint(condition=_all(_flags_agree()), name="guides_wage_flags"),
            CheckConstraint(
                condition=Q(**{f"{field}__gt": 0 for field in ("hourly_mean", "yearly_mean", *HOURLY, *YEARLY)}),
                name="guides_wage_positive",
            ),
            CheckConstraint(
                condition=Q(employment__gte=0, jobs_per_million__gte=0, location_quotient__gte=0),
                name="guides_wage_jobs",
            ),
            CheckConstraint(condition=_ascending(HOURLY) & _ascending(YEARLY), name="guides_wage_ascending"),
            CheckConstraint(
                condition=Q(paid_by="")
                | (Q(paid_by="year") & _missing(("hourly_mean", *HOURLY)))
                | (Q(paid_by="hour") & _missing(("yearly_mean", *YEARLY))),
                name="guides_wage_paid_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation} in {self.area}"
