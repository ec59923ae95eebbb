"""What else a résumé states: the highest education, years of work, languages, and licenses."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString

from guides.choices import EducationLevel

from .passages import passage

MAX_SECTION_LINES = 8
"""How many lines below the heading 'Education' state schools."""

MAX_YEARS = 60


class Fact(NamedTuple):
    """A fact, such as a language, and the passage that states it."""

    value: str
    passage: SafeString


class Education(NamedTuple):
    """A level of education, and the passage that states it."""

    level: EducationLevel
    passage: SafeString


class Facts(NamedTuple):
    """What a résumé states about its writer.

    `years` counts the years of all dated jobs, without overlaps, and `health_years` those in health care.
    """

    education: Education | None = None
    years: int | None = None
    health_years: int | None = None
    languages: tuple[Fact, ...] = ()
    licenses: tuple[Fact, ...] = ()


_LEVELS = (
    (EducationLevel.DOCTORAL, r"ph\.?\s?d\b|doctorate|doctor of|pharm\.?d\b|\bm\.d\.|\bdnp\b"),
    (
        EducationLevel.MASTER,
        r"master(?:[’']?s)? (?:degree|in|of (?:arts|business|education|engineering|fine|health|nursing|public|science"
        r"|social))|\bm\.[as]\.|\b(?:mba|mha|mph|msn|msw|m\.?ed)\b",
    ),
    (
        EducationLevel.BACHELOR,
        r"bachelor|\bb\.(?:a|s|sc)\.|\b(?:bsn|bba|bsc)\b|(?-i:\bB[AS]\b)(?=,| in| \w+ (?:state|university))",
    ),
    (
        EducationLevel.ASSOCIATE,
        r"associate(?:(?:[’']?s)? degree|[’']s? in |s? of |s? in applied )|\ba\.a\.(?:s\.)?|\ba\.s\.|\baas\b"
        r"|(?-i:\bA[AS]\b)(?=,| in )",
    ),
    (
        EducationLevel.POSTSECONDARY,
        r"(?:certificate|diploma)\b(?=.{0,40}\b(?:academy|college|institute|program))"
        r"|\b(?:academy|college|institute|program)\b(?=.{0,40}\b(?:certificate|diploma))"
        r"|trade school|vocational (?:school|training)",
    ),
    (
        EducationLevel.HIGH_SCHOOL,
        r"high[ -]school (?:diploma|equivalen|grad)|(?-i:\bGED\b|\bHSE\b)|\bhs diploma|secondary school",
    ),
)
_EDUCATION = tuple((level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS)
_SCHOOL = re.compile(r"\bhigh school\b|\bh\.?s\.(?=\W)", re.IGNORECASE)
_EDUCATION_HEADING = re.compile(r"\W*(?:education|school|schools|schooling)\b(?P<rest>.*)", re.IGNORECASE)
_HEADING = re.compile(r"\W*(?:[A-Z][A-Z &/]{3,40}|[A-Z]\w+(?: (?:and|&|\w+)){0,2})\s*:?\s*$")
_PENDING = re.compile(
    r"anticipated|candidate|currently|did not|eligible|enrolled|expected|expired|hop(?:e|ing) to|in progress|incomplete"
    r"|lapsed|no degree|not finish|pending|plan(?:ning)? to|pursuing|some college|student|toward",
    re.IGNORECASE,
)

_LANGUAGES = re.compile(
    r"\b(American Sign Language|ASL|Amharic|Arabic|Armenian|Bengali|Burmese|Cantonese|English|Farsi|French|German|Greek"
    r"|Gujarati|Haitian Creole|Hebrew|Hindi|Hmong|Igbo|Italian|Japanese|Khmer|Korean|Lao|Mandarin|Nepali|Oromo|Pashto"
    r"|Persian|Polish|Portuguese|Punjabi|Romanian|Russian|Somali|Spanish|Swahili|Tagalog|Tamil|Telugu|Thai|Tigrinya"
    r"|Turkish|Twi|Ukrainian|Urdu|Vietnamese|Yoruba)\b"
)
_SPOKEN = re.compile(
    r"\b(?:bi|tri|multi)lingual|\bfluent|\blanguages?\b|\bspeak|\bspoken?\b|\bnative\b|\bconversational\b|\binterpret"
    r"|\btranslat|\bproficient in\b",
    re.IGNORECASE,
)

_LICENSES = re.compile(
    r"\b(?:barber|cosmetology|driver[’']?s?|electrician[’']?s?|insurance|journeyman|lpn|nursing|pharmacy|plumb(?:er|ing)"
    r"|real estate|rn|teaching)[’']?s? licen[sc]e\b|\b(?:secret|security) clearance\b"
    r"|(?-i:\b(?:ACLS|BLS|CDL|CNA|CPR|EMT(?:-[BIP])?|LPN|NREMT|OSHA[ -](?:10|30)|PALS|RN)\b)|\bfirst aid\b"
    r"|\bfood (?:handler|manager)[’']?s?|\bforklift (?:certified|license|operator)|\bserv ?safe\b|\bnotary public\b",
    re.IGNORECASE,
)

_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+|(?:0?[1-9]|1[0-2])/)?"
_PERIOD = re.compile(
    rf"\b{_MONTH}(?P<first>(?:19|20)\d\d)\s*(?:-|–|—|to|until|through)\s*{_MONTH}"
    r"(?:(?P<last>(?:19|20)\d\d|\d\d(?!\d))|(?P<now>present|current|now|today|date))\b",
    re.IGNORECASE,
)


def read_facts(text: str, *, today: date) -> Facts:
    lines = tuple(_lines(text))
    return Facts(_education(text, lines), _years(lines, today=today), None, _languages(text), _licenses(text))


class _Line(NamedTuple):
    text: str
    start: int
    is_education: bool


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines, and whether each is below the heading 'Education'."""
    start, left = 0, 0
    for line in text.split("\n"):
        if heading := _EDUCATION_HEADING.match(line):
            left = MAX_SECTION_LINES
            yield _Line(line, start, is_education=bool(heading["rest"].strip()))
        else:
            left = 0 if _HEADING.fullmatch(line) and line.strip() else left - 1
            yield _Line(line, start, is_education=left >= 0)
        start += len(line) + 1


def _education(text: str, lines: Iterable[_Line]) -> Education | None:
    """Return the highest completed education."""
    best: tuple[int, EducationLevel, int, int] | None = None
    for line in lines:
        for rank, (level, pattern) in enumerate(_EDUCATION):
            found = pattern.search(line.text)
            if not found and level == EducationLevel.HIGH_SCHOOL and line.is_education:
                found = _SCHOOL.search(line.text)
            if found and not _PENDING.search(line.text) and (best is None or rank < best[0]):
                best = rank, level, line.start + found.start(), line.start + found.end()
    return best and Education(best[1], passage(text, *best[2:]))


def _years(lines: Iterable[_Line], *, today: date) -> int | None:
    """Return the number of years in which the writer worked, by the dates of the jobs."""
    years = set[int]()
    for line in lines:
        for found in () if line.is_education else _PERIOD.finditer(line.text):
            first = int(found["first"])
            last = today.year if found["now"] else int(found["last"])
            last += first // 100 * 100 if last < 100 else 0
            if first <= last <= today.year and last - first <= MAX_YEARS:
                years.update(range(first, max(last, first + 1)))
    return len(years) or None


def _languages(text: str) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for match in _LANGUAGES.finditer(text):
        line = _line_around(text, match.start())
        if _SPOKEN.search(line) or _is_item(text, match):
            found.setdefault(match[0], Fact(match[0], passage(text, *match.span())))
    return tuple(found.values())


def _licenses(text: str) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for match in _LICENSES.finditer(text):
        behind = re.split(r"[,;|\n](?!\s*(?:expected|expired|in progress))", text[match.end() : match.end() + 60])[0]
        if not _PENDING.search(behind):
            found.setdefault(match[0].casefold(), Fact(match[0], passage(text, *match.span())))
    return tuple(found.values())


def _line_around(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else None][:400]


def _is_item(text: str, match: re.Match[str]) -> bool:
    """Return whether a match is a whole item of a list."""
    before = text[max(0, match.start() - 40) : match.start()].rstrip(" ")
    behind = text[match.end() : match.end() + 40].lstrip(" ")
    return before[-1:] in {"", ",", ";", "|", "•", "\n", ":", "/"} and bool(re.match(r"[,;|•\n(/]|$", behind))
