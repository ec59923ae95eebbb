"""Whether the prose reads well: headings, repetition, sentences, how hard it is."""

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

MOST_WORDS = 30
"""In a sentence: above it, readers lose the thread."""

HIGHEST_GRADE = 12
"""Of reading, by Flesch and Kincaid: the last year of high school, which is all that many of the jobs ask for."""

FEWEST_JUDGED = 50
"""Words of a text that is judged by its grade: over fewer, two long words decide."""

FEWEST_REPEATED = 8
"""Words of a paragraph that may not stand twice: shorter ones, such as items of lists, repeat by nature."""

_SHOWN = 60
_PART_OF_WORD = re.compile(r"[^\W\d_]+")


def find(guide: Guide, passages: Iterable[Passage]) -> Iterator[Finding]:
    yield from _repeated_questions(guide)
    paragraphs: dict[str, str] = {}
    for passage in passages:
        yield from _skipped_levels(passage)
        yield from _repeated_paragraphs(passage, paragraphs)
        yield from _long_sentences(passage)
        yield from _hard(passage)


def _repeated_questions(guide: Guide) -> Iterator[Finding]:
    asked: dict[str, int] = {}
    for index, faq in enumerate(guide.faqs):
        key = words.key(faq.question)
        if key and asked.setdefault(key, index) != index:
            message = _("‘%s’ is asked twice, and readers may get two answers: keep one of them.") % faq.question
            yield error(Rule.REPEATED_QUESTION, f"faqs.{index}.question", message, key)


def _skipped_levels(passage: Passage) -> Iterator[Finding]:
    headings = [(block.level, block.text) for block in passage.blocks if block.level]
    for (above, _text), (level, text) in pairwise([(0, ""), *headings]):
        if level > above + 1:
            message = _("The heading ‘%(text)s’ skips a level: begin it with %(marks)s.")
            told = {"text": text, "marks": "#" * (above + 1)}
            yield warning(Rule.HEADING_SKIPS_LEVEL, passage.place, message % told, text, above, level)


def _repeated_paragraphs(passage: Passage, seen: dict[str, str]) -> Iterator[Finding]:
    """`seen` are the paragraphs met so far, and the place of each."""
    for block in passage.blocks:
        key = words.key(block.text) if block.kind == "running" else ""
        if key.count(" ") + 1 >= FEWEST_REPEATED:
            if key in seen:
                message = _("‘%(text)s’ stands at %(place)s already: say it once.")
                told = {"text": _beginning(block.text), "place": seen[key]}
                yield warning(Rule.REPEATED_PARAGRAPH, passage.place, message % told, key)
            seen.setdefault(key, passage.place)


def _long_sentences(passage: Passage) -> Iterator[Finding]:
    for sentence in passage.sentences:
        if (count := len(_words(sentence))) > MOST_WORDS:
            message = ngettext(
                "‘%(text)s’ is a sentence of %(count)d word: make two of it.",
                "‘%(text)s’ is a sentence of %(count)d words: make two of it.",
                count,
            )
            told = {"text": _beginning(sentence), "count": count}
            yield warning(Rule.LONG_SENTENCE, passage.place, message % told, sentence)


def _hard(passage: Passage) -> Iterator[Finding]:
    sentences = [found for sentence in passage.sentences if (found := _words(sentence))]
    count = sum(map(len, sentences))
    if count >= FEWEST_JUDGED and (grade := _grade(sentences, count)) > HIGHEST_GRADE:
        message = _("This text reads at grade %(grade).1f, above %(most)d: use shorter sentences and shorter words.")
        told = {"grade": grade, "most": HIGHEST_GRADE}
        yield warning(Rule.HARD_PASSAGE, passage.place, message % told, *passage.sentences)


def _grade(sentences: list[list[str]], count: int) -> float:
    """The years of school that a text asks for, by the formula of Flesch and Kincaid."""
    syllables = sum(_syllables(word, first=not index) for sentence in sentences for index, word in enumerate(sentence))
    return 0.39 * count / len(sentences) + 11.8 * syllables / count - 15.59


def _syllables(word: str, *, first: bool) -> int:
    """A name counts as one, as long as it may be: nobody can choose a shorter one."""
    if not first and word.lstrip("“‘(")[:1].isupper():
        return 1
    return sum(len(_hyphens().positions(part)) + 1 for part in _PART_OF_WORD.findall(word.lower())) or 1


@cache
def _hyphens() -> Pyphen:
    """Read at first use: it takes a tenth of a second, and most commands have no need of it."""
    return Pyphen(lang="en_US")


def _words(sentence: str) -> list[str]:
    return [word for word in sentence.split() if any(map(str.isalnum, word))]


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
