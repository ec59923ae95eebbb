"""Whether a résumé claims a skill or a title: a clause may negate it, wish for it, or be about someone else.

A clause negates by a negation word and wishes by a phrase such as 'hope to'. Single words with other common meanings,
such as 'plan' or 'read', do not count.
"""

import re
from itertools import pairwise

from .tokens import Boundary, TokenizedText

MAX_CLAUSE_WORDS, NEARBY_WORDS = 30, 4
"""How many words before a name are its clause at most, and how many are near enough to qualify it."""

_NEGATIONS = {
    "cannot", "lack", "lacked", "lacking", "lacks", "neither", "never", "no", "none", "nor", "not", "unfamiliar",
    "without", "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt",
    "shant", "shouldnt", "wasnt", "werent", "wont", "wouldnt",
}  # fmt: skip
_NOT_ONLY = {"only", "just", "merely"}
"""After a negation, as in 'not only', these cancel it."""

_PENDING = {
    "anticipated", "candidate", "eligible", "enrolled", "expected", "inactive", "lapsed", "expired", "ongoing",
    "pending", "preparing", "studying", "upcoming",
}  # fmt: skip
_PENDING_PAIRS = {("in", "progress"), ("in", "training"), ("exam", "scheduled"), ("working", "on")}
"""Near the name of a certificate, these show that the writer does not hold it today."""

MAX_PENDING_WORDS = 8
"""How many words behind a certificate, such as its issuer, may come before one of these."""

_UNFINISHED = {"begin", "begins", "begun", "dropped", "ends", "halfway", "quit", "starts", "upcoming"}
_UNFINISHED_PAIRS = {
    ("in", "progress"), ("not", "finished"), ("never", "finished"), ("this", "term"), ("next", "term"),
    ("this", "semester"), ("next", "semester"), ("currently", "in"), ("currently", "taking"), ("signed", "up"),
}  # fmt: skip
_COURSES = {"class", "classes", "course", "courses", "lesson", "module", "modules", "program", "term", "semester"}
"""Together with one of the words above, these say that the writer has yet to learn something."""

_ANSWERED_NO = re.compile(r"\s*(?:\?\s*no\b|\|\s*(?:no?|none)\s*(?:\||$))", re.IGNORECASE | re.MULTILINE)
_NONE = {"no", "none", "never"}
_BEHIND_NO = {"experience", "training", "used", "yet"}
_EXPIRED = {"lapsed", "expired"}
_NEGATIONS_BEHIND = {("not", "yet"), ("plan", "to"), ("are", "done", "by"), ("is", "done", "by")}
"""Phrases that negate the name before them. 'Epic: none' does, and 'Epic, no Cerner' does not."""

_CONTRASTS = {"but", "however", "though", "although"}

_WISH_VERBS = {
    "aim", "aiming", "eager", "excited", "hope", "hoping", "looking", "plan", "planning", "want", "wanting", "willing",
    "wish", "wishing",
}  # fmt: skip
_WISHES = {
    *((word, "to") for word in _WISH_VERBS),
    ("would", "like"), ("would", "love"), ("interested", "in"), ("enrolled", "in"), ("next", "step"),
    ("to", "become"), ("will", "become"), ("day", "become"), ("working", "toward"), ("working", "towards"),
    ("heard", "of"), ("heard", "about"), ("read", "about"), ("looking", "for"), ("sat", "in"),
}  # fmt: skip
_TITLE_WISHES = _WISHES | {
    ("applied", "for"), ("apply", "for"), ("applying", "for"), ("thinking", "about"),
    ("thinking", "of"), ("would", "be"),
}  # fmt: skip
_PURSUING = {"pursuing"}
_SEEKING = _PURSUING | {"seek", "seeking", "seeks", "objective"}

_GOALS = re.compile(
    r"^[^\w\n]{0,20}(?:(?:career|job|professional|work) )?(?:objet?c?tives?|goals?|plans?|aims?|i want|what i want"
    r"|what i(?: am|[’']m) looking for|wants?|looking for|seeking"
    r"|(?:hobbies|interests)(?: (?:and|&) (?:hobbies|interests))?"
    r"|(?:desired |target )?position(?: desired| sought| wanted)?)[ \t]*(?:[:.–—-]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading of a section about the job that the writer wants, or about leisure. It ends with an empty line."""

_PARTIAL = {
    "basic", "basics", "beginner", "beginning", "exposure", "familiar", "familiarity", "introductory", "introduction",
    "learning", "limited", "novice", "some", "studying", "shadowed", "elementary",
}  # fmt: skip

_THIRD_PERSON = {"he", "she", "they"}
_PEOPLE = {
    "boss", "brother", "coworker", "dad", "daughter", "father", "friend", "husband", "manager", "mom", "mother",
    "partner", "sister", "son", "supervisor", "wife",
}  # fmt: skip
"""At the start of a clause, "my" and one of these is its subject."""

_OTHERS = _PEOPLE | {
    "company", "department", "director", "doctor", "doctors", "firm", "hospital", "nurse", "nurses", "office", "owner",
    "owners", "pharmacist", "treasurer",
}  # fmt: skip
"""At the start of a clause, "the" or "our" and one of these are its subject."""

_VERBS = {("is",), ("was",), ("works",), ("worked",), ("does",), ("did",), ("handles",), ("handled",)}
_RELATIVES = (_PEOPLE | {"hr"}) - {"boss", "coworker", "friend", "manager", "partner", "supervisor"}
"""At the start of a clause, these are its subject before a verb such as 'is'."""

_REFERENCES = {"mr", "mrs", "ms", "reference", "references"}
_REPORTING_TO = {("report", "to"), ("reported", "to"), ("reporting", "to")}
_LABELS = {"aim", "desired", "goal", "goals", "supervisor", "target", "wanted"}
"""A title after one of these and a colon is a goal, or a supervisor's."""

_COURSE = re.compile(
    r"\s*[(,]?\s*(?:[a-z]+ )?(program|class|course|coursework|diploma|certificate|certification|degree|student|school"
    r"|studies|graduate|trainee|a a s|aas|b s|bs)\b"
)
"""Behind a title, these make it the name of a course."""

_COLLEAGUES = {
    "alongside", "assist", "assisted", "assisting", "by", "for", "hire", "hired", "shadowed", "shadowing", "supervised",
    "supervising", "support", "supported", "supporting", "under", "with",
}  # fmt: skip
"""A title directly after one of these is someone else's."""

_ARTICLES = {"a", "an", "the", "another"}
_POSSESSIVES = {"her", "his", "my", "our", "their", "your"}


def goals(text: TokenizedText) -> frozenset[int]:
    """Return the indexes of the tokens in sections about the job that the writer wants."""
    found, end, index = set[int](), 0, 0
    for match in _GOALS.finditer(text.text):
        if match.start() < end:
            continue
        blank = text.text.find("\n\n", match.end())
        end = blank if blank >= 0 else len(text.text)
        while index < len(text.tokens) and text.tokens[index].start < end:
            if text.tokens[index].start >= match.start():
                found.add(index)
            index += 1
    return frozenset(found)


def is_negated(text: TokenizedText, first: int, last: int) -> bool:
    """Return whether the text says that the writer does not have a skill, not yet, or that someone else has it."""
    clause = _clause_start(text, first)
    before = text.words(clause, first)
    return (
        _has_negation(before)
        or _is_unfinished_course(text, clause, last)
        or not _PURSUING.isdisjoint(before)
        or not _WISHES.isdisjoint(pairwise(before))
        or _is_about_another_person(text, clause, first)
        or _is_negated_behind(text, last)
    )


def is_partial(text: TokenizedText, first: int, last: int) -> bool:
    """Return whether the text says that the writer has only some of a skill."""
    nearby = text.words(max(_clause_start(text, first), first - NEARBY_WORDS), first)
    return not _PARTIAL.isdisjoint((*nearby, *_words_behind(text, last)[:1]))


def is_pending(text: TokenizedText, first: int, last: int) -> bool:
    """Return whether the text says of a certificate or a course that it is in progress, expected, or expired."""
    nearby = text.words(max(_clause_start(text, first), first - NEARBY_WORDS), first)
    return any(
        not _PENDING.isdisjoint(group) or not _PENDING_PAIRS.isdisjoint(pairwise(group))
        for group in (nearby, _remarks_behind(text, last))
    )


def is_not_held(text: TokenizedText, first: int) -> bool:
    """Return whether the words before a title show that it is a goal or the title of another person."""
    clause, line = _clause_start(text, first), _line_start(text, first)
    before = text.words(clause, first)
    is_goal = not _SEEKING.isdisjoint(before) or not _TITLE_WISHES.isdisjoint(pairwise(before))
    if is_goal or _has_negation(before[-NEARBY_WORDS:]) or _is_about_another_person(text, clause, first):
        return True
    direct = _without_articles(before)
    if direct[-1:] == ("as",):
        return False
    in_line = text.words(line, first)
    return (
        not _REFERENCES.isdisjoint(in_line)
        or not _REPORTING_TO.isdisjoint(pairwise(in_line))
        or _is_labeled(text, line, first)
        or not _POSSESSIVES.isdisjoint(direct[-1:])
        or not _COLLEAGUES.isdisjoint(direct[-1 - NEARBY_WORDS :] if direct[-1:] == ("and",) else direct[-1:])
    )


def is_course(text: TokenizedText, last: int) -> bool:
    """Return whether a title names a course or a degree: 'Medical Assistant program'."""
    return bool(_COURSE.match(_gap_behind(text, last) + " ".join(_words_behind(text, last))))


def _has_negation(words: tuple[str, ...]) -> bool:
    return any(word in _NEGATIONS and following not in _NOT_ONLY for word, following in pairwise((*words, "")))


def _clause_start(text: TokenizedText, first: int) -> int:
    """Return the index of the token that starts the clause of a span, or the part of it after a contrast."""
    for index in range(first, max(0, first - MAX_CLAUSE_WORDS), -1):
        if text.tokens[index].boundary == Boundary.CLAUSE or text.tokens[index - 1].word in _CONTRASTS:
            return index
    return max(0, first - MAX_CLAUSE_WORDS)


def _clause_end(text: TokenizedText, last: int) -> int:
    """Return the index behind the clause of a span."""
    end = min(last + NEARBY_WORDS * 2, len(text.tokens))
    return next((index for index in range(last, end) if text.tokens[index].boundary == Boundary.CLAUSE), end)


def _is_unfinished_course(text: TokenizedText, clause: int, last: int) -> bool:
    """Return whether the clause is about a course that has not ended."""
    found = text.words(clause, _clause_end(text, last))
    is_unfinished = not _UNFINISHED.isdisjoint(found) or not _UNFINISHED_PAIRS.isdisjoint(pairwise(found))
    return is_unfinished and not _COURSES.isdisjoint(found)


def _is_as_a_patient(behind: tuple[str, ...]) -> bool:
    """Return whether the writer is a patient or the parent of one: 'I use MyChart as a parent'."""
    return any(
        first == "as" and second == "a" and third in {"parent", "patient"}
        for first, second, third in zip(behind, behind[1:], behind[2:], strict=False)
    )


def _line_start(text: TokenizedText, first: int) -> int:
    """Return the index of the token that starts the line of a span."""
    newline = text.text.rfind("\n", 0, text.tokens[first].start)
    candidates = range(max(0, first - MAX_CLAUSE_WORDS), first + 1)
    return next(index for index in candidates if text.tokens[index].start > newline)


def _is_about_another_person(text: TokenizedText, clause: int, first: int) -> bool:
    """Return whether the subject of the clause is another person, who does not say something about the writer."""
    if "i" in text.words(clause + 1, first):
        clause = max(index for index in range(clause, first) if text.tokens[index].word == "i")
    for index in range(clause, first):
        token, behind = text.tokens[index], text.words(index + 1, min(first, index + 4))
        if token.word in _THIRD_PERSON or (token.word == "who" and token.boundary == Boundary.PART):
            return True
        is_verb_behind = behind[:1] in _VERBS or token.word not in _RELATIVES  # "Wife's a manager"
        if index == clause and token.word.removesuffix("s") in _RELATIVES and is_verb_behind:
            return True
        begins = index == clause or token.boundary > Boundary.NONE
        if begins and token.word == "my" and not _PEOPLE.isdisjoint(behind):
            return True
        if index == clause and token.word in {"our", "the"} and not _OTHERS.isdisjoint(behind[:2]):
            return True
    return False


def _is_labeled(text: TokenizedText, line: int, first: int) -> bool:
    """Return whether a title follows a label such as 'Supervisor:' or 'Desired position:'."""
    colons = [index for index in range(line + 1, first + 1) if text.tokens[index].boundary == Boundary.LABEL]
    return any(not _LABELS.isdisjoint(text.words(max(line, colon - 2), colon)) for colon in colons)


def _without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    return _without_articles(words[:-1]) if words and words[-1] in _ARTICLES else words


def _is_negated_behind(text: TokenizedText, last: int) -> bool:
    if _ANSWERED_NO.match(text.text, text.tokens[last - 1].end):
        return True
    behind = _words_behind(text, last)
    later = text.words(last, _clause_end(text, last))
    if ("done", "by") in pairwise(later) or ("handled", "by") in pairwise(later) or _is_as_a_patient(later):
        return True
    endings = _EXPIRED | _NONE if _is_answer(text, last) else _EXPIRED
    return bool(endings.intersection(behind[:1]) or _NEGATIONS_BEHIND & {behind[:2], behind[:3]})


def _is_answer(text: TokenizedText, index: int) -> bool:
    """Return whether a word such as 'no' is about the name before it, unlike in 'Epic - no weekends'."""
    if "," in _gap_behind(text, index):
        return False
    following = text.tokens[index + 1 : index + 2]
    return not following or following[0].boundary > Boundary.NONE or following[0].word in _BEHIND_NO


def _remarks_behind(text: TokenizedText, last: int) -> tuple[str, ...]:
    """Return the words behind a name that may be about it: those in its line, up to the next abbreviation."""
    found: list[str] = []
    for index in range(last, min(last + MAX_PENDING_WORDS, len(text.tokens))):
        token = text.tokens[index]
        gap = text.text[text.tokens[index - 1].end : token.start]
        is_next_name = (
            bool(re.search(r"[,|/—–]", gap)) and len(token.text) > 1 and token.text.isupper() and token.text.isalpha()
        )
        if token.boundary == Boundary.CLAUSE or "\n" in gap or is_next_name:
            break
        found.append(token.word)
    return tuple(found)


def _words_behind(text: TokenizedText, last: int) -> tuple[str, ...]:
    """Return the three words after a span, if they are in the same sentence or row of a table."""
    return () if re.search(r"[.;!?\n]", _gap_behind(text, last)) else text.words(last, last + 3)


def _gap_behind(text: TokenizedText, last: int) -> str:
    """Return the text between a span and the token after it."""
    end = text.tokens[last].start if last < len(text.tokens) else None
    return text.text[text.tokens[last - 1].end : end]
