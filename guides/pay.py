"""Pay that a guide may show as its role's own, and pay that belongs to a broader occupation.

A label says what a band measures. Without a label, or with the name of the role itself, the band is the role's own.
Under any other label its median and average belong to something else: elsewhere than in the table of all figures, such
a band is shown as a range under its label, and it is never compared.
"""

import re

from guides.schema import Guide, SalaryBand

from . import words

_CODE = re.compile(r"\s*\((?:[A-Z*-]+ )?[0-9][0-9.-]*\)$")
"""The code of an occupation at the end of its name: ' (SOC 31-9092)'."""


def is_own(band: SalaryBand, title: str) -> bool:
    """Return whether a band measures the pay of the role, or of the level, with this title."""
    return not band.label or words.stems(_CODE.sub("", band.label)) == words.stems(title)


def names_code(band: SalaryBand) -> bool:
    """Return whether the label of a band names an occupation by its code."""
    return bool(_CODE.search(band.label))


def headlines(guide: Guide) -> tuple[SalaryBand, ...]:
    """Return the headline bands as they may be shown for the role, in the guide's order."""
    return tuple(filter(None, (_comparable(band, guide.title) for band in guide.pay if band.basis == "headline")))


def headline(guide: Guide) -> SalaryBand | None:
    """Return the band to show where there is room for one: the role's own before that of another occupation."""
    bands = headlines(guide)
    return next((band for band in bands if is_own(band, guide.title)), next(iter(bands), None))


def of_levels(guide: Guide) -> dict[str, SalaryBand]:
    """Return the first band of each level that may be shown for it, by the level's title."""
    bands: dict[str, SalaryBand] = {}
    for band in guide.pay:
        if band.level and (comparable := _comparable(band, band.level)):
            bands.setdefault(band.level, comparable)
    return bands


def _comparable(band: SalaryBand, title: str) -> SalaryBand | None:
    """Return the part of a band that may be shown for a role or level, or None."""
    if is_own(band, title):
        return band
    has_range = band.low is not None or band.high is not None
    return band.model_copy(update={"median": None, "mean": None}) if has_range else None
