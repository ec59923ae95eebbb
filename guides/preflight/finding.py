"""What the preflight says: rules by their names, findings, and what a guide is judged beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """An error would mislead readers or leave the page broken, and blocks publishing; a warning informs."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


class Rule(TextChoices):
    """Every rule, by a name that stays, with the title that its findings stand under."""

    MISSING_PART = "missing-part", _("Missing parts")
    SKILLS_WEIGH_THE_SAME = "skills-weigh-the-same", _("Skills that all count alike")
    SKILL_WITHOUT_WAY = "skill-without-way", _("Essential skills without a way to them")
    UNKNOWN_WAY = "unknown-way", _("Ways to a skill that are not in the guide")
    EMPTY_TEXT = "empty-text", _("Texts that say nothing")
    REUSED_ADDRESS = "reused-address", _("Address that belonged to another role")
    FIGURE_WITHOUT_PERIOD = "figure-without-period", _("Figures of no stated period")
    FIGURE_TOO_OLD = "figure-too-old", _("Figures past their age")
    PAY_LEVEL_ORDER = "pay-level-order", _("Levels that earn less than the one below")
    LEVEL_YEARS_ORDER = "level-years-order", _("Levels that ask for less experience than the one below")
    PAY_TOLD_TWICE = "pay-told-twice", _("Pay told in two ways")
    HEADLINE_AND_COUNTRY = "headline-and-country", _("Headline and country table that differ")
    FACT_TOLD_TWICE = "fact-told-twice", _("Facts told in two ways")
    AMOUNT_WITHOUT_FIGURE = "amount-without-figure", _("Amounts in the text that no figure says")
    HEADING_SKIPS_LEVEL = "heading-skips-level", _("Headings that skip a level")
    IMAGE_WITHOUT_TEXT = "image-without-text", _("Images without alternative text")
    MALFORMED_LINK = "malformed-link", _("Links that are not shown as links")
    DEAD_LINK = "dead-link", _("Links to guides that are not live")
    REPEATED_QUESTION = "repeated-question", _("Questions asked twice")
    REPEATED_PARAGRAPH = "repeated-paragraph", _("Paragraphs that stand twice")
    LONG_SENTENCE = "long-sentence", _("Long sentences")
    HARD_PASSAGE = "hard-passage", _("Texts that are hard to read")


class Finding(NamedTuple):
    """What is wrong, and where: 'pay.2.median', 'summary', or the name of a list that lacks something: 'pay'.

    `about` holds the texts and amounts that the finding quotes or compares, and never a position in a list.
    """

    rule: Rule
    severity: Severity
    place: str
    message: str
    about: str

    @property
    def key(self) -> str:
        """The same for the same finding however parts are ordered; another once what it is about has changed."""
        return f"{self.rule}:{blake2b(self.about.encode(), digest_size=8).hexdigest()}"


def error(rule: Rule, place: str, message: str, *about: object) -> Finding:
    return Finding(rule, Severity.ERROR, place, message, "\n".join(map(str, about)))


def warning(rule: Rule, place: str, message: str, *about: object) -> Finding:
    return Finding(rule, Severity.WARNING, place, message, "\n".join(map(str, about)))


@dataclass(frozen=True)
class Surroundings:
    """What a guide is judged beside.

    `live` are the slugs of the guides that visitors find; `former` the addresses that other roles have or had, and the
    titles of those roles.
    """

    today: date
    live: frozenset[str]
    former: Mapping[str, str]
