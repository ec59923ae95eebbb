"""Rows of tables of areas, with their texts. A page has a hundred rows, so templates only place the texts."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from guides.choices import Period
from guides.models.wages import Flag
from guides.rendering import figures
from guides.statistics.figures import Figure

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
    return AreaRow(
        name=row.area.name,
        address=f"{path}{row.area.slug}/",
        yearly=figures.wage_figure(row.yearly, Period.YEAR),
        hourly=figures.wage_figure(row.hourly, Period.HOUR),
        purchasing_power="" if power is None else figures.wage(power, per),
        jobs=count(row.jobs),
        concentration=count(row.concentration),
    )


def count(figure: Figure) -> str:
    """Return a number such as '88,300' or '1.22', or why there is none."""
    return figures.number(figure.amount) if figure.amount is not None else str(Flag(figure.flag or Flag.EMPTY).label)
