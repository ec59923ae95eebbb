"""What a page can search without a server: names of guides, fields and skills, in files of which a query needs one.

A name is in the file of each of its words, by how the word begins. `static/js/static_search.js` finds the file in
the same way. So one file has whatever a word can mean, and none grows with the site.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from guides import words
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live import memory
from guides.reading.search import browse, skills

from .asking import page
from .cutting import Content
from .targets import file_of

A_FILE, MOST_LISTED = 200, 1_000
"""About how many names a file has; how many guides are listed on the page of the search itself."""

OTHERS = "other"


class Name(NamedTuple):
    """Something that has a page: its address, its name, what it is in a few words, its other names."""

    address: str
    name: str
    gloss: str
    others: tuple[str, ...]


class Letter(NamedTuple):
    """The guides whose titles begin with a letter, and the address of the page that lists only these."""

    letter: str
    address: str
    guides: tuple[Name, ...]


def guides(*, at: datetime) -> tuple[Name, ...]:
    """By title."""
    others: dict[int, list[str]] = {}
    alternative = Term.objects.live(at=at).filter(kind=TermKind.ALTERNATIVE).order_by("pk")
    for edition, name in alternative.values_list("edition", "name"):
        others.setdefault(edition, []).append(name)
    live = Listing.objects.live(at=at).order_by("sort_title", "pk")
    rows = live.values_list("pk", "edition__slug", "edition__title", "field_name")
    return tuple(
        Name(reverse("guides:guide", args=(slug,)), title, field, tuple(others.get(edition, ())))
        for edition, slug, title, field in rows
    )


def subjects(*, at: datetime) -> Iterator[Name]:
    """Fields of work, then skills."""
    for slug, name, _count in browse.fields(at=at):
        yield Name(reverse("guides:field", args=(slug,)), name, _("Field of work"), ())
    called = memory(at=at).asked.called
    for skill in skills.known(at=at):
        yield Name(reverse("guides:skill", args=(skill.slug,)), skill.name, _("Skill"), called[skill.slug].aliases)


def letters(named: Sequence[Name]) -> tuple[Letter, ...]:
    """Guides, in their order, by the letter that each begins with."""
    by_letter: dict[str, list[Name]] = {}
    for guide in named:
        first = words.key(guide.name)[:1]
        by_letter.setdefault(first if first.isascii() else OTHERS, []).append(guide)
    search = reverse("guides:search")
    return tuple(
        Letter(letter.capitalize(), f"{search}{letter}/", tuple(under))
        for letter, under in sorted(by_letter.items(), key=lambda item: (item[0] == OTHERS, item[0]))
    )


def pages(named: Sequence[Name], *, files: int, most: int = MOST_LISTED) -> Iterator[tuple[str, Content]]:
    """The page of the search in so many files, with a list of these guides; more than `most`, on a page each letter."""
    search, by_letter, is_long = reverse("guides:search"), letters(named), len(named) > most
    small = " ".join(sorted(words.STOP_WORDS))
    context: dict[str, object] = {"letters": by_letter, "is_long": is_long, "files": files, "small": small}
    yield file_of(search), page("guides/export/search.html", context, search)
    for letter in by_letter if is_long else ():
        yield file_of(letter.address), page("guides/export/search_letter.html", {"letter": letter}, letter.address)


def files(named: Sequence[Name]) -> tuple[str, ...]:
    """The index as files of JSON, by their numbers."""
    begins = [{word[:2] for name in (each.name, *each.others) for word in words.words(name)} for each in named]
    count = 1 << (sum(map(len, begins)) // A_FILE).bit_length()
    kept: list[list[Name]] = [[] for _number in range(count)]
    for name, of_name in zip(named, begins, strict=True):
        for number in sorted({number_of(begin, count) for begin in of_name}):
            kept[number].append(name)
    return tuple(json.dumps(rows, ensure_ascii=False, separators=(",", ":")) for rows in kept)


def number_of(word: str, count: int) -> int:
    """Of so many files, the one that has the names with this word, and with words that begin with its two letters."""
    return (31 * ord(word[0]) + ord(word[1:2] or "\0")) % count
