"""The numbers by which sources are cited."""

from typing import Any

from guides.schema import Guide


def numbered(guide: Guide) -> dict[str, int]:
    """Numbers for the sources, by slug, in the order in which a guide is read."""
    pay: dict[str, list[Any]] = {}
    for band in guide.pay:
        pay.setdefault(band.basis, []).append(band)
    order = (
        *pay.get("headline", ()), *guide.facts, *guide.routes, *pay.get("level", ()), *pay.get("experience", ()),
        *guide.levels, *pay.get("country", ()),
    )  # fmt: skip
    return {
        slug: number for number, slug in enumerate(dict.fromkeys(row.source for row in order if row.source), start=1)
    }
