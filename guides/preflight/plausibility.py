"""Compare the figures of a guide with the official ones of its occupations: pay, growth, and openings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from guides import words
from guides.choices import FactKind, Period
from guides.models import Release
from guides.models.wages import Wage
from guides.pay import is_own
from guides.rendering import figures
from guides.schema import Guide, KeyFact, SalaryBand
from guides.schema.types import HOME_CURRENCY
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
"""The lowest and the highest plausible amount, each None if there is no limit."""


def find(guide: Guide, surroundings: Surroundings) -> Iterator[Finding]:
    return far_figures(guide, surroundings.official)


def far_figures(guide: Guide, official: CurrentFigures) -> Iterator[Finding]:
    """Yield a finding per headline, growth and number of openings that is far from the official figure."""
    for index, band in enumerate(guide.pay):
        codes = codes_of_band(band, guide, official) if band.basis == "headline" else ()
        wages = [official.wages[code] for code in codes if code in official.wages]
        if codes and len(wages) == len(codes):
            yield from _far_pay(guide, f"pay.{index}", band, wages)
    codes = main_codes(guide.occupations)
    outlooks = [official.outlooks[code] for code in codes if code in official.outlooks]
    if codes and len(outlooks) == len(codes):
        for index, fact in enumerate(guide.facts):
            yield from _far_fact(guide, f"facts.{index}.value", fact, outlooks)


def codes_of_band(band: SalaryBand, guide: Guide, official: CurrentFigures) -> tuple[str, ...]:
    """Return the guide's occupations whose pay a band states: those in its label, or all if it is the role's own pay.

    The result is empty if the band measures something else, or pay abroad.
    """
    if (band.country, band.currency) != ("US", HOME_CURRENCY):
        return ()
    if named := named_codes(band.label, [each.code for each in guide.occupations], official):
        return named
    is_of_role = is_own(band, guide.title) and not _CODE.search(band.label)
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


def _far_pay(guide: Guide, place: str, band: SalaryBand, wages: Sequence[Wage]) -> Iterator[Finding]:
    per = Period.HOUR if band.period == "hour" else Period.YEAR
    limits = _pay_limits(wages, per)
    for name, low, high, spelled in _amounts(band):
        times = _PERIODS_A_YEAR.get(band.period, 1)
        if _is_outside(low and low * times, high and high * times, limits):
            amount = _("%(amount)s %(a_period)s") % {"amount": spelled, "a_period": figures.a_period(band.period)}
            official, codes = _pay_range(limits, per), [wage.occupation.code for wage in wages]
            yield _finding(guide, f"{place}.{name}", _("Pay"), amount, band, official, wages[0].release, codes)
            return  # one finding per band is enough


def _amounts(band: SalaryBand) -> Iterator[tuple[str, Decimal | None, Decimal | None, str]]:
    """Yield the field, the two ends, and the text of each amount to compare: a range only if it is all there is."""
    for name in ("median", "mean"):
        if (amount := getattr(band, name)) is not None:
            yield name, amount, amount, figures.money(amount, band.currency)
    if band.median is None and band.mean is None:
        name = "low" if band.low is not None else "high"
        yield name, band.low, None if band.and_more else band.high, figures.pay_range(band)


def _pay_limits(wages: Sequence[Wage], per: Period) -> Limits:
    """Return the lowest 10th and the highest 90th percentile, each None if it is not published for all wages."""
    by_percent = [{each.percent: each for each in percentiles(wage, per) if each.is_displayable} for wage in wages]
    lows, highs = ([of[percent].figure.amount if percent in of else None for of in by_percent] for percent in (10, 90))
    return _extreme(min, lows), _extreme(max, highs)


def _extreme(of: Callable[[list[Decimal]], Decimal], amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return of(known) if len(known) == len(amounts) else None


def _pay_range(limits: Limits, per: Period) -> str:
    low, high = (None if end is None else figures.wage(end, per) for end in limits)
    if low and high:
        amount = _("%(low)s to %(high)s") % {"low": low, "high": high}
    else:
        amount = (_("at least %s") if low else _("at most %s")) % (low or high)
    return _("%(amount)s %(a_period)s") % {"amount": amount, "a_period": figures.a_period(per)}


# Growth and openings


def _far_fact(guide: Guide, place: str, fact: KeyFact, outlooks: Sequence[Outlook]) -> Iterator[Finding]:
    compared = {
        ("growth", "share", ""): (_growths, figures.growth),
        ("openings", "count", "year"): (_openings, figures.number),
    }
    if fact.value is None or (key := (fact.kind, fact.value.unit, fact.value.per)) not in compared:
        return
    read, spell = compared[key]
    official, limits, scale = read(guide, outlooks)
    low, high = (None if end is None else end * scale for end in (fact.value.low, fact.value.high))
    if official and _is_outside(low, None if fact.value.and_more else high, limits):
        spelled = _(" to ").join(dict.fromkeys(map(spell, (min(official), max(official)))))
        name, codes = str(FactKind(fact.kind).label), [outlook.code for outlook in outlooks]
        amount = figures.measure(fact.value)
        yield _finding(guide, place, name, amount, fact, spelled, outlooks[0].release, codes)


def _growths(_guide: Guide, outlooks: Sequence[Outlook]) -> tuple[list[Decimal], Limits, int]:
    """Return the official growths, the limits of a plausible one, and the scale of the guide's: all in percent."""
    known = [outlook.growth for outlook in outlooks if outlook.growth is not None]
    limits = (min(known) - MAX_GROWTH_DIFFERENCE, max(known) + MAX_GROWTH_DIFFERENCE) if known else (None, None)
    return known, limits, 100


def _openings(guide: Guide, outlooks: Sequence[Outlook]) -> tuple[list[Decimal], Limits, int]:
    """Return the official openings, and the limits. Only an occupation that is the role has a lower limit."""
    known = [Decimal(outlook.openings) for outlook in outlooks if outlook.openings is not None]
    is_same = any(each.relation == "same" for each in guide.occupations)
    lowest = min(known) / MAX_OPENINGS_RATIO if known and is_same else None
    return known, (lowest, max(known) * MAX_OPENINGS_RATIO if known else None), 1


def _is_outside(low: Decimal | None, high: Decimal | None, limits: Limits) -> bool:
    """Return whether a range is all below or all above the limits. A missing end is open."""
    lowest, highest = limits
    is_below = lowest is not None and high is not None and high < lowest
    return is_below or (highest is not None and low is not None and low > highest)


def _finding(
    guide: Guide, place: str, name: str, amount: str, figure: SalaryBand | KeyFact, official: str, release: Release,
    codes: Iterable[str],
) -> Finding:  # fmt: skip
    source = next((figures.cited(source) for source in guide.sources if source.slug == figure.source), figure.source)
    names = {
        "name": name, "amount": amount, "source": source, "official": official, "codes": ", ".join(codes),
        "release": f"{release.source.publisher}, {release.period}",
    }  # fmt: skip
    message = _(
        "%(name)s: %(amount)s (%(source)s) is far from the official %(official)s (%(release)s, occupation %(codes)s). "
        "Correct the figure or the code, or explain the difference."
    )
    return warning(Rule.FAR_FROM_OFFICIAL, place, message % names, *names.values())
