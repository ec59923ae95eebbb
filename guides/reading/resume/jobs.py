"""The paid jobs in a résumé that have dates, and the years of work in them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .education import Line

MAX_YEARS = 60


_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+|(?:0?[1-9]|1[0-2])/)?"
_PERIOD = re.compile(
    rf"\b{_MONTH}(?P<first>(?:19|20)\d\d)\s*(?:-|–|—|to|till|until|through)\s*{_MONTH}"
    r"(?:(?P<last>(?:19|20)\d\d|\d\d(?!\d))|(?P<now>present|current|now|today|date))\b",
    re.IGNORECASE,
)


_HEALTH = re.compile(
    r"\b(?:aid station|ambulance|billing office|cardiology|cna|cnas|clinic|clinical|clinics|corpsman|dental|dentist"
    r"|dermatology|dialysis|doctors?|drs?\.|elder|emergency department|ems|emt|endodontics|gastroenterology|health"
    r"|healthcare|home care|hospice|hospital|internal medicine|lab|lpn|medic|medical|medicine|neurology|nurses?|nursing"
    r"|ob/?gyn|oncology|orthop\w+|patients?|pediatrics?|pharmac\w+|phlebotom\w+|physicians?|primary care|psychiatr\w+"
    r"|pulmonary|rehab\w*|respiratory|rn|senior living|surgery|surgical|urgent care|urology|68w)\b",
    re.IGNORECASE,
)
_NOT_HEALTH = re.compile(r"\b(?:animal|veterinary|vet|volunteer\w*|academy|student)\b", re.IGNORECASE)
_UNPAID = re.compile(
    r"\b(?:volunteer\w*|extern\w*|intern(?:ship)?|babysitting|at home|20\d\d\s+home(?=[.,])|home ?school(?:ed|ing)"
    r"|stay-at-home|certificates?|bootcamp)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-*–—•·>+▸■~○]|\d+[.)]|[ivx]+\.)\s|\s{2,}\S")


class Job(NamedTuple):
    """A paid job: its calendar years, and whether it was in health care."""

    years: range
    is_health_care: bool


def jobs_in(lines: tuple[Line, ...], *, today: date) -> Iterator[Job]:
    """Yield the paid jobs that have dates."""
    for number, line in enumerate(lines):
        if line.is_education:
            continue
        for found in _PERIOD.finditer(line.text):
            first = int(found["first"])
            last = today.year if found["now"] else int(found["last"])
            last += first // 100 * 100 if last < 100 else 0
            head = _head(lines, number)
            if first <= last <= today.year and last - first <= MAX_YEARS and not _UNPAID.search(head):
                is_health = bool(_HEALTH.search(head)) and not _NOT_HEALTH.search(head)
                yield Job(range(first, max(last, first + 1)), is_health)


def _head(lines: tuple[Line, ...], number: int) -> str:
    """Return the lines that name a job: the one with its period, and those next to it that are no list items."""
    line = lines[number].text
    if len(re.findall(r"[^\W\d_]{3,}", _PERIOD.sub("", line))) > 6:
        return line
    before = lines[number - 1].text if number else ""
    behind = lines[number + 1].text if number + 1 < len(lines) else ""
    return "\n".join(
        (line, *(near for near in (before, behind) if not _BULLET.match(near) and not _PERIOD.search(near)))
    )


def years_of(jobs: Iterable[Job]) -> int | None:
    """Count the years of jobs, or return None if there are none. Years in which jobs overlap count once."""
    return len({year for job in jobs for year in job.years}) or None
