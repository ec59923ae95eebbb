"""Schema.org JSON-LD of a page of pay in one area: the page and the occupations with their published percentiles."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from guides.choices import Period
from guides.models.statistics import Area, AreaKind
from guides.models.wages import Wage
from guides.schema.types import HOME_CURRENCY
from guides.statistics.figures import percentiles

from .jsonld import Thing, filled, script_json
from .language import language_tag

_TYPES = {AreaKind.NATION: "Country", AreaKind.STATE: "State"}
_DURATIONS = {Period.YEAR: "P1Y", Period.HOUR: "PT1H"}


class NamedWage(NamedTuple):
    """Wages of an occupation, by the name that it has in search engines: the role's only if it is the role itself."""

    name: str
    wage: Wage


def of_place(
    title: str, about: str, occupations: Iterable[NamedWage], states: Sequence[Area], *, address: str,
    crumbs: Sequence[tuple[str, str]],
) -> str:  # fmt: skip
    """Return the JSON of the page at `address`, safe in a script element. `crumbs` ends with the page itself."""
    things = [_page(title, about, address, crumbs), *(_occupation(each, states) for each in occupations)]
    return script_json({"@context": "https://schema.org", "@graph": [filled(thing) for thing in things]})


def _page(title: str, about: str, address: str, crumbs: Sequence[tuple[str, str]]) -> Thing:
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": title,
        "description": about,
        "inLanguage": language_tag(),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": item}
                for position, (name, item) in enumerate(crumbs, start=1)
            ],
        },
    }


def _occupation(named: NamedWage, states: Sequence[Area]) -> Thing:
    return {
        "@type": "Occupation",
        "name": named.name,
        "occupationalCategory": f"{named.wage.occupation.code} {named.wage.occupation.title}",
        "occupationLocation": [_place(named.wage.area, states)],
        "estimatedSalary": [salary for per in _DURATIONS if (salary := _salary(named, per))],
    }


def _place(area: Area, states: Sequence[Area]) -> Thing:
    within = [{"@type": "State", "name": state.name} for state in states]
    kind = _TYPES.get(AreaKind(area.kind), "AdministrativeArea")
    return filled({"@type": kind, "name": area.name, "containedInPlace": within})


def _salary(named: NamedWage, per: Period) -> Thing | None:
    """Return the published numbers for a unit of time, or None if there are none."""
    numbers = dict(_numbers(named.wage, per))
    if not numbers:
        return None
    return {
        "@type": "MonetaryAmountDistribution",
        "name": named.name,
        "currency": HOME_CURRENCY,
        "duration": _DURATIONS[per],
        **{name: float(amount) for name, amount in numbers.items()},
    }


def _numbers(wage: Wage, per: Period) -> Iterator[tuple[str, Decimal]]:
    for each in percentiles(wage, per):
        if each.is_displayable and each.figure.amount is not None and not each.figure.is_computed:
            yield "median" if each.percent == 50 else f"percentile{each.percent}", each.figure.amount
