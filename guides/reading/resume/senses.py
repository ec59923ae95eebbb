"""Senses of words: a wording with several common senses counts only in a context that settles which one is meant."""

from collections.abc import Iterable, Mapping

from guides import words

from .ngrams import Span
from .tokens import AND, PROFICIENCY, Boundary, TokenizedText

MAX_CONTEXT_WORDS = 20
"""How many words of the clause on either side of a wording settle its sense."""

_DATABASE_WORK = (
    "access admin administer administration build built clean create dedupe design develop duplicate keep kept"
    " maintain maintenance manage management query skill sql update"
)
_REFERRALS = "assistance connect direct link list refer referral resource send sent"
_MEASURING = (
    "blood chart check intake measure obtain patient pulse record respiration take temperature took vital weight"
)
_CONTEXTS = {
    "ADT": "admission admit bed census cerner discharge epic feed hl7 hospital meditech patient registration transfer",
    "BP": _MEASURING,
    "CPT": "billing claim code coder coding diagnosis hcpcs icd modifier procedure",
    "MS Exchange": "",
    "Microsoft Exchange": "",
    "VS": _MEASURING,
    "food bank": _REFERRALS,
    "food pantry": _REFERRALS,
    "polite": "",
}
"""Wordings that often mean something else, with the words of which one must be in the clause."""

_CONTEXTS_OF_ITEMS = {
    "EQ": "emotion empathy high intelligence interpersonal people strong",
    "database": _DATABASE_WORK,
    "roster": "crew duty employee made make nurse prepare schedule shift staff team weekly write wrote",
}
"""The same of wordings that also count as an item of a list."""

_STEMS: Mapping[str, frozenset[str]] = {
    words.stem_key(wording): frozenset(map(words.stem, context.split()))
    for wording, context in (_CONTEXTS | _CONTEXTS_OF_ITEMS).items()
}
_ABBREVIATIONS = frozenset(words.stem_key(wording) for wording in _CONTEXTS if wording.isupper())
_ITEMS = frozenset(map(words.stem_key, _CONTEXTS_OF_ITEMS))

_TRAIT_ENDINGS = ("able", "ful", "ible", "ic", "ile", "ite", "ive", "ous")
_TRAITS = {"organised", "organized"}
_INTENSIFIERS = {"extremely", "highly", "more", "most", "quite", "very", "well"}
_PREPOSITIONS = {"as", "at", "but", "in", "so", "under", "w", "when", "while", "who", "with"}
_PERSON_ENDINGS = ("ant", "ent", "er", "ist", "or")
_PEOPLE = {"individual", "person", "professional", "team"}


def has_sense(text: TokenizedText, span: Span, name: str) -> bool:
    """Return whether the clause around a span settles that it means the skill with this name."""
    key = words.stem_key(name)
    ambiguous = key if key in _STEMS else min(_ABBREVIATIONS.intersection(key.split()), default="")
    if not ambiguous or (key in _ITEMS and text.is_list_item(span.first, span.last)):
        return True
    stems = {text.tokens[index].stem for index in _clause(text, span)}
    return not _STEMS[ambiguous].isdisjoint(stems.difference(ambiguous.split()))


def _clause(text: TokenizedText, span: Span) -> range:
    """Return the tokens of the clause around a span."""
    first, last = span.first, span.last
    while first > max(0, span.first - MAX_CONTEXT_WORDS) and text.tokens[first].boundary < Boundary.CLAUSE:
        first -= 1
    end = min(span.last + MAX_CONTEXT_WORDS, len(text.tokens))
    while last < end and text.tokens[last].boundary < Boundary.CLAUSE:
        last += 1
    return range(first, last)


def describes_thing(text: TokenizedText, index: int) -> bool:
    """Return whether a word for a trait describes what follows it, or is a verb: 'organized shelves'."""
    token = text.tokens[index]
    if not _INTENSIFIERS.isdisjoint(text.words(index - 1, index)):
        return False
    if not (token.word in _TRAITS or token.word.endswith(_TRAIT_ENDINGS)):
        return False
    behind = tuple(_behind(text, index))
    if behind[:1] and behind[0] in AND:
        # 'Organized and cleaned the dock' has two verbs, 'organized and motivated' two traits.
        return len(behind) > 2 and behind[1].endswith("ed") and not _is_person(behind[2:])
    return bool(behind) and behind[0] not in _PREPOSITIONS | PROFICIENCY and not _is_person(behind)


def _is_person(behind: Iterable[str]) -> bool:
    """Return whether these words are a noun for a person, and nothing that belongs to this person."""
    noun, *others = behind
    is_person = noun in _PEOPLE or noun.endswith(_PERSON_ENDINGS)
    return is_person and (not others or others[0] in AND | _PREPOSITIONS | _PEOPLE)


def _behind(text: TokenizedText, index: int) -> Iterable[str]:
    """Yield the next words of the same item of a list."""
    for token in text.tokens[index + 1 : index + 5]:
        if token.boundary > Boundary.NONE:
            return
        yield token.word
