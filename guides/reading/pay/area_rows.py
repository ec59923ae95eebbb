"""Rows of tables of areas, with their texts. A page has a hundred rows, so templates only place the texts."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from guides.choices import Period
from guides.rendering import figures, pay_words

from .role_pay import AreaPay


class AreaRow(NamedTuple):
    """The name and the address of an area, and its figures. A gap has a text that says why."""

    name: str
    address: str
    yearly: str
    hourly: str
    purchasing_power: str
    jobs: str
    concentration: str


def area_rows(slug: str, rows: Iterable[AreaPay]) -> tuple[AreaRow, ...]:
    """Return the rows of areas for the role at a slug."""
    path = reverse("guides:role-pay", args=(slug,))
    return tuple(_row(path, row) for row in rows)


def _row(path: str, row: AreaPay) -> AreaRow:
    power, per = row.purchasing_power, Period.HOUR if row.pay is row.hourly else Period.YEAR
    yearly, hourly = figures.wage_figure(row.yearly, Period.YEAR), figures.wage_figure(row.hourly, Period.HOUR)
    return AreaRow(
        name=row.area.name,
        address=f"{path}{row.area.slug}/",
        yearly=yearly,
        hourly="" if hourly == yearly else hourly,  # a gap is named once
        purchasing_power="" if power is None else figures.wage(power, per),
        jobs=pay_words.published_number(row.jobs),
        concentration=pay_words.published_number(row.concentration),
    )
