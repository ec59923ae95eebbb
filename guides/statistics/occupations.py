"""Occupations by what an editor enters: a code, or words of a title."""

import re
from collections.abc import Collection

from rapidfuzz import fuzz, process, utils

from guides.models.statistics import Occupation, OccupationGroup

from .outlook import ALL_OCCUPATIONS

MAX_SUGGESTIONS = 5
MIN_SIMILARITY = 70
"""From 0 to 100. 'Medical Assistent' and 'Medical Assistants' have 91."""

_CODE = re.compile(r"(\d{2})[-–\s]?(\d{4})(?:\.\d{2})?", re.ASCII)
"""A code, also without its hyphen, or with the two digits that O*NET adds."""


def normalize_code(text: str) -> str:
    """Return the code in a text, such as 31-9092 for '319092' or '31-9092.00', or else the text itself."""
    found = _CODE.fullmatch(text.strip())
    return f"{found[1]}-{found[2]}" if found else text.strip()


def official_titles(codes: Collection[str] | None = None) -> dict[str, str]:
    """Return the official titles by code: those of some codes, or of all occupations that a role can have."""
    rows = (
        Occupation.objects.exclude(code=ALL_OCCUPATIONS) if codes is None else Occupation.objects.filter(code__in=codes)
    )
    return dict(rows.values_list("code", "title"))


def suggest_codes(text: str) -> dict[str, str]:
    """Return the titles of occupations whose code or one of whose titles is similar to a text, by code, best first."""
    rows = Occupation.objects.filter(group=OccupationGroup.DETAILED).values_list("code", "title", "titles")
    official = {code: title for code, title, _titles in rows}
    if _CODE.fullmatch(text):
        names = {code: code for code in official}
    else:
        names = {name: code for code, title, titles in rows for name in (*titles, title)}
    found = process.extract(
        text, names.keys(), scorer=fuzz.token_sort_ratio, processor=utils.default_process,
        score_cutoff=MIN_SIMILARITY, limit=4 * MAX_SUGGESTIONS,
    )  # fmt: skip
    codes = list(dict.fromkeys(names[name] for name, _score, _index in found))
    return {code: official[code] for code in codes[:MAX_SUGGESTIONS]}
