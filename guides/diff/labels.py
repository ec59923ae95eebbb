"""Labels for editors of the parts of a Guide, their fields and rows, and display values of fields."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.forms.utils import pretty_name
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import choices
from guides.part_types import PART_TYPES
from guides.rendering import figures
from guides.schema import Certificate, Guide
from guides.schema.types import Cost, Duration, Measure

PARTS: Mapping[str, Promise] = {
    "slug": gettext_lazy("Address"),
    "title": gettext_lazy("Title"),
    "alternative_titles": gettext_lazy("Alternative titles"),
    "field": gettext_lazy("Field of work"),
    "summary": gettext_lazy("Summary"),
    "picture": gettext_lazy("Picture"),
    "pay_is_representative": gettext_lazy("Official pay is representative"),
    "reviewed_on": gettext_lazy("Reviewed on"),
    **{part.name: part.label for part in PART_TYPES},
    "sources": gettext_lazy("Sources"),
}
"""In the order of the page."""

_FIELDS: Mapping[str, Promise] = {
    "address": gettext_lazy("Web address"),
    "aliases": gettext_lazy("Other names"),
    "alt": gettext_lazy("What the picture shows"),
    "body": gettext_lazy("Text"),
    "broader": gettext_lazy("Broader skill"),
    "code": gettext_lazy("SOC code"),
    "covers": gettext_lazy("What else it covers"),
    "education": gettext_lazy("Minimum education"),
    "eligibility": gettext_lazy("Who can take the exam"),
    "experience": gettext_lazy("Experience in"),
    "focus": gettext_lazy("What to work on"),
    "from_job": gettext_lazy("Earlier job"),
    "gained": gettext_lazy("How it is gained"),
    "letter": gettext_lazy("Cover letter"),
    "mean": gettext_lazy("Average"),
    "proficiency": gettext_lazy("Mastered"),
    "purpose": gettext_lazy("What for"),
    "range_label": gettext_lazy("Range"),
    "resume": gettext_lazy("Résumé"),
    "shows": gettext_lazy("A good answer shows"),
    "slug": gettext_lazy("Address"),
    "value": gettext_lazy("Figure"),
    "wordings": gettext_lazy("Wordings of résumés"),
    "requirements.certificate": gettext_lazy("Required certificate"),
    "levels.summary": gettext_lazy("What one does"),
    "related.slug": gettext_lazy("Address of its guide"),
    "routes.education": gettext_lazy("Leads to"),
    "skills.certificate": gettext_lazy("Facts about the certificate"),
    "skills.summary": gettext_lazy("What it is"),
    "training": gettext_lazy("Required training"),
}
"""Labels of fields whose names are not their labels."""

_CHOICES: Mapping[str, type[TextChoices]] = {
    "considerations.kind": choices.ConsiderationKind,
    "facts.kind": choices.FactKind,
    "facts.settings": choices.Setting,
    "occupations.relation": choices.OccupationRelation,
    "pay.basis": choices.PayBasis,
    "pay.period": choices.Period,
    "related.relation": choices.Relation,
    "requirements.education": choices.EducationLevel,
    "routes.education": choices.EducationLevel,
    "sections.chapter": choices.Chapter,
    "skills.importance": choices.Importance,
    "skills.kind": choices.SkillKind,
    "skills.proficiency": choices.Proficiency,
    "toolkit.kind": choices.ToolkitKind,
}

_WHOLE = {"address", "certificate", "code", "country", "currency", "level", "slug", "source", "starting_job"}

_ROW_NAMES: Mapping[str, Callable[[Any], str]] = {
    **{part.name: part.row_name for part in PART_TYPES},
    "field": lambda row: str(row.name),
    "picture": lambda row: str(row.alt),
    "sources": lambda row: f"{row.publisher}: {row.title}",
}

_FIGURES: Mapping[type, Callable[[Any], str]] = {
    Cost: figures.cost,
    Duration: figures.measure,
    Measure: figures.measure,
    date: figures.day,
}


def field_label(part: str, field: str) -> str:
    return str(_FIELDS.get(f"{part}.{field}") or _FIELDS.get(field) or pretty_name(field))


def row_name(part: str, row: Any) -> str:
    """Return the name that identifies a row for editors."""
    return _ROW_NAMES[part](row)


def is_text(part: str, field: str, value: object) -> bool:
    """Return whether a value is prose, to be compared word by word, and not one name or figure."""
    if isinstance(value, Certificate):
        return True
    return isinstance(value, str) and field not in _WHOLE and f"{part}.{field}" not in _CHOICES


def display_value(part: str, field: str, row: Any, guide: Guide) -> str:
    """Return a field of a row of this guide as text for people, '' if it is empty."""
    value = getattr(row, field)
    if choice := value and _CHOICES.get(f"{part}.{field}"):
        return ", ".join(str(choice(each).label) for each in (value if isinstance(value, tuple) else (value,)))
    if type(value) in _FIGURES:
        return _FIGURES[type(value)](value)
    if name := value and (_NAMES.get(f"{part}.{field}") or _NAMES.get(field)):
        return name(value, guide)
    match value:
        case None | False | () | "":
            return ""
        case True:
            return _("yes")
        case tuple():
            return ", ".join(value)
        case Decimal():
            return figures.money(value, row.currency)
    return str(value)


def _facts(certificate: Certificate, guide: Guide) -> str:
    """Return the facts about a certificate, one per line."""
    facts = {name: display_value("certificate", name, certificate, guide) for name in Certificate.model_fields}
    return "\n".join(f"{field_label('certificate', name)}: {fact}" for name, fact in facts.items() if fact)


def _source(slug: str, guide: Guide) -> str:
    source = next(source for source in guide.sources if source.slug == slug)
    return ", ".join(filter(None, (row_name("sources", source), figures.covered(source))))


def _skill(slug: str, guide: Guide) -> str:
    return next(skill.name for skill in guide.skills if skill.slug == slug)


_NAMES: Mapping[str, Callable[[Any, Guide], str]] = {
    "broader": lambda broader, _guide: str(broader.name),
    "country": lambda code, _guide: figures.country(code),
    "requirements.certificate": _skill,
    "skills.certificate": _facts,
    "source": _source,
}
"""Texts for values that refer to something, or that consist of several."""
