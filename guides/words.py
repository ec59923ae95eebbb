"""Text normalization and stemming for search.

The databases do not stem, so that SQLite and PostgreSQL find the same.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’]")
_JOINT = re.compile(r"[ \u00ad‐-]")
"""A separator within a compound, after folding: a space, or a hyphen, including a soft one."""

_NOT_IN_COMPOUNDS = {"a", "an", "and", "of", "or", "our", "the", "their"}

# English stop words, and words that occur in every guide.
_DOMAIN_STOP_WORDS = {
    "career", "careers", "earn", "earns", "guide", "guides", "job", "jobs", "make", "makes", "paid", "pay", "pays",
    "role", "roles", "salaries", "salary", "wage", "wages", "work",
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "become", "becoming", "by", "can", "could", "do",
    "does", "for", "from", "get", "getting", "had", "has", "have", "how", "i", "if", "in", "into", "is", "its",
    "like", "many", "me", "much", "my", "no", "not", "of", "on", "or", "our", "should", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "to", "up", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
}  # fmt: skip
MAX_STEM_LENGTH = 40

_MAX_CACHED_CODE = 0x3000  # letters above it have no case, and are too many to cache


class _FoldTable(dict[int, str]):
    """A table for `str.translate` that maps each letter to one letter, so that positions in the text stay the same."""

    def __missing__(self, code: int) -> str:
        letter, *marks = tuple(unicodedata.normalize("NFKD", chr(code)))
        # A character that decomposes into letters, such as a Korean syllable, stays whole.
        bare = letter if all(map(unicodedata.combining, marks)) else chr(code)
        folded = bare.lower()[:1]
        if code < _MAX_CACHED_CODE:
            self[code] = folded
        return folded


_fold_table = _FoldTable()


def fold(text: str) -> str:
    """Return a text in lower case and without accents, with the same length."""
    return text.translate(_fold_table)


def normalize(text: str) -> str:
    """Return a text in the form in which search compares words."""
    return _APOSTROPHES.sub("", fold(unicodedata.normalize("NFC", text)))


def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalize(text)))


def key(text: str) -> str:
    """Return a key that ignores case, accents, spaces and punctuation between words."""
    return " ".join(words(text))


def compact_key(text: str) -> str:
    """Return a key that also ignores the spaces and hyphens between words."""
    return "".join(words(text))


def compact(text: str) -> str:
    """Return a normalized text without spaces and hyphens. Keep its line breaks."""
    return _JOINT.sub("", normalize(text))


def compounds(text: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of neighboring words that may be one word: 'follow-up' and 'follow up' may be 'followup'."""
    normalized = normalize(text)
    for first, second in pairwise(_WORD.finditer(normalized)):
        is_likely = _NOT_IN_COMPOUNDS.isdisjoint((first[0], second[0]))
        if is_likely and _JOINT.fullmatch(normalized, first.end(), second.start()):
            yield first[0], second[0]


class _Stemmer(threading.local):
    """A stemmer per thread, because a stemmer holds the word that it works on."""

    def __init__(self) -> None:
        self.stemmer = stemmer("english")


_stemmer = _Stemmer()


def stem_uncached(word: str) -> str:
    """Return the stem of a word without caching it, because visitors' words must not stay in memory."""
    return str(_stemmer.stemmer.stemWord(word[: 2 * MAX_STEM_LENGTH]))[:MAX_STEM_LENGTH]


stem = lru_cache(maxsize=50_000)(stem_uncached)
"""Return the stem of a word of a guide, cached: guides share most of their words."""

stem_compound = lru_cache(maxsize=20_000)(stem_uncached)
"""Return the stem of a compound of a guide. Few compounds repeat, so they have a cache that evicts no words."""


STOP_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "their", "to", "with"}
)


def significant_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without stop words, or all words if there are no others."""
    found = words(text)
    return tuple(word for word in found if word not in STOP_WORDS) or found


def stem_prefix(stem: str) -> str:
    """Return the prefix of all words with this stem: its last letter may differ, and 'y' may become 'ie'."""
    return stem[:-2] if stem.endswith("ie") else stem[:-1]


def stem_key(text: str, *, cached: bool = True) -> str:
    """Return a key of the stems of a name that ignores their order, inflections and stop words."""
    return " ".join(sorted(set(map(stem if cached else stem_uncached, significant_words(text)))))


def is_content_word(word: str) -> bool:
    """Return whether a word distinguishes guides from each other."""
    return word not in _DOMAIN_STOP_WORDS


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that distinguish guides, or all words if there are no such words."""
    found = words(text)
    return tuple(filter(is_content_word, found)) or found


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a guide's text, in order."""
    return tuple(map(stem, words(text)))


def spellings(name: tuple[str, ...], *, apart: AbstractSet[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, then variants with two words joined, or one split into two of `apart`."""
    yield name
    for place, word in enumerate(name):
        before, behind = name[:place], name[place + 1 :]
        if behind:
            yield (*before, word + behind[0], *behind[1:])
        for cut in range(1, len(word)):
            if word[:cut] in apart and word[cut:] in apart:
                yield (*before, word[:cut], word[cut:], *behind)
