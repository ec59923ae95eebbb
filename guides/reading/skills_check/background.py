"""The fields of the match page for education, years of work, and certificates, with what was typed into them."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.choices import EducationLevel
from guides.reading.answers import EXPERIENCE_PREFIX, FIELD_PREFIX, Answers
from guides.reading.form_errors import FormError, errors_at
from guides.reading.index.live_data import LiveData
from guides.reading.years import invalid_years, years_error

MAX_KINDS, MAX_REQUIRED, MAX_OFFERED = 6, 6, 8


class YearsField(NamedTuple):
    """The field for the years of a kind of experience. `error` is a sentence, or ''."""

    name: str
    experience: str
    value: str
    error: str


class CertificateField(NamedTuple):
    """The field for a certificate that a guide requires, with the answer, or ''."""

    name: str
    label: str
    answer: str


class Background(NamedTuple):
    """What the form shows. `offered` are the slugs and names of certificates that guides list but do not require."""

    education: str
    education_error: str
    years: tuple[YearsField, ...]
    certificates: tuple[CertificateField, ...]
    offered: tuple[tuple[str, str], ...]

    @property
    def errors(self) -> tuple[FormError, ...]:
        years = (errors_at(field.name, field.error) for field in self.years)
        return (*errors_at("education", self.education_error), *chain.from_iterable(years))


def read_background(query: QueryDict, answers: Answers, known: LiveData) -> Background:
    """Return the fields with the answers, or with the typed text where it is none."""
    education = query.get("education", "")
    return Background(
        education=answers.education,
        education_error="" if education == answers.education else _("Choose your education from the list."),
        years=tuple(_years_fields(query, answers, known)),
        certificates=tuple(
            CertificateField(f"{FIELD_PREFIX}{slug}", name, answers.by_slug.get(slug, ""))
            for slug, name in islice(known.index.required_certificates.items(), MAX_REQUIRED)
        ),
        offered=tuple(islice(_offered(answers, known), MAX_OFFERED)),
    )


def carried_by_form(answers: Answers, background: Background) -> Answers:
    """Return the answers that the form has no fields for, to be kept in hidden ones."""
    return answers.beyond_form(
        skills=(field.name.removeprefix(FIELD_PREFIX) for field in background.certificates),
        experiences=(field.name.removeprefix(EXPERIENCE_PREFIX) for field in background.years),
        education=True,
    )


def _years_fields(query: QueryDict, answers: Answers, known: LiveData) -> Iterator[YearsField]:
    stated, invalid = dict(answers.experience), invalid_years(query)
    for slug, experience in islice(known.index.experiences.items(), MAX_KINDS):
        name = f"{EXPERIENCE_PREFIX}{slug}"
        text = invalid.get(name, "")
        yield YearsField(name, experience, text or str(stated.get(slug, "")), years_error(text))


def _offered(answers: Answers, known: LiveData) -> Iterator[tuple[str, str]]:
    """Yield certificates without an answer that guides list but do not require, the most frequent first."""
    for slug, name in known.skills.certificates.items():
        if slug not in answers.by_slug and slug not in known.index.required_certificates:
            yield slug, name


EDUCATION_CHOICES = (
    (EducationLevel.NONE, gettext_lazy("No high school diploma")),
    (EducationLevel.HIGH_SCHOOL, gettext_lazy("High school diploma or GED")),
    *((level, level.label) for level in EducationLevel if level not in {"none", "high-school"}),
)
"""The levels of education as a visitor's own, ascending."""
