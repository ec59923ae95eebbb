"""The search of an export: an index of the names of guides, fields, and skills, split into small JSON files.

A name is in the file of each of its words, chosen by the first two letters of the word, so a query needs one file.
`static/js/static_search.js` chooses the file in the same way. No file grows with the number of guides.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from guides import words
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.search import browse, skills

from .fetch import render
from .rewrite import Content
from .targets import file_of

NAMES_PER_FILE = 200
MAX_LISTED = 1_000
"""Guides on the search page itself. If there are more, each letter has a page."""

OTHER_LETTER = "other"


class Name(NamedTuple):
    """A page that search finds: its address, name, short description, and other names."""

    address: str
    name: str
    description: str
    aliases: tuple[str, ...]


class Letter(NamedTuple):
    """The guides whose titles begin with a letter, and the address of the page that lists them."""

    letter: str
    address: str
    guides: tuple[Name, ...]


def guides(*, at: datetime) -> tuple[Name, ...]:
    """Return the live guides by title."""
    aliases: dict[int, list[str]] = {}
    alternative = Term.objects.live(at=at).filter(kind=TermKind.ALTERNATIVE).order_by("pk")
    for edition, name in alternative.values_list("edition", "name"):
        aliases.setdefault(edition, []).append(name)
    live = Listing.objects.live(at=at).order_by("sort_title", "pk")
    rows = live.values_list("pk", "edition__slug", "edition__title", "field_name")
    return tuple(
        Name(reverse("guides:guide", args=(slug,)), title, field, tuple(aliases.get(edition, ())))
        for edition, slug, title, field in rows
    )


def subjects(*, at: datetime) -> Iterator[Name]:
    """Yield fields of work, then skills."""
    for slug, name, _count in browse.fields(at=at):
        yield Name(reverse("guides:field", args=(slug,)), name, _("Field of work"), ())
    called = live_data(at=at).skills.labels
    for skill in skills.all_skills(at=at):
        yield Name(reverse("guides:skill", args=(skill.slug,)), skill.name, _("Skill"), called[skill.slug].aliases)


def letters(names: Sequence[Name]) -> tuple[Letter, ...]:
    """Group guides by first letter, in their order."""
    by_letter: dict[str, list[Name]] = {}
    for guide in names:
        first = words.key(guide.name)[:1]
        by_letter.setdefault(first if first.isascii() else OTHER_LETTER, []).append(guide)
    search = reverse("guides:search")
    return tuple(
        Letter(letter.capitalize(), f"{search}{letter}/", tuple(group))
        for letter, group in sorted(by_letter.items(), key=lambda item: (item[0] == OTHER_LETTER, item[0]))
    )


def pages(names: Sequence[Name], *, files: int, max_listed: int = MAX_LISTED) -> Iterator[tuple[str, Content]]:
    """Yield the path and content of the search page for an index of `files` files, with a list of all guides.

    If there are more than `max_listed` guides, each letter has a page.
    """
    search, by_letter, is_long = reverse("guides:search"), letters(names), len(names) > max_listed
    stop_words = " ".join(sorted(words.STOP_WORDS))
    context: dict[str, object] = {"letters": by_letter, "is_long": is_long, "files": files, "stop_words": stop_words}
    yield file_of(search), render("guides/export/search.html", context, search)
    for letter in by_letter if is_long else ():
        yield file_of(letter.address), render("guides/export/search_letter.html", {"letter": letter}, letter.address)


def files(names: Sequence[Name]) -> tuple[str, ...]:
    """Return the index as JSON files, by number."""
    prefixes = [{word[:2] for name in (each.name, *each.aliases) for word in words.words(name)} for each in names]
    count = 1 << (sum(map(len, prefixes)) // NAMES_PER_FILE).bit_length()
    rows: list[list[Name]] = [[] for _number in range(count)]
    for name, its_prefixes in zip(names, prefixes, strict=True):
        for number in sorted({file_number(prefix, count) for prefix in its_prefixes}):
            rows[number].append(name)
    return tuple(json.dumps(file, ensure_ascii=False, separators=(",", ":")) for file in rows)


def file_number(word: str, count: int) -> int:
    """Return which of `count` files has the names with this word, or with words of the same first two letters."""
    return (31 * ord(word[0]) + ord(word[1:2] or "\0")) % count
