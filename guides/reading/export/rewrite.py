"""Rewrite a page for the export: link to exported files.

The template tag `served` has left out what needs a server. A link in prose to a page that the export does not have is
replaced by its text.
"""

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings

from .targets import target_of

_ANCHOR = re.compile(r"(<a\b[^>]*>)(.*?)</a>", re.DOTALL)
_HREF = re.compile(r'(?<=\s)href="([^"]*)"')
_URL_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|srcset|content)="([^"]*)"')
_CSS_URL = re.compile(r"""url\(["']?(?!data:)([^"')#]+)""")


class Content(NamedTuple):
    """The content of a file, and the URLs of exported pages and files that it links to."""

    body: bytes
    links: frozenset[str] = frozenset()


class _Link(NamedTuple):
    """The parts of an internal link; `origin` is '' in a relative one."""

    origin: str
    url: str
    fragment: str


def make_static(text: str, path: str) -> Content:
    """Rewrite the HTML page or XML feed at a path."""
    found: set[str] = set()

    def unlink(match: re.Match[str]) -> str:
        href = _HREF.search(match[1])
        link = _internal(unescape(href[1]), path) if href else None
        return match[2] if link and not target_of(link.url) else match[0]

    def exported(address: str) -> str:
        link = _internal(unescape(address), path)
        target = target_of(link.url) if link else None
        if not link or not target:
            return address
        found.add(target.url)
        return address if target.address == link.url else escape(f"{link.origin}{target.address}{link.fragment}")

    def attribute(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            candidates = (candidate.strip().partition(" ") for candidate in value.split(","))
            return f'{name}="{", ".join(f"{exported(address)}{gap}{width}" for address, gap, width in candidates)}"'
        if name == "content" and not value.startswith(f"{settings.ADDRESS}/"):
            return match[0]
        return f'{name}="{exported(value)}"'

    text = _URL_ATTRIBUTE.sub(attribute, _ANCHOR.sub(unlink, text))
    return Content(text.encode(), frozenset(found))


def stylesheet(body: bytes, path: str) -> Content:
    """Return the style sheet at a path with the images and fonts that it uses."""
    return Content(body, frozenset(urljoin(path, address) for address in _CSS_URL.findall(body.decode())))


def _internal(address: str, path: str) -> _Link | None:
    """Split an internal link; None for an external one or a mere fragment."""
    origin = settings.ADDRESS if address.startswith(f"{settings.ADDRESS}/") else ""
    url, mark, fragment = address.removeprefix(origin).partition("#")
    if url.startswith("?"):
        url = f"{path}{url}"
    if not url.startswith("/") or url.startswith("//"):
        return None
    return _Link(origin, url, f"{mark}{fragment}")
