"""Numbers of cited sources."""

from collections.abc import Callable, Sequence
from typing import Any

from guides.schema import Guide, Source

from . import figures

type Numbers = dict[str | Source, int]
"""Numbers by source, and those of a guide's own sources by slug too."""


type Cite = Callable[[str | Source], str]
"""Returns the reference to a source, or '' for an empty slug."""


def number_sources(guide: Guide, official: Sequence[Source] = ()) -> Numbers:
    """Number the sources in the order in which the page cites them: those of official figures, then the guide's."""
    pay: dict[str, list[Any]] = {}
    for band in guide.pay:
        pay.setdefault(band.basis, []).append(band)
    certificates = (skill.certificate for skill in guide.skills if skill.certificate)
    order = (
        *pay.get("headline", ()), *guide.facts, *certificates, *guide.requirements, *guide.routes,
        *pay.get("level", ()), *pay.get("experience", ()), *guide.levels, *pay.get("country", ()),
    )  # fmt: skip
    own = {source.slug: source for source in guide.sources}
    cited = dict.fromkeys((*official, *(own[row.source] for row in order if row.source)))
    numbers: Numbers = {source: number for number, source in enumerate(cited, start=1)}
    return numbers | {slug: numbers[source] for slug, source in own.items() if source in numbers}


def numbered(numbers: Numbers) -> tuple[tuple[int, Source], ...]:
    """Return the sources by number."""
    return tuple((number, source) for source, number in numbers.items() if isinstance(source, Source))


def cited_in(guide: Guide, slug: str) -> str:
    """Return the publisher and period of one of the guide's sources."""
    return next(figures.cited(source) for source in guide.sources if source.slug == slug)
