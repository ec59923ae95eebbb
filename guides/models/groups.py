"""The groups of people who use the admin, with their permissions: Author, Editor and Administrator."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from .drafts import Part


def _all_of(app: str, models: Iterable[str]) -> set[str]:
    return {f"{app}.{action}_{model}" for model in models for action in ("view", "add", "change", "delete")}


def permissions_by_group() -> dict[str, set[str]]:
    """Return the permissions that groups have in a new database, such as `guides.add_role`."""
    author = {
        *(f"guides.view_{name}" for name in (
            "area", "auditlogentry", "edition", "fieldofwork", "image", "occupation", "release", "report", "role",
            "searchintent", "skill", "source", "startingjob", "withdrawal",
        )),
        *(f"guides.{action}_{name}" for action in ("add", "change") for name in ("role", "skill", "source")),
        "guides.add_image",
        *_all_of("guides", ("certificate", *(str(part._meta.model_name) for part in Part.__subclasses__()))),
    }  # fmt: skip
    editor = author | {
        *_all_of("guides", ("fieldofwork", "searchintent", "startingjob")),
        *(f"guides.delete_{name}" for name in ("image", "report", "role", "skill", "source")),
        "guides.change_report",
        "guides.publish_role",
    }
    return {"Author": author, "Editor": editor, "Administrator": editor | _all_of("auth", ("user", "group"))}


def update_after_migrate(
    *, verbosity: int, using: str, apps: Apps = global_apps, plan: Iterable[Any] = (), **_options: Any
) -> None:
    """Create missing groups. Grant existing ones the permissions of the models that this migration created.

    Permissions that an administrator has granted or revoked stay so. A database that is migrated in part does not have
    all permissions yet, and stays as it is.
    """
    # Receivers run in the order of INSTALLED_APPS, so the one of `auth` itself has not run yet.
    create_permissions(global_apps.get_app_config("auth"), verbosity=verbosity, using=using, apps=apps)
    try:
        groups, permissions = (apps.get_model("auth", name).objects for name in ("Group", "Permission"))
    except LookupError:
        return
    stored = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permissions.select_related("content_type")
    }
    by_group = permissions_by_group()
    if any(wanted - stored.keys() for wanted in by_group.values()):
        return
    new_models = {
        operation.name_lower
        for migration, is_backward in plan
        if migration.app_label == "guides" and not is_backward
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    for name, wanted in by_group.items():
        group, is_new = groups.get_or_create(name=name)
        granted = [stored[permission] for permission in wanted]
        group.permissions.add(*(each for each in granted if is_new or each.content_type.model in new_models))
