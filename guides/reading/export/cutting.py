"""A page of the site as it stands on its own: without what only a server can do, its links to files of the export.

Templates put what a page can do only with a server between the marks `<!--served-->` and `<!--/served-->`. Links in
prose may lead anywhere: one that leads to what no export has becomes its text.
"""

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings

from .targets import target_of

_SERVED = re.compile(r"<!--served-->.*?<!--/served-->", re.DOTALL)
_ANCHOR = re.compile(r"(<a\b[^>]*>)(.*?)</a>", re.DOTALL)
_HREF = re.compile(r'(?<=\s)href="([^"]*)"')
_NAMED = re.compile(r'(?<=\s)(href|src|srcset|content)="([^"]*)"')
_URL = re.compile(r"""url\(["']?(?!data:)([^"')#]+)""")


class Content(NamedTuple):
    """What a file is to hold, and the addresses of the site that it leads to, of those that an export has."""

    body: bytes
    leads_to: frozenset[str] = frozenset()


class _Link(NamedTuple):
    """A link within the site, in its parts; `origin` is '' where the address begins with its path."""

    origin: str
    asked: str
    fragment: str


def standing_alone(text: str, path: str) -> Content:
    """The page or feed at a path, HTML or XML."""
    found: set[str] = set()

    def anchor(match: re.Match[str]) -> str:
        href = _HREF.search(match[1])
        link = _within(unescape(href[1]), path) if href else None
        return match[2] if link and not target_of(link.asked) else match[0]

    def moved(address: str) -> str:
        link = _within(unescape(address), path)
        target = target_of(link.asked) if link else None
        if not link or not target:
            return address
        found.add(target.asked)
        return address if target.address == link.asked else escape(f"{link.origin}{target.address}{link.fragment}")

    def attribute(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            candidates = (candidate.strip().partition(" ") for candidate in value.split(","))
            return f'{name}="{", ".join(f"{moved(address)}{gap}{width}" for address, gap, width in candidates)}"'
        if name == "content" and not value.startswith(f"{settings.ADDRESS}/"):
            return match[0]
        return f'{name}="{moved(value)}"'

    text = _ANCHOR.sub(anchor, _SERVED.sub("", text))
    text = _NAMED.sub(attribute, text)
    return Content(text.encode(), frozenset(found))


def style(body: bytes, path: str) -> Content:
    """The stylesheet at a path, which leads to what it shows and to the font that it sets."""
    return Content(body, frozenset(urljoin(path, address) for address in _URL.findall(body.decode())))


def _within(address: str, path: str) -> _Link | None:
    """The parts of a link within the site; None for one that leads elsewhere, or to a passage of its own page."""
    origin = settings.ADDRESS if address.startswith(f"{settings.ADDRESS}/") else ""
    asked, mark, fragment = address.removeprefix(origin).partition("#")
    if asked.startswith("?"):
        asked = f"{path}{asked}"
    if not asked.startswith("/") or asked.startswith("//"):
        return None
    return _Link(origin, asked, f"{mark}{fragment}")
