"""Compare the figures of a guide with the official ones of its occupations: pay, growth, and openings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides import words
from guides.choices import FactKind, Period
from guides.models import Release
from guides.models.wages import Wage
from guides.pay import is_own
from guides.rendering import figures
from guides.schema import Guide, KeyFact, SalaryBand
from guides.schema.types import HOME_CURRENCY, Quantity
from guides.statistics.current import CurrentFigures
from guides.statistics.figures import percentiles
from guides.statistics.headline import main_codes
from guides.statistics.outlook import Outlook

from .finding import Finding, Rule, Surroundings, warning

MAX_GROWTH_DIFFERENCE = Decimal(5)
"""Percentage points between a growth and the official one, above which one of them belongs to another occupation."""

MAX_OPENINGS_RATIO = 2
"""How many times the official openings a number of openings can be."""

_CODE = re.compile(r"\b\d{2}-\d{4}\b", re.ASCII)
_PERIODS_A_YEAR = {"week": 52, "month": 12}

type Limits = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest amount, each None if it is open."""


class FarFigure(NamedTuple):
    """A figure that is far from the official range of some occupations in a release."""

    place: str
    figure: SalaryBand | KeyFact
    official: Limits
    codes: tuple[str, ...]
    release: Release


def find(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    return (_finding(guide, far) for far in far_figures(guide, surroundings.official))


def far_figures(guide: Guide, official: CurrentFigures) -> Iterator[FarFigure]:
    """Yield each headline, growth and number of openings that is far from the official figure."""
    for index, band in enumerate(guide.pay):
        codes = codes_of_band(band, guide, official) if band.basis == "headline" else ()
        wages = [official.wages[code] for code in codes if code in official.wages]
        if codes and len(wages) == len(codes):
            limits = _pay_limits(wages, _official_period(band))
            if field := next((name for name, low, high in _amounts(band) if _is_outside(low, high, limits)), ""):
                yield FarFigure(f"pay.{index}.{field}", band, limits, codes, wages[0].release)
    codes = main_codes(guide.occupations)
    outlooks = [official.outlooks[code] for code in codes if code in official.outlooks]
    if codes and len(outlooks) == len(codes):
        for index, fact in enumerate(guide.facts):
            projected, limits = _projected(guide, fact, outlooks)
            if fact.value and projected and _is_outside(*_ends(fact.value), limits):
                span = min(projected), max(projected)
                yield FarFigure(f"facts.{index}.value", fact, span, codes, outlooks[0].release)


def codes_of_band(band: SalaryBand, guide: Guide, official: CurrentFigures) -> tuple[str, ...]:
    """Return the guide's occupations whose pay a band states: those in its label, or all if it is the role's own pay.

    The result is empty if the band measures something else, or pay abroad.
    """
    if (band.country, band.currency) != ("US", HOME_CURRENCY):
        return ()
    if named := named_codes(band.label, [each.code for each in guide.occupations], official):
        return named
    is_of_role = not _CODE.search(band.label) and is_own(band, guide.title)
    return main_codes(guide.occupations) if is_of_role else ()


def named_codes(text: str, codes: Iterable[str], official: CurrentFigures) -> tuple[str, ...]:
    """Return the occupations that a text names by their code, or that it equals by their official title."""
    if not text:
        return ()
    if in_text := set(_CODE.findall(text)):
        return tuple(code for code in codes if code in in_text)
    stems = words.stems(text)
    titles = {code: official.wages[code].occupation.title for code in codes if code in official.wages}
    return tuple(code for code, title in titles.items() if words.stems(title) == stems)


# Pay


def _official_period(band: SalaryBand) -> Period:
    """Return the unit of time of the official pay that a band is compared with."""
    return Period.HOUR if band.period == "hour" else Period.YEAR


def _amounts(band: SalaryBand) -> Iterator[tuple[str, Decimal | None, Decimal | None]]:
    """Yield the field and the ends of each amount, by the hour or the year. A range counts only if it is all."""
    times = _PERIODS_A_YEAR.get(band.period, 1)
    for name in ("median", "mean"):
        if (amount := getattr(band, name)) is not None:
            yield name, amount * times, amount * times
    if band.median is None and band.mean is None:
        low, high = (None if end is None else end * times for end in _ends(band))
        yield "high" if band.low is None else "low", low, high


def _pay_limits(wages: Sequence[Wage], per: Period) -> Limits:
    """Return the lowest 10th and the highest 90th percentile, each None if it is not published for all wages."""
    by_percent = [{each.percent: each for each in percentiles(wage, per) if each.is_displayable} for wage in wages]
    lows, highs = ([of[percent].figure.amount if percent in of else None for of in by_percent] for percent in (10, 90))
    return _extreme(min, lows), _extreme(max, highs)


def _extreme(of: Callable[[list[Decimal]], Decimal], amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return of(known) if len(known) == len(amounts) else None


# Growth and openings


def _projected(guide: Guide, fact: KeyFact, outlooks: Sequence[Outlook]) -> tuple[list[Decimal], Limits]:
    """Return the projected figures that a fact is compared with, and the limits of a plausible one."""
    if fact.value is None:
        return [], (None, None)
    match fact.kind, fact.value.unit, fact.value.per:
        case "growth", "share", "":
            known = [outlook.growth / 100 for outlook in outlooks if outlook.growth is not None]
            margin = MAX_GROWTH_DIFFERENCE / 100
            return known, (min(known) - margin, max(known) + margin) if known else (None, None)
        case "openings", "count", "year":
            known = [Decimal(outlook.openings) for outlook in outlooks if outlook.openings is not None]
            is_same = any(each.relation == "same" for each in guide.occupations)  # others can have fewer
            lowest = min(known) / MAX_OPENINGS_RATIO if known and is_same else None
            return known, (lowest, max(known) * MAX_OPENINGS_RATIO if known else None)
    return [], (None, None)


def _ends(quantity: Quantity | SalaryBand) -> Limits:
    return quantity.low, None if quantity.and_more else quantity.high


def _is_outside(low: Decimal | None, high: Decimal | None, limits: Limits) -> bool:
    """Return whether a range is all below or all above the limits. A missing end is open."""
    lowest, highest = limits
    is_below = lowest is not None and high is not None and high < lowest
    return is_below or (highest is not None and low is not None and low > highest)


# Words


def _finding(guide: Guide, far: FarFigure) -> Finding:
    figure = far.figure
    source = next((figures.cited(source) for source in guide.sources if source.slug == figure.source), figure.source)
    if isinstance(figure, SalaryBand):
        name, amount, official = _("Pay"), _typed_pay(figure, far.place), _pay_range(far.official, figure)
    else:
        spell = figures.number if figure.kind == "openings" else figures.share
        name, amount = str(FactKind(figure.kind).label), figures.measure(figure.value) if figure.value else ""
        official = _(" to ").join(dict.fromkeys(spell(end) for end in far.official if end is not None))
    names = {
        "name": name, "amount": amount, "source": source, "official": official, "codes": ", ".join(far.codes),
        "release": f"{far.release.source.publisher}, {far.release.period}",
    }  # fmt: skip
    message = _(
        "%(name)s: %(amount)s (%(source)s) is far from the official %(official)s (%(release)s, occupation %(codes)s). "
        "Correct the figure or the code, or explain the difference."
    )
    return warning(Rule.FAR_FROM_OFFICIAL, far.place, message % names, *names.values())


def _typed_pay(band: SalaryBand, place: str) -> str:
    field = place.rpartition(".")[2]
    is_range = field in {"low", "high"}
    amount = figures.pay_range(band) if is_range else figures.money(getattr(band, field), band.currency)
    return _("%(amount)s %(a_period)s") % {"amount": amount, "a_period": figures.a_period(band.period)}


def _pay_range(limits: Limits, band: SalaryBand) -> str:
    per = _official_period(band)
    low, high = (None if end is None else figures.wage(end, per) for end in limits)
    if low and high:
        amount = _("%(low)s to %(high)s") % {"low": low, "high": high}
    else:
        amount = (_("at least %s") if low else _("at most %s")) % (low or high)
    return _("%(amount)s %(a_period)s") % {"amount": amount, "a_period": figures.a_period(per)}
