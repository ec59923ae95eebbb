"""The phrases that mean something that no guide contains, as search reads them."""

from typing import NamedTuple

from guides import words
from guides.models.search_intents import SearchIntent

AMOUNT, PLACE = "{amount}", "{place}"
ARTICLES = frozenset({"a", "an", "the", "any"})


class Intent(NamedTuple):
    """An intent. Each phrase is a tuple of stems and placeholders, without articles."""

    phrases: tuple[tuple[str, ...], ...]
    target: str
    message: str


def load_search_intents() -> tuple[Intent, ...]:
    """Load the intents in the order in which they are tried."""
    rows = SearchIntent.objects.values_list("phrases", "target", "message")
    return tuple(Intent(tuple(map(_phrase, phrases)), target, message) for phrases, target, message in rows)


def _phrase(text: str) -> tuple[str, ...]:
    parts = (part for piece in text.split() for part in ((piece,) if piece in (AMOUNT, PLACE) else words.words(piece)))
    return tuple(part if part in (AMOUNT, PLACE) else words.stem(part) for part in parts if part not in ARTICLES)
