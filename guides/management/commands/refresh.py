from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from guides.publishing import article


class Command(BaseCommand):
    help = "Makes the pages of guides ready anew where another release has made them: after an upgrade."

    def handle(self, **_: Any) -> None:
        now = timezone.now()
        count = article.missing(at=now).count()
        with tqdm(total=count, unit="page", disable=None) as progress:
            article.make_missing(at=now, made=progress.update)
        self.stdout.write(f"Made {count} pages ready.")
