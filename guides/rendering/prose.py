"""The prose of a guide: its places in the guide, and its rendering to sanitized HTML.

Text is CommonMark with tables, without raw HTML, and with uploaded images only. The renderer refuses unsafe links and
other images. The sanitizer then allows listed tags and addresses only, so that neither of the two has to be perfect.
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

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|vs))(?<!\bMrs)[.!?][”’\")]*(?=\s+[A-Z“‘\"(])")

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def is_safe_link(address: str) -> bool:
    """Return whether a link leads to the web, to mail, or within this site. '//host' is refused."""
    return bool(_LINK.fullmatch(address))


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + state.env['above'])}"


def _show_images(state: StateCore) -> None:
    """Add size and sources to uploaded images, and keep the Markdown of any other image as text."""
    for child in (child for token in state.tokens for child in token.children or ()):
        if child.type != "image":
            continue
        address = str(child.attrs["src"])
        if name := images.name_at(address):
            image = images.responsive(name)
            child.attrs = {"src": image.src}
            if image.srcset:
                child.attrs |= {"srcset": image.srcset, "sizes": f"min(100vw - 2.5rem, {image.width}px)"}
            child.attrs |= {"width": image.width, "height": image.height, "loading": "lazy", "alt": ""}
            # The renderer fills in `alt` if the attribute exists.
        else:
            child.type, child.tag, child.content = "text", "", f"![{child.content}]({address})"


class _SafeLinks(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the name that the renderer calls
        return is_safe_link(url)


def _parser() -> MarkdownIt:
    parser = _SafeLinks("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("show_images", _show_images)
    return parser


_SAFE = {"href": is_safe_link, "src": images.are_ours, "srcset": images.are_ours}

_markdown = _parser()
_sanitizer = nh3.Cleaner(
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
    """Return sanitized HTML, without a paragraph around it if it is `inline`.

    `above` is the level of the heading above the text: with 3, its '#' becomes an h4.
    """
    html = _markdown.renderInline(text) if inline else _markdown.render(text, {"above": above})
    return mark_safe(_sanitizer.clean(html).strip())  # noqa: S308 -- it has just been sanitized


def tokens(text: str, *, inline: bool = False) -> list[Token]:
    """Return the parsed text, for formats other than HTML."""
    return _markdown.parseInline(text) if inline else _markdown.parse(text, {"above": 0})


def render_all(guide: Guide) -> dict[str, str]:
    """Return the HTML of every Markdown text of the guide, by its place."""
    above = {f"sections.{index}.body": 2 for index, section in enumerate(guide.sections) if not section.heading}
    # An example is a page by itself.
    above |= {f"examples.{index}.{name}": 1 for index, _ in enumerate(guide.examples) for name in ("resume", "letter")}
    return {place: render(text, inline=mark.inline, above=above.get(place, 3)) for place, text, mark in texts(guide)}


def texts(guide: Guide) -> Iterator[tuple[str, str, Markdown]]:
    """Yield the place ('sections.0.body'), text, and Markdown options of every Markdown text of the guide."""
    for part, name, mark in _FIELDS:
        for index, row in enumerate(getattr(guide, part)):
            if text := getattr(row, name):
                yield f"{part}.{index}.{name}", text, mark


def replace(guide: Guide, replacements: Mapping[str, str]) -> Guide:
    """Return the guide with the texts at these places replaced. It is not validated, so it must not be stored."""
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


def first_sentence(text: str) -> str:
    """Return the first sentence of a plain text. A dot after initials, such as 'U.S.', does not end it."""
    return next((text[: found.end()] for found in _SENTENCE_END.finditer(text)), text)


def _markdown_fields() -> Iterator[tuple[str, str, Markdown]]:
    for part, field in Guide.model_fields.items():
        row = get_args(field.annotation)[0] if get_origin(field.annotation) is tuple else None
        if isinstance(row, type) and issubclass(row, FrozenModel):
            for name, of in row.model_fields.items():
                yield from ((part, name, mark) for mark in of.metadata if isinstance(mark, Markdown))


_FIELDS = tuple(_markdown_fields())
