"""The groups that people at the desk belong to: authors write drafts, editors publish them, administrators see to people.

What a group may do is set here once; an administrator may change it afterwards.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

PARTS = (
    "section", "responsibility", "roleskill", "entrystep", "consideration", "faq", "relatedrole", "toolkititem", "keyfact",
    "educationroute", "careerlevel", "salaryband",
)  # fmt: skip
SEEN = (
    "view_role",
    "view_skill",
    "view_source",
    "view_fieldofwork",
    "view_image",
    "view_edition",
    "view_withdrawal",
    "view_act",
)
AUTHOR = (
    *SEEN, "add_role", "change_role", "add_skill", "change_skill", "add_source", "change_source", "add_image", "view_report",
    *(f"{act}_{part}" for part in PARTS for act in ("view", "add", "change", "delete")),
)  # fmt: skip
EDITOR = (
    *AUTHOR, "publish_role", "delete_role", "add_fieldofwork", "change_fieldofwork", "delete_fieldofwork", "delete_skill",
    "delete_source", "delete_image", "change_report", "delete_report",
)  # fmt: skip
PEOPLE = tuple(f"{act}_{of}" for of in ("user", "group") for act in ("view", "add", "change", "delete"))
GROUPS = {
    "Author": {"guides": AUTHOR},
    "Editor": {"guides": EDITOR},
    "Administrator": {"guides": EDITOR, "auth": PEOPLE},
}


def make(apps, schema_editor):
    # Django makes permissions after all migrations have run, and these are asked for now.
    for label in ("guides", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    groups, permissions = (apps.get_model("auth", name).objects for name in ("Group", "Permission"))
    for name, allowed in GROUPS.items():
        group, _ = groups.get_or_create(name=name)
        for label, codenames in allowed.items():
            found = permissions.filter(content_type__app_label=label, codename__in=codenames)
            if missing := set(codenames) - set(found.values_list("codename", flat=True)):
                raise LookupError(f"There are no permissions {sorted(missing)}.")
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0006_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop, elidable=False)]
