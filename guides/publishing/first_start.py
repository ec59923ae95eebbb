"""What a new installation begins with."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from guides.models import Role
from guides.publishing.editions.publish import publish

FIXTURES = (
    "patient_care_coordinator",
    "medical_receptionist",
    "medical_assistant",
    "patient_services_coordinator",
    "clinical_coordinator",
    "patient_care_manager",
)
EDITOR = "editor"
LOCK = 7_227_437_400_533  # known to nobody else who locks by numbers in this database


@contextmanager
def in_turn() -> Iterator[None]:
    """Within this block no other machine prepares the same PostgreSQL, as several may that start at once."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


@transaction.atomic
def start(*, tell: Callable[[str], None]) -> None:
    """Load and publish the fixtures where there is no role, make an editor where there is no user.

    All or nothing. The password is told before the transaction ends: if that is cut off, the next start makes another.
    """
    if not Role.objects.exists():
        call_command("loaddata", *FIXTURES, verbosity=0)
        for role in Role.objects.all():
            tell(f"Published {publish(role=role, by='Careerguide', note='First edition.')}.")
    if not User.objects.exists():
        password = secrets.token_urlsafe(15)
        User.objects.create_superuser(EDITOR, password=password)
        tell(f"Editor's name: {EDITOR}\nPassword: {password}  (shown this once; change it in the admin)")
