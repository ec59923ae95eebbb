"""Words that mean the same in a résumé, so that editors need not list each phrase for a skill.

Two words of a phrase may be exchanged for their synonyms. A phrase of one word has none: 'supervised' says more than
'managed'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from guides import words

_ACTIONS = (
    "address answer deescalate handle investigate mediate reply resolve resolution respond response settle solve",
    "analyze analyse analysis analyst evaluate interpret",
    "assign build compile create design develop establish generate make prepare produce",
    "catch notice spot",
    "check confirm validate verify verification",
    "clean disinfect sanitise sanitize sterilise sterilize wipe",
    "coach mentor onboard precept train",
    "balance count reconcile",
    "collect gather obtain request",
    "communicate speak talk",
    "connect link refer",
    "draft revise rewrite write update",
    "educate instruct show teach",
    "file process send submit submission",
    "hire interview recruit recruitment",
    "run operate work",
    "lead direct manage mgmt oversee supervise supervision",
    "serve attend wait",
)
_NOUNS = (
    "agent aide apprentice assistant associate barista cashier clerk colleague coworker crew employee"
    " extern intern nurse personnel preceptee receptionist sailor server soldier staff teacher team tech technician"
    " teller trainee usher volunteer worker",
    "agency charity foundation nonprofit",
    "angry difficult frustrated irate unhappy upset",
    "annual daily monthly quarterly weekly",
    "applicant candidate",
    "appointment appt consultation encounter imaging surgery ultrasound visit",
    "bill invoice claim",
    "caller customer guest member patron shopper visitor",
    "authorization auth",
    "benefit coverage eligibility insurance medicaid medicare",
    "chart charting record",
    "class course workshop",
    "complaint complain concern conflict dispute escalation grievance",
    "computer computerized digital electronic paperless",
    "denial deny appeal",
    "drawer register safe till",
    "doctor physician practitioner provider",
    "fast quick easily",
    "family caregiver father mother parent",
    "exam operating treatment",
    "handbook manual policy procedure protocol sop",
    "housing pantry rent shelter transportation",
    "implementation conversion merger migration rollout switch transition",
    "instrument equipment stretcher",
    "issue problem",
    "medication inhaler insulin medicine",
    "mistake discrepancy error typo",
    "message chat email text",
    "oriented attentive driven focused minded",
    "patient pt pts resident",
    "phone telephone",
    "report scorecard dashboard",
    "question inquiry",
    "reschedule schedule roster rota grid",
    "sample specimen swab",
    "software platform system",
)
_IRREGULAR = {
    "built": "build", "drew": "draw", "found": "find", "gave": "give", "held": "hold", "kept": "keep", "led": "lead",
    "made": "make", "met": "meet", "oversaw": "oversee", "ran": "run", "sent": "send", "taught": "teach",
    "spoke": "speak", "took": "take", "wrote": "write", "written": "write", "rewrote": "rewrite", "dealt": "deal",
}  # fmt: skip
_AGENT_ENDINGS = ("er", "or")
_HELP = {"assist", "assists", "assisted", "assisting", "assistance"}
"""Unlike 'assistant', which has the same stem, these are no staff."""

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
    if word in _HELP:
        return words.stem("help")
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
