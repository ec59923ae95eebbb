"""Words that mean the same in a résumé, so that editors need not list each phrase for a skill.

Two words of a phrase may be exchanged for their synonyms. A phrase of one word has none: 'supervised' says more than
'managed'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from guides import words

_ACTIONS = (
    "analyze analyse analysis evaluate interpret",
    "build create design develop establish prepare produce",
    "clean disinfect sanitise sanitize",
    "coach mentor onboard precept train",
    "collect gather obtain",
    "connect link",
    "draft revise rewrite write",
    "educate teach",
    "file process submit submission",
    "handle resolve resolution settle solve",
    "hire recruit",
    "lead manage oversee supervise",
    "reschedule schedule",
    "check confirm validate verify verification",
)
_NOUNS = (
    "agent aide apprentice associate barista cashier clerk colleague crew employee extern intern personnel receptionist"
    " server staff team tech technician trainee volunteer worker",
    "appointment appt",
    "caller client customer guest member patron resident shopper visitor",
    "benefit coverage eligibility insurance",
    "complaint conflict dispute grievance",
    "doctor physician practitioner provider",
    "handbook manual policy procedure protocol sop",
    "issue problem",
    "phone telephone",
    "sample specimen swab",
)
_IRREGULAR = {
    "built": "build", "drew": "draw", "found": "find", "gave": "give", "held": "hold", "kept": "keep", "led": "lead",
    "made": "make", "met": "meet", "oversaw": "oversee", "ran": "run", "sent": "send", "taught": "teach",
    "took": "take", "wrote": "write", "written": "write", "rewrote": "rewrite", "dealt": "deal",
}  # fmt: skip
_AGENT_ENDINGS = ("er", "or")
PAST_TENSES = frozenset(_IRREGULAR)


@cache
def _senses() -> Mapping[str, str]:
    """Map the stem of each word to the stem of the first word of its group."""
    senses: dict[str, str] = {}
    for group in (*_ACTIONS, *_NOUNS):
        first, *others = map(words.stem, group.split())
        senses |= {stem: senses.get(stem, first) for stem in (first, *others)}
    bases = {words.stem(past): words.stem(base) for past, base in _IRREGULAR.items()}
    return senses | {past: senses.get(base, base) for past, base in bases.items()}


@cache
def _listed() -> frozenset[str]:
    """The words of all groups and their plurals. Those that end like 'manager' have synonyms nevertheless."""
    each = " ".join((*_ACTIONS, *_NOUNS)).split()
    return frozenset((*each, *(f"{word}s" for word in each)))


def sense(stem: str) -> str:
    """Return the stem that represents the synonyms of a word with this stem."""
    return _senses().get(stem, stem)


def sense_of(word: str, stem: str) -> str:
    """Return the sense of a word in a text. 'Manager', 'hires', and 'education' are nouns."""
    if word == "hires":
        return sense("staff")
    is_agent = word.removesuffix("s").endswith(_AGENT_ENDINGS) and word not in _listed()
    return stem if is_agent or word == "education" else sense(stem)


def sense_key(senses: Iterable[str]) -> str:
    return " ".join(sorted(set(senses)))


@lru_cache(maxsize=1)
def senses_of(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(map(sense, stems))


@lru_cache(maxsize=1)
def keys_by_sense(keys: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Map the senses of phrases to their keys, which are bags of stems. Phrases of one word keep their key."""
    found = defaultdict[str, list[str]](list)
    for key in keys:
        stems = key.split()
        senses = {sense(stem) for stem in stems}
        found[sense_key(senses) if len(senses) > 1 else key].append(key)
    return {key: tuple(of) for key, of in found.items()}
