"""English words, which are never corrected: those of the frequency dictionary in the package symspellpy."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

DICTIONARY = "symspellpy/frequency_dictionary_en_82_765.txt"


def english(words: Iterable[str]) -> frozenset[str]:
    """Return the English words among these lowercase words, including plurals."""
    return frozenset(word for word in words if _is_listed(word) or (_is_plural(word) and _is_listed(word[:-1])))


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def _is_listed(word: str) -> bool:
    hashes, own = _dictionary(), hash(word)
    place = bisect_left(hashes, own)
    return place < len(hashes) and hashes[place] == own


@cache
def _dictionary() -> "array[int]":
    """Read the dictionary, a word and its count per line, once per process. Sorted hashes take 0.7 MB."""
    # Importing the package would take time and add a handler to the logs.
    path = Path(str(distribution("symspellpy").locate_file(DICTIONARY)))
    with path.open(encoding="utf-8-sig") as lines:
        return array("q", sorted(hash(line.partition(" ")[0]) for line in lines))
