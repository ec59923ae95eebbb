"""Words as search knows them: case and accents folded, cut down to their stems.

Stems are made here and not by the databases, so that SQLite and PostgreSQL find the same.
"""

import re
import threading
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’]")
# Besides the small words of English, what every guide is about: these tell no guide from another.
_SAY_NOTHING = {
    "career", "careers", "earn", "earns", "guide", "guides", "job", "jobs", "make", "makes", "paid", "pay", "pays",
    "role", "roles", "salaries", "salary", "wage", "wages", "work",
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "become", "becoming", "by", "can", "could", "do",
    "does", "for", "from", "get", "getting", "had", "has", "have", "how", "i", "if", "in", "into", "is", "its",
    "like", "many", "me", "much", "my", "no", "not", "of", "on", "or", "our", "should", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "to", "up", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
}  # fmt: skip
MOST_IN_STEM = 40


MOST_KEPT = 0x3000  # beyond are letters without case, too many to keep


class _Folds(dict[int, str]):
    """One letter for each letter, so that a place in the folded text is the same place in the text."""

    def __missing__(self, code: int) -> str:
        letter, *marks = tuple(unicodedata.normalize("NFKD", chr(code)))
        # What comes apart into letters, as a Korean syllable does, stays whole.
        bare = letter if all(map(unicodedata.combining, marks)) else chr(code)
        folded = bare.lower()[:1]
        if code < MOST_KEPT:
            self[code] = folded
        return folded


_folds = _Folds()


def fold(text: str) -> str:
    """The text in lower case and without accents, as long as it was."""
    return text.translate(_folds)


def plain(text: str) -> str:
    """A text in which its words stand as search knows them."""
    return _APOSTROPHES.sub("", fold(unicodedata.normalize("NFC", text)))


def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text)))


def key(text: str) -> str:
    """The same for every spelling of a name that differs in case, accents, spaces or punctuation only."""
    return " ".join(words(text))


class _Stemmer(threading.local):
    """A stemmer works on a word within itself, so each thread has its own."""

    def __init__(self) -> None:
        self.of_words = stemmer("english")


_stemmer = _Stemmer()


def stem_once(word: str) -> str:
    """Return the stem of a word and cache nothing: visitors' words must leave no trace in memory."""
    return str(_stemmer.of_words.stemWord(word[: 2 * MOST_IN_STEM]))[:MOST_IN_STEM]


stem = lru_cache(maxsize=50_000)(stem_once)
"""For the words of guides only, of which the same ones come again and again."""


SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "their", "to", "with"}
)


def parts(text: str) -> tuple[str, ...]:
    """The words of a name but for the small ones; all of them, where there are no others."""
    all_of_them = words(text)
    return tuple(word for word in all_of_them if word not in SMALL) or all_of_them


def beginning(stem: str) -> str:
    """How each word with this stem begins: only the last letter of a stem may be another, and 'y' become 'ie'."""
    return stem[:-2] if stem.endswith("ie") else stem[:-1]


def bag(text: str, *, cached: bool = True) -> str:
    """Return the same text for every order of the telling words of a name, and for every form of them."""
    return " ".join(sorted(set(map(stem if cached else stem_once, parts(text)))))


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that say something; all of them, where none does."""
    all_of_them = words(text)
    return tuple(word for word in all_of_them if word not in _SAY_NOTHING) or all_of_them


def stems(text: str, *, cached: bool = True) -> tuple[str, ...]:
    """Return the stems of a text's words, in order. For a visitor's text, `cached` must be false."""
    return tuple(map(stem if cached else stem_once, words(text)))
