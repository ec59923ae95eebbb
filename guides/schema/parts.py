"""The parts of a guide, with the closed lists of their kinds."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints

from guides import words
from guides.media import names

from .types import (
    Address,
    Amount,
    Cost,
    Country,
    Currency,
    Day,
    Disagreement,
    Duration,
    GivenProse,
    GivenText,
    Line,
    Markdown,
    Measure,
    Names,
    OptionalLine,
    OptionalSlug,
    Period,
    Prose,
    Slug,
    Text,
    Value,
    descending,
    open_ended,
    spelled,
    to_date,
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
ConsiderationKind = Literal["pro", "con"]
Relation = Literal["similar", "different", "from", "next"]
ToolkitKind = Literal["resume", "cover-letter", "interview", "job-description", "skills-gap", "readiness"]


class Source(Value):
    """Where figures come from. `covers_from` and `covers_to` are the first and the last day that they speak of."""

    slug: Slug
    publisher: Line
    title: Line
    covers_from: Day | None = None
    covers_to: Day | None = None
    address: Address = ""
    seen_on: Day

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        if (given.get("covers_from") is None) != (given.get("covers_to") is None):
            yield ("covers_to",), "give both ends of the period or neither"
        try:
            first, last = to_date(given.get("covers_from")), to_date(given.get("covers_to"))
        except ValueError:
            return
        if type(first) is date and type(last) is date and first > last:
            yield ("covers_to",), "the period ends before it begins"


class Picture(Value):
    """An image that stands for the whole guide. `alt` tells those who do not see it what it shows."""

    name: Annotated[str, StringConstraints(pattern=f"^{names.NAME}$")]
    alt: Line


class FieldOfWork(Value):
    """A field that roles belong to, the same for all of them."""

    slug: Slug
    name: Line
    summary: Text = ""


class Section(Value):
    """Prose under a chapter of the page; without a heading it opens the chapter."""

    chapter: Chapter
    heading: OptionalLine = ""
    body: GivenProse


class Responsibility(Value):
    title: Line
    detail: Annotated[Text, Markdown(inline=True)] = ""


MOST_WORDINGS, MOST_IN_WORDING = 200, 3


def _short(text: str) -> str:
    if len(words.parts(text)) > MOST_IN_WORDING:
        raise ValueError(f"must be at most {MOST_IN_WORDING} words, but for small ones such as 'of'")
    return text


Wordings = Annotated[tuple[Annotated[Line, AfterValidator(_short)], ...], Field(max_length=MOST_WORDINGS, strict=False)]


class RoleSkill(Value):
    """A skill, the same for all roles but for what this one says of it: what for, how much it counts, how it is gained.

    `wordings` are how résumés put it, such as 'drew blood': it is recognized by them, and no page shows them.
    `proficiency` is how well it is to be mastered; `gained_by` are titles of steps and routes of the guide.
    """

    slug: Slug
    name: Line
    kind: SkillKind
    aliases: Names = ()
    wordings: Wordings = ()
    summary: Text = ""
    purpose: Annotated[Text, Markdown(inline=True)] = ""
    importance: Importance = "important"
    proficiency: Proficiency | Literal[""] = ""
    gained: Annotated[Text, Markdown(inline=True)] = ""
    gained_by: Names = ()


class EntryStep(Value):
    title: Line
    body: Prose = ""


class EducationRoute(Value):
    title: Line
    body: Prose = ""
    cost: Cost | None = None
    duration: Duration | None = None
    source: Slug


class CareerLevel(Value):
    """A rung of the ladder, with years of experience where a source tells them; without `years_to` they are open."""

    title: Line
    years_from: int | None = Field(default=None, ge=0, le=80)
    years_to: int | None = Field(default=None, ge=0, le=80)
    summary: Prose = ""
    focus: Prose = ""
    source: OptionalSlug = ""

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        yield from descending(given, ("years_from", "years_to"))
        if given.get("years_from") is None and given.get("years_to") is not None:
            yield ("years_from",), "goes with years_to: say where the years begin"
        if (given.get("years_from") is None) != (not given.get("source")):
            yield ("source",), "goes with years, and only with them"


PAY_ORDER = (("low", "median"), ("median", "high"), ("low", "mean"), ("mean", "high"), ("low", "high"))


class SalaryBand(Value):
    """What one source says of pay. `basis` is what it measures: a headline, a level, some experience, a country.

    A headline or a level without a label, or with the name of the role or level itself as its label, is its own pay;
    any other label names what the figures belong to, such as a broader occupation. `range_label` says what lies between
    low and high, where the source does: '10th to 90th percentile'.
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
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        yield from descending(given, *PAY_ORDER)
        if all(given.get(name) is None for name in ("low", "median", "mean", "high")):
            yield ("median",), "give low, median, mean or high"
        yield from open_ended(given)
        if spelled(given, "range_label") and given.get("low") is None and given.get("high") is None:
            yield ("range_label",), "goes with low, high or both"
        if (given.get("basis") == "level") != (given.get("level") is not None):
            yield ("level",), "goes with the basis 'level', and only with it"


def _listed(settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Each once, in the order of their list."""
    return tuple(setting for setting in get_args(Setting) if setting in settings)


class KeyFact(Value):
    """A fact for the first screen: a measure, a phrase that says what it means, or both.

    `education` is the least that is usually asked for, and goes with that kind only, as `settings` do with theirs.
    """

    kind: FactKind
    text: Annotated[Text, Markdown(inline=True)] = ""
    value: Measure | None = None
    education: EducationLevel | Literal[""] = ""
    settings: Annotated[tuple[Setting, ...], Field(strict=False), AfterValidator(_listed)] = ()
    source: Slug

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        for name, kind in (("education", "education"), ("settings", "setting")):
            if given.get(name) and given.get("kind") != kind:
                yield (name,), f"goes with the kind '{kind}' only"
        if not spelled(given, "text") and given.get("value") is None:
            yield ("text",), "give a text, a value or both"


class Consideration(Value):
    kind: ConsiderationKind
    title: Line
    detail: Annotated[Text, Markdown(inline=True)] = ""


class FAQ(Value):
    question: Line
    answer: GivenProse


class RelatedRole(Value):
    """A neighbouring role. `slug` is the address of its guide, where there is one."""

    relation: Relation
    title: Line
    slug: OptionalSlug = ""
    note: Annotated[Text, Markdown(inline=True)] = ""


class ToolkitItem(Value):
    kind: ToolkitKind
    title: Line
    body: GivenProse


class InterviewQuestion(Value):
    """What is asked in interviews, and what a good answer shows. Those of one theme stand together."""

    theme: Line
    question: Line
    shows: Annotated[GivenText, Markdown(inline=True)]
