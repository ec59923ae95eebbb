from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.backup import BackupError
from guides.backup.restore import InUse, inspect_backup, restore_backup
from guides.management.progress import progress_bar


class Command(BaseCommand):
    help = "Replaces the content of the site by a backup, completely or not at all."
    requires_system_checks = ()  # they query the database, which may not exist yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file that manage.py backup wrote")
        parser.add_argument("--overwrite", action="store_true", help="replace existing roles and accounts")
        parser.add_argument("--check", action="store_true", help="only describe and verify the file")

    def handle(self, *, file: Path, overwrite: bool, check: bool, **_: Any) -> None:
        try:
            if check:
                self.stdout.write(f"Complete. {inspect_backup(path=file, progress=progress_bar)}")
                return
            manifest = restore_backup(path=file, overwrite=overwrite, progress=progress_bar)
        except InUse as error:
            raise CommandError(f"{error}\nNothing was changed. Back it up, then use --overwrite.") from None
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(self.style.SUCCESS(f"Restored. {manifest}"))
