"""Skills of a role, and the requirements that people must meet."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from guides import words

from .parts import EducationLevel, Importance, Proficiency, SkillKind
from .types import (
    Address,
    Cost,
    CrossFieldError,
    Duration,
    FrozenModel,
    Line,
    Markdown,
    Names,
    OptionalLine,
    OptionalSlug,
    Slug,
    Text,
    normalized,
    require_ascending,
)

MAX_WORDINGS, MAX_WORDING_WORDS = 200, 3


def _check_wording(text: str) -> str:
    if len(words.significant_words(text)) > MAX_WORDING_WORDS:
        raise ValueError(f"must be at most {MAX_WORDING_WORDS} words, but for small ones such as 'of'")
    return text


Wordings = Annotated[
    tuple[Annotated[Line, AfterValidator(_check_wording)], ...], Field(max_length=MAX_WORDINGS, strict=False)
]


class SkillName(FrozenModel):
    slug: Slug
    name: Line


class Certificate(FrozenModel):
    """The facts about a certificate or license. `training` is the training that its issuer requires."""

    issuer: Line
    eligibility: Text = ""
    fee: Cost | None = None
    training: Duration | None = None
    renewal: Text = ""
    address: Address = ""
    source: Slug


class RoleSkill(FrozenModel):
    """A skill of the role. `slug` to `certificate` are shared by all roles, the rest belongs to this one.

    `wordings` are phrases of résumés, such as 'drew blood'. Résumés are matched with them, and no page shows them.
    Someone who has a skill also has its `broader` one. Skills with the same `one_of` are alternatives: the role
    requires one of them. `proficiency` is the required level. `gained_by` are titles of steps and routes of the guide.
    """

    slug: Slug
    name: Line
    kind: SkillKind
    aliases: Names = ()
    wordings: Wordings = ()
    summary: Text = ""
    broader: SkillName | None = None
    certificate: Certificate | None = None
    one_of: OptionalLine = ""
    purpose: Annotated[Text, Markdown(inline=True)] = ""
    importance: Importance = "important"
    proficiency: Proficiency | Literal[""] = ""
    gained: Annotated[Text, Markdown(inline=True)] = ""
    gained_by: Names = ()

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        if data.get("certificate") and data.get("kind") != "certificate":
            yield ("certificate",), "goes with the kind 'certificate' only"
        if (slug := normalized(data, "slug")) and normalized(data.get("broader"), "slug") == slug:
            yield ("broader",), "must be another skill"


class Requirement(FrozenModel):
    """A way to meet the requirements of employers, by all that it states. People need only one way of a guide.

    The usual way comes first. `experience` says which work the years are of, such as 'work in health care'.
    `certificate` is the slug of a certificate among the guide's skills.
    """

    education: EducationLevel | Literal[""] = ""
    years_from: int | None = Field(default=None, ge=0, le=80)
    years_to: int | None = Field(default=None, ge=0, le=80)
    experience: OptionalLine = ""
    certificate: OptionalSlug = ""
    note: Annotated[Text, Markdown(inline=True)] = ""
    source: Slug

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        yield from require_ascending(data, ("years_from", "years_to"))
        if data.get("years_from") is None and data.get("years_to") is not None:
            yield ("years_from",), "goes with years_to: say where the years begin"
        if (data.get("years_from") is None) != (not normalized(data, "experience")):
            yield ("experience",), "goes with years, and only with them"
        if not data.get("education") and data.get("years_from") is None and not normalized(data, "certificate"):
            yield ("education",), "give education, years or a certificate"
