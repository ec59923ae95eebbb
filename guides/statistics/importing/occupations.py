"""Occupations: the classification with its titles, and the codes of rows."""

import re
from collections import defaultdict
from pathlib import Path

from guides.models import Occupation
from guides.models.statistics import OccupationGroup

from .cells import BadCell
from .columns import find_columns
from .files import open_table
from .staging import short_transaction

ALL_OCCUPATIONS = "00-0000"
_CODE = re.compile(r"\d\d-\d{4}", re.ASCII)
_LEVELS = {
    "major group": OccupationGroup.MAJOR,
    "minor group": OccupationGroup.MINOR,
    "broad group": OccupationGroup.BROAD,
    "detailed occupation": OccupationGroup.DETAILED,
}


def clean_code(text: str) -> str:
    """Return a code such as 29-2099. An export writes it as a formula: ="29-2099". Raise BadCell."""
    code = text.strip().removeprefix("=").strip('"')
    if not _CODE.fullmatch(code):
        raise BadCell(f"{text[:30]!r} is not an occupation code such as 43-6013")
    return code


class OccupationReader:
    """Finds the occupation of a row."""

    def __init__(self, *, add_new: bool) -> None:
        self._known = dict.fromkeys(Occupation.objects.values_list("code", flat=True))
        self._new: dict[str, Occupation] = {}
        self._add_new = add_new

    def code(self, text: str, title: str, group: str) -> str:
        """Return the code of a known occupation, or of a new one. Raise BadCell."""
        if text in self._known:
            return text
        code = clean_code(text)
        if code not in self._known and code not in self._new:
            title, level = " ".join(title.split()), group.strip().lower()
            if not self._add_new:
                raise BadCell(f"occupation {code} “{title[:60]}” is unknown. If the publisher added it, use --add-new")
            if level not in OccupationGroup.values or not title:
                raise BadCell(f"occupation {code} has no title, or no level of the classification ({group!r})")
            self._new[code] = Occupation(code=code, title=title, group=level)
        return code

    def create_new(self) -> None:
        Occupation.objects.bulk_create(self._new.values(), ignore_conflicts=True)

    def new_names(self) -> tuple[str, ...]:
        return tuple(f"{occupation.code} {occupation.title}" for occupation in self._new.values())


def import_classification(structure: Path, titles: Path) -> int:
    """Store the occupations of the classification with their direct-match titles, and return how many were added.

    The files are the publisher's: the structure has a column of codes per level, the other file a row per title.
    """
    direct_match = _direct_match_titles(titles)
    occupations = [
        Occupation(code=code, title=title, group=group, titles=direct_match.get(code, []))
        for code, (title, group) in _structure(structure).items()
    ]
    with short_transaction():
        before = Occupation.objects.count()
        Occupation.objects.bulk_create(
            occupations, update_conflicts=True, unique_fields=["code"], update_fields=["title", "group", "titles"],
            batch_size=200,
        )  # fmt: skip
        return Occupation.objects.count() - before


def _structure(path: Path) -> dict[str, tuple[str, OccupationGroup]]:
    found = {}
    with open_table(path) as table:
        body = find_columns(table, required={level: level for level in _LEVELS}, optional={}, what="SOC structure")
        title = max(body.columns.values()) + 1  # the column of titles has no heading
        for row in body.rows:
            for level, group in _LEVELS.items():
                if len(row.cells) > title and (code := row.cells[body.columns[level]].strip()):
                    found[clean_code(code)] = (row.cells[title].strip(), group)
    return found


def _direct_match_titles(path: Path) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    required = {"code": r"\d{4} soc code", "title": r"\d{4} soc direct match title"}
    with open_table(path) as table:
        body = find_columns(table, required=required, optional={}, what="direct match titles")
        for row in body.rows:
            if len(row.cells) > body.columns["title"] and (title := row.cells[body.columns["title"]].strip()):
                found[clean_code(row.cells[body.columns["code"]])].append(title)
    return found
