"""Numbers of cited sources."""

from typing import Any

from guides.schema import Guide


def number_sources(guide: Guide) -> dict[str, int]:
    """Number the sources by slug, in the order in which the page cites them."""
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
