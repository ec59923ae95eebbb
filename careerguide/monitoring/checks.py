"""Readiness checks: the database responds and has all migrations, and the image storage works."""

import functools
import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from .logging import one_line

CACHE_SECONDS = 1

logger = logging.getLogger(__name__)


def check() -> Mapping[str, bool]:
    """Return which parts of the service are ready. The result is cached for a second, to limit the load of requests.

    The timeouts for connecting to the database and the bucket limit how long this takes.
    """
    return cast("Mapping[str, bool]", cache.get_or_set("readiness", _check, CACHE_SECONDS))


def _check() -> Mapping[str, bool]:
    applied = _run("database", _applied_migrations)
    return {
        "database": applied is not None,
        "migrations": applied is not None and _is_migrated(applied),
        "storage": _run("storage", _check_storage) is not None,
    }


def _run[T](part: str, action: Callable[[], T]) -> T | None:
    try:
        return action()
    except Exception as error:  # noqa: BLE001 -- the part is not ready, whatever the reason
        _log(part, one_line(error))
        return None


def _applied_migrations() -> frozenset[Any]:
    """Query the applied migrations over a new connection. On an open one, a query could hang forever."""
    database = connection.copy()
    try:
        with database.cursor() as cursor:
            table = MigrationRecorder.Migration._meta.db_table
            if table not in database.introspection.table_names(cursor):
                return frozenset()
            cursor.execute(f"SELECT app, name FROM {table}")  # noqa: S608 -- a constant
            return frozenset(cursor.fetchall())
    finally:
        database.close()


def _check_storage() -> bool:
    storage: Any = storages["images"]
    storage.check()
    return True


def _is_migrated(applied: frozenset[Any]) -> bool:
    missing = _latest_migrations() - applied
    if missing:
        _log("migrations", f"not applied: {', '.join(sorted(f'{app}.{name}' for app, name in missing))}")
    return not missing


@functools.cache
def _latest_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _log(part: str, error: str) -> None:
    logger.warning("Not ready: %(part)s: %(error)s", {"part": part, "error": error})
