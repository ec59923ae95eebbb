"""The Guide: a published career guide as one frozen, strict, versioned value.

Drafts are composed into it, files are loaded into it, and pages and formats are rendered from it.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from . import serialization
from .parts import (
    FAQ,
    ApplicationExample,
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
    RoleOccupation,
    SalaryBand,
    Section,
    Source,
    ToolkitItem,
)
from .serialization import Format, Unreadable
from .skills import (
    Requirement,
    RoleSkill,
)
from .types import (
    CrossFieldError,
    Day,
    FrozenModel,
    Line,
    Names,
    RequiredText,
    Slug,
    get,
    indexed_rows,
    normalized,
    require_unique,
)

SCHEMA_VERSION = 3

T = TypeVar("T")
MAX_PARTS = 500
Many = Annotated[tuple[T, ...], Field(max_length=MAX_PARTS, strict=False)]


FIGURES = ("facts", "requirements", "routes", "levels", "pay")
"""The parts that contain figures and cite a source. Certificates of skills do, too."""


def _by_slug(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda source: source.slug))


class Guide(FrozenModel):
    """The guide of one role. Lists are in reading order, and `sources` are in order of their slugs.

    `pay_is_representative` is false if the official pay of the occupations would mislead. The guide then has no pay
    headline.
    """

    schema_version: Literal[3]  # SCHEMA_VERSION; a type takes no name
    slug: Slug
    title: Line
    alternative_titles: Names = ()
    field: FieldOfWork | None = None
    summary: RequiredText
    reviewed_on: Day | None = None
    picture: Picture | None = None
    occupations: Many[RoleOccupation] = ()
    pay_is_representative: bool = True
    facts: Many[KeyFact] = ()
    requirements: Many[Requirement] = ()
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
    examples: Many[ApplicationExample] = ()
    interview: Many[InterviewQuestion] = ()
    sources: Annotated[Many[Source], AfterValidator(_by_slug)] = ()

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        yield from require_unique(data, "sources", "slug")
        yield from require_unique(data, "skills", "slug")
        yield from require_unique(data, "occupations", "code")
        yield from _second_main_occupation(data)
        yield from require_unique(data, "levels", "title")
        known_sources = {normalized(source, "slug") for _, source in indexed_rows(data, "sources")}
        for part in FIGURES:
            yield from _unknown_references(data, part, "source", known_sources, "no source of this guide")
        for index, skill in indexed_rows(data, "skills"):
            if (slug := normalized(get(skill, "certificate"), "source")) and slug not in known_sources:
                yield ("skills", index, "certificate", "source"), f"'{slug}' is no source of this guide"
        cited = cited_sources(data)
        for index, source in indexed_rows(data, "sources"):
            if (slug := normalized(source, "slug")) and slug not in cited:
                yield ("sources", index), f"'{slug}' is cited by no figure"
        known_levels = {normalized(level, "title") for _, level in indexed_rows(data, "levels")}
        yield from _unknown_references(data, "pay", "level", known_levels, "the title of no level of this guide")
        held = {
            normalized(skill, "slug")
            for _, skill in indexed_rows(data, "skills")
            if get(skill, "kind") == "certificate"
        }
        yield from _unknown_references(data, "requirements", "certificate", held, "no certificate among the skills")
        yield from _inconsistent_broader_skills(data)


def cited_sources(data: Mapping[str, Any]) -> set[str]:
    """Return the slugs of the sources that the figures and the certificates in plain data cite."""
    figures = (row for part in FIGURES for _, row in indexed_rows(data, part))
    certificates = (get(skill, "certificate") for _, skill in indexed_rows(data, "skills"))
    return {normalized(row, "source") for row in (*figures, *certificates)}


def _second_main_occupation(data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
    occupations = indexed_rows(data, "occupations")
    main = [index for index, row in occupations if normalized(row, "relation") in {"same", "broader"}]
    for index in main[1:]:
        yield ("occupations", index, "relation"), "only one occupation can be the same as the role or include it"


def _inconsistent_broader_skills(data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
    """A broader skill has one name in a guide, and has no broader skill."""
    skills = indexed_rows(data, "skills")
    names = {normalized(skill, "slug"): normalized(skill, "name") for _, skill in skills}
    narrower = {normalized(skill, "slug") for _, skill in skills if get(skill, "broader")}
    for index, skill in skills:
        broader = get(skill, "broader")
        slug, name = normalized(broader, "slug"), normalized(broader, "name")
        if slug and names.setdefault(slug, name) != name:
            yield ("skills", index, "broader", "name"), f"'{slug}' is called '{names[slug]}' in this guide"
        if slug in narrower:
            yield ("skills", index, "broader"), f"'{slug}' has a broader skill, so it cannot be one"


def _unknown_references(
    data: Mapping[str, Any], part: str, name: str, known: set[str], what: str
) -> Iterator[CrossFieldError]:
    for index, row in indexed_rows(data, part):
        value = normalized(row, name)
        if value and value not in known:
            yield (part, index, name), f"'{value}' is {what}"


class ValidationIssue(NamedTuple):
    """An error in a guide. `path` is its position, such as 'pay.2.low', or '' for the whole guide."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InvalidGuide(ValueError):
    """The data is not a valid guide. `issues` has every error."""

    def __init__(self, issues: tuple[ValidationIssue, ...]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = issues

    @classmethod
    def single(cls, message: str, *, path: str = "") -> Self:
        return cls((ValidationIssue(path, message),))


def load(text: str, form: Format = "json") -> Guide:
    """Return the guide in a text. Raise InvalidGuide with every issue."""
    try:
        data = serialization.parse(text, form)
    except Unreadable as error:
        raise InvalidGuide.single(str(error)) from None
    if not isinstance(data, dict):
        raise InvalidGuide.single("a guide is a mapping of names to values")
    version = data.get("schema_version")
    if type(version) is not int or version not in range(1, SCHEMA_VERSION + 1):
        problem = "gives no schema_version" if version is None else f"has schema_version {version!r:.40}"
        message = f"the file {problem}; this version of Careerguide reads 1 to {SCHEMA_VERSION}"
        raise InvalidGuide.single(message, path="schema_version")
    for upgrade in _UPGRADES[version - 1 :]:
        data = upgrade(data)
    return validate(data)


def _from_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 adds occupations, which older guides do not have."""
    return data | {"schema_version": 2}


def _from_version_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 3 states requirements as parts. Version 2 had the education on a key fact."""
    facts, requirements = [], []
    for _, fact in indexed_rows(data, "facts"):
        if isinstance(fact, dict) and fact.get("education"):
            fact = dict(fact)
            requirements.append({"education": fact.pop("education"), "source": fact.get("source")})
        facts.append(fact)
    if not requirements:
        return data | {"schema_version": 3}
    return data | {"schema_version": 3, "facts": facts, "requirements": requirements[:1]}


_UPGRADES = (_from_version_1, _from_version_2)
"""The step from each version to the next. Stored editions are upgraded when they are read, and never rewritten."""


def validate(data: Mapping[str, Any]) -> Guide:
    """Return the guide in plain data. Raise InvalidGuide with every issue."""
    try:
        return Guide.model_validate(data)
    except ValidationError as error:
        issues = (
            ValidationIssue(".".join(map(str, e["loc"])), e["msg"])
            for e in error.errors(include_url=False, include_input=False)
        )
        raise InvalidGuide(tuple(issues)) from None


def dump(guide: Guide, form: Format = "json") -> str:
    """Serialize a guide without its empty fields. Equal guides have equal texts, and `load` reads them back."""
    return serialization.write(guide.model_dump(mode="json", exclude_defaults=True), form)


def digest(text: str) -> str:
    """Return a fingerprint of a guide's text, in 32 characters."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
