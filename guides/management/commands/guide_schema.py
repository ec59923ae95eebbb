import json
from typing import Any

from django.core.management.base import BaseCommand

from guides.schema import Guide


class Command(BaseCommand):
    help = "Prints the JSON Schema of a guide's file."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        self.stdout.write(json.dumps(Guide.model_json_schema(), indent=2))
