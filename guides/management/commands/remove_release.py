from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.models.statistics import StatisticsTable
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.releases import remove_release


class Command(BaseCommand):
    help = "Removes a release of a table, such as 'wages 2025-05', with all its values."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=StatisticsTable.values)
        parser.add_argument("period", help="2025-05 for wages, 2024-2034 for other tables")

    def handle(self, *, table: str, period: str, **_: Any) -> None:
        try:
            count = remove_release(table, period)
        except ImportRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Removed {table} {period} with {count:,} values.")
