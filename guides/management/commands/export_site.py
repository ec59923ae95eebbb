from argparse import ArgumentParser
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from guides.reading.export.export import ExportSummary, export_site
from guides.reading.export.fetch import ExportFailed
from guides.reading.export.folder import FolderRefused

MAX_URLS = 10
"""Missing URLs that the command prints."""


class Command(BaseCommand):
    help = "Writes every public page and file into a folder that any web server can serve, or updates the folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty folder, or that of an earlier export")
        parser.add_argument("--force", action="store_true", help="accept a folder that contains other files")
        parser.add_argument("--processes", type=int, help="number of worker processes")

    def handle(self, *, folder: Path, force: bool, processes: int | None, **_: Any) -> None:
        if processes is not None and processes < 1:
            raise CommandError("Set --processes to 1 or more.")
        # The bar appears on a terminal only, not in logs.
        with tqdm(unit=" files", disable=None) as bar:

            def on_progress(done: int, known: int) -> None:
                bar.total = known
                bar.update(done - bar.n)

            try:
                summary = export_site(
                    folder, at=timezone.now(), processes=processes, force=force, on_progress=on_progress
                )
            except (FolderRefused, ExportFailed, OSError) as error:
                raise CommandError(str(error)) from None
            except BrokenExecutor:
                raise CommandError(
                    "A worker process ended, perhaps because memory ran out. Try --processes 1."
                ) from None
            except KeyboardInterrupt:
                raise CommandError("Interrupted. Run it again to complete the export.") from None
        self._report(summary)

    def _report(self, summary: ExportSummary) -> None:
        if summary.missing:
            urls = "\n".join(f"  {url}" for url in summary.missing[:MAX_URLS])
            self.stderr.write(
                f"Pages link to addresses that do not exist on the site ({len(summary.missing)}):\n{urls}"
            )
        if summary.is_outdated:
            self.stderr.write("Guides were published during the export. Run it again to include them.")
        unchanged = summary.files - summary.written
        self.stdout.write(f"{summary.written} written, {unchanged} unchanged, {summary.deleted} deleted.")
