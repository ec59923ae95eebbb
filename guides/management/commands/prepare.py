import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from guides.management.progress import progress_bar
from guides.models.migrating import migrate
from guides.publishing.drafts.status import refresh_missing
from guides.publishing.editions.indexing import index_missing
from guides.publishing.first_start import in_turn, start
from guides.statistics.importing.delivered import import_delivered


class Command(BaseCommand):
    help = "Migrates the database. In a new one, it publishes the first guides and creates an editor."
    requires_system_checks = ()  # they query the database, which may not exist yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="port of the server, which must be free on 127.0.0.1")

    def handle(self, *, port: int | None, **_: Any) -> None:
        if port and _is_taken(port):
            raise CommandError(f"Port {port} is in use. Stop its server, or use another port (make run PORT=9000).")
        try:
            with in_turn():
                migrate()
                call_command("clearsessions")
                start(report=self._report)
                if releases := import_delivered():
                    self._report("Imported statistics: " + "; ".join(map(str, releases)) + ".")
                if count := index_missing(progress=progress_bar):
                    self._report(f"Indexed {count} editions.")
                refresh_missing()
        except DatabaseError as error:
            raise CommandError(f"The database of DATABASE_URL or CAREERGUIDE_DATA cannot be used: {error}") from None
        address = _address(port)
        self._report(f"Careerguide: {address}  (editors: {address}/admin/)")

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # a password in a buffer is lost if the process ends


def _address(port: int | None) -> str:
    """Return the site's address; at `port`, if the setting only follows the variable PORT."""
    local = "http://127.0.0.1:{}".format
    return local(port) if port and local(settings.PORT) == settings.ADDRESS else settings.ADDRESS


def _is_taken(port: int) -> bool:
    # The server opens its port in shared mode, so it would not notice another server on it.
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
