"""The finished résumé and cover letter of an invented person."""

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _

from .document import Document, Material, Prose


def notice() -> str:
    return _("This example is made up. The person, the employers, the schools, and the numbers do not exist.")


def write_resume(material: Material) -> Document:
    return _write(material, "resume", _("Résumé example: %s") % material.guide.title)


def write_letter(material: Material) -> Document:
    return _write(material, "letter", _("Cover letter example: %s") % material.guide.title)


def _write(material: Material, name: Literal["resume", "letter"], title: str) -> Document:
    return Document(
        title,
        " ".join(_about(material)),
        tuple(_texts(material, name)),
        notice=notice(),
        is_sheet=True,
        is_letter=name == "letter",
    )


def _about(material: Material) -> Iterator[str]:
    yield _("How someone from another job applies.")
    for example in material.guide.examples:
        names = {"job": example.from_job, "requirement": example.meets}
        yield _("Earlier job: %(job)s. Requirement met: %(requirement)s.") % names


def _texts(material: Material, name: Literal["resume", "letter"]) -> Iterator[Prose]:
    for index, example in enumerate(material.guide.examples):
        yield material.prose(f"examples.{index}.{name}", getattr(example, name))
