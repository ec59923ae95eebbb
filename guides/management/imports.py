"""What the commands that import statistics share: their arguments, and their reports."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guides.management.progress import progress_bar
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.report import Report


def add_arguments(parser: ArgumentParser, *, what: str) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=f"{what}: CSV or XLSX, plain or in a ZIP file"
    )
    parser.add_argument("--skip-faults", action="store_true", help="import the other rows of a file with faulty rows")


def add_new_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--add-new", action="store_true", help="add areas and occupations that are unknown here")


def import_files(command: BaseCommand, files: list[Path], import_file: Callable[..., Report]) -> None:
    """Import each file whole or not at all, report each, and raise CommandError if one was refused."""
    refused = 0
    for done, path in enumerate(files, start=1):
        try:
            report = partial(import_file, path, progress=progress_bar)()
        except ImportRefused as error:
            refused += 1
            command.stderr.write(f"[{done}/{len(files)}] {error}")
        else:
            lines = "\n".join(report.lines())
            command.stdout.write(f"[{done}/{len(files)}] {path.name}: {lines}")
    if refused:
        raise CommandError(f"{refused} of {len(files)} refused, which changed nothing.")
