"""Restore a site from a backup, completely or not at all."""

from collections.abc import Mapping
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.translation import gettext as _

from guides.models import Role
from guides.models.migrating import immediate_constraints
from guides.progress import Progress, silent
from guides.publishing.drafts.images import store_file
from guides.publishing.drafts.status import refresh_missing
from guides.publishing.editions.indexing import index_missing

from . import BackupError, tables
from .archive import Archive, Manifest


class InUse(BackupError):
    """The site has roles or accounts that a restore would delete."""


def inspect_backup(*, path: Path, progress: Progress = silent) -> Manifest:
    """Verify a backup and return its manifest. Raise BackupError."""
    with Archive.of(path) as archive:
        archive.verify(progress)
        return archive.manifest


def restore_backup(*, path: Path, overwrite: bool = False, progress: Progress = silent) -> Manifest:
    """Replace the content of the site by a backup, completely or not at all. Raise BackupError.

    With `overwrite`, roles and accounts of the site may be lost. Image files are stored first, and others stay.
    """
    with Archive.of(path) as archive:
        archive.verify(progress)
        models = tables.backed_up_models(tables.apps_at(archive.manifest.migrations))
        try:
            tables.state()  # raises BackupError if the database is newer than this release
            _refuse_use(overwrite=overwrite)
            _store_images(archive, progress)
            # On SQLite, migrations need foreign keys unchecked, which cannot be changed within a transaction.
            with connection.constraint_checks_disabled(), transaction.atomic():
                _refuse_use(overwrite=overwrite)
                _replace_tables(archive, models, progress)
        except (DatabaseError, IrreversibleError, ValidationError, ValueError, TypeError) as error:
            raise BackupError(_("Nothing was changed, because the backup could not be restored: %s") % error) from error
    return archive.manifest


def _refuse_use(*, overwrite: bool) -> None:
    here = connection.introspection.table_names()
    roles, accounts = (model.objects.count() if model._meta.db_table in here else 0 for model in (Role, User))
    if not overwrite and (roles or accounts):
        counts = {"roles": roles, "accounts": accounts}
        raise InUse(_("The site is in use (roles: %(roles)d, accounts: %(accounts)d) and would be replaced.") % counts)


def _store_images(archive: Archive, progress: Progress) -> None:
    names = archive.manifest.under("images")
    for name in progress(names, what=_("images"), total=len(names)):
        content = archive.read(name)
        try:
            store_file(name.partition("/")[2], content)
        except Exception as error:
            raise BackupError(_("Nothing was changed, because an image could not be stored: %s") % error) from error


def _replace_tables(archive: Archive, models: Mapping[str, type[Model]], progress: Progress) -> None:
    manifest = archive.manifest
    tables.empty()
    with immediate_constraints():
        for target in manifest.migrations.items():
            executor = MigrationExecutor(connection)
            if plan := executor.migration_plan([target]):
                executor.migrate([target], plan)
    tables.empty()  # some migrations create rows
    for name, member in manifest.under("tables").items():
        of = name.removeprefix("tables/").removesuffix(".jsonl")
        if manifest.engine == connection.vendor or of not in tables.DERIVED:
            tables.load(of, models, progress(archive.lines(name), what=of, total=1 + member.rows))
    connection.check_constraints()
    with immediate_constraints():
        call_command("migrate", verbosity=0, interactive=False)
    index_missing(progress=progress)
    refresh_missing()
    tables.advance_sequences(tables.backed_up_models(apps).values())
