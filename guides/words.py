"""Words as search knows them: case and accents folded, cut down to their stems.

Stems are made here and not by the databases, so that SQLite and PostgreSQL find the same.
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
"""What may stand between the words of a compound, as folded: a space, or a hyphen, a soft one included."""

_IN_NO_COMPOUND = {"a", "an", "and", "of", "or", "our", "the", "their"}

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
MAX_STEM_LENGTH = 40


_MAX_CACHED_CODE = 0x3000  # beyond are letters without case, too many to keep


class _Folds(dict[int, str]):
    """One letter for each letter, so that a place in the folded text is the same place in the text."""

    def __missing__(self, code: int) -> str:
        letter, *marks = tuple(unicodedata.normalize("NFKD", chr(code)))
        # What comes apart into letters, as a Korean syllable does, stays whole.
        bare = letter if all(map(unicodedata.combining, marks)) else chr(code)
        folded = bare.lower()[:1]
        if code < _MAX_CACHED_CODE:
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


def closed(text: str) -> str:
    """Return the letters of a name: the same with hyphens, with spaces and with neither."""
    return "".join(words(text))


def unspaced(text: str) -> str:
    """Return a text as search knows it, without what may stand between the words of a compound, in as many lines."""
    return _JOINT.sub("", plain(text))


def compounds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each two neighboring words: 'follow-up' and 'follow up' may both be spelled as one word, too."""
    spelled = plain(text)
    for first, second in pairwise(_WORD.finditer(spelled)):
        may_be = _IN_NO_COMPOUND.isdisjoint((first[0], second[0]))
        if may_be and _JOINT.fullmatch(spelled, first.end(), second.start()):
            yield first[0], second[0]


class _Stemmer(threading.local):
    """A stemmer works on a word within itself, so each thread has its own."""

    def __init__(self) -> None:
        self.of_words = stemmer("english")


_stemmer = _Stemmer()


def stem_once(word: str) -> str:
    """Return the stem of a word and cache nothing: visitors' words must leave no trace in memory."""
    return str(_stemmer.of_words.stemWord(word[: 2 * MAX_STEM_LENGTH]))[:MAX_STEM_LENGTH]


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


def is_telling(word: str) -> bool:
    """Return whether a word tells one guide from another."""
    return word not in _SAY_NOTHING


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that say something; all of them, where none does."""
    all_of_them = words(text)
    return tuple(filter(is_telling, all_of_them)) or all_of_them


def stems(text: str, *, cached: bool = True) -> tuple[str, ...]:
    """Return the stems of a text's words, in order. For a visitor's text, `cached` must be false."""
    return tuple(map(stem if cached else stem_once, words(text)))


def spellings(name: tuple[str, ...], *, apart: AbstractSet[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, and with two of them as one, or with one as two words that are `apart`."""
    yield name
    for place, word in enumerate(name):
        before, behind = name[:place], name[place + 1 :]
        if behind:
            yield (*before, word + behind[0], *behind[1:])
        for cut in range(1, len(word)):
            if word[:cut] in apart and word[cut:] in apart:
                yield (*before, word[:cut], word[cut:], *behind)
