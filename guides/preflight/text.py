"""Rules about prose: headings, repetition, long sentences and reading grade."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyphen import Pyphen

from guides import words
from guides.schema import Guide

from .finding import Finding, Rule, error, warning
from .passages import Passage

MAX_WORDS = 30
"""Words in a sentence: readers lose the thread of longer ones."""

MAX_GRADE = 12
"""Flesch-Kincaid grade: the last year of high school, the only requirement of many jobs."""

MIN_GRADED_WORDS = 50
"""Words of a text that gets a grade: in shorter texts, two long words decide."""

MIN_REPEATED_WORDS = 8
"""Words of a paragraph that must be unique: shorter ones, such as list items, may repeat."""

_MAX_QUOTE = 60
_PART_OF_WORD = re.compile(r"[^\W\d_]+")


def find(guide: Guide, passages: Iterable[Passage]) -> Iterator[Finding]:
    yield from _repeated_questions(guide)
    paragraphs: dict[str, str] = {}
    for passage in passages:
        yield from _skipped_levels(passage)
        if not passage.place.startswith("examples."):  # a letter repeats the contact details of the résumé
            yield from _repeated_paragraphs(passage, paragraphs)
        yield from _long_sentences(passage)
        yield from _hard_passages(passage)


def _repeated_questions(guide: Guide) -> Iterator[Finding]:
    first_index: dict[str, int] = {}
    for index, faq in enumerate(guide.faqs):
        key = words.key(faq.question)
        if key and first_index.setdefault(key, index) != index:
            message = _("‘%s’ appears twice, maybe with two answers. Keep one of them.") % faq.question
            yield error(Rule.REPEATED_QUESTION, f"faqs.{index}.question", message, key)


def _skipped_levels(passage: Passage) -> Iterator[Finding]:
    headings = [(block.level, block.text) for block in passage.blocks if block.level]
    for (above, _text), (level, text) in pairwise([(0, ""), *headings]):
        if level > above + 1:
            message = _("The heading ‘%(text)s’ skips a level. Begin it with %(marks)s.")
            params = {"text": text, "marks": "#" * (above + 1)}
            yield warning(Rule.HEADING_SKIPS_LEVEL, passage.place, message % params, text, above, level)


def _repeated_paragraphs(passage: Passage, seen: dict[str, str]) -> Iterator[Finding]:
    """Yield repeated paragraphs. `seen` maps the previous paragraphs to their places."""
    for block in passage.blocks:
        key = words.key(block.text) if block.kind == "running" else ""
        if key.count(" ") + 1 >= MIN_REPEATED_WORDS:
            if key in seen:
                message = _("‘%(text)s’ is already at %(place)s. Say it once.")
                params = {"text": _quote(block.text), "place": seen[key]}
                yield warning(Rule.REPEATED_PARAGRAPH, passage.place, message % params, key)
            seen.setdefault(key, passage.place)


def _long_sentences(passage: Passage) -> Iterator[Finding]:
    for sentence in passage.sentences:
        if (count := len(_words(sentence))) > MAX_WORDS:
            message = ngettext(
                "‘%(text)s’ is a sentence of %(count)d word. Split it.",
                "‘%(text)s’ is a sentence of %(count)d words. Split it.",
                count,
            )
            params = {"text": _quote(sentence), "count": count}
            yield warning(Rule.LONG_SENTENCE, passage.place, message % params, sentence)


def _hard_passages(passage: Passage) -> Iterator[Finding]:
    count = sum(len(_words(sentence)) for sentence in passage.sentences)
    if count >= MIN_GRADED_WORDS and (grade := reading_grade(passage.sentences)) > MAX_GRADE:
        message = _("This text reads at grade %(grade).1f, above %(most)d. Use shorter sentences and words.")
        params = {"grade": grade, "most": MAX_GRADE}
        yield warning(Rule.HARD_PASSAGE, passage.place, message % params, *passage.sentences)


def reading_grade(sentences: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade of sentences with words, in years of school."""
    split = [found for sentence in sentences if (found := _words(sentence))]
    count = sum(map(len, split))
    syllables = sum(_syllables(word, first=not index) for sentence in split for index, word in enumerate(sentence))
    return 0.39 * count / len(split) + 11.8 * syllables / count - 15.59


def _syllables(word: str, *, first: bool) -> int:
    """Count the syllables of a word. A name counts as one, because it cannot be replaced by a shorter word."""
    if not first and word.lstrip("“‘(")[:1].isupper():
        return 1
    return sum(len(_hyphens().positions(part)) + 1 for part in _PART_OF_WORD.findall(word.lower())) or 1


@cache
def _hyphens() -> Pyphen:
    """Load the hyphenation patterns at first use: it takes 0.1 s, and most commands do not need them."""
    return Pyphen(lang="en_US")


def _words(sentence: str) -> list[str]:
    return [word for word in sentence.split() if any(map(str.isalnum, word))]


def _quote(text: str) -> str:
    return text if len(text) <= _MAX_QUOTE else f"{text[:_MAX_QUOTE].rsplit(' ', 1)[0]} …"
