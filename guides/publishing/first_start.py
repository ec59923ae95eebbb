"""What a new installation begins with."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from guides.backup.tables import checked_at_once
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


def migrate() -> None:
    """Apply all missing migrations, or none.

    Django by itself commits some migrations before it records them. A start that is killed in between would fail for
    ever after, as their tables exist.
    """
    # On SQLite migrations ask for foreign keys to be unchecked, which a transaction cannot begin to do.
    with connection.constraint_checks_disabled(), transaction.atomic(), checked_at_once():
        call_command("migrate", verbosity=0, interactive=False)


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
