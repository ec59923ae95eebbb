"""Official statistics: releases of published tables, occupations, areas, projections, and price levels.

Visitors see these rows as they were published, so this module does not import drafts. A release names its source by a
lazy reference. `wages` has the largest table.
"""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from guides.schema import types

from .constraints import one_of
from .fields import PlainJSON, slug_validator


class StatisticsTable(models.TextChoices):
    """The published tables that can be imported."""

    WAGES = "wages", _("wages and employment by area")
    PROJECTIONS = "projections", _("employment projections")
    STATE_PRICES = "state-prices", _("price levels of states")
    METROPOLITAN_PRICES = "metropolitan-prices", _("price levels of metropolitan areas")
    NONMETROPOLITAN_PRICES = "nonmetropolitan-prices", _("price levels of the nonmetropolitan parts of states")


class ReleaseQuerySet(models.QuerySet["Release"]):
    def newest_first(self) -> "ReleaseQuerySet":
        """Order releases by the period that they cover, never by when they were imported."""
        return self.order_by("-covers_to", "-covers_from")

    def current(self, table: str) -> "ReleaseQuerySet":
        """Return the current release of a table, or none: the one with the latest period."""
        return self.filter(table=table).newest_first()[:1]


class Release(models.Model):
    """One dated publication of one table, with its source. Releases of a table stand next to each other."""

    table = models.CharField(_("table"), max_length=30, choices=StatisticsTable)
    covers_from = models.DateField(_("covers from"))
    covers_to = models.DateField(_("covers to"))
    source = models.ForeignKey("guides.Source", models.PROTECT, verbose_name=_("source"), related_name="releases")
    top_hourly = models.PositiveIntegerField(
        _("highest hourly wage that is published, in cents"),
        null=True,
        help_text=_("Wages at or above it, and yearly wages at or above 2,080 times as much, are marked with #."),
    )
    imported_at = models.DateTimeField(_("imported at"))

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("table", "-covers_to", "-covers_from")
        default_permissions = ("view",)
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = (
            one_of("table", StatisticsTable),
            UniqueConstraint(fields=("table", "covers_from", "covers_to"), name="guides_release_period_once"),
            CheckConstraint(condition=Q(covers_from__lte=F("covers_to")), name="guides_release_period"),
            CheckConstraint(
                condition=Q(table="wages", top_hourly__isnull=False, top_hourly__gt=0)
                | (~Q(table="wages") & Q(top_hourly__isnull=True)),
                name="guides_release_top_hourly",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_table_display()}, {self.period}"

    @property
    def period(self) -> str:
        """The period as readers name it: May 2025, or 2024–34 for projections, or 2008–2024."""
        first, last = self.covers_from, self.covers_to
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        last_year = f"{last:%y}" if self.table == StatisticsTable.PROJECTIONS else f"{last:%Y}"
        return f"{first:%Y}–{last_year}"

    @property
    def is_current(self) -> bool:
        return Release.objects.current(self.table).first() == self

    @property
    def key(self) -> str:
        """The name of the release in commands: 'wages 2025-05', or 'projections 2024-2034'."""
        first, last = self.covers_from, self.covers_to
        is_month = (first.year, first.month) == (last.year, last.month)
        return f"{self.table} {first:%Y-%m}" if is_month else f"{self.table} {first:%Y}-{last:%Y}"


class OccupationGroup(models.TextChoices):
    """The levels of the classification, from all occupations to a detailed one."""

    TOTAL = "total", _("all occupations")
    MAJOR = "major", _("major group")
    MINOR = "minor", _("minor group")
    BROAD = "broad", _("broad occupation")
    DETAILED = "detailed", _("detailed occupation")


class Occupation(models.Model):
    """An occupation or group of the Standard Occupational Classification, or a group that only the wage survey uses."""

    code = models.CharField(_("code"), max_length=7, unique=True)
    title = models.CharField(_("title"), max_length=types.MAX_LINE_LENGTH)
    group = models.CharField(_("level"), max_length=10, choices=OccupationGroup)
    titles = models.JSONField(_("direct-match titles"), default=list, blank=True, encoder=PlainJSON)

    class Meta:
        ordering = ("code",)
        default_permissions = ("view",)
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        constraints = (
            one_of("group", OccupationGroup),
            CheckConstraint(
                condition=Q(Exact(Length("code"), 7)) & Q(Exact(Substr("code", 3, 1), "-")),
                name="guides_occupation_code",
            ),
            CheckConstraint(condition=~Q(title=""), name="guides_occupation_title"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AreaKind(models.TextChoices):
    """The kinds of area that wages are published for. Territories count as states."""

    NATION = "nation", _("nation")
    STATE = "state", _("state")
    METROPOLITAN = "metropolitan", _("metropolitan area")
    NONMETROPOLITAN = "nonmetropolitan", _("nonmetropolitan area")


class Area(models.Model):
    """A place that wages are published for, by the publisher's code. The code of a state is its FIPS code.

    `states` has postal codes, joined by hyphens, such as 'IL-IN'. It is empty for the nation.
    A later release may change the name. The slug stays, because addresses contain it.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    code = models.CharField(_("code"), max_length=7, unique=True)
    name = models.CharField(_("name"), max_length=types.MAX_LINE_LENGTH)
    slug = models.CharField(_("address"), max_length=types.MAX_SLUG_LENGTH, unique=True, validators=[slug_validator])
    states = models.CharField(_("states"), max_length=30, blank=True)

    class Meta:
        ordering = ("name",)
        default_permissions = ("view",)
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = (
            one_of("kind", AreaKind),
            CheckConstraint(
                condition=Q(Exact(Length("code"), 2), kind__in=("nation", "state"))
                | Q(Exact(Length("code"), 5), kind="metropolitan")
                | Q(Exact(Length("code"), 7), kind="nonmetropolitan"),
                name="guides_area_code",
            ),
            CheckConstraint(
                condition=Q(kind="nation", states="") | (~Q(kind="nation") & ~Q(states="")), name="guides_area_states"
            ),
            CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="guides_area_named"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def state_codes(self) -> tuple[str, ...]:
        """The postal codes of the states that the area is in, the main one first."""
        return tuple(filter(None, self.states.split("-")))


class Projection(models.Model):
    """How many jobs an occupation is projected to have. NULL stands for the publisher's dash."""

    release = models.ForeignKey(Release, models.CASCADE, db_index=False, related_name="projections")
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="projections")
    employment = models.IntegerField(null=True)
    employment_projected = models.IntegerField(null=True)
    change = models.IntegerField(null=True)
    growth_permille = models.IntegerField(null=True)
    openings = models.IntegerField(null=True)
    self_employed_permille = models.IntegerField(null=True)
    education = models.CharField(max_length=100, blank=True)
    experience = models.CharField(max_length=100, blank=True)
    training = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("projection")
        verbose_name_plural = _("projections")
        constraints = (
            UniqueConstraint(fields=("release", "occupation"), name="guides_projection_once"),
            CheckConstraint(
                condition=Q(employment__gte=0, employment_projected__gte=0, openings__gte=0),
                name="guides_projection_jobs",
            ),
            CheckConstraint(condition=Q(growth_permille__gte=-1000), name="guides_projection_growth"),
            CheckConstraint(
                condition=Q(self_employed_permille__gte=0, self_employed_permille__lte=1000),
                name="guides_projection_self_employed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation}, {self.release}"


class PriceLevel(models.Model):
    """What all goods and services cost in a region in a year. The nation is 100, which is stored as 100,000.

    `region` is the publisher's code. `guides.statistics.price_levels` joins it with areas.
    """

    release = models.ForeignKey(Release, models.CASCADE, db_index=False, related_name="price_levels")
    region = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    index_thousandths = models.IntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = _("price level")
        verbose_name_plural = _("price levels")
        constraints = (
            UniqueConstraint(fields=("release", "region", "year"), name="guides_pricelevel_once"),
            CheckConstraint(condition=Q(index_thousandths__gt=0), name="guides_pricelevel_positive"),
            CheckConstraint(condition=Q(Exact(Length("region"), 5)), name="guides_pricelevel_region"),
        )

    def __str__(self) -> str:
        return f"{self.region} in {self.year}"
