"""Starting jobs in a résumé: paid jobs without a guide, such as 'Cashier'.

Many of their titles are everyday words. They count where they stand as a title does: as the end of an item of a list or
of a heading, or after 'as a'.
"""

from collections.abc import Iterable, Iterator

from guides.reading.index.starting_jobs import Job, StartingJobs

from . import titles
from .ngrams import MAX_NAME_WORDS, Span, longest_non_overlapping
from .tokens import AND, Boundary, TokenizedText

MAX_RANK_WORDS = 3
"""How many words of an item may come before a title: 'Senior Bank Teller', 'Fourth Grade Teacher'."""

_ARTICLES, _BEHIND = {"a", "an", "as", "the"}, {"at", "for", "in", "of", "to", "until", "with"}
_UNPAID = {"volunteer", "volunteered", "volunteering", "externship", "student", "intern", "internship"}


def find_past_jobs(text: TokenizedText, known: StartingJobs, taken: Iterable[Span]) -> Iterator[tuple[Job, Span]]:
    """Yield each starting job that the writer held, with its first span. `taken` are the titles of guides."""
    guides = tuple(taken)
    found = {
        span: slug
        for span in _spans(text, known.first_words)
        if (slug := known.by_key.get(span.key))
        and not any(map(span.overlaps, guides))
        and _is_title(text, span)
        and _is_held(text, span)
    }
    seen = set[str]()
    for span in sorted(longest_non_overlapping(found)):
        if (slug := found[span]) not in seen:
            seen.add(slug)
            yield known.by_slug[slug], span


def _spans(text: TokenizedText, first_words: frozenset[str]) -> Iterator[Span]:
    for first in range(len(text.tokens)):
        if titles.spelled_out(text.tokens[first].word) not in first_words:
            continue
        key = ""
        for last in range(first, min(first + MAX_NAME_WORDS, len(text.tokens))):
            token = text.tokens[last]
            if last > first and token.boundary >= Boundary.LABEL:
                break
            key += titles.spelled_out(token.word)
            yield Span(first, last + 1, key)


def _is_title(text: TokenizedText, span: Span) -> bool:
    """Return whether a title ends an item, of which at most a rank or a field comes before it."""
    following = text.tokens[span.last : span.last + 1]
    ends = not following or following[0].boundary > Boundary.NONE or following[0].word in AND | _BEHIND
    if not ends and not following[0].word.isdigit():
        return False
    if text.starts_item(span.first) or text.tokens[span.first - 1].word in _ARTICLES:
        return True
    item = text.items[span.first]
    rank = text.tokens[item.start : span.first]
    is_heading = all(token.text[:1].isupper() or token.text.isdigit() for token in (*rank, text.tokens[span.first]))
    return len(rank) <= MAX_RANK_WORDS and is_heading and text.has_meaningful_case


def _is_held(text: TokenizedText, span: Span) -> bool:
    is_unpaid = not _UNPAID.isdisjoint(text.line(span.first).lower().replace(",", " ").split())
    return not is_unpaid and titles.is_held(text, span)
