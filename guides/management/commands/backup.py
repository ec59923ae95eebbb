from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.backup import BackupError
from guides.backup.write import write_backup
from guides.management.progress import progress_bar


class Command(BaseCommand):
    help = "Writes a backup of the running site into a new file: all tables and images, but not the secret key."
    requires_system_checks = ()  # they query the database, and the work itself reports its problems better

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder for the file, created if needed")

    def handle(self, *, folder: Path, **_: Any) -> None:
        try:
            backup = write_backup(folder=folder, progress=progress_bar)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Written: {backup.path} ({backup.path.stat().st_size / 1e6:,.1f} MB)\n{backup.manifest}")
