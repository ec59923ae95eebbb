"""Template filters for official wages, jobs, and what they mean."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from guides.choices import Period
from guides.rendering import figures, pay_words
from guides.statistics.figures import Figure

register = template.Library()

_ROW = (
    '<tr><th scope="row"><a href="{address}">{name}</a></th>'
    '<td class="number">{yearly} <span class="pay-hourly">{hourly}</span></td>%s'
    '<td class="number">{jobs}</td><td class="number">{concentration}</td></tr>\n'
)
_ROW_WITH_PRICES = _ROW % '<td class="number">{purchasing_power}</td>'
_ROW_WITHOUT_PRICES = _ROW % ""


class Row(Protocol):
    """A row of texts with these names."""

    def _asdict(self) -> dict[str, str]: ...


@register.simple_tag
def rows_of_areas(rows: Iterable[Row], has_prices: object) -> SafeString:
    """Render the rows of a table of areas. Template tags per cell would take most of the time of a page."""
    row_html = _ROW_WITH_PRICES if has_prices else _ROW_WITHOUT_PRICES
    return format_html_join("", row_html, (row._asdict() for row in rows))


register.filter("wage_figure", figures.wage_figure)
register.filter("published_number", pay_words.published_number)
register.filter("prices_compared", pay_words.prices_compared)
register.filter("in_area", pay_words.in_area)


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
