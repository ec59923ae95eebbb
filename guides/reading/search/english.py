"""English words, which are never corrected: those of the frequency dictionary in the package symspellpy."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from guides.reading.index.live import Keys

DICTIONARY = "symspellpy/frequency_dictionary_en_82_765.txt"


def english(words: Iterable[str]) -> frozenset[str]:
    """Return those of some words, in lower case, that are English: as the dictionary has them, or plurals of such."""
    singular = {word: word.removesuffix("s") for word in words}
    asked = (*singular, *(one for one in singular.values() if not one.endswith("s")))
    known = frozenset(_dictionary().among(asked))
    return frozenset(word for word, one in singular.items() if not known.isdisjoint((word, one)))


@cache
def _dictionary() -> Keys:
    """Read the dictionary, a word and its count per line, once per process: 20 ms and 0.7 MB of hashes."""
    # Importing the package would take time and add a handler to the logs.
    path = Path(str(distribution("symspellpy").locate_file(DICTIONARY)))
    with path.open(encoding="utf-8-sig") as lines:
        return Keys.of(line.partition(" ")[0] for line in lines)
