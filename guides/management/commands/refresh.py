from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from guides.management.progress import progress_bar
from guides.publishing.editions import page_store


class Command(BaseCommand):
    help = "Makes the pages of guides ready anew where another release has made them: after an upgrade."

    def handle(self, **_: Any) -> None:
        self.stdout.write(f"Made {page_store.make_missing(at=timezone.now(), progress=progress_bar)} pages ready.")
