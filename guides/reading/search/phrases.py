"""Finds what a query means beyond its words: phrases of intents, names of guides and places, and amounts of pay."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from guides import words
from guides.models.search_index import Term, TermKind
from guides.models.statistics import Area
from guides.reading.index.live_data import LiveData
from guides.reading.index.search_intents import AMOUNT, ARTICLES, PLACE, Intent
from guides.statistics.places import PlaceProblem

from .amounts import Amount, amount_at

MAX_QUERY_WORDS, MAX_NAME, MAX_PLACE = 16, 7, 5
FILLER = frozenset({
    "adults", "all", "available", "beginners", "best", "certificate", "certification", "class", "classes", "course",
    "courses", "dads", "day", "good", "great", "it", "men", "moms", "need", "needed", "now", "only", "opportunities",
    "parents", "people", "position", "positions", "required", "skill", "skills", "students", "training", "women",
    "worth",
})  # fmt: skip
"""Words that say nothing of a query in which other words have a meaning."""

OF_THE_SITE = frozenset({"care", "field", "fields", "health", "healthcare", "industry", "medical"})
"""Words that say nothing if no others are left, because most guides are about them."""

_TOKEN = re.compile(r"\$?[0-9]+(?:\.[0-9]{1,2})?k?(?![^\W_])|[^\W_]+")
_IN_NUMBER = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_ZIP_CODE = re.compile(r"[0-9]{5}", re.ASCII)


class NamedGuide(NamedTuple):
    """A live guide whose title or alternative title is in a query. `is_exact` is False for a part of its title."""

    edition: int
    start: int
    end: int
    is_exact: bool


class NamedPlace(NamedTuple):
    """A place in a query: its name as typed, and the areas with this name, several or none for a ZIP code."""

    text: str
    areas: tuple[Area, ...]
    problem: PlaceProblem | None = None


class MatchedIntent(NamedTuple):
    """An intent with what its placeholders mean in a query."""

    intent: Intent
    amount: Amount | None
    place: NamedPlace | None


@dataclass
class Reading:
    """What a query means. `rest` has its words without intents, names of guides, and words that say nothing."""

    tokens: tuple[str, ...]
    guides: tuple[NamedGuide, ...] = ()
    intents: list[MatchedIntent] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def rest(self) -> str:
        left = [token for place, token in enumerate(self.tokens) if place not in self.used]
        content = [token for token in left if words.is_content_word(token) and token not in ARTICLES]
        return " ".join(content) if any(map(_has_meaning, content)) else ""

    @property
    def core(self) -> str:
        """The words that say something, without those of intents and names of guides."""
        return " ".join(
            token for place, token in enumerate(self.tokens) if place not in self.used and _is_content(token)
        )


def read(text: str, known: LiveData) -> Reading:
    """Read a query: the names of guides first, and then the longest phrases of intents."""
    tokens = tuple(_TOKEN.findall(_IN_NUMBER.sub("", words.normalize(text))))[:MAX_QUERY_WORDS]
    exact = tuple(_named_guides(tokens, known))
    taken = {place for guide in exact for place in range(guide.start, guide.end)}
    reading = Reading(tokens, tuple(sorted((*exact, *_partly_named(tokens, taken, known)), key=lambda one: one.start)))
    reading.used |= taken
    _match_intents(reading, known)
    reading.intents.sort(key=lambda matched: known.search_intents.index(matched.intent))
    return reading


def _named_guides(tokens: Sequence[str], known: LiveData) -> Iterator[NamedGuide]:
    """Yield the guides whose title or alternative title is in a query, the longest names first, without overlaps."""
    spans = [(start, end) for start, end in combinations(range(len(tokens) + 1), 2) if end - start <= MAX_NAME]
    keys = {key: span for span in spans for key in _keys(tokens[slice(*span)])}
    kinds = (TermKind.TITLE, TermKind.ALTERNATIVE)
    rows = Term.objects.filter(kind__in=kinds, key__in=keys).values_list("key", "kind", "edition")
    found: dict[tuple[int, int], tuple[bool, int, int]] = {}
    for key, kind, edition in rows:
        if edition in known.index.position:
            one = (kind != TermKind.TITLE, known.index.position[edition], edition)
            found[keys[key]] = min(found.get(keys[key], one), one)
    taken: set[int] = set()
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield NamedGuide(found[start, end][-1], start, end, is_exact=True)


def _keys(spelled: Sequence[str]) -> Iterator[str]:
    """Yield the keys of a name, also without a final plural."""
    joined = "".join(spelled)
    yield joined
    if joined.endswith("s") and not joined.endswith("ss"):
        yield joined[:-1]


def _partly_named(tokens: Sequence[str], taken: set[int], known: LiveData) -> Iterator[NamedGuide]:
    """Yield the guides that an abbreviation or the last word of their title names: 'MA', or 'receptionist'."""
    titles = known.title_index
    for place, token in enumerate(tokens):
        if place in taken or not words.is_content_word(token):
            continue
        for key in _keys((token,)):
            named = titles.by_initials.get(key, ())[:1] or titles.by_last_word.get(key, ())
            if len(named) == 1:
                yield NamedGuide(named[0], place, place + 1, is_exact=False)
                break


class _Item(NamedTuple):
    """A word of a query as its stem, or an amount, and the tokens that it consists of."""

    stem: str
    amount: Amount | None
    start: int
    end: int


def _items(reading: Reading) -> Iterator[_Item]:
    place = 0
    while place < len(reading.tokens):
        amount = None if place in reading.used else amount_at(place, reading.tokens)
        end = place + (amount.length if amount else 1)
        if amount:
            yield _Item(AMOUNT, amount, place, end)
        elif reading.tokens[place] not in ARTICLES and place not in reading.used:
            yield _Item(words.stem_uncached(reading.tokens[place]), None, place, end)
        place = end


def _match_intents(reading: Reading, known: LiveData) -> None:
    """Add the intents in a query, the longest phrase first, and of equals the first in order."""
    items = tuple(_items(reading))
    phrases = sorted(
        (-len(phrase), order, phrase, intent)
        for order, intent in enumerate(known.search_intents)
        if _is_possible(intent, reading)
        for phrase in intent.phrases
    )
    free = set(range(len(items)))
    for _length, _order, phrase, intent in phrases:
        if phrase == (PLACE,):
            _match_bare_place(reading, items, free, intent, known)
            continue
        for first in sorted(free):
            found = _match_at(first, phrase, items, free, reading, known)
            if found:
                taken, amount, place = found
                _take(reading, items, free, taken, MatchedIntent(intent, amount, place))
                break


def _take(reading: Reading, items: Sequence[_Item], free: set[int], taken: set[int], matched: MatchedIntent) -> None:
    free -= taken
    reading.used |= {place for item in taken for place in range(items[item].start, items[item].end)}
    reading.intents.append(matched)


def _is_possible(intent: Intent, reading: Reading) -> bool:
    """Return whether a query names the guides that the target of an intent needs."""
    needed = ("{guide}" in intent.target) + ("{other}" in intent.target)
    return len(dict.fromkeys(guide.edition for guide in reading.guides)) >= needed


def _match_at(
    first: int, phrase: Sequence[str], items: Sequence[_Item], free: set[int], reading: Reading, known: LiveData
) -> tuple[set[int], Amount | None, NamedPlace | None] | None:
    """Match a phrase from an item on. Return the numbers of the items, the amount, and the place."""
    at, amount, place = first, None, None
    for number, part in enumerate(phrase):
        if at not in free or (number and items[at].start != items[at - 1].end and not _articles(reading, items, at)):
            return None
        if part == PLACE:
            length, place = _place_at(at, items, free, reading, known)
            if not place:
                return None
            at += length
        elif items[at].stem == part:
            amount, at = items[at].amount or amount, at + 1
        else:
            return None
    return set(range(first, at)), amount, place


def _articles(reading: Reading, items: Sequence[_Item], at: int) -> bool:
    """Return whether only articles are between an item and the one before."""
    return ARTICLES.issuperset(reading.tokens[items[at - 1].end : items[at].start])


def _place_at(
    at: int, items: Sequence[_Item], free: set[int], reading: Reading, known: LiveData
) -> tuple[int, NamedPlace | None]:
    """Return the longest place from an item on, and the number of its items."""
    for length in range(MAX_PLACE, 0, -1):
        if free.issuperset(range(at, at + length)):
            text = " ".join(reading.tokens[items[at].start : items[at + length - 1].end])
            if place := _named_place(text, known):
                return length, place
    return 0, None


def _named_place(text: str, known: LiveData) -> NamedPlace | None:
    if _ZIP_CODE.fullmatch(text):
        return NamedPlace(text, (), PlaceProblem.ZIP_CODE)
    areas = known.places.named(text)
    if len(areas) > 1:
        return NamedPlace(text, areas, PlaceProblem.AMBIGUOUS)
    return NamedPlace(text, areas) if areas else None


def _match_bare_place(
    reading: Reading, items: Sequence[_Item], free: set[int], intent: Intent, known: LiveData
) -> None:
    """Match a place without a preposition, but only if no other words are left. Many places are common words."""
    left = [at for at in sorted(free) if _has_meaning(reading.tokens[items[at].start])]
    if not left and not reading.used:
        left = sorted(free)
    if not left or any(matched.place for matched in reading.intents):
        return
    first, last = left[0], left[-1]
    text = " ".join(reading.tokens[items[first].start : items[last].end])
    if place := _named_place(text, known):
        _take(reading, items, free, set(range(first, last + 1)) & free, MatchedIntent(intent, None, place))


def _has_meaning(token: str) -> bool:
    return _is_content(token) and token not in OF_THE_SITE


def _is_content(token: str) -> bool:
    return words.is_content_word(token) and token not in FILLER


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace placeholders such as {amount} in a text."""
    return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), template)
