"""Documents of the application toolkit, before they are rendered as a page, Markdown, or a Word file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guides.rendering.skill_words import usual_skill
from guides.schema import Guide, RoleSkill
from guides.skill_groups import SkillGroup, by_importance, skill_groups
from guides.statistics.headline import PayHeadline

MAX_EXAMPLES = 6


class Prose(NamedTuple):
    """An editor's text in Markdown and as sanitized HTML; an `inline` text has no paragraphs."""

    text: str
    html: SafeString
    inline: bool = False


class Heading(NamedTuple):
    """A heading of the document, of a section (level 2) or of a job (level 3), with an `aside` such as dates."""

    text: str
    level: int = 1
    aside: str = ""

    @property
    def tag(self) -> str:
        """The HTML element, below the heading of the page."""
        return f"h{self.level + 1}"


class Paragraph(NamedTuple):
    """Plain text, with blanks to fill in in brackets."""

    text: str


def contact() -> str:
    """Return the line with the contact details of an applicant."""
    return _("[City, state] · [Phone] · [Email]")


class Item(NamedTuple):
    """A list item: its subject, then plain text or an editor's prose about it."""

    lead: str
    text: str = ""
    prose: Prose | None = None

    @property
    def colon(self) -> str:
        """The colon after the subject, or '' if no text follows or the subject ends a sentence."""
        return ":" if (self.text or (self.prose and self.prose.text)) and self.lead[-1] not in "?.!" else ""


class Items(NamedTuple):
    rows: tuple[Item, ...]


type Block = Heading | Paragraph | Items | Prose


@dataclass(frozen=True)
class Document:
    """A document. `about` explains its purpose in a sentence, and a `notice` appears wherever it does.

    A sheet is sent or posted. Its first block is its heading, and its Word file has no title, purpose, and advice.
    A letter is a sheet with more space.
    """

    title: str
    about: str
    blocks: tuple[Block, ...]
    advice: tuple[Heading | Prose, ...] = ()
    notice: str = ""
    is_sheet: bool = False
    is_letter: bool = False


class Strengths(NamedTuple):
    """What a visitor has confirmed: the role's skills, most important first, experience, and education.

    `experience` is a phrase such as '6 years of work in health care', `years` are those in the role or one like it, and
    `education` is the highest level completed. Each is empty if it is unknown.
    """

    have: tuple[RoleSkill, ...] = ()
    years: int | None = None
    experience: str = ""
    education: str = ""


NO_STRENGTHS = Strengths()


@dataclass(frozen=True)
class Material:
    """The data for documents: a guide, the HTML of its prose by path, and facts about a visitor and about pay."""

    guide: Guide
    html: Mapping[str, str]
    strengths: Strengths = NO_STRENGTHS
    headline: PayHeadline | None = None

    def prose(self, path: str, text: str, *, inline: bool = False) -> Prose:
        """Return an editor's text with its HTML, which is empty if the path has none."""
        return Prose(text, mark_safe(self.html.get(path, "")), inline)  # noqa: S308 -- sanitized at publication

    def examples(self, *kinds: str) -> tuple[str, ...]:
        """Return the names of the role's first skills of these kinds, with one of alternatives."""
        return tuple(usual_skill(group).name for group in self.groups if group.skills[0].kind in kinds)[:MAX_EXAMPLES]

    @property
    def groups(self) -> tuple[SkillGroup[RoleSkill], ...]:
        """The role's skills, most important first, with alternatives as one."""
        return skill_groups(by_importance(self.guide.skills))

    def advice(self, kind: str) -> tuple[Heading | Prose, ...]:
        """Return the titles and texts of the toolkit items about documents of this kind."""
        return tuple(
            block
            for index, item in enumerate(self.guide.toolkit)
            if item.kind == kind
            for block in (Heading(item.title), self.prose(f"toolkit.{index}.body", item.body))
        )
