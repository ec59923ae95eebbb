"""Requirements, certificates, broader skills, alternatives, starting jobs, and search intents."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import markdownx.models
from django.db import migrations, models

import guides.models.fields
import guides.models.figures


def state_requirements(apps, schema_editor):
    """Turn the education of each role's first key fact that has one into a requirement."""
    facts, requirements = (apps.get_model("guides", name).objects for name in ("KeyFact", "Requirement"))
    stated = {}
    for fact in facts.exclude(education="").order_by("order"):
        stated.setdefault(fact.role_id, fact)
    requirements.bulk_create(
        requirements.model(role_id=role, order=1, education=fact.education, source_id=fact.source_id)
        for role, fact in stated.items()
    )


def outdate_derived_values(apps, schema_editor):
    """Mark the digests of drafts, which include the version of the schema, and the listings as outdated."""
    apps.get_model("guides", "Role").objects.update(digest="")
    apps.get_model("guides", "Listing").objects.update(version=0)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0020_role_occupations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=200, verbose_name="issuer")),
                (
                    "eligibility",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="who can take the exam",
                    ),
                ),
                (
                    "fee_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fee from",
                    ),
                ),
                (
                    "fee_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fee to",
                    ),
                ),
                ("fee_and_more", models.BooleanField(default=False, verbose_name="and more")),
                ("fee_approximate", models.BooleanField(default=False, verbose_name="approximate")),
                (
                    "fee_currency",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        validators=[guides.models.figures.validate_currency],
                        verbose_name="currency",
                    ),
                ),
                (
                    "training_low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.",
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="required training from",
                    ),
                ),
                (
                    "training_high",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="required training to",
                    ),
                ),
                ("training_and_more", models.BooleanField(default=False, verbose_name="and more")),
                ("training_approximate", models.BooleanField(default=False, verbose_name="approximate")),
                (
                    "training_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hour", "hours"),
                            ("day", "days"),
                            ("week", "weeks"),
                            ("month", "months"),
                            ("year", "years"),
                        ],
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "renewal",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="renewal"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^https?://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#][!-~]*)?\\Z",
                                "Enter an address such as https://www.bls.gov/oes/.",
                            )
                        ],
                        verbose_name="web address",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.IntegerField(verbose_name="order")),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No formal education"),
                            ("high-school", "High school diploma"),
                            ("postsecondary", "Certificate or vocational training"),
                            ("associate", "Associate degree"),
                            ("bachelor", "Bachelor’s degree"),
                            ("master", "Master’s degree"),
                            ("doctoral", "Doctoral or professional degree"),
                        ],
                        max_length=20,
                        verbose_name="minimum education",
                    ),
                ),
                (
                    "years_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(80)],
                        verbose_name="years of experience from",
                    ),
                ),
                (
                    "years_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(80)],
                        verbose_name="years of experience to",
                    ),
                ),
                (
                    "experience",
                    models.CharField(
                        blank=True,
                        help_text="Which work the years are of, such as ‘work in health care’. Use the same words in all guides.",
                        max_length=200,
                        verbose_name="experience in",
                    ),
                ),
                (
                    "certificate",
                    models.CharField(
                        blank=True,
                        help_text="The address of a certificate or license among the skills of this role.",
                        max_length=80,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters and digits, with single hyphens between words.",
                            )
                        ],
                        verbose_name="required certificate",
                    ),
                ),
                (
                    "note",
                    markdownx.models.MarkdownxField(
                        blank=True,
                        help_text="What else people should know, such as ‘Posts for nurses also require an RN license.’",
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ("order",),
                "abstract": False,
                "default_related_name": "requirements",
            },
        ),
        migrations.CreateModel(
            name="SearchIntent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(unique=True, verbose_name="order")),
                (
                    "phrases",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=guides.models.fields.PlainJSON,
                        help_text="One phrase per line. {amount} matches an amount such as 50k, and {place} a place such as Texas.",
                        validators=[guides.models.fields.validate_names],
                        verbose_name="phrases",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="An address of this site, such as /guides/?setting=remote, or /search/?q= with other words. It may contain {amount}, {place}, and, for guides that the search names, {guide} and {other}.",
                        max_length=500,
                        verbose_name="leads to",
                    ),
                ),
                (
                    "message",
                    models.CharField(
                        help_text="What the page says, such as ‘Showing jobs that don’t require a degree’.",
                        max_length=200,
                        verbose_name="message",
                    ),
                ),
            ],
            options={
                "verbose_name": "search intent",
                "verbose_name_plural": "search intents",
                "ordering": ("order",),
            },
        ),
        migrations.CreateModel(
            name="StartingJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "other_titles",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=guides.models.fields.PlainJSON,
                        help_text="One per line.",
                        validators=[guides.models.fields.validate_names],
                        verbose_name="other titles",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="The official occupation that includes the job, if there is one.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{2}-[0-9]{4}$", "Enter a SOC code, such as 31-9092."
                            )
                        ],
                        verbose_name="SOC code",
                    ),
                ),
            ],
            options={
                "verbose_name": "starting job",
                "verbose_name_plural": "starting jobs",
                "ordering": ("title",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="keyfact",
            name="guides_keyfact_education",
        ),
        migrations.AddField(
            model_name="educationroute",
            name="education",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "No formal education"),
                    ("high-school", "High school diploma"),
                    ("postsecondary", "Certificate or vocational training"),
                    ("associate", "Associate degree"),
                    ("bachelor", "Bachelor’s degree"),
                    ("master", "Master’s degree"),
                    ("doctoral", "Doctoral or professional degree"),
                ],
                max_length=20,
                verbose_name="leads to",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="alternatives",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="listing",
            name="moves",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="listing",
            name="requirements",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="relatedrole",
            name="starting_job",
            field=models.CharField(
                blank=True,
                help_text="The address of a starting job, if the role has no guide.",
                max_length=80,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                        "Use lower-case letters and digits, with single hyphens between words.",
                    )
                ],
                verbose_name="starting job",
            ),
        ),
        migrations.AddField(
            model_name="roleskill",
            name="one_of",
            field=models.CharField(
                blank=True,
                help_text="A name such as ‘One EHR system’. Skills with the same name are alternatives: one of them is enough.",
                max_length=200,
                verbose_name="one of",
            ),
        ),
        migrations.AddField(
            model_name="skill",
            name="broader",
            field=models.ForeignKey(
                blank=True,
                help_text="Someone who has this skill also has the broader one. Epic is one of the EHR systems.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="narrower",
                to="guides.skill",
                verbose_name="broader skill",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="broader",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddConstraint(
            model_name="educationroute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "education__in",
                        ["", "none", "high-school", "postsecondary", "associate", "bachelor", "master", "doctoral"],
                    )
                ),
                name="guides_educationroute_education",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedrole",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), ("starting_job", ""), _connector="OR"),
                name="guides_relatedrole_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.CheckConstraint(
                condition=models.Q(("broader", models.F("pk")), _negated=True), name="guides_skill_broader_other"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="skill",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, to="guides.skill", verbose_name="skill"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="guides.source", verbose_name="source"
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="role",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="guides.role", verbose_name="role"),
        ),
        migrations.AddField(
            model_name="requirement",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="guides.source", verbose_name="source"
            ),
        ),
        migrations.AddField(
            model_name="startingjob",
            name="skills",
            field=models.ManyToManyField(
                blank=True,
                help_text="What most people can do after a year in the job.",
                related_name="starting_jobs",
                to="guides.skill",
                verbose_name="skills",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("fee_currency"), 3),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Upper("fee_currency"), models.F("fee_currency")
                        ),
                    ),
                    ("fee_currency", ""),
                    _connector="OR",
                ),
                name="guides_certificate_fee_currency_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_low__lte", models.F("fee_high"))), name="guides_certificate_fee_low_fee_high"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_low__gte", 0)), name="guides_certificate_fee_low_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_high__gte", 0)), name="guides_certificate_fee_high_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fee_and_more", False),
                    models.Q(("fee_high__isnull", False), ("fee_low__isnull", False)),
                    _connector="OR",
                ),
                name="guides_certificate_fee_and_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fee_high__isnull", True), ("fee_low__isnull", True), ("fee_currency", "")),
                    models.Q(
                        models.Q(("fee_high__isnull", True), ("fee_low__isnull", True), _negated=True),
                        models.Q(("fee_currency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="guides_certificate_fee_currency_goes",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_unit__in", ["", "hour", "day", "week", "month", "year"])),
                name="guides_certificate_training_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_low__lte", models.F("training_high"))),
                name="guides_certificate_training_low_training_high",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_low__gte", 0)), name="guides_certificate_training_low_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_high__gte", 0)), name="guides_certificate_training_high_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("training_and_more", False),
                    models.Q(("training_high__isnull", False), ("training_low__isnull", False)),
                    _connector="OR",
                ),
                name="guides_certificate_training_and_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("training_high__isnull", True), ("training_low__isnull", True), ("training_unit", "")),
                    models.Q(
                        models.Q(("training_high__isnull", True), ("training_low__isnull", True), _negated=True),
                        models.Q(("training_unit", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="guides_certificate_training_unit_goes",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("role", "order"), name="guides_requirement_order"),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "education__in",
                        ["", "none", "high-school", "postsecondary", "associate", "bachelor", "master", "doctoral"],
                    )
                ),
                name="guides_requirement_education",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("years_from__lte", models.F("years_to"))),
                name="guides_requirement_years_from_years_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("experience", ""), ("years_from__isnull", True), ("years_to__isnull", True)),
                    models.Q(("years_from__isnull", False), models.Q(("experience", ""), _negated=True)),
                    _connector="OR",
                ),
                name="guides_requirement_experience",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("education", ""), _negated=True),
                    ("years_from__isnull", False),
                    models.Q(("certificate", ""), _negated=True),
                    _connector="OR",
                ),
                name="guides_requirement_not_empty",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="auditlogentry",
            name="guides_auditlogentry_verb",
        ),
        migrations.AlterField(
            model_name="auditlogentry",
            name="verb",
            field=models.CharField(
                choices=[
                    ("saved", "saved the draft"),
                    ("imported", "imported the draft"),
                    ("submitted", "submitted the draft"),
                    ("sent-back", "sent the draft back"),
                    ("explained", "waived a finding"),
                    ("unexplained", "revoked a waiver"),
                    ("shared", "created a preview link"),
                    ("revoked", "revoked a preview link"),
                    ("published", "published"),
                    ("scheduled", "scheduled"),
                    ("cancelled", "canceled"),
                    ("withdrew", "withdrew the guide"),
                    ("restored", "restored the draft"),
                    ("merged", "merged skills"),
                    ("deleted", "deleted the role"),
                    ("row-added", "added"),
                    ("row-changed", "changed"),
                    ("row-deleted", "deleted"),
                    ("second-factor", "set up a second factor"),
                    ("second-factor-off", "removed the second factor"),
                    ("recovery-codes", "created new recovery codes"),
                ],
                max_length=20,
                verbose_name="action",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditlogentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "saved",
                            "imported",
                            "submitted",
                            "sent-back",
                            "explained",
                            "unexplained",
                            "shared",
                            "revoked",
                            "published",
                            "scheduled",
                            "cancelled",
                            "withdrew",
                            "restored",
                            "merged",
                            "deleted",
                            "row-added",
                            "row-changed",
                            "row-deleted",
                            "second-factor",
                            "second-factor-off",
                            "recovery-codes",
                        ],
                    )
                ),
                name="guides_auditlogentry_verb",
            ),
        ),
        migrations.RunPython(state_requirements, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="keyfact",
            name="education",
        ),
        migrations.RunPython(outdate_derived_values, migrations.RunPython.noop),
    ]
