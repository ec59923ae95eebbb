"""Sentences about official pay: where an offer lies, how common a job is, and how two areas compare."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from guides.choices import Period
from guides.models.statistics import Area
from guides.models.wages import Flag
from guides.schema.types import HOME_CURRENCY
from guides.statistics.figures import Figure, Percentile
from guides.statistics.offers import OfferPosition
from guides.statistics.places import in_sentence

from . import figures

_ABOUT_SAME = (Decimal("0.95"), Decimal("1.05"))


def in_area(area: Area) -> str:
    """Return a text such as 'in Texas', 'in the United States'."""
    return _("in %s") % in_sentence(area)


def published_number(figure: Figure) -> str:
    """Return a number such as '88,300' or '1.22', or why there is none."""
    return figures.number(figure.amount) if figure.amount is not None else str(Flag(figure.flag or Flag.EMPTY).label)


def concentration(quotient: Decimal) -> str:
    """Describe a location quotient: '1.3 times as many jobs per worker as in the nation'."""
    if _ABOUT_SAME[0] < quotient < _ABOUT_SAME[1]:
        return _("about as many jobs per worker as in the nation")
    if quotient < 1:
        return _("%s fewer jobs per worker than in the nation") % figures.percent(float(1 - quotient))
    return _("%s times as many jobs per worker as in the nation") % figures.number(round(quotient, 1))


def pay_compared(here: Decimal, there: Decimal, *, per: str) -> str:
    """Return the difference of pay from that of another area: '$6,170 a year less'."""
    if here == there:
        return _("the same")
    values = {"amount": figures.wage(abs(here - there), per), "a_period": figures.a_period(per)}
    return (_("%(amount)s %(a_period)s more") if here > there else _("%(amount)s %(a_period)s less")) % values


def prices_compared(index: Decimal) -> str:
    """Describe a price level, where the nation is 100: '2.8% lower than in the nation'."""
    difference = abs(index - 100)
    if not round(difference, 1):
        return _("the same as in the nation")
    share = figures.share(round(difference, 1) / 100)
    return (_("%s higher than in the nation") if index > 100 else _("%s lower than in the nation")) % share


def offer_sentence(offer: Decimal, position: OfferPosition, per: str) -> str:
    """Say where an offer lies between published percentiles, and nothing beyond them."""
    amount = f"{figures.wage(offer, per)} {figures.a_period(per)}"
    if position.at:
        names = _joined(_percentile_name(each) for each in position.at)
        return _("%(offer)s is exactly %(percentiles)s: %(more)s.") % {
            "offer": amount, "percentiles": names, "more": _pay_more(position.at[-1], per),
        }  # fmt: skip
    above, below = position.above, position.below
    if above and below:
        return _("%(offer)s is between the %(low)s and the %(high)s: %(more)s, and %(most)s.") % {
            "offer": amount, "low": _between_name(above), "high": _between_name(below),
            "more": _pay_more(above, per), "most": _pay_more(below, per),
        }  # fmt: skip
    if below:
        return _("%(offer)s is below %(percentile)s: %(more)s. No lower percentile is shown.") % {
            "offer": amount, "percentile": _percentile_name(below), "more": _pay_more(below, per),
        }  # fmt: skip
    if above:
        return _("%(offer)s is above %(percentile)s: %(more)s. No higher percentile is shown as a number.") % {
            "offer": amount, "percentile": _percentile_name(above), "more": _pay_more(above, per),
        }  # fmt: skip
    return _("The publisher gives no exact wages as high as %s here, so this offer has no position.") % amount


def _between_name(percentile: Percentile) -> str:
    return _("%dth percentile") % percentile.percent


def _percentile_name(percentile: Percentile) -> str:
    return _("the median") if percentile.percent == 50 else _("the %dth percentile") % percentile.percent


def _joined(names: Iterable[str]) -> str:
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _pay_more(percentile: Percentile, per: str) -> str:
    """Return a text such as 'half of these jobs pay more than $19.00', or '… $115.00 or more' for a bound."""
    figure = percentile.figure
    if figure.amount is None:
        return _shares()[percentile.percent] % figures.wage_figure(figure, per)
    return _shares()[percentile.percent] % (_("more than %s") % figures.wage(figure.amount, per))


def _shares() -> dict[int, str]:
    return {
        10: _("nine in ten of these jobs pay %s"),
        25: _("three quarters of these jobs pay %s"),
        50: _("half of these jobs pay %s"),
        75: _("a quarter of these jobs pay %s"),
        90: _("one in ten of these jobs pays %s"),
    }


def short_wage(amount: Decimal, per: str) -> str:
    """Return a short amount for a tile of a map: '$40K' a year, or '$19' an hour."""
    if per == Period.HOUR:
        return figures.money(amount.quantize(Decimal(1)), HOME_CURRENCY)
    return figures.short_money(round(amount, -3), HOME_CURRENCY)
