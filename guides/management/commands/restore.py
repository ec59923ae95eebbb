from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.backup import BackupError
from guides.backup.restore import InUse, inspect_backup, restore_backup
from guides.management.progress import progress_bar


class Command(BaseCommand):
    help = "Puts what a backup has in the place of all that the site keeps, or changes nothing."
    requires_system_checks = ()  # they ask the database, which may not be there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what manage.py backup wrote")
        parser.add_argument("--overwrite", action="store_true", help="even where there are roles or accounts")
        parser.add_argument("--check", action="store_true", help="only say what the file is, and whether it is whole")

    def handle(self, *, file: Path, overwrite: bool, check: bool, **_: Any) -> None:
        try:
            if check:
                self.stdout.write(f"Whole. {inspect_backup(path=file, progress=progress_bar)}")
                return
            manifest = restore_backup(path=file, overwrite=overwrite, progress=progress_bar)
        except InUse as error:
            raise CommandError(f"{error}\nNothing was changed. Back it up, then give --overwrite.") from None
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(self.style.SUCCESS(f"Restored. {manifest}"))
