"""What a text says of a skill or a title that it names: denied, wished for, had in part, or somebody else's.

A clause denies by a negation and wishes by a phrase such as 'hope to'. A single word that may stand for anything else,
such as 'plan' or 'read', takes nothing away.
"""

import re
from itertools import pairwise

from .tokens import Break, Reading

FAR, NEAR = 30, 4
"""Words before a name: as many as a clause has at most, and as many as a word says something of."""

_NO_MORE = {"only", "just", "merely"}
"""'Not only' denies nothing."""

_NEGATIONS = {
    "cannot", "lack", "lacked", "lacking", "lacks", "neither", "never", "no", "none", "nor", "not", "unfamiliar",
    "without", "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt",
    "shant", "shouldnt", "wasnt", "werent", "wont", "wouldnt",
}  # fmt: skip
_NONE = {"no", "none", "never"}
_ENDED = {"lapsed", "expired"}
_NOT_BY_ME = {("not", "yet"), ("plan", "to"), ("are", "done", "by"), ("is", "done", "by")}
"""What denies the name before it. 'Epic: none' does, and 'Epic, no Cerner' does not."""

_BUT = {"but", "however", "though", "although"}

_WISHING = {
    "aim", "aiming", "eager", "excited", "hope", "hoping", "looking", "plan", "planning", "want", "wanting", "willing",
    "wish", "wishing",
}  # fmt: skip
_WISHES = {
    *((word, "to") for word in _WISHING),
    ("would", "like"), ("would", "love"), ("interested", "in"), ("enrolled", "in"), ("next", "step"),
    ("to", "become"), ("will", "become"), ("day", "become"), ("working", "toward"), ("working", "towards"),
    ("heard", "of"), ("heard", "about"), ("read", "about"),
}  # fmt: skip
_WISHES_OF_TITLES = _WISHES | {
    ("applied", "for"), ("apply", "for"), ("applying", "for"), ("looking", "for"), ("thinking", "about"),
    ("thinking", "of"), ("would", "be"),
}  # fmt: skip
_PURSUING = {"pursuing"}
_SEEKING = _PURSUING | {"seek", "seeking", "objective"}

_IN_PART = {
    "basic", "basics", "beginner", "beginning", "exposure", "familiar", "familiarity", "introductory", "introduction",
    "learning", "limited", "novice", "some", "studying", "shadowed", "elementary",
}  # fmt: skip

_OTHERS = {"he", "she", "they"}
_PEOPLE = {
    "boss", "brother", "coworker", "dad", "daughter", "father", "friend", "husband", "manager", "mom", "mother",
    "partner", "sister", "son", "supervisor", "wife",
}  # fmt: skip
"""At the start of a clause, "my" and one of these is its subject."""

_OF_OTHERS = {"mr", "mrs", "ms", "reference", "references"}
_REPORTING_TO = {("report", "to"), ("reported", "to"), ("reporting", "to")}
_LABELS = {"aim", "desired", "goal", "goals", "supervisor", "target"}
"""What a title behind such a word and a colon is: sought, or a boss's."""

_WITH = {
    "alongside", "assist", "assisted", "assisting", "by", "for", "hire", "hired", "shadowed", "shadowing", "supervised",
    "supervising", "support", "supported", "supporting", "under", "with",
}  # fmt: skip
"""A title that stands directly behind one of these is that of another person."""

_DETERMINERS = {"a", "an", "the", "another"}
_POSSESSIVES = {"her", "his", "my", "our", "their", "your"}


def is_denied(reading: Reading, first: int, last: int) -> bool:
    """Return whether the text says that a skill is not there, not yet, or somebody else's."""
    begins = _clause(reading, first)
    said = reading.words(begins, first)
    return (
        _negates(said)
        or not _PURSUING.isdisjoint(said)
        or not _WISHES.isdisjoint(pairwise(said))
        or _is_of_somebody(reading, begins, first)
        or _is_denied_behind(reading, last)
    )


def is_in_part(reading: Reading, first: int, last: int) -> bool:
    """Return whether the text says that there is only some of a skill."""
    near = reading.words(max(_clause(reading, first), first - NEAR), first)
    return not _IN_PART.isdisjoint((*near, *_said_behind(reading, last)[:1]))


def is_of_another(reading: Reading, first: int) -> bool:
    """Return whether the words before a title show that it is a goal or the title of another person."""
    begins = _clause(reading, first)
    said, line = reading.words(begins, first), _line(reading, first)
    if _negates(said[-NEAR:]) or not _SEEKING.isdisjoint(said) or not _WISHES_OF_TITLES.isdisjoint(pairwise(said)):
        return True
    direct = _without_determiners(said)
    if direct[-1:] == ("as",):
        return False
    words = reading.words(line, first)
    return (
        not _OF_OTHERS.isdisjoint(words)
        or not _REPORTING_TO.isdisjoint(pairwise(words))
        or _is_labeled(reading, line, first)
        or _is_of_somebody(reading, begins, first)
        or not _POSSESSIVES.isdisjoint(direct[-1:])
        or not _WITH.isdisjoint(direct[-1 - NEAR :] if direct[-1:] == ("and",) else direct[-1:])
    )


def _negates(said: tuple[str, ...]) -> bool:
    return any(word in _NEGATIONS and after not in _NO_MORE for word, after in pairwise((*said, "")))


def _clause(reading: Reading, first: int) -> int:
    """Return the place of the word with which the clause of a span begins, since its last turn."""
    for place in range(first, max(0, first - FAR), -1):
        if reading.tokens[place].before == Break.CLAUSE or reading.tokens[place - 1].word in _BUT:
            return place
    return max(0, first - FAR)


def _line(reading: Reading, first: int) -> int:
    """Return the place of the word with which the line of a span begins."""
    begins = reading.text.rfind("\n", 0, reading.tokens[first].start)
    return next(place for place in range(max(0, first - FAR), first + 1) if reading.tokens[place].start > begins)


def _is_of_somebody(reading: Reading, begins: int, first: int) -> bool:
    """Return whether the clause says what another person does."""
    for place in range(begins, first):
        token = reading.tokens[place]
        if token.word in _OTHERS:
            return True
        if token.word in _PEOPLE and place > begins and reading.tokens[place - 1].word == "my":
            return place - 1 == begins or reading.tokens[place - 1].before > Break.NONE
    return False


def _is_labeled(reading: Reading, line: int, first: int) -> bool:
    """Return whether a title stands behind a label such as 'Supervisor:' or 'Desired position:'."""
    colons = [place for place in range(line + 1, first + 1) if reading.tokens[place].before == Break.LABEL]
    return any(not _LABELS.isdisjoint(reading.words(max(line, colon - 2), colon)) for colon in colons)


def _without_determiners(said: tuple[str, ...]) -> tuple[str, ...]:
    return _without_determiners(said[:-1]) if said and said[-1] in _DETERMINERS else said


def _is_denied_behind(reading: Reading, last: int) -> bool:
    after = _said_behind(reading, last)
    ends = _ENDED if "," in _gap(reading, last) else _ENDED | _NONE
    return bool(ends.intersection(after[:1]) or _NOT_BY_ME & {after[:2], after[:3]})


def _said_behind(reading: Reading, last: int) -> tuple[str, ...]:
    """Return the three words behind a span, if they are in the same sentence or row of a table."""
    return () if re.search(r"[.;!?\n]", _gap(reading, last)) else reading.words(last, last + 3)


def _gap(reading: Reading, last: int) -> str:
    """Return what lies between a span and the word behind it."""
    end = reading.tokens[last].start if last < len(reading.tokens) else None
    return reading.text[reading.tokens[last - 1].end : end]
