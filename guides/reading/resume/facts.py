"""What else a résumé states: the highest education, years of work, languages, and licenses."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString

from .education import Education, highest_education, lines_of
from .jobs import jobs_in, years_of
from .passages import passage


class Fact(NamedTuple):
    """A fact, such as a language, and the passage that states it."""

    value: str
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


_ONE_WORD = """
    Afrikaans Akan Albanian Amharic Arabic Armenian ASL Bengali Bosnian Bulgarian Burmese Cantonese Cebuano
    Chinese Creole Croatian Czech Danish Dari Dutch Ewe Farsi Finnish French Fulani German Greek Gujarati Hausa
    Hebrew Hindi Hmong Hungarian Igbo Ilocano Indonesian Italian Japanese Khmer Kinyarwanda Korean Kurdish
    Lao Lingala Lithuanian Malay Malayalam Mandarin Marathi Marshallese Mixtec Mongolian Navajo Nepali Norwegian
    Oromo Pashto Persian Polish Portuguese Punjabi Quechua Romanian Russian Samoan Serbian Slovak Somali Spanish
    Swahili Swedish Tagalog Taiwanese Tamil Telugu Thai Tibetan Tigrinya Toishanese Tongan Turkish Twi Ukrainian
    Urdu Uzbek Vietnamese Wolof Yoruba Zulu
"""
_VARIETIES = (
    "American Sign Language", "Cape Verdean Creole", "Haitian Creole", "Louisiana Creole", "Louisiana French",
)  # fmt: skip
_LANGUAGES = re.compile(
    rf"\b({'|'.join(form for name in (*_VARIETIES, *_ONE_WORD.split()) for form in (name, name.upper()))})\b"
)
_SPOKEN = re.compile(
    r"\b(?:bi|tri|multi)lingual|\bfluent|\blanguages?\b|\bspeak|\bspoken?\b|\bnative\b|\bconversational\b|\binterpret"
    r"|\btranslat|\bproficient in\b|\bconversation\b|\bgood\b|\blang:"
    r"|\bEnglish(?: and |/| & |, )\w+\b(?! (?:class|department|literature|teacher))|\w+(?: and |/| & |, )English\b"
    r"|\bfirst language\b|\b[A-Z][a-z]+ first, English\b",
    re.IGNORECASE,
)
_LITTLE_BEFORE = re.compile(
    r"\b(?:a little|basic|beginner|kitchen|learning|limited|no|not|school|some|studying)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_LITTLE_BEHIND = re.compile(
    r"\s*[(,:–-]?\s*(?:from my \w+, )?(?:a little|basic|beginner|intermediate|limited|school|so[ -]so|some"
    r"|(?:\w+ )?years? of)\b"
    r"|\s+(?:class|course|restaurant|teacher|wine|food|press|fries|department)",
    re.IGNORECASE,
)
"""Less than conversation."""

_LICENSES = re.compile(
    r"\b(?:adjuster|barber|cosmetology|electrician[’']?s?|insurance|journeyman|lpn|nursing|pharmacy"
    r"|plumb(?:er|ing)|real estate|rn|teach(?:er|ing))[’']?s? (?:licen[sc]e|certificate)\b|\blicensed cosmetologist\b"
    r"|(?-i:\b(?:ACLS|AINS|BLS|CCMA|CDL|CHAA|CHW|CMPE|CNA|CNOR|CPC|CPI|CPR|CPhT|CPT-1|CVT|EFDA|EMD|EMT(?:-[BIP])?|HHA"
    r"|LPN|LSW|LVN|NCIC|NCMA|NE-BC|NREMT|OSHA[ -](?:10|30)|PALS|PCCN|RDA|RHIT|RN|RRT)\b)"
    r"|\bcertified medical interpreter\b|\bCompTIA A\+|\bIV certified\b"
    r"|\bfood (?:handler|manager)[’']?s?|\bforklift\b|\bserv ?safe\b|\bnotary public\b",
    re.IGNORECASE,
)


_LICENSE_SECTION = re.compile(
    r"^[^\w\n]*(?:certificat(?:es|ions?)|certs|credentials|licen[sc](?:es?|ures?)"
    r"|(?:certifications?|licen[sc]es?) (?:and|&) \w+)[^\w\n]*(?:[:\n])(?P<names>(?:.+\n?){1,6})",
    re.IGNORECASE | re.MULTILINE,
)
_ABBREVIATION = re.compile(r"(?<![\w(/-])[A-Z]{3,5}(?![\w/-])(?! ?\([^)]*\b(?:expired|lapsed))")
_NO_LICENSES = {
    "AAMA", "AED", "AHA", "AMT", "ANA", "ARC", "CMA", "CMAA", "CPCT", "EHR", "EKG", "EMR", "EXP", "GED", "HIPAA",
    "HIPPA", "NCCT", "NHA", "OSHA", "RMA", "TBD", "THRU", "USA", "YMCA",
}  # fmt: skip
"""Issuers of licenses, skills, and other abbreviations."""


_REMARK = re.compile(
    r"(?:[,;|\n—•]|\.\s)(?!\s*(?:expected|expired|in progress|inactive|lapsed|state of))", re.IGNORECASE
)
_NOT_HELD = re.compile(
    r"anticipated|candidate|\bclass\b|eligible|exam\b|expected|expired|in preparation|in progress|inactive|lapsed|never"
    r"|pending|not completed|out of date|planned|program\b"
    r"|scheduled|starting|student|studying|will start|^\?|^ (?:not|to be)",
    re.IGNORECASE,
)
_NOT_HELD_BEFORE = re.compile(r"(?:\bno|\bnot|\bnot licensed as|\bbecome|\bto be)(?: an?)? $|NCLEX-$", re.IGNORECASE)


def read_facts(text: str, *, today: date) -> Facts:
    lines = tuple(lines_of(text))
    jobs = tuple(jobs_in(lines, today=today))
    return Facts(
        highest_education(text, lines, today=today),
        years_of(jobs),
        years_of(job for job in jobs if job.is_health_care),
        _languages(text),
        _licenses(text),
    )


def _languages(text: str) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for match in _LANGUAGES.finditer(text):
        if is_spoken(text, *match.span()):
            name = match[0] if match[0] == "ASL" else match[0].title()
            found.setdefault(name, Fact(name, passage(text, *match.span())))
    return tuple(found.values())


def is_language(word: str) -> bool:
    return bool(_LANGUAGES.fullmatch(word.title()))


def is_spoken(text: str, start: int, end: int) -> bool:
    """Return whether a text states at the name of a language that its writer speaks it well enough to talk."""
    if _LITTLE_BEFORE.search(text, max(0, start - 30), start) or _LITTLE_BEHIND.match(text, end):
        return False
    line = _line_around(text, start)
    return bool(_SPOKEN.search(line)) or _is_item(text, start, end)


def _licenses(text: str) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    not_held = set[str]()
    for match in _license_names(text):
        before, behind = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 60]
        key = match[0].casefold()
        if _NOT_HELD.search(_REMARK.split(behind)[0]) or _NOT_HELD_BEFORE.search(before):
            not_held.add(key)
        else:
            found.setdefault(key, Fact(match[0], passage(text, *match.span())))
    return tuple(fact for key, fact in found.items() if key not in not_held)


def _license_names(text: str) -> Iterator[re.Match[str]]:
    """Yield known licenses, and abbreviations in the lines below a heading such as 'Certifications'."""
    yield from _LICENSES.finditer(text)
    if text.isupper():
        return
    for section in _LICENSE_SECTION.finditer(text):
        for match in _ABBREVIATION.finditer(text, *section.span("names")):
            if match[0] not in _NO_LICENSES:
                yield match


def _line_around(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else None][:400]


def _is_item(text: str, start: int, end: int) -> bool:
    """Return whether a range is a whole item of a list."""
    before, behind = text[max(0, start - 40) : start].rstrip(" "), text[end : end + 40].lstrip(" ")
    return before[-1:] in {"", ",", ";", "|", "•", "\n", ":", "/"} and bool(re.match(r"[,;|•\n(/.]|$", behind))
