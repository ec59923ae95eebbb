"""Papers of the application toolkit: what each says, before it is a page, a Markdown text or a Word document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from guides.schema import Guide, RoleSkill


class Prose(NamedTuple):
    """An editor's text: Markdown, and the sanitised HTML that was made of it; `inline` has no paragraphs of its own."""

    text: str
    html: SafeString
    inline: bool = False


class Heading(NamedTuple):
    text: str


class Paragraph(NamedTuple):
    """Plain text; what is to be filled in stands in brackets."""

    text: str


class Item(NamedTuple):
    """A line of a list: what it is about, and what is said of that, in plain text or in an editor's prose."""

    lead: str
    text: str = ""
    prose: Prose | None = None

    @property
    def colon(self) -> str:
        """What stands between the two: nothing behind a question, which has a mark of its own."""
        return ":" if (self.text or (self.prose and self.prose.text)) and self.lead[-1] not in "?.!" else ""


class Items(NamedTuple):
    rows: tuple[Item, ...]


type Block = Heading | Paragraph | Items | Prose


@dataclass(frozen=True)
class Paper:
    """`about` says in a sentence what it is for."""

    title: str
    about: str
    blocks: tuple[Block, ...]


class Strengths(NamedTuple):
    """What of the role's skills a visitor said that they have, most important first, and their years of such work."""

    have: tuple[RoleSkill, ...] = ()
    years: int | None = None


@dataclass(frozen=True)
class Material:
    """What papers are made of: a guide, the HTML of its prose by place, a visitor's strengths where they are told."""

    guide: Guide
    html: Mapping[str, str]
    strengths: Strengths | None = None

    def prose(self, place: str, text: str, *, inline: bool = False) -> Prose:
        """An editor's text and its HTML; empty where the place has none."""
        return Prose(text, mark_safe(self.html.get(place, "")), inline)  # noqa: S308 -- sanitised at publication

    def advice(self, kind: str) -> tuple[Prose, ...]:
        """What editors wrote in the toolkit on a paper of this kind."""
        return tuple(
            self.prose(f"toolkit.{place}.body", item.body)
            for place, item in enumerate(self.guide.toolkit)
            if item.kind == kind
        )
