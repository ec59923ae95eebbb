"""Which addresses of the site an export has, and as which files any web server can serve them."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

EXPORTED = frozenset(
    {
        "home", "browse", "field", "search", "skills", "skill", "about", "sources",
        "guide", "guide-json", "guide-markdown", "guide-card", "guide-history", "toolkit", "paper", "paper-file",
        "feed", "guide-feed", "image", "opensearch", "robots.txt", "llms.txt",
    }
)  # fmt: skip
"""By the names of their patterns. All others need a server: they take forms, or there is a page for each question."""

FEEDS = frozenset({"feed", "guide-feed"})
STATIC = "static"
_LETTER = re.compile(r"/search/([a-z0-9]|other)/")
"""Pages that only an export has."""

_PAGE = re.compile(r"page=([1-9][0-9]{0,5})")


class Target(NamedTuple):
    """What the site is asked for, the file that keeps its answer, and the address of that file.

    `name` is that of the pattern, or STATIC; `slug` is of the guide, the skill or the field that a page is about.
    """

    asked: str
    file: str
    address: str
    name: str
    slug: str


@lru_cache(maxsize=50_000)
def target_of(asked: str) -> Target | None:
    """The target of an address within the site, a path with its query if it has one; None where a server is needed."""
    path, _, query = asked.partition("?")
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
    asked, address = path, f"{path[:-1]}.xml" if name in FEEDS else path
    if query and name == "search":
        address = f"{path}?{query}"  # which its script reads
    elif query:
        number = _PAGE.fullmatch(query)
        if not number or "page" not in getattr(match.func, "query_params", ()):
            return None
        if number[1] != "1":
            asked, address = f"{path}?{query}", f"{path}page/{number[1]}/"
    return Target(asked, file_of(address.partition("?")[0]), address, name, match.kwargs.get("slug", ""))


def file_of(address: str) -> str:
    """The file that a web server sends at an address."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]


def is_page(file: str) -> bool:
    return file.endswith(".html")


def _match(path: str) -> ResolverMatch | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.app_names == ["guides"] else None
