"""The highest education that a résumé states as completed, read clause by clause."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString

from guides.choices import EducationLevel

from .passages import passage

MAX_SECTION_LINES = 8
"""How many lines below the heading 'Education' state schools."""


_SCHOOLS = r"(?:academy|adult|c\.?c\.?|career|center|college|institute|program|school|tech(?:nical)?|vo-tech)\b"
_LEVELS = (
    (
        EducationLevel.DOCTORAL,
        r"ph\.?\s?d\b|doctorate|doctor of (?:dental|education|medicine\b|nursing|optometry|pharmacy|philosophy|physical"
        r"|psychology|veterinary)|pharm\.?d\b|\bm\.d\.|\bdnp\b",
    ),
    (
        EducationLevel.MASTER,
        r"master(?:[’']?s)? (?:degree|in|of (?:arts|business|education|engineering|fine|health|nursing|public|science"
        r"|social))|\bm\.[as]\.|\b(?:mba|mha|mph|msc|msn|msw)\b|(?-i:\bM\.?Ed\b)",
    ),
    (
        EducationLevel.BACHELOR,
        r"bachelor(?! part)|\bb\.\s?(?:a|s|sc|s\.w|n\.sc)\.|\b(?:bsn|bsw|bba|bas|bsc)\b"
        r"|(?-i:\bB[AS]\b(?=,| in\b| [A-Z][a-z]| (?:19|20)\d\d))",
    ),
    (
        EducationLevel.ASSOCIATE,
        r"associate(?:(?:[’']?s)? degree|[’']?s in |[’']?s? of (?:applied|arts|science)|s? in applied )"
        r"|\ba\.\s?a\.(?:\s?s\.)?|\ba\.\s?s\.|\baas\b|(?-i:\bA[AS]\b(?=,| in [A-Z]| [A-Z][a-z]))",
    ),
    (
        EducationLevel.POSTSECONDARY,
        rf"\b(?:certificate|diploma|dipl\.)(?=.{{0,50}}\b{_SCHOOLS})|\b{_SCHOOLS}(?=.{{0,40}}\b(?:certificate|diploma))"
        rf"|(?:course|class|program)\b(?=.{{0,40}}\b(?:academy|college|institute|workforce center))"
        r"|\bvo-tech\b"
        r"|trade school|vocational (?:school|training)|\bapprenticeship\b"
        r"|\b(?:medical|nursing|paralegal|secretarial|technician) (?:\w+ )?(?:certificate|diploma)\b",
    ),
    (
        EducationLevel.HIGH_SCHOOL,
        r"\b(?:finished|graduated from) (?:high )?school\b|\bbachillerato\b"
        r"|high[ -]school (?:diploma|equivalen|grad)|(?-i:\bGED\b|\bHSE\b)|\bhs diploma|secondary school"
        r"|\bgraduate of [\w .’'-]{3,40} high\b|\b(?:diploma|graduated?)\b.{0,40}\bhigh\b|\bhigh,? diploma\b"
        r"|\b(?:some college|no degree|credits\b.{0,30}\b(?:toward|college)|college\b.{0,30}\bcredits)",
    ),
)
_EDUCATION = tuple((level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS)
_SCHOOL = re.compile(r"\bhigh school\b|\bhigh\b(?=,? (?:19|20)\d\d)|\bh\.?s\.(?=\W)", re.IGNORECASE)
_COLLEGE_AND_YEAR = re.compile(rf"^(?!.*\bsome college\b).*\b{_SCHOOLS}.{{0,60}}\b(?:19|20)\d\d\b", re.IGNORECASE)
_HIGH = re.compile(r"\bhigh\b", re.IGNORECASE)
_ONLY_SCHOOL = re.compile(r"[\w .’'-]{3,40}\b(?:high school|high|h\.s\.),? (?:19|20)\d\d\s*", re.IGNORECASE)
"""A line that is only a school and the year of graduation."""

_COLLEGE = {EducationLevel.ASSOCIATE, EducationLevel.BACHELOR}
"""Colleges require a high school diploma of those who study for these."""

_EDUCATION_HEADING = re.compile(
    r"\W*(?:education|qualifications?|schools?|schooling|studied|training and education)\b(?P<rest>.*)", re.IGNORECASE
)
_HEADING = re.compile(r"\W*(?:[A-Z][A-Z &/]{3,40}|[A-Z]\w+(?: (?:and|&|\w+)){0,2})\s*:?\s*$")
_CLAUSE = re.compile(r"[;|]|(?:(?<=[a-z]{5})|(?<=\d{4}))\. |$")
_PENDING = re.compile(
    r"\[ \]|anticipated|candidate|currently|did not|didn.t|eligible|\bends\b|enrolled|expected|expired|hop(?:e|ing) to"
    r"|accepted|applied to|begun|in progress|incomplete|intern\b|lapsed|(?:courses?|classes) left|never"
    r"|not (?:completed|finish)|not licensed|now:|online, two"
    r"|pending|paused|plan(?:ning)? to|preparation|pursuing|starts?\b|stopped|toward|will start|unfinished"
    r"|(?<!honors )\bstudents?\b(?! (?:affairs|association|body|council|government|union))",
    re.IGNORECASE,
)
_SCHOOL_PENDING = re.compile(
    r"\[ \]|anticipated|currently|\bends\b|enrolled|expected|in progress|pending|working on|\bgrade\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b20\d\d\b")


class Education(NamedTuple):
    """A level of education, and the passage that states it."""

    level: EducationLevel
    passage: SafeString


class Line(NamedTuple):
    text: str
    start: int
    is_education: bool


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines, and whether each is below the heading 'Education'."""
    start, left = 0, 0
    for line in text.split("\n"):
        if heading := _EDUCATION_HEADING.match(line):
            left = MAX_SECTION_LINES
            yield Line(line, start, is_education=bool(heading["rest"].strip()))
        else:
            left = 0 if _HEADING.fullmatch(line) and line.strip() else left - 1
            yield Line(line, start, is_education=left >= 0)
        start += len(line) + 1


def highest_education(text: str, lines: Iterable[Line], *, today: date) -> Education | None:
    """Return the highest completed education."""
    levels = tuple(level for level, _pattern in _EDUCATION)
    best: tuple[int, int, int] | None = None
    for line in lines:
        for start, clause in _clauses(line.text):
            for level, match in _levels(clause, line, today=today):
                rank, place = levels.index(level), line.start + start
                if best is None or rank < best[0]:
                    best = rank, place + match.start(), place + match.end()
    return best and Education(levels[best[0]], passage(text, *best[1:]))


def _levels(clause: str, line: Line, *, today: date) -> Iterator[tuple[EducationLevel, re.Match[str]]]:
    """Yield the levels that a clause states as completed. A degree in progress shows that school is."""
    is_future = any(int(year[0]) > today.year for year in _YEAR.finditer(clause))
    for level, pattern in _EDUCATION:
        found = pattern.search(clause)
        if level == EducationLevel.HIGH_SCHOOL:
            found = found or (_SCHOOL.search(clause) if line.is_education else _ONLY_SCHOOL.fullmatch(clause))
            if found and not is_future and not _SCHOOL_PENDING.search(clause):
                yield level, found
            continue
        if level == EducationLevel.POSTSECONDARY and line.is_education:
            found = found or _COLLEGE_AND_YEAR.search(clause)
        if found and not (level == EducationLevel.POSTSECONDARY and _is_school_diploma(clause)):
            if not is_future and not _PENDING.search(clause):
                yield level, found
            elif level in _COLLEGE:
                yield EducationLevel.HIGH_SCHOOL, found


def _is_school_diploma(clause: str) -> bool:
    """Return whether a diploma is that of a high school: 'Diploma, Central High School'."""
    return bool(_HIGH.search(clause)) and "certificate" not in clause.lower()


def _clauses(line: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the text of each clause of a line."""
    start = 0
    for match in _CLAUSE.finditer(line):
        yield start, line[start : match.start()]
        start = match.end()
