"""Official occupations by what people call a job."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guides.models.statistics import Occupation, OccupationGroup

MAX_CALLED = 5
"""More occupations than this have no common name: twenty titles end with 'engineers'."""

REST = ", All Other"
"""The end of the titles of occupations that collect what other titles leave."""

_WORD = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r",? and |, |; ")


@dataclass(frozen=True)
class OccupationTitles:
    """Detailed occupations: their official titles by code, and the words of all their titles, in the singular."""

    official: Mapping[str, str]
    official_words: tuple[tuple[tuple[str, ...], str], ...]
    other_words: tuple[tuple[tuple[str, ...], str], ...]

    def called(self, text: str) -> tuple[str, ...]:
        """Return the codes of occupations whose official title ends with these words, the shortest title first.

        'nurse' finds Registered Nurses, and not Nurse Practitioners. Words that end many titles find none.
        """
        words = _words(text)
        fitting = [(len(title), code) for title, code in self.official_words if words and title[-len(words) :] == words]
        codes = tuple(dict.fromkeys(code for _length, code in sorted(fitting)))
        return codes if len(codes) <= MAX_CALLED or min(fitting)[0] == len(words) else ()

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return the codes of occupations that have all of these words in one title, the closest first.

        The last word of a title must be one of them: 'Spanish' is not a teacher of Spanish.
        """
        words = frozenset(word for word in _words(text) if len(word) > 1)
        fitting = (
            (place, len(title), code)
            for place, titles in enumerate((self.official_words, self.other_words))
            for title, code in titles
            if title and title[-1] in words and words.issubset(title)
        )
        codes = tuple(dict.fromkeys(code for _place, _length, code in sorted(fitting)))
        return codes if len(codes) <= MAX_CALLED else ()


def load_occupation_titles() -> OccupationTitles:
    """Read the titles of all detailed occupations in one query."""
    rows = tuple(
        Occupation.objects.filter(group=OccupationGroup.DETAILED)
        .values_list("code", "title", "titles")
        .order_by("code")
    )
    return OccupationTitles(
        official={code: title for code, title, _titles in rows},
        official_words=tuple((words, code) for code, title, _titles in rows for words in _names(title)),
        other_words=tuple((_words(name), code) for code, _title, titles in rows for name in titles),
    )


def _names(title: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a title, and of each job in it: 'Waiters and Waitresses' are two."""
    if title.endswith(REST):
        return
    yield from dict.fromkeys(filter(None, map(_words, (title, *_PARTS.split(title)))))


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _WORD.findall(text.lower().replace("'", "").replace("’", ""))))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
