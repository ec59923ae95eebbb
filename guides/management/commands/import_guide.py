from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.publishing.drafts.importing import import_file
from guides.schema import InvalidGuide


class Command(BaseCommand):
    help = "Creates or replaces drafts from files, each completely or not at all. Nothing is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a guide in JSON or YAML")

    def handle(self, *, files: list[Path], **_: Any) -> None:
        refused = 0
        seen: dict[str, Path] = {}
        for done, path in enumerate(files, start=1):
            try:
                role = import_file(path, by="manage.py import_guide", taken=seen)
            except InvalidGuide as error:
                refused += 1
                self.stderr.write(f"[{done}/{len(files)}] {path}: refused")
                self.stderr.write("\n".join(f"    {fault}" for fault in error.issues))
            else:
                seen[role.slug] = path
                self.stdout.write(f"[{done}/{len(files)}] {path}: draft of '{role.slug}' written")
        if refused:
            raise CommandError(f"Refused without changes: {refused}. Written: {len(files) - refused}.")
