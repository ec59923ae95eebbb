"""A résumé as words with places: which stand together, and which stand alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from guides import words

_TOKEN = re.compile(r"[^\W_]{1,60}(?:['’][^\W_]{1,20}){0,2}|&")
_ENDS = re.compile(r"[;!?•|·▪■◦●\t]|\.(\s|$)|\n\s*\n")
_BULLET = re.compile(r"\n\s*[-*–—•·>+]")
_PARTS = re.compile(r"[,/()\[\]{}+–—\n]|-\s")
LEAST_WRAPPED = 40
"""Letters of a line that goes on in the next one; shorter lines are items of their own."""

_AND = {"and", "or", "plus"}
_HOW_WELL = {"expert", "advanced", "intermediate", "proficient", "basic", "beginner", "fluent", "certified"}


class Break(IntEnum):
    """What lies between a word and the one before it."""

    NONE = 0
    PART = 1
    LABEL = 2
    CLAUSE = 3


@dataclass(frozen=True)
class Token:
    """A word as it stands in the text, and folded, without apostrophes; `word` may have been corrected since.

    Only a word `is_known` whose stem names of guides have: no name is looked for where there is another.
    """

    text: str
    word: str
    start: int
    end: int
    before: Break
    is_known: bool = True

    @cached_property
    def stem(self) -> str:
        return words.stem_uncached(self.word)


@dataclass(frozen=True)
class Reading:
    """A text and its words. A span of it is given by its first word and the one behind its last."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def tells_by_case(self) -> bool:
        """Whether capitals mean something: not in a text that has hardly any, or hardly anything else."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return 0.01 < sum(map(str.isupper, letters)) / (len(letters) or 1) < 0.6

    def begins(self, place: int) -> bool:
        """Whether something begins at a word: the text, a clause, an item of a list."""
        return place == 0 or self.tokens[place].before > Break.NONE or self.tokens[place - 1].word in _AND

    def stands_alone(self, first: int, last: int) -> bool:
        """Whether the words are an item of a list, or a line, by themselves."""
        if last == len(self.tokens):
            return self.begins(first)
        behind = self.tokens[last]
        return self.begins(first) and (behind.before > Break.NONE or behind.word in _AND | _HOW_WELL)

    def words(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens[max(0, first) : last])


def read(text: str) -> Reading:
    return Reading(text, tuple(_tokens(text)))


def _tokens(text: str) -> Iterator[Token]:
    last = 0
    folded = words.fold(text)
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        word = "and" if found[0] == "&" else re.sub("['’]", "", found[0])
        yield Token(text[start:end], word, start, end, _break(text, last, start))
        last = end


def _break(text: str, last: int, start: int) -> Break:
    gap = text[last:start]
    if gap.startswith(".") and last > 1 and not text[last - 2].isalnum():
        gap = gap[1:]  # 'e.g.' and initials end no sentence
    if _ENDS.search(gap) or _BULLET.search(gap):
        return Break.CLAUSE
    if "\n" in gap:
        line = last - text.rfind("\n", 0, last)
        goes_on = line >= LEAST_WRAPPED and text[start].islower()
        return Break.PART if "," in gap else Break.NONE if goes_on else Break.CLAUSE
    if ":" in gap:
        return Break.LABEL
    return Break.PART if _PARTS.search(gap) else Break.NONE


def joined(reading: Reading, known: frozenset[str]) -> Reading:
    """With words put together that a line's end, a hyphen or a space has cut, where only the whole is a known word."""
    tokens: list[Token] = []
    for token in reading.tokens:
        last = tokens[-1] if tokens else None
        if last and _may_join(reading.text, last, token):
            whole = last.word + token.word
            if whole in known and not (
                last.word in known and token.word in known and "\n" not in reading.text[last.end : token.start]
            ):
                text = reading.text[last.start : token.end]
                tokens[-1] = replace(last, text=text, word=whole, end=token.end)
                continue
        tokens.append(token)
    return replace(reading, tokens=tuple(tokens))


def _may_join(text: str, last: Token, token: Token) -> bool:
    return bool(re.fullmatch(r" |-\s*", text[last.end : token.start]))
