"""The application toolkit: papers that are made of a guide, and files of them."""

from collections.abc import Callable, Mapping

from guides.choices import ToolkitKind

from . import cover_letter, interview, job_description, resume
from .paper import Material, Paper, Strengths

__all__ = ("PAPERS", "Material", "Paper", "Strengths")

PAPERS: Mapping[ToolkitKind, Callable[[Material], Paper]] = {
    ToolkitKind.RESUME: resume.write,
    ToolkitKind.COVER_LETTER: cover_letter.write,
    ToolkitKind.INTERVIEW: interview.write,
    ToolkitKind.JOB_DESCRIPTION: job_description.write,
}
"""In the order in which one needs them."""
