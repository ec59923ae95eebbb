"""Rules, findings and the surroundings of a guide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guides.statistics.current import CurrentFigures


class Severity(TextChoices):
    """An error would mislead readers, and blocks publishing. A warning informs. A note is a suggestion."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    NOTE = "note", _("Note")


class Rule(TextChoices):
    """Rules with stable names and the headings of their findings."""

    MISSING_PART = "missing-part", _("Missing parts")
    SKILLS_WEIGH_THE_SAME = "skills-weigh-the-same", _("Skills of equal importance")
    SKILL_WITHOUT_WAY = "skill-without-way", _("Essential skills that the guide does not teach")
    UNKNOWN_WAY = "unknown-way", _("Unknown steps and routes to a skill")
    LONE_ALTERNATIVE = "lone-alternative", _("Alternatives with a single skill")
    UNEQUAL_ALTERNATIVES = "unequal-alternatives", _("Alternatives of different importance")
    SKILL_AND_BROADER = "skill-and-broader", _("Skills that count twice")
    TOO_MANY_SKILLS = "too-many-skills", _("Too many skills")
    CERTIFICATE_WITHOUT_FACTS = "certificate-without-facts", _("Certificates without facts")
    EDUCATION_CONFLICT = "education-conflict", _("Conflicting education")
    SIMILAR_EXPERIENCE = "similar-experience", _("Spellings of one kind of experience")
    UNKNOWN_STARTING_JOB = "unknown-starting-job", _("Starting jobs that do not exist")
    EMPTY_TEXT = "empty-text", _("Empty texts")
    REUSED_ADDRESS = "reused-address", _("Address of another role")
    FIGURE_WITHOUT_PERIOD = "figure-without-period", _("Figures without a period")
    FIGURE_TOO_OLD = "figure-too-old", _("Outdated figures")
    OLDER_RELEASE = "older-release", _("Figures from an older release")
    UNKNOWN_OCCUPATION = "unknown-occupation", _("Occupations without official figures")
    FAR_FROM_OFFICIAL = "far-from-official", _("Figures far from the official ones")
    PAY_LEVEL_ORDER = "pay-level-order", _("Levels that earn less than the one below")
    LEVEL_YEARS_ORDER = "level-years-order", _("Levels that need less experience than the one below")
    PAY_CONFLICT = "pay-told-twice", _("Conflicting pay")
    HEADLINE_AND_COUNTRY = "headline-and-country", _("Differences between headline and country table")
    FACT_CONFLICT = "fact-told-twice", _("Conflicting facts")
    AMOUNT_WITHOUT_FIGURE = "amount-without-figure", _("Amounts in the text without a figure")
    HEADING_SKIPS_LEVEL = "heading-skips-level", _("Headings that skip a level")
    IMAGE_WITHOUT_TEXT = "image-without-text", _("Images without alternative text")
    MALFORMED_LINK = "malformed-link", _("Malformed links")
    DEAD_LINK = "dead-link", _("Links to guides that are not live")
    REPEATED_QUESTION = "repeated-question", _("Repeated questions")
    REPEATED_PARAGRAPH = "repeated-paragraph", _("Repeated paragraphs")
    LONG_SENTENCE = "long-sentence", _("Long sentences")
    HARD_PASSAGE = "hard-passage", _("Texts that are hard to read")


class Finding(NamedTuple):
    """A problem and its place: a field such as 'pay.2.median', or an incomplete list such as 'pay'.

    `about` has the texts and amounts that the finding quotes or compares, without positions in lists.
    """

    rule: Rule
    severity: Severity
    place: str
    message: str
    about: str

    @property
    def key(self) -> str:
        """A key that ignores the order of parts, and changes with the content that the finding is about."""
        return f"{self.rule}:{blake2b(self.about.encode(), digest_size=8).hexdigest()}"


def error(rule: Rule, place: str, message: str, *about: object) -> Finding:
    return Finding(rule, Severity.ERROR, place, message, "\n".join(map(str, about)))


def warning(rule: Rule, place: str, message: str, *about: object) -> Finding:
    return Finding(rule, Severity.WARNING, place, message, "\n".join(map(str, about)))


def note(rule: Rule, place: str, message: str, *about: object) -> Finding:
    return Finding(rule, Severity.NOTE, place, message, "\n".join(map(str, about)))


@dataclass(frozen=True)
class Surroundings:
    """The state of the site that a guide is checked against.

    `live` are the slugs of live guides. `former` maps current and former slugs of other roles to their titles.
    `official` has the current statistics of the guide's occupations, `experiences` are the kinds of experience that
    the drafts of other roles name, and `starting_jobs` the slugs of all starting jobs.
    """

    today: date
    live: frozenset[str]
    former: Mapping[str, str]
    official: CurrentFigures = field(default_factory=CurrentFigures)
    experiences: frozenset[str] = frozenset()
    starting_jobs: frozenset[str] = frozenset()
