"""Senses of words: a wording with several common senses counts only in a context that settles which one is meant."""

from collections.abc import Iterable, Mapping

from guides import words

from .ngrams import Span
from .synonyms import sense
from .tokens import AND, PROFICIENCY, Boundary, TokenizedText

MAX_CONTEXT_WORDS = 20
"""How many words of the clause on either side of a wording settle its sense."""

_DATABASE_WORK = (
    "access admin administer administration build built clean create dedupe design develop duplicate keep kept"
    " maintain maintenance manage management query skill sql update"
)
_MEASURING = (
    "blood chart check intake measure obtain patient pulse record respiration take temperature took vital weight"
)
_CONTEXTS = {
    "ADT": "admission admit bed census cerner discharge epic feed hl7 hospital meditech patient registration transfer",
    "BP": _MEASURING,
    "CPT": "billing claim code coder coding diagnosis hcpcs icd modifier procedure",
    "CRM": "campaign clinic health healthcare hospital medical member patient",
    "EQ": "communication emotion empathy high intelligence interpersonal leadership listening people strong teamwork",
    "IDX": "appointment billing chart clinic flowcast ge hospital medical medisoft patient registration scheduling",
    "Medical Manager": "appointment billing book idx medisoft office patient program schedule software system use",
    "VS": _MEASURING,
}
"""Wordings that often mean something else, with the words of which one must be in the clause."""

_CONTEXTS_OF_ITEMS = {
    "appointments": "book calendar cancel confirm confirmation no-show recall referral remind reminder schedule set",
    "database": _DATABASE_WORK,
    "pulse": _MEASURING,
}
"""The same of wordings that also count as an item of a list."""

_STEMS: Mapping[str, frozenset[str]] = {
    words.stem_key(wording): frozenset(map(words.stem, context.split()))
    for wording, context in (_CONTEXTS | _CONTEXTS_OF_ITEMS).items()
}
_ABBREVIATIONS = frozenset(words.stem_key(wording) for wording in _CONTEXTS if wording.isupper())
_ITEMS = frozenset(map(words.stem_key, _CONTEXTS_OF_ITEMS))

_FILLERS = {"all", "any", "each", "every", "its", "my", "new", "other", "our", "their", "up", "us"}
_NUMBERS = {
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "dozen", "hundred", "several", "many", "both",
}  # fmt: skip
_OBJECTS = _FILLERS | _NUMBERS | {
    "a", "an", "about", "almost", "and", "close", "everyone", "her", "him", "more", "most", "nearly", "over", "others",
    "people", "the", "them", "this",
}  # fmt: skip
"""Directly behind a verb, these begin its object."""

_BEFORE_PARTICIPLES = {
    "be", "been", "being", "classically", "fully", "get", "got", "hipaa", "hippa", "is", "job", "newly", "recently",
    "self", "was", "well", "were",
}  # fmt: skip
_NEWLY = {"job", "newly", "recently"}
_BEFORE_VERBS = {"also", "directly", "helped", "i", "now", "to"}
_RANKS = {"charge", "lead", "manager", "supervisor"}
_COLLECTIVES = {"crew", "department", "people", "personnel", "staff", "team", "teams"}

_TRAIT_ENDINGS = ("able", "ful", "ible", "ic", "ile", "ite", "ive", "ous")
_TRAITS = {"organized"}
_STAFF = sense(words.stem("staff"))
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


def is_claimed(text: TokenizedText, span: Span, wording: str) -> bool:
    """Return whether a span uses a wording as the editor meant it, of the writer's own work."""
    return is_as_written(text, span, wording) and not is_rank(text, span) and not is_passive(text, span)


def is_as_written(text: TokenizedText, span: Span, wording: str) -> bool:
    """Return whether a span has a wording as the editor wrote it, where that matters.

    The words of a wording may be apart, unless it has a small word ('good with people') or is a proper name in
    capitals ('Medical Manager'). Such wordings are phrases.
    """
    parts = words.words(wording)
    small = words.STOP_WORDS.intersection(parts)
    is_proper = len(parts) > 1 and all(part[:1].isupper() for part in wording.split())
    if not small and not is_proper:
        return True
    run = text.tokens[span.first : span.last]
    if is_proper:
        is_capital = not text.has_meaningful_case or all(token.text[:1].isupper() for token in run)
        return is_capital and len(run) == len(parts) and run[0].stem == words.stem(parts[0])
    around = text.words(span.first - 1, span.last)
    stems = {text_sense for part in parts for text_sense in (words.stem(part), sense(words.stem(part)))}
    others = (token for token in run if not stems & {token.stem, token.sense})
    return small.issubset(around) and all(_is_filler(token.word) for token in others)


def _is_filler(word: str) -> bool:
    return word in _FILLERS | _NUMBERS | words.STOP_WORDS or word.isdigit()


def is_part_of_name(text: TokenizedText, index: int) -> bool:
    """Return whether a word belongs to a compound or to the name of a firm: 'budget-friendly', 'Budget Furniture'."""
    token, behind = text.tokens[index], text.tokens[index + 1 : index + 2]
    if not behind or behind[0].boundary > Boundary.NONE:
        return False
    is_compound = text.text[token.end : behind[0].start] == "-"
    return is_compound or (text.has_meaningful_case and token.text.istitle() and behind[0].text.istitle())


def is_past_tense(word: str) -> bool:
    return word.endswith("ed") and word not in _TRAITS


def is_active_verb(text: TokenizedText, index: int) -> bool:
    """Return whether a form of a verb has an object, so that the writer does it: 'trained 7', not 'HIPAA trained'."""
    token, behind = text.tokens[index], text.tokens[index + 1 : index + 2]
    if not _BEFORE_PARTICIPLES.isdisjoint(text.words(index - 1, index)):
        return False
    if not token.word.endswith("ed") and not text.starts_item(index) and not token.word.endswith("ing"):
        return False
    if not behind or behind[0].boundary > Boundary.NONE:
        return not token.word.endswith(("ed", "ing")) and text.is_list_item(index, index + 1)
    word = behind[0].word
    return word in _OBJECTS or word.isdigit() or behind[0].sense == _STAFF


def is_passive(text: TokenizedText, span: Span) -> bool:
    """Return whether a verb in a span is passive: 'supervised by two nurses', 'newly hired nurses'."""
    return any(
        text.tokens[index].word.endswith("ed")
        and (text.words(index + 1, index + 2) == ("by",) or not _NEWLY.isdisjoint(text.words(index - 1, index)))
        for index in range(span.first, span.last)
    )


def is_rank(text: TokenizedText, span: Span) -> bool:
    """Return whether a span is a title, which does not say whom its holder leads: 'Lead Technician', 'shift lead'."""
    first, *others = text.tokens[span.first : span.last]
    is_staff = bool(others) and others[-1].sense == _STAFF and _OBJECTS.isdisjoint(token.word for token in others)
    if is_staff and (first.word in _RANKS or (len(others) == 1 and first.word.endswith("ing"))):
        return others[-1].word not in _COLLECTIVES and not others[-1].word.endswith("s")
    return any(
        text.tokens[index].word == "lead"
        and not text.starts_item(index)
        and text.words(index - 1, index)[0] not in _BEFORE_VERBS
        and text.words(index + 1, index + 2) not in {("for",), ("on",)}
        for index in range(span.first, span.last)
    )


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
