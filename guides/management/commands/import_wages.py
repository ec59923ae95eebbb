from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from guides.management import imports
from guides.statistics.importing.wages import TOP_HOURLY, WHAT, import_wages


class Command(BaseCommand):
    help = "Imports wages and employment by area (OEWS). Importing a file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        imports.add_arguments(parser, what=WHAT)
        imports.add_new_argument(parser)
        parser.add_argument("--month", type=_month, help="month of the release (2025-05), if no file name says it")
        parser.add_argument(
            "--top", type=_cents, default=TOP_HOURLY, metavar="DOLLARS",
            help="hourly wage from which the release has # instead of a number (115, before May 2022: 100)",
        )  # fmt: skip

    def handle(
        self, *, files: list[Path], skip_faults: bool, add_new: bool, month: date | None, top: int, **_: Any
    ) -> None:
        import_file = partial(import_wages, month=month, top_hourly=top, add_new=add_new, skip_faults=skip_faults)
        imports.import_files(self, files, import_file)


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a month such as 2025-05") from None


def _cents(text: str) -> int:
    try:
        cents = int(Decimal(text) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        cents = 0
    if not 0 < cents < 1_000_000:
        raise ArgumentTypeError(f"{text} is not an hourly wage such as 115")
    return cents
