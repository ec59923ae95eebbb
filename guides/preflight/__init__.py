"""The checks before publication: missing, stale and contradictory content of a guide."""

from itertools import chain

from guides.schema import Guide

from . import agreement, amounts, dating, links, official, parts, plausibility, requirements, skills, text
from .finding import Finding, Rule, Severity, Surroundings
from .passages import passages_of
from .surroundings import surroundings_of

__all__ = ("Finding", "Rule", "Severity", "Surroundings", "preflight", "surroundings_of")

_ORDER = {name: order for order, name in enumerate(Guide.model_fields)}
_SEVERITIES = tuple(Severity)


def preflight(guide: Guide, surroundings: Surroundings) -> tuple[Finding, ...]:
    """Return the findings of all rules: errors, then warnings, then notes, each in the order of the guide."""
    passages = tuple(passages_of(guide))
    found = chain(
        parts.find(guide, passages, surroundings),
        skills.find(guide),
        requirements.find(guide, surroundings),
        official.find(guide, surroundings),
        plausibility.find(guide, surroundings),
        dating.find(guide, surroundings),
        agreement.find(guide),
        amounts.find(guide, passages),
        text.find(guide, passages),
        links.find(guide, passages, surroundings),
    )
    return tuple(sorted(dict.fromkeys(found), key=_in_order))  # report a link that fails twice in a text once


def _in_order(finding: Finding) -> tuple[int, int, int]:
    """Return a sort key by severity, part and row. Findings of one row stay in the order of the rules."""
    part, index, *_field = (*finding.place.split("."), "")
    row = int(index) if index.isdecimal() else -1
    return _SEVERITIES.index(finding.severity), _ORDER.get(part, -1), row
