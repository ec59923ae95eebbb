"""Name models, labels and help texts by standard terms."""

import django.core.validators
import django.db.models.deletion
import markdownx.models
from django.conf import settings
from django.db import migrations, models

import guides.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0017_role_relations_and_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("Act", "AuditLogEntry"),
        migrations.RenameModel("Explanation", "Waiver"),
        migrations.RenameModel("KeptDraft", "DraftSnapshot"),
        migrations.RemoveConstraint("auditlogentry", "guides_act_verb"),
        migrations.RemoveConstraint("waiver", "guides_explanation_once"),
        migrations.AlterModelOptions(
            name="auditlogentry",
            options={
                "default_permissions": ("view",),
                "ordering": ("-at", "-pk"),
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log entries",
            },
        ),
        migrations.AlterModelOptions(
            name="roleskill",
            options={
                "default_related_name": "role_skills",
                "ordering": ("order",),
                "verbose_name": "required skill",
                "verbose_name_plural": "required skills",
            },
        ),
        migrations.AlterField(
            model_name="auditlogentry",
            name="at",
            field=models.DateTimeField(db_index=True, verbose_name="time"),
        ),
        migrations.AlterField(
            model_name="auditlogentry",
            name="by",
            field=models.CharField(max_length=150, verbose_name="user"),
        ),
        migrations.AlterField(
            model_name="auditlogentry",
            name="role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="audit_log",
                to="guides.role",
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="auditlogentry",
            name="subject",
            field=models.CharField(max_length=200, verbose_name="subject"),
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
                    ("second-factor", "set up a second factor"),
                    ("second-factor-off", "removed the second factor"),
                    ("recovery-codes", "created new recovery codes"),
                ],
                max_length=20,
                verbose_name="action",
            ),
        ),
        migrations.AlterField(
            model_name="careerlevel",
            name="summary",
            field=markdownx.models.MarkdownxField(
                blank=True, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name="duties"
            ),
        ),
        migrations.AlterField(
            model_name="draftsnapshot",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="snapshots",
                to="guides.role",
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="educationroute",
            name="cost_approximate",
            field=models.BooleanField(default=False, verbose_name="approximate"),
        ),
        migrations.AlterField(
            model_name="educationroute",
            name="cost_low",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.",
                max_digits=14,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="cost from",
            ),
        ),
        migrations.AlterField(
            model_name="educationroute",
            name="duration_approximate",
            field=models.BooleanField(default=False, verbose_name="approximate"),
        ),
        migrations.AlterField(
            model_name="educationroute",
            name="duration_low",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.",
                max_digits=14,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="duration from",
            ),
        ),
        migrations.AlterField(
            model_name="fieldofwork",
            name="summary",
            field=models.TextField(
                blank=True,
                help_text="One or two sentences without Markdown. Shown at the top of the field’s page.",
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="summary",
            ),
        ),
        migrations.AlterField(
            model_name="interviewquestion",
            name="theme",
            field=models.CharField(
                help_text="Questions with the same theme are shown together.", max_length=200, verbose_name="theme"
            ),
        ),
        migrations.AlterField(
            model_name="keyfact",
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
                help_text="The usual minimum requirement. For the kind ‘Education’ only.",
                max_length=20,
                verbose_name="education needed",
            ),
        ),
        migrations.AlterField(
            model_name="keyfact",
            name="value_approximate",
            field=models.BooleanField(default=False, verbose_name="approximate"),
        ),
        migrations.AlterField(
            model_name="keyfact",
            name="value_low",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="For an exact figure, enter the same value twice. One value alone means ‘or more’ or ‘up to’.",
                max_digits=14,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="previewlink",
            name="made_for",
            field=models.CharField(max_length=200, verbose_name="recipient"),
        ),
        migrations.AlterField(
            model_name="report",
            name="done",
            field=models.BooleanField(default=False, verbose_name="resolved"),
        ),
        migrations.AlterField(
            model_name="role",
            name="alternative_titles",
            field=models.JSONField(
                blank=True,
                default=list,
                encoder=guides.models.fields.PlainJSON,
                help_text="One per line.",
                validators=[guides.models.fields.validate_names],
                verbose_name="alternative titles",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                help_text="Who keeps this guide up to date.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="owned_roles",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="picture_alt",
            field=models.CharField(
                blank=True,
                help_text="One sentence for people who cannot see the picture.",
                max_length=200,
                verbose_name="description of the picture",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="review_due",
            field=models.DateField(
                blank=True, help_text="When to review the guide again.", null=True, verbose_name="review due"
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="summary",
            field=models.TextField(
                help_text="One or two sentences without Markdown. Shown at the top of the page and by search engines.",
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="summary",
            ),
        ),
        migrations.AlterField(
            model_name="roleskill",
            name="gained",
            field=markdownx.models.MarkdownxField(
                blank=True,
                help_text="A course, practice, or an earlier job. The skills check shows this to people who lack the skill.",
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="how to learn it",
            ),
        ),
        migrations.AlterField(
            model_name="roleskill",
            name="gained_by",
            field=models.JSONField(
                blank=True,
                default=list,
                encoder=guides.models.fields.PlainJSON,
                help_text="Titles of entry steps and education routes of this role, one per line.",
                validators=[guides.models.fields.validate_names],
                verbose_name="learned through",
            ),
        ),
        migrations.AlterField(
            model_name="roleskill",
            name="proficiency",
            field=models.CharField(
                blank=True,
                choices=[
                    ("basic", "with some help"),
                    ("working", "on your own"),
                    ("advanced", "in hard cases, and showing others how"),
                ],
                help_text="How well people must master the skill.",
                max_length=20,
                verbose_name="required level",
            ),
        ),
        migrations.AlterField(
            model_name="roleskill",
            name="purpose",
            field=markdownx.models.MarkdownxField(
                blank=True,
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="why the role needs it",
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="approximate",
            field=models.BooleanField(default=False, verbose_name="approximate"),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="label",
            field=models.CharField(
                blank=True,
                help_text="Leave empty, or enter the name of the role or level, if the figures are for exactly that job. Any other label, such as the name of a broader occupation, keeps the median and the average out of cards and comparisons. They show the range instead.",
                max_length=200,
                verbose_name="label",
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="range_label",
            field=models.CharField(
                blank=True,
                help_text="What the range covers, if the source says so, such as ‘10th to 90th percentile’.",
                max_length=200,
                verbose_name="range",
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="heading",
            field=models.CharField(
                blank=True,
                help_text="Leave empty for the text that opens the chapter.",
                max_length=200,
                verbose_name="heading",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="aliases",
            field=models.JSONField(
                blank=True,
                default=list,
                encoder=guides.models.fields.PlainJSON,
                help_text="One per line.",
                validators=[guides.models.fields.validate_names],
                verbose_name="other names",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="summary",
            field=models.TextField(
                blank=True,
                help_text="One or two sentences without Markdown. Shown for every role that requires the skill.",
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="summary",
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="wordings",
            field=models.JSONField(
                blank=True,
                default=list,
                encoder=guides.models.fields.PlainJSON,
                help_text="How people describe it on a résumé, one phrase per line, such as ‘drew blood’. Readers do not see these.",
                validators=[guides.models.fields.validate_wordings],
                verbose_name="résumé phrases",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="address",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="source",
            name="seen_on",
            field=models.DateField(verbose_name="accessed on"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="message",
            field=models.TextField(verbose_name="message"),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waivers",
                to="guides.role",
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="withdrawal",
            name="leads_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="guides.role",
                verbose_name="redirects to",
            ),
        ),
        migrations.AlterField(
            model_name="withdrawal",
            name="made_at",
            field=models.DateTimeField(verbose_name="created at"),
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
                            "second-factor",
                            "second-factor-off",
                            "recovery-codes",
                        ],
                    )
                ),
                name="guides_auditlogentry_verb",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(fields=("role", "key"), name="guides_waiver_once"),
        ),
    ]
