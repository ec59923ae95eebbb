from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.models import Role
from guides.publishing import PublishingError
from guides.publishing.editions.preflight_gate import NotReady, publish_if_ready
from guides.publishing.editions.publish import NothingNew
from guides.schema import InvalidGuide


class Command(BaseCommand):
    help = "Publishes the draft of a role, so that visitors see it from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the role's address, such as patient-care-coordinator")
        parser.add_argument("--note", default="", help="what changed, in a sentence")

    def handle(self, *, slug: str, note: str, **_: Any) -> None:
        try:
            role = Role.objects.get(slug=slug)
            edition = publish_if_ready(role=role, by="manage.py publish", note=note)
        except Role.DoesNotExist:
            raise CommandError(f"There is no role '{slug}'.") from None
        except NothingNew as error:
            self.stdout.write(str(error))
        except NotReady as error:
            errors = "\n".join(f"  {found.place}: {found.message}" for found in error.errors)
            raise CommandError(f"'{slug}' was not published.\n{error}\n{errors}") from None
        except (PublishingError, InvalidGuide) as error:
            raise CommandError(f"'{slug}' was not published.\n{error}") from None
        else:
            self.stdout.write(self.style.SUCCESS(f"Published {edition}."))
