from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides import schema
from guides.models import Role
from guides.publishing.drafts.compose import compose
from guides.schema import InvalidGuide, serialization


class Command(BaseCommand):
    help = "Prints the draft of a role in the format that import_guide reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the role's address, such as patient-care-coordinator")
        parser.add_argument("--format", choices=serialization.FORMATS, default="json")

    def handle(self, *, slug: str, format: serialization.Format, **_: Any) -> None:  # noqa: A002 -- the option's name
        try:
            guide = compose(Role.objects.get(slug=slug))
        except Role.DoesNotExist:
            raise CommandError(f"There is no role '{slug}'.") from None
        except InvalidGuide as error:
            raise CommandError(f"The draft of '{slug}' is incomplete.\n{error}") from None
        self.stdout.write(schema.dump(guide, format), ending="")
