"""Words that mean the same in a résumé, so that editors need not list each phrase for a skill.

Two words of a phrase may be exchanged for their synonyms. A phrase of one word has none: 'supervised' says more than
'managed'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from guides import words

_ACTIONS = (
    "address answer deescalate handle investigate mediate resolve resolution respond response settle solve",
    "analyze analyse analysis evaluate interpret",
    "assign build create design develop establish make prepare produce",
    "check confirm validate verify verification",
    "clean disinfect sanitise sanitize sterilise sterilize",
    "coach mentor onboard precept train",
    "collect gather obtain",
    "communicate speak talk",
    "connect link refer",
    "draft revise rewrite write update",
    "educate instruct show teach",
    "file process send submit submission",
    "hire interview recruit recruitment",
    "lead direct manage oversee supervise supervision",
)
_NOUNS = (
    "agent aide apprentice assistant associate barista cashier clerk colleague coordinator coworker crew employee"
    " extern intern nurse personnel preceptee receptionist sailor server soldier staff teacher team tech technician"
    " teller trainee usher volunteer worker",
    "angry irate unhappy",
    "annual daily monthly quarterly weekly",
    "applicant candidate",
    "appointment appt",
    "bill invoice claim",
    "caller client customer guest member patron resident shopper visitor",
    "benefit coverage eligibility insurance",
    "chart charting record",
    "complaint concern conflict dispute escalation grievance",
    "computerized digital electronic paperless",
    "doctor physician practitioner provider",
    "fast quick easily",
    "family caregiver parent",
    "handbook manual policy procedure protocol sop",
    "implementation conversion rollout switch transition",
    "instrument equipment stretcher",
    "issue problem",
    "medical medicine",
    "medication inhaler insulin",
    "message chat email text",
    "patient pt pts",
    "phone telephone",
    "report scorecard dashboard",
    "reschedule schedule roster rota",
    "sample specimen swab",
)
_IRREGULAR = {
    "built": "build", "drew": "draw", "found": "find", "gave": "give", "held": "hold", "kept": "keep", "led": "lead",
    "made": "make", "met": "meet", "oversaw": "oversee", "ran": "run", "sent": "send", "taught": "teach",
    "spoke": "speak", "took": "take", "wrote": "write", "written": "write", "rewrote": "rewrite", "dealt": "deal",
}  # fmt: skip
_AGENT_ENDINGS = ("er", "or")
_NOT_VERBS = {"education", "reference", "references"}
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


def stems() -> frozenset[str]:
    """Return the stems of all words that have synonyms."""
    return frozenset(_senses())


def sense(stem: str) -> str:
    """Return the stem that represents the synonyms of a word with this stem."""
    return _senses().get(stem, stem)


def sense_of(word: str, stem: str) -> str:
    """Return the sense of a word in a text. 'Manager', 'hires', and 'education' are nouns."""
    if word == "hires":
        return sense("staff")
    if word in _NOT_VERBS:
        return stem
    is_agent = word.removesuffix("s").endswith(_AGENT_ENDINGS) and word not in _listed()
    return stem if is_agent else sense(stem)


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
