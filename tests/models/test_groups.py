"""The groups of people who use the admin, after a migration."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from guides.models.groups import permissions_by_group

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.engine]


def stored() -> dict[str, set[str]]:
    return {
        group.name: {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }


def test_a_new_database_has_three_groups_with_their_permissions() -> None:
    assert stored() == permissions_by_group()
    assert {name: len(permissions) for name, permissions in stored().items()} == {
        "Author": 89,
        "Editor": 105,
        "Administrator": 113,
    }


def test_a_migration_creates_a_missing_group_and_changes_no_other() -> None:
    before = stored()
    Group.objects.get(name="Editor").delete()
    author = Group.objects.get(name="Author")
    author.permissions.add(Permission.objects.get(codename="publish_role"))
    author.permissions.remove(Permission.objects.get(codename="add_image"))
    Group.objects.create(name="Guests")
    call_command("migrate", verbosity=0)
    changed = before["Author"] - {"guides.add_image"} | {"guides.publish_role"}
    assert stored() == before | {"Author": changed, "Guests": set()}


def test_groups_get_the_permissions_of_a_model_that_is_new() -> None:
    before = stored()
    call_command("migrate", "guides", "0007", verbosity=0)
    Permission.objects.filter(content_type__model="interviewquestion").delete()
    Permission.objects.get(codename="delete_role").group_set.clear()
    call_command("migrate", verbosity=0)
    assert stored() == {name: permissions - {"guides.delete_role"} for name, permissions in before.items()}
