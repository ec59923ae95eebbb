"""Natural names for the relations of a role, its skills as a relation, and the times of its creation and last change."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Greatest, Least

# The model of each part type, its related name, its singular and its plural.
PARTS = (
    ("careerlevel", "career_levels", "career level", "career levels"),
    ("consideration", "considerations", "pro or con", "pros and cons"),
    ("educationroute", "education_routes", "education route", "education routes"),
    ("entrystep", "entry_steps", "entry step", "entry steps"),
    ("faq", "faqs", "question", "questions"),
    ("interviewquestion", "interview_questions", "interview question", "interview questions"),
    ("keyfact", "key_facts", "key fact", "key facts"),
    ("relatedrole", "related_roles", "related role", "related roles"),
    ("responsibility", "responsibilities", "responsibility", "responsibilities"),
    ("roleskill", "role_skills", "skill asked for", "skills asked for"),
    ("salaryband", "salary_bands", "salary band", "salary bands"),
    ("section", "sections", "section", "sections"),
    ("toolkititem", "toolkit_items", "toolkit item", "toolkit"),
)


def date_existing_roles(apps, schema_editor):
    """Date roles from their editions and the audit log. A role without either keeps the time of this migration."""
    roles = apps.get_model("guides", "Role").objects
    dated = [
        (apps.get_model("guides", name).objects.filter(role=OuterRef("pk")).order_by().values("role"), column)
        for name, column in (("Edition", "published_at"), ("Act", "at"))
    ]
    for rows, column in dated:
        first = Subquery(rows.annotate(first=Min(column)).values("first"))
        roles.filter(Exists(rows)).update(created_at=Least("created_at", first))
    roles.update(updated_at=F("created_at"))
    for rows, column in dated:
        last = Subquery(rows.annotate(last=Max(column)).values("last"))
        roles.filter(Exists(rows)).update(updated_at=Greatest("updated_at", last))


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0016_audit_log_names"),
    ]

    operations = [
        *(
            migrations.AlterModelOptions(
                name=model,
                options={
                    "default_related_name": related_name,
                    "ordering": ("order",),
                    "verbose_name": singular,
                    "verbose_name_plural": plural,
                },
            )
            for model, related_name, singular, plural in PARTS
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name="role",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, to="guides.role", verbose_name="role"
                ),
            )
            for model, *_names in PARTS
        ),
        migrations.AddField(
            model_name="role",
            name="skills",
            field=models.ManyToManyField(
                related_name="roles", through="guides.RoleSkill", to="guides.skill", verbose_name="skills"
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
        ),
        migrations.AddField(
            model_name="role",
            name="updated_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
        ),
        migrations.RunPython(date_existing_roles, migrations.RunPython.noop),
    ]
