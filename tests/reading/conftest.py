import pytest
from django.core.management import call_command

from guides.models import Role
from guides.publishing.editions.publish import publish
from guides.publishing.first_start import FIXTURES


@pytest.fixture
def _delivered() -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    for role in Role.objects.order_by("slug"):
        publish(role=role, by="Ada")
