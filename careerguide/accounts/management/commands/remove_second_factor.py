from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from careerguide.accounts.second_factor import remove


class Command(BaseCommand):
    help = "Removes the second factor of somebody who lost it, recovery codes and all. The password stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that they sign in with")

    def handle(self, *, name: str, **_: Any) -> None:
        try:
            user = User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is nobody by the name '{name}'.") from None
        if not remove(user=user, by="manage.py remove_second_factor"):
            raise CommandError(f"'{name}' has no second factor.")
        self.stdout.write(self.style.SUCCESS(f"'{name}' signs in by password alone, until a second factor is set up."))
