"""Map URLs of the site to the files of an export, and to the addresses where any web server serves these files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

EXPORTED = frozenset(
    {
        "home", "browse", "field", "search", "skills", "skill", "about", "sources",
        "guide", "guide-json", "guide-markdown", "guide-card", "guide-history", "toolkit", "toolkit-document",
        "toolkit-file", "pay", "pay-place", "role-pay", "role-pay-place", "role-pay-csv",
        "feed", "guide-feed", "image", "opensearch", "robots.txt", "llms.txt",
    }
)  # fmt: skip
"""Names of URL patterns. All others need a server: they take form data, or have a page per query."""

FEEDS = frozenset({"feed", "guide-feed"})
STATIC = "static"
_LETTER = re.compile(r"/search/([a-z0-9]|other)/")
"""A page that only an export has."""

_PAGE = re.compile(r"page=([1-9][0-9]{0,5})")


class Target(NamedTuple):
    """A URL of the site without its origin, the file that stores the response, and the address of that file.

    `name` is that of the URL pattern, or STATIC. `slug` is that of the guide, skill, or field, and `area` that of the
    area.
    """

    url: str
    file: str
    address: str
    name: str
    slug: str
    area: str = ""


_areas: ContextVar[frozenset[str]] = ContextVar("areas", default=frozenset())


@contextmanager
def with_areas(slugs: frozenset[str]) -> Iterator[frozenset[str]]:
    """Export the pages of these areas within this block and this thread or task. All others need a server."""
    token = _areas.set(slugs)
    try:
        yield slugs
    finally:
        _areas.reset(token)


def target_of(url: str) -> Target | None:
    """Return the target of an internal URL, a path with an optional query; None if it needs a server."""
    target = _target(url)
    return None if target and target.area and target.area not in _areas.get() else target


@lru_cache(maxsize=50_000)
def _target(url: str) -> Target | None:
    path, _, query = url.partition("?")
    if path.startswith(settings.STATIC_URL):
        return Target(path, path[1:], path, STATIC, "")
    path = unquote(path).lower()
    if _LETTER.fullmatch(path):
        return Target(path, file_of(path), path, "search", "")
    match = _match(path)
    if match is None and not path.endswith("/"):
        path = f"{path}/"
        match = _match(path)
    if match is None or (name := match.url_name or match.route) not in EXPORTED:
        return None
    url, address = path, f"{path[:-1]}.xml" if name in FEEDS else path
    if query and name == "search":
        address = f"{path}?{query}"  # read by the script of the page
    elif query:
        number = _PAGE.fullmatch(query)
        if not number or "page" not in getattr(match.func, "query_params", ()):
            return None
        if number[1] != "1":
            url, address = f"{path}?{query}", f"{path}page/{number[1]}/"
    file = file_of(address.partition("?")[0])
    return Target(url, file, address, name, match.kwargs.get("slug", ""), match.kwargs.get("area", ""))


def file_of(address: str) -> str:
    """Return the path of the file that a web server sends for an address."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]


def is_page(file: str) -> bool:
    return file.endswith(".html")


def _match(path: str) -> ResolverMatch | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.app_names == ["guides"] else None
