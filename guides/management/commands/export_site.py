from argparse import ArgumentParser
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from guides.reading.export.asking import Failed
from guides.reading.export.export import Exported, export_site
from guides.reading.export.manifest import Refused

MOST_NAMED = 10


class Command(BaseCommand):
    help = "Writes every public page and file into a folder that any web server can serve; again, only what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty folder, or that of an earlier export")
        parser.add_argument("--anyway", action="store_true", help="write into a folder that holds other files, too")
        parser.add_argument("--processes", type=int, help="how many work at once")

    def handle(self, *, folder: Path, anyway: bool, processes: int | None, **_: Any) -> None:
        if processes is not None and processes < 1:
            raise CommandError("Give --processes a number of 1 or more.")
        # On a terminal only: a log has no use for a bar.
        with tqdm(unit=" files", disable=None) as bar:

            def tell(done: int, known: int) -> None:
                bar.total = known
                bar.update(done - bar.n)

            try:
                exported = export_site(folder, at=timezone.now(), processes=processes, anyway=anyway, tell=tell)
            except (Refused, Failed, OSError) as error:
                raise CommandError(str(error)) from None
            except BrokenExecutor:
                raise CommandError("A process was ended, perhaps for want of memory. Try --processes 1.") from None
            except KeyboardInterrupt:
                raise CommandError("Stopped. Run it again, and it goes on from here.") from None
        self._report(exported)

    def _report(self, exported: Exported) -> None:
        if exported.missing:
            named = "\n".join(f"  {address}" for address in exported.missing[:MOST_NAMED])
            self.stderr.write(f"Pages lead to what the site does not have ({len(exported.missing)}):\n{named}")
        if exported.is_past:
            self.stderr.write("Guides were published meanwhile: run it again to have them.")
        unchanged = exported.files - exported.written
        self.stdout.write(f"{exported.written} written, {unchanged} unchanged, {exported.deleted} deleted.")
