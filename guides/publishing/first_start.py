"""The initial content of a new installation."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from guides.models import Role
from guides.publishing.editions.publish import publish

GUIDES = (
    "patient_care_coordinator",
    "medical_receptionist",
    "medical_assistant",
    "patient_services_coordinator",
    "clinical_coordinator",
    "patient_care_manager",
    "patient_care_specialist",
    "patient_coordinator",
)
FIXTURES = ("skills", *GUIDES, "certificates", "starting_jobs", "search_intents")
EDITOR = "editor"
LOCK = 7_227_437_400_533  # an arbitrary number that no other advisory lock of this database uses


@contextmanager
def in_turn() -> Iterator[None]:
    """Hold a lock, because several machines may prepare the same PostgreSQL database at once."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


@transaction.atomic
def start(*, report: Callable[[str], None]) -> None:
    """Load and publish the fixtures if there is no role, and create an editor if there is no user.

    The password is printed before the commit. If the commit fails, the next start creates another one.
    """
    if not Role.objects.exists():
        call_command("loaddata", *FIXTURES, verbosity=0)
        for role in Role.objects.all():
            report(f"Published {publish(role=role, by='Careerguide', note='First edition.')}.")
    if not User.objects.exists():
        password = secrets.token_urlsafe(15)
        User.objects.create_superuser(EDITOR, password=password)
        report(f"Editor's name: {EDITOR}\nPassword: {password}  (shown only once; change it in the admin)")
