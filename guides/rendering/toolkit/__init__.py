"""The application toolkit: documents made from a guide, and their files."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from guides.schema import Guide

from . import cover_letter, example, interview, job_description, resume
from .document import NO_STRENGTHS, Block, Document, Material, Strengths

__all__ = (
    "ALL_DOCUMENTS",
    "DOCUMENTS",
    "NO_STRENGTHS",
    "Block",
    "Document",
    "Material",
    "Strengths",
    "documents",
    "label",
)

type Write = Callable[[Material], Document]

DOCUMENTS: Mapping[str, Write] = {
    "resume": resume.write,
    "cover-letter": cover_letter.write,
    "interview": interview.write,
    "job-description": job_description.write,
}
"""The documents of each guide by their part of the URL."""

EXAMPLES: Mapping[str, Write] = {
    "resume-example": example.write_resume,
    "cover-letter-example": example.write_letter,
}
"""The further documents of a guide with an example."""

ALL_DOCUMENTS: Mapping[str, Write] = {**EXAMPLES, **DOCUMENTS}


def documents(guide: Guide) -> Mapping[str, Write]:
    """Return the documents of a guide in the order in which they are offered."""
    return ALL_DOCUMENTS if guide.examples else DOCUMENTS


def label(kind: str, guide: Guide) -> str:
    """Return the text of a link to a document."""
    if kind == "interview" and guide.interview:
        return _("Interview questions (%d)") % len(guide.interview)
    labels = {
        "resume": _("Résumé outline"),
        "cover-letter": _("Cover letter outline"),
        "interview": _("Interview questions"),
        "job-description": _("Job description"),
        "resume-example": _("Résumé example"),
        "cover-letter-example": _("Cover letter example"),
    }
    return labels[kind]
