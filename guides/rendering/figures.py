"""Formats numbers, money, periods, dates, and countries for people, by locale."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import get_args

from babel import Locale, dates, numbers, units
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from guides.choices import Importance, Period
from guides.models.wages import Flag
from guides.schema import CareerLevel, SalaryBand, Source
from guides.schema.types import HOME_CURRENCY, Cost, Duration, Measure, Quantity, TimeUnit
from guides.statistics.figures import Figure
from guides.statistics.headline import PayHeadline
from guides.statistics.outlook import GrowthRange


def _locale() -> Locale:
    return _locale_of(get_language() or "en-us")


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def number(value: Decimal) -> str:
    """Return a text such as '172,000'."""
    return _number(value, _locale())


@lru_cache(maxsize=10_000)
def _number(value: Decimal, locale: Locale) -> str:
    return numbers.format_decimal(value, locale=locale)


def money(value: Decimal, currency: str) -> str:
    """Return an amount such as '$40,680', with cents only if there are any."""
    return _money(value, currency, _locale(), has_cents=value != value.to_integral_value())


def wage(value: Decimal, per: str) -> str:
    """Return official pay in the home currency: '$45,690' a year, and always with cents an hour, such as '$19.00'."""
    return _money(value, HOME_CURRENCY, _locale(), has_cents=per == Period.HOUR or value != value.to_integral_value())


@lru_cache(maxsize=10_000)
def _money(value: Decimal, currency: str, locale: Locale, *, has_cents: bool) -> str:
    pattern = _spaced(locale.currency_formats["standard"].pattern, currency)
    if has_cents:
        return numbers.format_currency(value, currency, format=pattern, locale=locale)
    whole = re.sub(r"\.0+", "", pattern)
    return numbers.format_currency(value, currency, format=whole, locale=locale, currency_digits=False)


def short_money(value: Decimal, currency: str) -> str:
    """Return a short amount for the ticks of a chart, such as '$40K'."""
    return numbers.format_compact_currency(value, currency, locale=_locale(), fraction_digits=1)


def _spaced(pattern: str, currency: str) -> str:
    """Return the pattern with a space between a currency code and the number, a rule of CLDR that Babel omits."""
    symbol = numbers.get_currency_symbol(currency, locale=_locale())
    return pattern.replace("¤#", "¤\N{NO-BREAK SPACE}#") if symbol[-1].isalpha() else pattern


def share(value: Decimal) -> str:
    """Return a text such as '16%'."""
    return numbers.format_percent(value, locale=_locale(), decimal_quantization=False)


def _times(value: Decimal, unit: str) -> str:
    """Return a duration such as '12 months'. In a range, the unit follows the last number."""
    return units.format_unit(value.normalize(), f"duration-{unit}", locale=_locale())


def in_years(value: Decimal) -> str:
    """Return a text such as '5 years'."""
    return _times(value, "year")


def importance(value: str) -> str:
    """Return a text such as 'Essential'."""
    return str(Importance(value).label)


def percent(value: float) -> str:
    """Return a computed fraction of one as a whole percentage, such as '66%', and 100% only for one."""
    return share(Decimal(int(round(value * 100, 6))) / 100)


def a_period(period: str) -> str:
    """Return a text such as 'a year'."""
    return str(Period(period).label)


def _span(quantity: Quantity | SalaryBand, one: Callable[[Decimal], str], last: Callable[[Decimal], str]) -> str:
    """Return a range in words. `last` formats the last number with its unit."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        text = _("%(low)s–%(high)s") % {"low": one(low), "high": last(high)}
    elif high is None:
        text = _("%(low)s or more") % {"low": last(low or Decimal(0))}
    elif low is None:
        return _("up to %s") % ((_("about %s") if quantity.approximate else "%s") % last(high))
    else:
        text = last(high)
    if quantity.and_more:
        text = _("%s or more") % text
    return _("about %s") % text if quantity.approximate else text


def measure(value: Measure | Duration) -> str:
    """Return a text such as '16%', 'about 172,000 a year', '3–12 months or more'."""
    if value.unit in get_args(TimeUnit):
        text = _span(value, number, lambda amount: _times(amount, value.unit))
    else:
        one = share if value.unit == "share" else number
        text = _span(value, one, one)
    per = value.per if isinstance(value, Measure) else ""
    return _("%(amount)s %(a_period)s") % {"amount": text, "a_period": a_period(per)} if per else text


def cost(value: Cost) -> str:
    """Return a text such as '$5,000–$20,000'."""
    return _span(value, *[lambda amount: money(amount, value.currency)] * 2)


def pay_range(band: SalaryBand) -> str:
    """Return a range such as '$30,000–$55,000 or more', or '' if the band has none."""
    if band.low is None and band.high is None:
        return ""
    return _span(band, *[lambda amount: money(amount, band.currency)] * 2)


def median(band: SalaryBand) -> str:
    return _one(band, band.median)


def average(band: SalaryBand) -> str:
    return _one(band, band.mean)


def _one(band: SalaryBand, amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return (_("about %s") if band.approximate else "%s") % money(amount, band.currency)


def pay(band: SalaryBand) -> str:
    """Return the one figure that represents a band: its median, else its range, else its average."""
    amount = median(band) or pay_range(band) or average(band)
    return _("%(amount)s %(a_period)s") % {"amount": amount, "a_period": a_period(band.period)}


def pay_gloss(band: SalaryBand) -> str:
    """Describe the figure of `pay`, such as 'median, Nurses' or, for a range, 'Nurses, 10th to 90th percentile'."""
    if band.median is None and pay_range(band):
        return ", ".join(filter(None, (band.label, band.range_label)))
    kind = _("median") if band.median is not None else _("average")
    return ", ".join(filter(None, ("" if kind in band.label.lower() else kind, band.label)))


def labeled_pay(band: SalaryBand) -> str:
    """Return a text such as '$40,680 a year, median, Nurses'."""
    return ", ".join(filter(None, (pay(band), pay_gloss(band))))


def more_pay(band: SalaryBand) -> str:
    """Return a band's figures other than `pay`, such as '10th to 90th percentile $30,000–$55,000, average $42,000'."""
    parts = []
    if band.median is not None and pay_range(band):
        parts.append(f"{band.range_label or _('range')} {pay_range(band)}")
    if average(band) and (band.median is not None or pay_range(band)):
        parts.append(_("average %s") % average(band))
    return ", ".join(parts)


def headline_pay(headline: PayHeadline) -> str:
    """Return the yearly and the hourly pay, such as '$45,690 a year · $21.97 an hour', or the one that exists."""
    return " · ".join(headline_parts(headline))


def headline_parts(headline: PayHeadline) -> tuple[str, ...]:
    """Return the parts of `headline_pay`. A line should break between them."""
    bands = (band for band in (headline.band, headline.hourly) if band)
    return tuple(_official_pay(band) if headline.codes else pay(band) for band in bands)


def _official_pay(band: SalaryBand) -> str:
    amount = wage(band.median, band.period) if band.median is not None else _official_range(band)
    return _("%(amount)s %(a_period)s") % {"amount": amount, "a_period": a_period(band.period)}


def _official_range(band: SalaryBand) -> str:
    return _span(band, *[lambda amount: wage(amount, band.period)] * 2)


def headline_gloss(headline: PayHeadline) -> str:
    """Describe the figure of `headline_pay`: 'median', or '10th percentile to median: Health Services Managers'."""
    band = headline.band
    if headline.codes and band.label:
        return ": ".join(filter(None, (band.range_label, band.label)))
    return pay_gloss(band)


def headline_short_gloss(headline: PayHeadline) -> str:
    """Describe the figure of `headline_pay` in a few words. The names of other occupations are left to the guide."""
    if headline.codes and headline.band.label:
        return _("range for related occupations")
    return headline_gloss(headline)


def labeled_headline(headline: PayHeadline) -> str:
    """Return a text such as '$45,690 a year · $21.97 an hour, median'."""
    return ", ".join(filter(None, (headline_pay(headline), headline_gloss(headline))))


def headline_range(headline: PayHeadline) -> str:
    """Return the range of each band, such as '$36,050–$59,310 a year · $17.33–$28.51 an hour', or the one figure."""
    bands = [band for band in (headline.band, headline.hourly) if band and pay_range(band)]
    amount = _official_range if headline.codes else pay_range
    named = ({"amount": amount(band), "a_period": a_period(band.period)} for band in bands)
    return " · ".join(_("%(amount)s %(a_period)s") % names for names in named) or headline_pay(headline)


def headline_more(headline: PayHeadline) -> str:
    """Return the figures other than `headline_pay`: '10th to 90th percentile $36,050–$59,310 · $17.33–$28.51'."""
    if not headline.codes:
        return more_pay(headline.band)
    bands = [band for band in (headline.band, headline.hourly) if band and band.median is not None and pay_range(band)]
    return f"{bands[0].range_label} {' · '.join(map(_official_range, bands))}" if bands else ""


def wage_figure(figure: Figure, per: str) -> str:
    """Return a published wage, such as '$21.97' or '$115.00 or more', or what the publisher's mark means."""
    if figure.amount is not None:
        return wage(figure.amount, per)
    if figure.bound is not None:
        return _("%s or more") % wage(figure.bound, per)
    return str(Flag(figure.flag).label) if figure.flag else ""


def growth(percent: Decimal) -> str:
    """Return projected growth, such as '12.5%' or '−3.4%'."""
    return share(percent / 100).replace("-", "−")


def growth_range(values: GrowthRange) -> str:
    """Return the growth of several occupations, such as '4.2–5.2%', or '12.5%' if there is only one."""
    if values.low == values.high:
        return growth(values.low)
    if values.low < 0:
        return _("%(low)s to %(high)s") % {"low": growth(values.low), "high": growth(values.high)}
    return _("%(low)s–%(high)s") % {"low": number(values.low), "high": growth(values.high)}


def pay_difference(amount: Decimal) -> str:
    """Return a difference of typical pay in the home currency, such as '$5,010 a year more'."""
    values = {"amount": money(abs(amount), HOME_CURRENCY), "a_period": a_period("year")}
    if not amount:
        return _("the same pay")
    return (_("%(amount)s %(a_period)s more") if amount > 0 else _("%(amount)s %(a_period)s less")) % values


def cited(source: Source) -> str:
    """Return the publisher and period, such as 'U.S. Bureau of Labor Statistics, May 2025'."""
    return ", ".join(filter(None, (source.publisher, covered(source))))


def band_name(band: SalaryBand) -> str:
    """Return the name of a band for readers, such as 'Junior Coordinator', 'Canada' or 'National median'."""
    of = {"level": band.level or "", "country": country(band.country)}.get(band.basis, "")
    return ", ".join(filter(None, (of, band.label))) or country(band.country)


def years(level: CareerLevel) -> str:
    """Return the years of a level, such as '2–4 years' or '10 years or more', or '' if it has no source."""
    if level.years_from is None:
        return ""
    last = None if level.years_to is None else Decimal(level.years_to)
    return measure(Duration(low=Decimal(level.years_from), high=last, unit="year"))


def country(code: str) -> str:
    """Return a text such as 'United Kingdom'."""
    return str(_locale().territories.get(code, code))


def day(value: date | datetime) -> str:
    """Return a date in the site's time zone, such as 'November 22, 2026'."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return dates.format_date(value, "long", locale=_locale())


def moment(value: datetime) -> str:
    """Return a date and time in the site's time zone, such as 'December 1, 2026, 9:00 AM UTC'."""
    value = timezone.localtime(value)
    return f"{day(value)}, {dates.format_time(value, 'short', locale=_locale())} {value:%Z}"


def covered(source: Source) -> str:
    """Return the period that a source covers in its shortest form, such as '2022–2032' or 'May 2023'."""
    first, last = source.covers_from, source.covers_to
    if first is None or last is None:
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first == last:
        return day(first)
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return dates.format_skeleton("yMMMM", first, locale=_locale())
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
