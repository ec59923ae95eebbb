from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from careerguide.accounts.second_factor import remove


class Command(BaseCommand):
    help = "Remove a lost second factor and its recovery codes. The password stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *, name: str, **_: Any) -> None:
        try:
            user = User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no user '{name}'.") from None
        if not remove(user=user, by="manage.py remove_second_factor"):
            raise CommandError(f"'{name}' has no second factor.")
        self.stdout.write(self.style.SUCCESS(f"'{name}' can now sign in with the password alone."))
