"""The prose of a guide: where it stands, and how it becomes sanitised HTML, for publication and for previews alike.

Text is CommonMark with tables, without raw HTML, and with images of our own only. The renderer refuses unsafe links
and other images, and the sanitiser behind it lets through listed tags and addresses only, so that neither has to be
perfect.
"""

import re
from collections.abc import Iterator, Mapping
from typing import get_args, get_origin

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guides.media import names as images
from guides.schema import Guide
from guides.schema.types import FrozenModel, Markdown

_LINK = re.compile(r"(https?://[^\s/\\]+([/?#]\S*)?|mailto:[^\s?]+|/([^\s/\\]\S*)?|#\S+)", re.IGNORECASE)

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def is_safe_link(address: str) -> bool:
    """Whether it leads to the web, to mail or within this site; '//host' and its like are none of these."""
    return bool(_LINK.fullmatch(address))


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + state.env['above'])}"


def _show_images(state: StateCore) -> None:
    """Give our own images what a page needs of them; what would show any other stays text."""
    for child in (child for token in state.tokens for child in token.children or ()):
        if child.type != "image":
            continue
        address = str(child.attrs["src"])
        if name := images.name_at(address):
            shown = images.responsive(name)
            child.attrs = {"src": shown.src}
            if shown.srcset:
                child.attrs |= {"srcset": shown.srcset, "sizes": f"min(100vw - 2.5rem, {shown.width}px)"}
            child.attrs |= {"width": shown.width, "height": shown.height, "loading": "lazy", "alt": ""}
            # The renderer fills `alt`, where there is such an attribute.
        else:
            child.type, child.tag, child.content = "text", "", f"![{child.content}]({address})"


class _SafeLinks(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the name that the renderer asks for
        return is_safe_link(url)


def _parser() -> MarkdownIt:
    parser = _SafeLinks("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("show_images", _show_images)
    return parser


_SAFE = {"href": is_safe_link, "src": images.are_ours, "srcset": images.are_ours}

_markdown = _parser()
_sanitiser = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "*": set(),
        "a": {"href"},
        "img": {"src", "srcset", "sizes", "width", "height", "loading", "alt"},
        "ol": {"start"},
    },
    attribute_filter=lambda _tag, name, value: value if name not in _SAFE or _SAFE[name](value) else None,
    link_rel="noopener",
)


def render(text: str, *, inline: bool = False, above: int = 3) -> SafeString:
    """HTML that is safe to show; `inline` text gets no paragraph around it.

    `above` is the level of the heading that it stands under: with 3, its '#' is an h4.
    """
    html = _markdown.renderInline(text) if inline else _markdown.render(text, {"above": above})
    return mark_safe(_sanitiser.clean(html).strip())  # noqa: S308 -- it has just been sanitised


def tokens(text: str, *, inline: bool = False) -> list[Token]:
    """What the renderer makes HTML of, for formats that are none."""
    return _markdown.parseInline(text) if inline else _markdown.parse(text, {"above": 0})


def render_all(guide: Guide) -> dict[str, str]:
    """The HTML of every text of the guide that is Markdown, by its place."""
    leads = {f"sections.{index}.body" for index, section in enumerate(guide.sections) if not section.heading}
    return {
        place: render(text, inline=mark.inline, above=2 if place in leads else 3) for place, text, mark in texts(guide)
    }


def texts(guide: Guide) -> Iterator[tuple[str, str, Markdown]]:
    """Every text of the guide that is Markdown: its place ('sections.0.body'), the text, how it is to be rendered."""
    for part, name, mark in _FIELDS:
        for index, row in enumerate(getattr(guide, part)):
            if text := getattr(row, name):
                yield f"{part}.{index}.{name}", text, mark


def replace(guide: Guide, replacements: Mapping[str, str]) -> Guide:
    """The guide with the texts at these places replaced, unchecked: for showing, not for storing."""
    changed: dict[str, tuple[FrozenModel, ...]] = {}
    for part in dict.fromkeys(part for part, _, _ in _FIELDS):
        names = [name for of, name, _ in _FIELDS if of == part]
        changed[part] = tuple(
            row.model_copy(
                update={n: replacements[place] for n in names if (place := f"{part}.{index}.{n}") in replacements}
            )
            for index, row in enumerate(getattr(guide, part))
        )
    return guide.model_copy(update=changed)


def _markdown_fields() -> Iterator[tuple[str, str, Markdown]]:
    for part, field in Guide.model_fields.items():
        row = get_args(field.annotation)[0] if get_origin(field.annotation) is tuple else None
        if isinstance(row, type) and issubclass(row, FrozenModel):
            for name, of in row.model_fields.items():
                yield from ((part, name, mark) for mark in of.metadata if isinstance(mark, Markdown))


_FIELDS = tuple(_markdown_fields())
