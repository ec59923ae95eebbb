"""Find the figures of a guide that come from an older release of an official table, and their current values."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from guides import schema
from guides.choices import Period
from guides.diff import labels
from guides.models import Release
from guides.models.statistics import StatisticsTable
from guides.models.wages import PERCENTILES, Wage
from guides.preflight.official import newer_release
from guides.preflight.plausibility import codes_of_band, named_codes
from guides.schema import FIGURES, Guide, KeyFact, SalaryBand
from guides.statistics.current import CurrentFigures
from guides.statistics.figures import figure_of, percentiles
from guides.statistics.headline import main_codes, source_of
from guides.statistics.outlook import Outlook

_PERCENTILE = re.compile(r"\d+|median", re.IGNORECASE)
_GROWTH = ("growth", "share", "")
_OPENINGS = ("openings", "count", "year")


class FigureUpdate(NamedTuple):
    """The new values of a figure by their names in the Guide, and the release that has them."""

    part: str
    row: int
    values: Mapping[str, Any]
    release: Release


class UpdatePlan(NamedTuple):
    """Figures to update, and a sentence per figure of an older release that cannot be updated."""

    updates: tuple[FigureUpdate, ...]
    notes: tuple[str, ...]


class _NoMatchError(Exception):
    """A figure has no counterpart in the current release. The message is the reason."""


def plan_update(guide: Guide, current: CurrentFigures) -> UpdatePlan:
    """Return the update of all figures that come from an older release of an official table."""
    releases = {source.slug: newer_release(source, current.releases.values()) for source in guide.sources}
    updates, notes = list[FigureUpdate](), list[str]()
    for part in FIGURES:
        for row, figure in enumerate(getattr(guide, part)):
            if release := releases.get(figure.source):
                try:
                    updates.append(FigureUpdate(part, row, _values(figure, guide, current, release), release))
                except _NoMatchError as reason:
                    notes.append(f"{labels.PARTS[part]}, {labels.row_name(part, figure)}: {reason}")
    return UpdatePlan(tuple(updates), tuple(notes))


def updated_guide(guide: Guide, plan: UpdatePlan) -> Guide:
    """Return the guide with the current figures and their sources. Raise InvalidGuide if they contradict others."""
    data = guide.model_dump()
    sources = {source["slug"]: source for source in data["sources"]}
    for part, row, values, release in plan.updates:
        source = source_of(release).model_dump()
        sources.setdefault(source["slug"], source)
        data[part][row].update(values, source=source["slug"])
    cited = schema.cited_sources(data)
    data["sources"] = [source for slug, source in sources.items() if slug in cited]
    return schema.validate(data)


def _values(figure: object, guide: Guide, current: CurrentFigures, release: Release) -> dict[str, Any]:
    """Return the current values of a figure. Raise _NoMatchError."""
    if isinstance(figure, SalaryBand) and release.table == StatisticsTable.WAGES:
        return _pay(figure, _wage(figure, guide, current))
    if isinstance(figure, KeyFact) and release.table == StatisticsTable.PROJECTIONS and _is_projected(figure):
        return _projected(figure, _outlook(figure, guide, current))
    raise _NoMatchError(_("The table has no such figure. Update it by hand."))


# Pay


def _wage(band: SalaryBand, guide: Guide, current: CurrentFigures) -> Wage:
    """Return the current wages of the occupation that a band names, or that is the role."""
    if band.basis not in {"headline", "country"}:
        raise _NoMatchError(_("Official tables have no pay by level or experience. Update it by hand."))
    codes = codes_of_band(band, guide, current)
    is_role = any(each.code in codes and each.relation == "same" for each in guide.occupations)
    if len(codes) != 1 or not (is_role or named_codes(band.label, codes, current)):
        raise _NoMatchError(_("Its label names none of the role’s occupations. Add the code to the label."))
    if codes[0] not in current.wages:
        raise _NoMatchError(_("The current release has no occupation %s.") % codes[0])
    return current.wages[codes[0]]


def _pay(band: SalaryBand, wage: Wage) -> dict[str, Any]:
    if band.period not in {"hour", "year"}:
        raise _NoMatchError(_("Official pay is by the hour and by the year only."))
    published = {
        each.percent: each.figure.amount for each in percentiles(wage, Period(band.period)) if each.is_displayable
    }
    mean = figure_of(wage, "hourly_mean" if band.period == "hour" else "yearly_mean").amount
    values: dict[str, Any] = {"median": published.get(50), "mean": mean}
    for name, percent in _range_percents(band).items():
        values[name] = published.get(percent)
    values = {name: amount for name, amount in values.items() if getattr(band, name) is not None}
    if None in values.values():
        raise _NoMatchError(_("The current release does not publish all of its figures."))
    return {**values, "approximate": False, "and_more": False}


def _range_percents(band: SalaryBand) -> dict[str, int]:
    """Return the percentile of each end of a band's range, as its label names them. Raise _NoMatchError."""
    ends = [name for name in ("low", "high") if getattr(band, name) is not None]
    named = [50 if name.lower() == "median" else int(name) for name in _PERCENTILE.findall(band.range_label)]
    if ends and (len(named) != len(ends) or not set(named) <= set(PERCENTILES)):
        raise _NoMatchError(_("Its range does not name percentiles, such as ‘10th to 90th percentile’."))
    return dict(zip(ends, named, strict=True)) if ends else {}


# Growth and openings


def _outlook(fact: KeyFact, guide: Guide, current: CurrentFigures) -> Outlook:
    """Return the current projection for the occupation that a fact names, or that is the only one of the role."""
    all_codes = [each.code for each in guide.occupations]
    codes = named_codes(fact.text, all_codes, current) or main_codes(guide.occupations)
    if len(codes) != 1:
        raise _NoMatchError(_("Its text names none of the role’s occupations. Add the code to the text."))
    if codes[0] not in current.outlooks:
        raise _NoMatchError(_("The current release has no occupation %s.") % codes[0])
    return current.outlooks[codes[0]]


def _is_projected(fact: KeyFact) -> bool:
    value = fact.value
    return value is not None and (fact.kind, value.unit, value.per) in {_GROWTH, _OPENINGS}


def _projected(fact: KeyFact, outlook: Outlook) -> dict[str, Any]:
    is_growth = fact.kind == "growth"
    amount = outlook.growth if is_growth else outlook.openings
    if amount is None:
        raise _NoMatchError(_("The current release does not publish all of its figures."))
    if amount < 0:
        raise _NoMatchError(_("The current projection is a decline, which needs a text. Update it by hand."))
    value = Decimal(amount) / 100 if is_growth else Decimal(amount)
    unit, per = (_GROWTH if is_growth else _OPENINGS)[1:]
    return {"value": {"low": value, "high": value, "unit": unit, "per": per, "and_more": False, "approximate": False}}
