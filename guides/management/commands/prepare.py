from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from guides.publishing.first_start import start


class Command(BaseCommand):
    help = "Brings the database up to date and, in a new one, publishes the first guides and makes an editor."

    def handle(self, **_: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        start(tell=self.stdout.write)
        self.stdout.write(f"Careerguide: {settings.ADDRESS}  (editors: {settings.ADDRESS}/admin/)")
