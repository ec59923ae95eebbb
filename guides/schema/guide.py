"""The Guide: a published career guide as one frozen, strict, versioned value.

Drafts are composed into it, files are loaded into it, and pages and formats are rendered from it.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from . import serialization
from .parts import (
    FAQ,
    CareerLevel,
    Consideration,
    EducationRoute,
    EntryStep,
    FieldOfWork,
    InterviewQuestion,
    KeyFact,
    Picture,
    RelatedRole,
    Responsibility,
    RoleSkill,
    SalaryBand,
    Section,
    Source,
    ToolkitItem,
)
from .serialization import Format, Unreadable
from .types import Day, Disagreement, GivenText, Line, Names, Slug, Value, repeated, rows, spelled

SCHEMA_VERSION = 1

T = TypeVar("T")
MOST_PARTS = 500
Many = Annotated[tuple[T, ...], Field(max_length=MOST_PARTS, strict=False)]


FIGURES = ("facts", "routes", "levels", "pay")
"""The parts that carry figures, and so cite a source."""


def _by_slug(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.slug))


class Guide(Value):
    """One role's guide. Lists are in reading order, but for `sources`, which are all cited and stand by slug."""

    schema_version: Literal[1]  # SCHEMA_VERSION; a type takes no name
    slug: Slug
    title: Line
    alternative_titles: Names = ()
    field: FieldOfWork | None = None
    summary: GivenText
    reviewed_on: Day | None = None
    picture: Picture | None = None
    facts: Many[KeyFact] = ()
    sections: Many[Section] = ()
    responsibilities: Many[Responsibility] = ()
    skills: Many[RoleSkill] = ()
    steps: Many[EntryStep] = ()
    routes: Many[EducationRoute] = ()
    levels: Many[CareerLevel] = ()
    pay: Many[SalaryBand] = ()
    considerations: Many[Consideration] = ()
    faqs: Many[FAQ] = ()
    related: Many[RelatedRole] = ()
    toolkit: Many[ToolkitItem] = ()
    interview: Many[InterviewQuestion] = ()
    sources: Annotated[Many[Source], AfterValidator(_by_slug)] = ()

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        yield from repeated(given, "sources", "slug")
        yield from repeated(given, "skills", "slug")
        yield from repeated(given, "levels", "title")
        known_sources = {spelled(source, "slug") for _, source in rows(given, "sources")}
        for part in FIGURES:
            yield from _unknown(given, part, "source", known_sources, "no source of this guide")
        cited = {spelled(row, "source") for part in FIGURES for _, row in rows(given, part)}
        for index, source in rows(given, "sources"):
            if (slug := spelled(source, "slug")) and slug not in cited:
                yield ("sources", index), f"'{slug}' is cited by no figure"
        known_levels = {spelled(level, "title") for _, level in rows(given, "levels")}
        yield from _unknown(given, "pay", "level", known_levels, "the title of no level of this guide")


def _unknown(given: Mapping[str, Any], part: str, name: str, known: set[str], what: str) -> Iterator[Disagreement]:
    for index, row in rows(given, part):
        value = spelled(row, name)
        if value and value not in known:
            yield (part, index, name), f"'{value}' is {what}"


class Fault(NamedTuple):
    """What is wrong with a file, and where: 'pay.2.low', or '' for the file as a whole."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Refused(ValueError):
    """The text is no guide; `faults` lists every reason that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load(text: str, form: Format = "json") -> Guide:
    """The guide that a text holds. Raises Refused with all of its faults."""
    try:
        data = serialization.parse(text, form)
    except Unreadable as error:
        raise Refused((Fault("", str(error)),)) from None
    if not isinstance(data, dict):
        raise Refused((Fault("", "a guide is a mapping of names to values"),))
    version = data.get("schema_version")
    if type(version) is not int or version != SCHEMA_VERSION:
        told = "gives no schema_version" if version is None else f"has schema_version {version!r:.40}"
        raise Refused(
            (Fault("schema_version", f"the file {told}; this version of Careerguide reads {SCHEMA_VERSION}"),)
        )
    return check(data)


def check(data: Mapping[str, Any]) -> Guide:
    """The guide of plain data. Raises Refused with all of its faults."""
    try:
        return Guide.model_validate(data)
    except ValidationError as error:
        faults = (
            Fault(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors(include_url=False, include_input=False)
        )
        raise Refused(tuple(faults)) from None


def dump(guide: Guide, form: Format = "json") -> str:
    """The text of a guide, without what is empty: the same guide, the same text, and `load` gives the guide back."""
    return serialization.write(guide.model_dump(mode="json", exclude_defaults=True), form)


def digest(text: str) -> str:
    """What tells a guide's text from any other, in 32 characters."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
