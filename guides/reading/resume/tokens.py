"""Tokens of a résumé with their positions, the boundaries between them, and which of them are items of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

from guides import words
from guides.reading.index.live_data import LiveData

from . import synonyms

_TOKEN = re.compile(r"\b[a-z]/[a-z]\b|[^\W_]{1,60}(?:['’][^\W_]{1,20}){0,2}|&")
_SPELLED_OUT = {"&": "and", "a/p": "payables", "a/r": "receivables"}
_CLAUSE_END = re.compile(r"[;!?•|·▪■◦●\t]| {3}| {2}[-–—]|\.(\s|$)|\n\s*\n")
_BULLET = re.compile(r"\n\s*[-*–—•·>+]")
_PART_END = re.compile(r"[,/()\[\]{}+–—\n]|-\s")
_ABBREVIATED = re.compile(r"\b(?:dr|mr|mrs|ms)$", re.IGNORECASE)
MIN_WRAPPED_LINE = 40
"""Letters of a line that may continue on the next one. Shorter lines are separate items."""

MAX_LINE_LETTERS = 200

AND = {"and", "or", "plus"}
PROFICIENCY = {
    "advanced", "basic", "beginner", "certified", "daily", "expert", "fluent", "intermediate", "little", "proficient",
    "weekly", "yes",
}  # fmt: skip


class Boundary(IntEnum):
    """What separates a token from the one before it."""

    NONE = 0
    PART = 1
    LABEL = 2
    CLAUSE = 3


@dataclass(frozen=True)
class Token:
    """A token as in the text, and its folded `word` without apostrophes, perhaps with its spelling corrected.

    A token `is_known` if names in guides have its stem. No name extends over an unknown token.
    """

    text: str
    word: str
    start: int
    end: int
    boundary: Boundary
    is_known: bool = True
    stems: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The stems of words in guides and of those so far, shared by the tokens of a text, since stemming takes time."""

    @cached_property
    def stem(self) -> str:
        if self.word not in self.stems:
            self.stems[self.word] = words.stem_uncached(self.word)
        return self.stems[self.word]

    @cached_property
    def sense(self) -> str:
        """The stem that represents the synonyms of the word."""
        return synonyms.sense_of(self.word, self.stem)


@dataclass(frozen=True)
class TokenizedText:
    """A text and its tokens. Spans of it are half-open ranges of token indexes."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def has_meaningful_case(self) -> bool:
        """Whether capitals mark names: not in a text that has hardly any or consists of them."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return 0.01 < sum(map(str.isupper, letters)) / (len(letters) or 1) < 0.6

    def starts_item(self, index: int) -> bool:
        """Return whether the text, a clause or an item of a list starts at a token."""
        return index == 0 or self.tokens[index].boundary > Boundary.NONE or self.tokens[index - 1].word in AND

    def starts_clause(self, index: int) -> bool:
        """Return whether a capital at a token may only mark the start of a sentence, a label or a line."""
        return index == 0 or self.tokens[index].boundary > Boundary.PART

    def is_list_item(self, first: int, last: int) -> bool:
        """Return whether a span is a whole item of a list, or a whole line."""
        if last == len(self.tokens):
            return self.starts_item(first)
        following = self.tokens[last]
        return self.starts_item(first) and (following.boundary > Boundary.NONE or following.word in AND | PROFICIENCY)

    @cached_property
    def items(self) -> tuple[range, ...]:
        """The item of each token: the tokens around it that no comma or stronger boundary separates from it."""
        starts = [index for index, token in enumerate(self.tokens) if index == 0 or token.boundary >= Boundary.PART]
        ranges = (range(first, last) for first, last in pairwise((*starts, len(self.tokens))))
        return tuple(item for item in ranges for _token in item)

    def is_slash_before(self, index: int) -> bool:
        """Return whether only a slash separates a token from the one before it, as in 'MRI/CT'."""
        return self.text[self.tokens[index - 1].end : self.tokens[index].start].strip() == "/"

    def crosses_parts(self, first: int, last: int) -> bool:
        """Return whether a comma or the like lies within a span."""
        return any(token.boundary >= Boundary.PART for token in self.tokens[first + 1 : last])

    def line(self, index: int) -> str:
        """Return the line of the text with a token, at most `MAX_LINE_LETTERS` letters on either side of its start."""
        start = self.tokens[index].start
        before, behind = (
            self.text[max(0, start - MAX_LINE_LETTERS) : start],
            self.text[start : start + MAX_LINE_LETTERS],
        )
        return before.rpartition("\n")[2] + behind.partition("\n")[0]

    def words(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens[max(0, first) : last])


def tokenize(text: str, known: LiveData) -> TokenizedText:
    return TokenizedText(text, tuple(_tokens(text, dict(known.stem_by_word))))


def _tokens(text: str, stems: dict[str, str]) -> Iterator[Token]:
    previous_end = 0
    folded = words.fold(text)
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        word = match[0]
        if not word.isalnum():
            word = _SPELLED_OUT.get(word) or re.sub("['’/]", "", word)
        yield Token(text[start:end], word, start, end, _boundary(text, previous_end, start), stems=stems)
        previous_end = end


def _boundary(text: str, end: int, start: int) -> Boundary:
    """Classify what lies between the end of a token and the start of the next one."""
    gap = text[end:start]
    if gap == " ":
        return Boundary.NONE
    if gap.startswith(".") and end > 1 and not text[end - 2].isalnum():
        gap = gap[1:]  # the period of 'e.g.' or an initial does not end a sentence
    if _ABBREVIATED.search(text, max(0, end - 4), end):
        gap = gap.removeprefix(".")  # nor does that of 'Ms. Lopez'
    if text[end - 1 : end].isdigit() and re.match(r"\+\s", gap):
        gap = gap[1:]  # '60+ policies'
    if _CLAUSE_END.search(gap) or _BULLET.search(gap):
        return Boundary.CLAUSE
    if "\n" in gap:
        line = end - text.rfind("\n", 0, end)
        is_wrapped = line >= MIN_WRAPPED_LINE and text[start].islower()
        return Boundary.PART if "," in gap else Boundary.NONE if is_wrapped else Boundary.CLAUSE
    if ":" in gap:
        return Boundary.LABEL
    if gap == " (" and text[start].isdigit():
        return Boundary.NONE  # 'phones (7 lines)'
    return Boundary.PART if _PART_END.search(gap) else Boundary.NONE


def join_split_words(text: TokenizedText, known: frozenset[str]) -> TokenizedText:
    """Join tokens that a line break, a hyphen or a space separates, if only the joined word is known."""
    tokens: list[Token] = []
    for token in text.tokens:
        last = tokens[-1] if tokens else None
        if last and _may_join(text.text, last, token, known):
            joined = text.text[last.start : token.end]
            tokens[-1] = replace(last, text=joined, word=last.word + token.word, end=token.end)
        else:
            tokens.append(token)
    return replace(text, tokens=tuple(tokens))


def _may_join(text: str, last: Token, token: Token, known: frozenset[str]) -> bool:
    gap = text[last.end : token.start]
    if not re.fullmatch(r" |-\s*", gap) or last.word + token.word not in known:
        return False
    return "\n" in gap or not {last.word, token.word} <= known
