"""Measures what the README and the notes speak of, in a directory of its own, and writes bench/results.md."""

import os
import sys
import tempfile
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="careerguide-bench-") as directory:
        os.environ["CAREERGUIDE_DATA"] = directory
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
        os.environ.pop("DATABASE_URL", None)

        import django

        django.setup()
        from bench.report import report  # it imports models, which are there only now

        text = report(guides=int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
