"""Migrations that run within a transaction of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, transaction


def migrate() -> None:
    """Apply all missing migrations, or none.

    Django commits some migrations before it records them. A start that is killed in between would fail each time after
    that, because their tables exist.
    """
    # On SQLite, migrations turn off foreign key checks, which is impossible within a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic(), immediate_constraints():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def immediate_constraints() -> Iterator[None]:
    """Check foreign keys at each statement. PostgreSQL alters no table that has pending checks.

    On SQLite, Django checks them at the end of each migration.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    yield
    connection.check_constraints()  # this defers them again
