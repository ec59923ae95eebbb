"""Authors, editors and administrators may edit interview questions like the other parts of a role."""

from django.db import migrations

GROUPS = ("Author", "Editor", "Administrator")


def allow(apps, schema_editor):
    # If the model is as new as this migration, `guides.models.groups` grants its permissions.
    groups, permissions = (apps.get_model("auth", name).objects for name in ("Group", "Permission"))
    allowed = permissions.filter(content_type__app_label="guides", content_type__model="interviewquestion")
    for group in groups.filter(name__in=GROUPS):
        group.permissions.add(*allowed)


class Migration(migrations.Migration):
    dependencies = [("guides", "0008_readiness")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
