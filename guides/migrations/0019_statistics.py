"""Official statistics: releases, occupations, areas, wages, projections and price levels."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import guides.models.fields
from guides.models import database


def uninstall(apps, schema_editor):
    database.uninstall(database.STATISTICS)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0018_standard_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nation", "nation"),
                            ("state", "state"),
                            ("metropolitan", "metropolitan area"),
                            ("nonmetropolitan", "nonmetropolitan area"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=7, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "slug",
                    models.CharField(
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters and digits, with single hyphens between words.",
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("states", models.CharField(blank=True, max_length=30, verbose_name="states")),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
                "ordering": ("name",),
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["nation", "state", "metropolitan", "nonmetropolitan"])),
                        name="guides_area_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 2),
                                ("kind__in", ("nation", "state")),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 5),
                                ("kind", "metropolitan"),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 7),
                                ("kind", "nonmetropolitan"),
                            ),
                            _connector="OR",
                        ),
                        name="guides_area_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "nation"), ("states", "")),
                            models.Q(
                                models.Q(("kind", "nation"), _negated=True), models.Q(("states", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="guides_area_states",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                        ),
                        name="guides_area_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occupation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=7, unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("total", "all occupations"),
                            ("major", "major group"),
                            ("minor", "minor group"),
                            ("broad", "broad occupation"),
                            ("detailed", "detailed occupation"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "titles",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=guides.models.fields.PlainJSON,
                        verbose_name="direct-match titles",
                    ),
                ),
            ],
            options={
                "verbose_name": "occupation",
                "verbose_name_plural": "occupations",
                "ordering": ("code",),
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["total", "major", "minor", "broad", "detailed"])),
                        name="guides_occupation_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("code"), 7),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Substr("code", 3, 1), "-"),
                        ),
                        name="guides_occupation_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="guides_occupation_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("wages", "wages and employment by area"),
                            ("projections", "employment projections"),
                            ("state-prices", "price levels of states"),
                            ("metropolitan-prices", "price levels of metropolitan areas"),
                            ("nonmetropolitan-prices", "price levels of the nonmetropolitan parts of states"),
                        ],
                        max_length=30,
                        verbose_name="table",
                    ),
                ),
                ("covers_from", models.DateField(verbose_name="covers from")),
                ("covers_to", models.DateField(verbose_name="covers to")),
                (
                    "top_hourly",
                    models.PositiveIntegerField(
                        help_text="Wages at or above it, and yearly wages at or above 2,080 times as much, are marked with #.",
                        null=True,
                        verbose_name="highest hourly wage that is published, in cents",
                    ),
                ),
                ("imported_at", models.DateTimeField(verbose_name="imported at")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="guides.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ("table", "-covers_to", "-covers_from"),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Projection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employment", models.IntegerField(null=True)),
                ("employment_projected", models.IntegerField(null=True)),
                ("change", models.IntegerField(null=True)),
                ("growth_permille", models.IntegerField(null=True)),
                ("openings", models.IntegerField(null=True)),
                ("self_employed_permille", models.IntegerField(null=True)),
                ("education", models.CharField(blank=True, max_length=100)),
                ("experience", models.CharField(blank=True, max_length=100)),
                ("training", models.CharField(blank=True, max_length=100)),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="projections", to="guides.occupation"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projections",
                        to="guides.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "projection",
                "verbose_name_plural": "projections",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PriceLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(max_length=5)),
                ("year", models.PositiveSmallIntegerField()),
                ("index_thousandths", models.IntegerField()),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="price_levels",
                        to="guides.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "price level",
                "verbose_name_plural": "price levels",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Wage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employment", models.IntegerField(null=True)),
                ("jobs_per_million", models.IntegerField(null=True)),
                ("location_quotient", models.IntegerField(null=True)),
                ("hourly_mean", models.IntegerField(null=True)),
                ("yearly_mean", models.IntegerField(null=True)),
                ("hourly_p10", models.IntegerField(null=True)),
                ("hourly_p25", models.IntegerField(null=True)),
                ("hourly_p50", models.IntegerField(null=True)),
                ("hourly_p75", models.IntegerField(null=True)),
                ("hourly_p90", models.IntegerField(null=True)),
                ("yearly_p10", models.IntegerField(null=True)),
                ("yearly_p25", models.IntegerField(null=True)),
                ("yearly_p50", models.IntegerField(null=True)),
                ("yearly_p75", models.IntegerField(null=True)),
                ("yearly_p90", models.IntegerField(null=True)),
                ("flags", models.CharField(blank=True, max_length=15)),
                (
                    "paid_by",
                    models.CharField(blank=True, choices=[("year", "year only"), ("hour", "hour only")], max_length=4),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wages", to="guides.area"
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wages",
                        to="guides.occupation",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wages",
                        to="guides.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "wage",
                "verbose_name_plural": "wages",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "table__in",
                        ["wages", "projections", "state-prices", "metropolitan-prices", "nonmetropolitan-prices"],
                    )
                ),
                name="guides_release_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("table", "covers_from", "covers_to"), name="guides_release_period_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("covers_from__lte", models.F("covers_to"))), name="guides_release_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("table", "wages"), ("top_hourly__gt", 0), ("top_hourly__isnull", False)),
                    models.Q(models.Q(("table", "wages"), _negated=True), ("top_hourly__isnull", True)),
                    _connector="OR",
                ),
                name="guides_release_top_hourly",
            ),
        ),
        migrations.AddConstraint(
            model_name="projection",
            constraint=models.UniqueConstraint(fields=("release", "occupation"), name="guides_projection_once"),
        ),
        migrations.AddConstraint(
            model_name="projection",
            constraint=models.CheckConstraint(
                condition=models.Q(("employment__gte", 0), ("employment_projected__gte", 0), ("openings__gte", 0)),
                name="guides_projection_jobs",
            ),
        ),
        migrations.AddConstraint(
            model_name="projection",
            constraint=models.CheckConstraint(
                condition=models.Q(("growth_permille__gte", -1000)), name="guides_projection_growth"
            ),
        ),
        migrations.AddConstraint(
            model_name="projection",
            constraint=models.CheckConstraint(
                condition=models.Q(("self_employed_permille__gte", 0), ("self_employed_permille__lte", 1000)),
                name="guides_projection_self_employed",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelevel",
            constraint=models.UniqueConstraint(fields=("release", "region", "year"), name="guides_pricelevel_once"),
        ),
        migrations.AddConstraint(
            model_name="pricelevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("index_thousandths__gt", 0)), name="guides_pricelevel_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelevel",
            constraint=models.CheckConstraint(
                condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length("region"), 5)),
                name="guides_pricelevel_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.UniqueConstraint(fields=("release", "occupation", "area"), name="guides_wage_once"),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("flags", ""),
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("flags"), 15),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("employment"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 1, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("employment"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 1, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("jobs_per_million"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 2, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("jobs_per_million"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 2, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("location_quotient"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 3, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("location_quotient"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 3, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_mean"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 4, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_mean"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 4, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_mean"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 5, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_mean"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 5, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p10"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 6, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p10"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 6, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p25"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 7, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p25"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 7, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p50"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 8, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p50"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 8, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p75"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 9, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p75"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 9, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p90"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 10, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("hourly_p90"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 10, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p10"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 11, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p10"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 11, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p25"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 12, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p25"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 12, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p50"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 13, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p50"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 13, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p75"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 14, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p75"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 14, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p90"), False),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 15, 1), ["", "."]
                            ),
                        ),
                        models.Q(
                            django.db.models.lookups.IsNull(models.F("yearly_p90"), True),
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Substr("flags", 15, 1), ["*", "#", "~", "-", "_"]
                            ),
                        ),
                        _connector="OR",
                    ),
                ),
                name="guides_wage_flags",
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hourly_mean__gt", 0),
                    ("hourly_p10__gt", 0),
                    ("hourly_p25__gt", 0),
                    ("hourly_p50__gt", 0),
                    ("hourly_p75__gt", 0),
                    ("hourly_p90__gt", 0),
                    ("yearly_mean__gt", 0),
                    ("yearly_p10__gt", 0),
                    ("yearly_p25__gt", 0),
                    ("yearly_p50__gt", 0),
                    ("yearly_p75__gt", 0),
                    ("yearly_p90__gt", 0),
                ),
                name="guides_wage_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.CheckConstraint(
                condition=models.Q(("employment__gte", 0), ("jobs_per_million__gte", 0), ("location_quotient__gte", 0)),
                name="guides_wage_jobs",
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hourly_p10__lte", models.F("hourly_p25"))),
                    models.Q(("hourly_p25__lte", models.F("hourly_p50"))),
                    models.Q(("hourly_p50__lte", models.F("hourly_p75"))),
                    models.Q(("hourly_p75__lte", models.F("hourly_p90"))),
                    models.Q(("yearly_p10__lte", models.F("yearly_p25"))),
                    models.Q(("yearly_p25__lte", models.F("yearly_p50"))),
                    models.Q(("yearly_p50__lte", models.F("yearly_p75"))),
                    models.Q(("yearly_p75__lte", models.F("yearly_p90"))),
                ),
                name="guides_wage_ascending",
            ),
        ),
        migrations.AddConstraint(
            model_name="wage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_by", ""),
                    models.Q(
                        ("paid_by", "year"),
                        ("hourly_mean__isnull", True),
                        ("hourly_p10__isnull", True),
                        ("hourly_p25__isnull", True),
                        ("hourly_p50__isnull", True),
                        ("hourly_p75__isnull", True),
                        ("hourly_p90__isnull", True),
                    ),
                    models.Q(
                        ("paid_by", "hour"),
                        ("yearly_mean__isnull", True),
                        ("yearly_p10__isnull", True),
                        ("yearly_p25__isnull", True),
                        ("yearly_p50__isnull", True),
                        ("yearly_p75__isnull", True),
                        ("yearly_p90__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="guides_wage_paid_by",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, uninstall),
    ]
