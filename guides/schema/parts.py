"""The parts of a guide, with the closed lists of their kinds."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints

from guides.media import names

from .types import (
    Address,
    Amount,
    Cost,
    Country,
    CrossFieldError,
    Currency,
    Day,
    Duration,
    FrozenModel,
    Line,
    Markdown,
    Measure,
    OccupationCode,
    OptionalLine,
    OptionalSlug,
    Period,
    Prose,
    RequiredProse,
    RequiredText,
    Slug,
    Text,
    normalized,
    parse_date,
    require_ascending,
    require_both_ends,
)

Chapter = Literal[
    "role", "duties", "setting", "tools", "skills", "entry", "education", "pay", "outlook", "path",
    "inclusion", "abroad", "market", "balance", "questions", "toolkit", "related",
]  # fmt: skip
SkillKind = Literal["technical", "soft", "tool", "certificate"]
Importance = Literal["essential", "important", "useful"]
Proficiency = Literal["basic", "working", "advanced"]
FactKind = Literal["growth", "openings", "education", "entry-time", "setting", "industries", "schedule"]
EducationLevel = Literal["none", "high-school", "postsecondary", "associate", "bachelor", "master", "doctoral"]
Setting = Literal[
    "hospital", "clinic", "care-home", "community", "school", "laboratory", "shop", "factory", "office", "outdoors",
    "road", "remote",
]  # fmt: skip
PayBasis = Literal["headline", "level", "experience", "country"]
OccupationRelation = Literal["same", "broader", "nearest"]
ConsiderationKind = Literal["pro", "con"]
Relation = Literal["similar", "different", "from", "next"]
ToolkitKind = Literal["resume", "cover-letter", "interview", "job-description", "skills-gap", "readiness"]


class Source(FrozenModel):
    """The publication that figures come from. It covers the days from `covers_from` to `covers_to`, inclusive."""

    slug: Slug
    publisher: Line
    title: Line
    covers_from: Day | None = None
    covers_to: Day | None = None
    address: Address = ""
    seen_on: Day

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        if (data.get("covers_from") is None) != (data.get("covers_to") is None):
            yield ("covers_to",), "give both ends of the period or neither"
        try:
            first, last = parse_date(data.get("covers_from")), parse_date(data.get("covers_to"))
        except ValueError:
            return
        if type(first) is date and type(last) is date and first > last:
            yield ("covers_to",), "the period ends before it begins"


class Picture(FrozenModel):
    """The image of a guide, with alternative text."""

    name: Annotated[str, StringConstraints(pattern=f"^{names.NAME}$")]
    alt: Line


class FieldOfWork(FrozenModel):
    """A field of work, shared by all of its roles."""

    slug: Slug
    name: Line
    summary: Text = ""


class Section(FrozenModel):
    """Prose in a chapter of the page. Without a heading, it opens the chapter."""

    chapter: Chapter
    heading: OptionalLine = ""
    body: RequiredProse


class Responsibility(FrozenModel):
    title: Line
    detail: Annotated[Text, Markdown(inline=True)] = ""


class EntryStep(FrozenModel):
    title: Line
    body: Prose = ""


class EducationRoute(FrozenModel):
    """A way to learn the job. `education` is the level that it leads to."""

    title: Line
    body: Prose = ""
    education: EducationLevel | Literal[""] = ""
    cost: Cost | None = None
    duration: Duration | None = None
    source: Slug


class CareerLevel(FrozenModel):
    """A career level. Years of experience need a source, and without `years_to` they are open-ended."""

    title: Line
    years_from: int | None = Field(default=None, ge=0, le=80)
    years_to: int | None = Field(default=None, ge=0, le=80)
    summary: Prose = ""
    focus: Prose = ""
    source: OptionalSlug = ""

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        yield from require_ascending(data, ("years_from", "years_to"))
        if data.get("years_from") is None and data.get("years_to") is not None:
            yield ("years_from",), "goes with years_to: say where the years begin"
        if (data.get("years_from") is None) != (not data.get("source")):
            yield ("source",), "goes with years, and only with them"


PAY_ORDER = (("low", "median"), ("median", "high"), ("low", "mean"), ("mean", "high"), ("low", "high"))


class SalaryBand(FrozenModel):
    """Pay from one source. `basis` is what it measures: the role, a level, some experience, or a country.

    A label names the occupation that the figures belong to. Without one, or with the name of the role or level, they
    are the role's or level's own pay. `range_label` describes the range, such as '10th to 90th percentile'.
    """

    basis: PayBasis
    label: OptionalLine = ""
    level: Line | None = None
    country: Country
    low: Amount | None = None
    median: Amount | None = None
    mean: Amount | None = None
    high: Amount | None = None
    range_label: OptionalLine = ""
    and_more: bool = False
    approximate: bool = False
    currency: Currency
    period: Period
    source: Slug

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        yield from require_ascending(data, *PAY_ORDER)
        if all(data.get(name) is None for name in ("low", "median", "mean", "high")):
            yield ("median",), "give low, median, mean or high"
        yield from require_both_ends(data)
        if normalized(data, "range_label") and data.get("low") is None and data.get("high") is None:
            yield ("range_label",), "goes with low, high or both"
        if (data.get("basis") == "level") != (data.get("level") is not None):
            yield ("level",), "goes with the basis 'level', and only with it"


def _in_list_order(settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Return each setting once, in the order of `Setting`."""
    return tuple(setting for setting in get_args(Setting) if setting in settings)


MAX_SHORT_WORDS = 4


def _check_short(text: str) -> str:
    if len(text.split()) > MAX_SHORT_WORDS:
        raise ValueError(f"must be at most {MAX_SHORT_WORDS} words")
    return text


class KeyFact(FrozenModel):
    """A fact about the job: a measure, a text, or both.

    The first screen shows the measure or the `short` value. The text follows in the chapter that it belongs to.
    `settings` goes with the kind 'setting'.
    """

    kind: FactKind
    short: Annotated[OptionalLine, AfterValidator(_check_short)] = ""
    text: Annotated[Text, Markdown(inline=True)] = ""
    value: Measure | None = None
    settings: Annotated[tuple[Setting, ...], Field(strict=False), AfterValidator(_in_list_order)] = ()
    source: Slug

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        if data.get("settings") and data.get("kind") != "setting":
            yield ("settings",), "goes with the kind 'setting' only"
        if not normalized(data, "text") and data.get("value") is None:
            yield ("text",), "give a text, a value or both"


class RoleOccupation(FrozenModel):
    """An official occupation whose statistics are shown for the role.

    The relation is 'same' if the occupation is the role, 'broader' if it includes the role, and 'nearest' if it is only
    similar. `covers` says what else it includes.
    """

    code: OccupationCode
    relation: OccupationRelation
    covers: Annotated[Text, Markdown(inline=True)] = ""

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        if normalized(data, "relation") in {"broader", "nearest"} and not normalized(data, "covers"):
            yield ("covers",), "say what else the occupation covers, unless it is the same as the role"


class Consideration(FrozenModel):
    kind: ConsiderationKind
    title: Line
    detail: Annotated[Text, Markdown(inline=True)] = ""


class FAQ(FrozenModel):
    question: Line
    answer: RequiredProse


class RelatedRole(FrozenModel):
    """A neighboring role. `slug` is the address of its guide, and `starting_job` that of a job without a guide."""

    relation: Relation
    title: Line
    slug: OptionalSlug = ""
    starting_job: OptionalSlug = ""
    note: Annotated[Text, Markdown(inline=True)] = ""

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        if normalized(data, "slug") and normalized(data, "starting_job"):
            yield ("starting_job",), "goes without the address of a guide"


class ToolkitItem(FrozenModel):
    kind: ToolkitKind
    title: Line
    body: RequiredProse


class ApplicationExample(FrozenModel):
    """A finished résumé and cover letter of an invented person who changes to the role.

    `from_job` is the person's earlier job, and `meets` is the requirement of the role that the person meets. Both texts
    have a heading with the name, and the résumé has '##' for sections and '###' for jobs. Emphasis at the end of the
    heading of a job holds its dates.
    """

    from_job: Line
    meets: Line
    resume: RequiredProse
    letter: RequiredProse


class InterviewQuestion(FrozenModel):
    """An interview question, and the strengths that a good answer shows. Pages group questions by theme."""

    theme: Line
    question: Line
    shows: Annotated[RequiredText, Markdown(inline=True)]
