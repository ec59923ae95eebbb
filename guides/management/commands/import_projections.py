from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from guides.management import imports
from guides.statistics.importing.projections import WHAT, import_projections


class Command(BaseCommand):
    help = "Imports employment projections. Importing a file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        imports.add_arguments(parser, what=WHAT)
        imports.add_new_argument(parser)

    def handle(self, *, files: list[Path], skip_faults: bool, add_new: bool, **_: Any) -> None:
        imports.import_files(self, files, partial(import_projections, add_new=add_new, skip_faults=skip_faults))
