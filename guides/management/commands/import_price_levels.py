from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from guides.management import imports
from guides.statistics.importing.price_levels import WHAT, import_price_levels


class Command(BaseCommand):
    help = "Imports regional price parities (SARPP, MARPP, PARPP). Importing a file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        imports.add_arguments(parser, what=WHAT)

    def handle(self, *, files: list[Path], skip_faults: bool, **_: Any) -> None:
        imports.import_files(self, files, partial(import_price_levels, skip_faults=skip_faults))
