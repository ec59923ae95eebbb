"""Template filters for official wages, jobs, and what they mean."""

from decimal import Decimal

from django import template

from guides.choices import Period
from guides.models.statistics import Area
from guides.models.wages import Flag
from guides.rendering import figures, pay_words
from guides.statistics.figures import Figure

register = template.Library()


@register.filter
def a_year(figure: Figure) -> str:
    """Return yearly pay, such as '$39,520', or why there is none."""
    return figures.wage_figure(figure, Period.YEAR)


@register.filter
def an_hour(figure: Figure) -> str:
    """Return hourly pay, such as '$19.00', or why there is none."""
    return figures.wage_figure(figure, Period.HOUR)


@register.filter
def count(figure: Figure) -> str:
    """Return a number such as '88,300' or '1.22', or why there is none."""
    return figures.number(figure.amount) if figure.amount is not None else str(Flag(figure.flag or Flag.EMPTY).label)


@register.filter
def concentration(figure: Figure) -> str:
    """Describe how common an occupation is in an area, or return '' if it is not known."""
    return "" if figure.amount is None else pay_words.concentration(figure.amount)


@register.filter
def dollars(amount: Decimal | None, per: str = Period.YEAR) -> str:
    """Return a computed amount, or '' if there is none."""
    return "" if amount is None else figures.wage(amount, per)


@register.filter
def index(level: Decimal) -> str:
    """Return a price level with one decimal."""
    return figures.number(round(level, 1))


@register.filter
def prices_compared(level: Decimal) -> str:
    return pay_words.prices_compared(level)


@register.filter
def in_area(area: Area) -> str:
    return pay_words.in_area(area)
