"""The index rows of an edition, for lists, filters and search. They are derived from it and can be rebuilt at any time.

Every edition has a listing, live or not. The edition decides whether it is live.
"""

import json
from functools import cached_property
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.schema import SalaryBand, Source, types
from guides.summary import GuideSummary, ListedOccupation, Move, PayFacts, SummaryRequirement, SummarySkill

from .edition import Edition, OfEditions

PAY_COLUMNS = ("band", "source", "occupations", "pay_is_representative")
SUMMARY_COLUMNS = ("education", "growth", "skills", "requirements", "moves", *PAY_COLUMNS)


class ListingQuerySet(OfEditions["Listing"]):
    def with_summary(self) -> Self:
        """Load the columns of a summary, and the title and address of the guide."""
        return self.select_related("edition").only(*SUMMARY_COLUMNS, "sort_title", "edition__slug", "edition__title")


class Listing(models.Model):
    """One edition in a list: what it is sorted and compared by.

    `band` is the guide's own pay headline, `source` its source, and `pay` the amount that it sorts by. `growth` is the
    guide's own figure, a fraction of one. These count only if the guide has no official `occupations`, which are
    [code, relation]. `skills`, `requirements`, and `moves` have the fields of `SummarySkill`, `SummaryRequirement`, and
    `Move`, in the guide's order. `alternatives` are groups of slugs of skills of which one is enough. `text` has the
    guide's sentences without markup.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True)
    version = models.PositiveSmallIntegerField()
    sort_title = models.CharField(max_length=types.MAX_LINE_LENGTH)
    field_name = models.CharField(max_length=types.MAX_LINE_LENGTH, blank=True)
    education = models.CharField(max_length=20, blank=True)
    growth = models.DecimalField(max_digits=types.MAX_DIGITS, decimal_places=4, null=True)
    pay = models.DecimalField(max_digits=types.MAX_DIGITS, decimal_places=4, null=True)
    band = models.JSONField(null=True)
    source = models.JSONField(null=True)
    occupations = models.JSONField(default=list)
    pay_is_representative = models.BooleanField(default=True)
    skills = models.JSONField(default=list)
    requirements = models.JSONField(default=list)
    moves = models.JSONField(default=list)
    alternatives = models.JSONField(default=list)
    text = models.TextField()
    digest = models.CharField(max_length=32, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = (
            models.Index(fields=("sort_title",), name="guides_listing_title"),
            models.Index(fields=("version", "edition"), name="guides_listing_version"),
        )

    def __str__(self) -> str:
        return str(self.edition)

    @cached_property
    def pay_facts(self) -> PayFacts:
        return PayFacts(
            band=self.band and SalaryBand.model_validate_json(json.dumps(self.band)),
            source=self.source and Source.model_validate_json(json.dumps(self.source)),
            occupations=tuple(ListedOccupation(*occupation) for occupation in self.occupations),
            is_representative=self.pay_is_representative,
        )

    @cached_property
    def summary(self) -> GuideSummary:
        return GuideSummary(
            education=self.education,
            growth=self.growth,
            pay=self.pay_facts,
            skills=tuple(SummarySkill(*skill) for skill in self.skills),
            requirements=tuple(SummaryRequirement(*requirement) for requirement in self.requirements),
            moves=tuple(Move(*move) for move in self.moves),
        )


class TermKind(models.TextChoices):
    TITLE = "title", _("title")
    ALTERNATIVE = "alternative", _("alternative title")
    LEVEL = "level", _("level")
    SKILL = "skill", _("skill")
    ALIAS = "alias", _("other name of a skill")
    FIELD = "field", _("field of work")
    EDUCATION = "education", _("education needed")
    SETTING = "setting", _("setting")
    GROWTH = "growth", _("growth")
    SOURCE = "source", _("source")


WHOLE = 1_000_000
"""The sum of the shares of a guide's skills, except for rounding."""


class Term(models.Model):
    """A term that an edition is found by, such as its title, a skill or its field.

    `key` is the name as search compares it, without spaces, of a skill its stems; `group` is the kind of a skill,
    `about` what a skill or a field is; `share` what a skill makes of all that the guide asks for, in millionths, and
    `broader` the slug of its broader skill.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=20, choices=TermKind)
    slug = models.CharField(max_length=types.MAX_SLUG_LENGTH)
    name = models.CharField(max_length=types.MAX_LINE_LENGTH)
    key = models.CharField(max_length=types.MAX_LINE_LENGTH)
    group = models.CharField(max_length=20, blank=True)
    about = models.TextField(blank=True)
    share = models.PositiveIntegerField(default=0)
    broader = models.CharField(max_length=types.MAX_SLUG_LENGTH, blank=True)

    objects = OfEditions["Term"].as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = (models.UniqueConstraint(fields=("edition", "kind", "slug", "name"), name="guides_term_once"),)
        indexes = (
            models.Index(fields=("kind", "slug", "edition", "share"), name="guides_term_asked"),
            models.Index(fields=("kind", "key", "edition"), name="guides_term_key"),
        )

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """How résumés put a skill, as the guide that was published last has it; `key` is the bag of its stems."""

    slug = models.CharField(max_length=types.MAX_SLUG_LENGTH)
    name = models.CharField(max_length=types.MAX_LINE_LENGTH)
    key = models.CharField(max_length=types.MAX_LINE_LENGTH, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = (models.UniqueConstraint(fields=("slug", "name"), name="guides_wording_once"),)

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word of titles, levels, skills or wordings, past ones included: what a misspelled word may be meant to be."""

    word = models.CharField(max_length=types.MAX_LINE_LENGTH, primary_key=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word
