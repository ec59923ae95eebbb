from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guides.models import Role
from guides.preflight import Severity, preflight, surroundings_of
from guides.publishing.drafts.compose import compose
from guides.schema import InvalidGuide


class Command(BaseCommand):
    help = "Reports what is missing, stale or contradictory in the draft of a role. Fails if there are errors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the role's address, such as patient-care-coordinator")

    def handle(self, *, slug: str, **_: Any) -> None:
        try:
            role = Role.objects.get(slug=slug)
            guide = compose(role)
            findings = preflight(guide, surroundings_of(role, guide, at=timezone.now()))
        except Role.DoesNotExist:
            raise CommandError(f"There is no role '{slug}'.") from None
        except InvalidGuide as error:
            raise CommandError(f"The draft of '{slug}' is incomplete.\n{error}") from None
        for finding in findings:
            self.stdout.write(f"{finding.severity.label}: {finding.place}: {finding.message}")
        errors = sum(finding.severity == Severity.ERROR for finding in findings)
        summary = f"Errors: {errors}. Warnings: {len(findings) - errors}."
        if errors:
            raise CommandError(summary)
        self.stdout.write(summary)
