"""Whether a span of a résumé means a skill, or only has its words.

Several words of a name mean the skill. A single word must be spelled and used like its name.
"""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from guides import words
from guides.choices import SkillKind
from guides.reading.search.english import english

from . import senses, synonyms
from .facts import is_language, is_spoken
from .ngrams import Span
from .tokens import Boundary, Token, TokenizedText

_SKILL_WORDS = {"skill", "skills", "ability", "abilities", "strong", "excellent", "exceptional", "good", "great"}
_OF_CERTIFICATES = {
    *words.STOP_WORDS, "active", "certificate", "certification", "certified", "credential", "current", "exam", "exp",
    "expires", "good", "instructor", "license", "provider", "registered", "renewed", "renews", "since", "through",
    "thru", "until", "valid", "who",
}  # fmt: skip
"""Behind the abbreviation of a certificate, these do not make it a part of another term."""

_OF_PROGRAMS = {
    "calendar", "calendars", "calls", "charting", "documents", "email", "emails", "formulas", "letters", "meetings",
    "messages", "payroll", "reports", "software", "spreadsheet", "spreadsheets", "timekeeping",
}  # fmt: skip
"""Behind a word that starts a sentence, these show that it is the name of a program: 'Excel spreadsheets'."""

_NOT_MINE = {"a", "an", "the", "of", "by", "for", "our"}
"""Before the abbreviation of a certificate, these show that someone else holds it."""


class NameKind(StrEnum):
    """A skill's own names, and its wordings in résumés."""

    SKILL = "skill"
    WORDING = "wording"


class Name(NamedTuple):
    """A name as a guide spells it, and the slug of its skill."""

    slug: str
    name: str
    kind: NameKind


def is_mention(text: TokenizedText, span: Span, name: Name, kind: str, label: str) -> bool:
    """Return whether a span means a skill."""
    if not senses.has_sense(text, span, name.name):
        return False
    run = text.tokens[span.first : span.last]
    if len(run) > 1 and name.kind != NameKind.WORDING:
        return not _is_person(run[-1], name.name)
    if name.kind == NameKind.WORDING and not senses.is_claimed(text, span, name.name):
        return False
    parts = words.significant_words(name.name)
    if len(parts) > 1:  # the name has several words, and the text may have joined them
        return len(run) == 1 or all(any(_may_stand_for(token, part) for token in run) for part in parts)
    is_certificate = kind == SkillKind.CERTIFICATE and _is_abbreviation(name.name)
    if is_certificate and not (_is_held(text, span.first) and _is_short_for(text, span.first, label)):
        return False
    return _is_single_word_mention(text, span.first, name, parts[0], kind)


def _is_person(token: Token, name: str) -> bool:
    """Return whether the last word of a span is a person, unlike that of the name: 'practice manager'."""
    return token.word.removesuffix("s").endswith(("er", "or")) and token.word not in words.words(name)


def _may_stand_for(token: Token, part: str) -> bool:
    """Return whether a token is a form of a word in a name, or its synonym."""
    stem = words.stem(part)
    is_synonym = token.sense == synonyms.sense(stem) and token.stem != stem
    return is_synonym or _is_form_of(token.word, part, max_ending=3)


def _is_single_word_mention(text: TokenizedText, index: int, name: Name, word: str, kind: str) -> bool:
    """Return whether a token means a skill whose name is one word."""
    token, is_item = text.tokens[index], text.is_list_item(index, index + 1)
    if is_language(token.text):
        return is_spoken(text.text, token.start, token.end)
    if _is_abbreviation(name.name):
        forms = {word} if kind == SkillKind.CERTIFICATE else {word, f"{word}s"}
        has_case = token.text.rstrip("s").isupper() or not text.has_meaningful_case
        return token.word in forms and (has_case or is_item)
    if name.name[0].isupper() and (kind == SkillKind.TOOL or name.kind == NameKind.WORDING):
        return token.word == word and _is_proper_name(text, index, name.name)
    if kind == SkillKind.SOFT and senses.describes_thing(text, index):
        return False
    if name.kind == NameKind.WORDING and senses.is_part_of_name(text, index):
        return False
    if name.kind == NameKind.WORDING and senses.is_past_tense(word):
        return senses.is_active_verb(text, index)
    if name.kind == NameKind.WORDING and _is_inflected(token, word):
        return True
    if token.word == word and kind != SkillKind.SOFT:
        return True
    neighbors = (*text.words(index - 1, index), *text.words(index + 1, index + 2))
    is_skill = is_item or not _SKILL_WORDS.isdisjoint(neighbors)
    return name.kind != NameKind.WORDING and is_skill and _is_form_of(token.word, word, max_ending=5)


def _is_inflected(token: Token, word: str) -> bool:
    """Return whether a token is a word, its plural, or its third person, but not several people: 'cashiers'."""
    if f"{token.word}s" == word and word.endswith("ables"):
        return True  # 'accounts payable'
    return token.word == word or (token.word == f"{word}s" and not word.endswith(("er", "or", "ist")))


def _is_held(text: TokenizedText, index: int) -> bool:
    """Return whether the abbreviation of a certificate is not someone else's, nor part of another term."""
    behind = text.tokens[index + 1 : index + 2]
    is_term = any(
        token.boundary == Boundary.NONE and token.text.islower() and token.word not in _OF_CERTIFICATES
        for token in behind
    )
    return not is_term and _NOT_MINE.isdisjoint(text.words(index - 1, index))


def _is_short_for(text: TokenizedText, index: int, name: str) -> bool:
    """Return whether no words behind an abbreviation spell out another name: 'CMA: Certified Medication Aide'."""
    abbreviation = text.tokens[index].word
    behind = text.words(index + 1, index + 1 + len(abbreviation))
    return "".join(word[0] for word in behind) != abbreviation or behind == words.words(name)


def _is_proper_name(text: TokenizedText, index: int, name: str) -> bool:
    """Return whether a token is a proper name: a list item, or capitalized where a sentence would not require it."""
    token, is_item = text.tokens[index], text.is_list_item(index, index + 1)
    if not text.has_meaningful_case:
        return is_item
    is_distinct = token.text.isupper() or any(map(str.isupper, name[1:]))
    if not token.text[0].isupper():
        return is_item and text.line(index).islower()
    behind = text.words(index + 1, index + 2)
    return (
        is_item
        or is_distinct
        or not text.starts_clause(index)
        or not _OF_PROGRAMS.isdisjoint(behind)
        or not _is_english(token.word)
    )


@cache
def _is_english(word: str) -> bool:
    return word in english([word])


def _is_abbreviation(name: str) -> bool:
    return name.isupper() or any(map(str.isdigit, name))


def _is_form_of(word: str, name: str, *, max_ending: int) -> bool:
    """Return whether a word and a name differ only in endings of at most so many letters.

    'organ' is not a form of 'organization'.
    """
    common = next(
        (place for place, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    return max(len(word), len(name)) - common <= max_ending and common >= min(5, len(name))
