"""The application toolkit: documents made from a guide, and their files."""

from collections.abc import Callable, Mapping

from guides.choices import ToolkitKind

from . import cover_letter, interview, job_description, resume
from .document import NO_STRENGTHS, Document, Material, Strengths

__all__ = ("DOCUMENTS", "NO_STRENGTHS", "Document", "Material", "Strengths")

DOCUMENTS: Mapping[ToolkitKind, Callable[[Material], Document]] = {
    ToolkitKind.RESUME: resume.write,
    ToolkitKind.COVER_LETTER: cover_letter.write,
    ToolkitKind.INTERVIEW: interview.write,
    ToolkitKind.JOB_DESCRIPTION: job_description.write,
}
"""In the order in which an applicant needs them; the job description is for employers."""
