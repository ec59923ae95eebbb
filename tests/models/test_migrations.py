"""What a database of an older release has after it is brought up to date."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command


@pytest.mark.engine
@pytest.mark.usefixtures("committed")
def test_a_permission_follows_the_new_name_of_its_model() -> None:
    user = User.objects.create_user("ada")
    user.user_permissions.add(Permission.objects.get(codename="view_auditlogentry"))
    held = user.user_permissions.values_list("codename", "content_type__model")
    call_command("migrate", "guides", "0017", verbosity=0)
    assert list(held.all()) == [("view_act", "act")]
    call_command("migrate", verbosity=0)
    assert list(held.all()) == [("view_auditlogentry", "auditlogentry")]
