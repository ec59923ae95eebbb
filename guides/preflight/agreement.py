"""Rules about contradictory figures: levels must ascend, and repeated values must agree."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides import words
from guides.choices import FactKind
from guides.pay import is_own
from guides.rendering import figures
from guides.schema import Guide, KeyFact, SalaryBand

from .finding import Finding, Rule, error, warning

_AMOUNTS = ("median", "mean", "low", "high")


class _LevelPay(NamedTuple):
    place: str
    band: SalaryBand
    measures: Mapping[str, Decimal]


def find(guide: Guide) -> Iterator[Finding]:
    yield from _pay_of_levels(guide)
    yield from _years_of_levels(guide)
    yield from _conflicting_pay(guide)
    yield from _headline_and_country(guide)
    yield from _conflicting_facts(guide)


def _pay_of_levels(guide: Guide) -> Iterator[Finding]:
    by_kind: dict[tuple[str, ...], dict[str, _LevelPay]] = {}
    for index, band in enumerate(guide.pay):
        if band.level and is_own(band, band.level):
            level_pays = by_kind.setdefault((band.country, band.currency, band.period), {})
            level_pay = _LevelPay(f"pay.{index}", band, _measures(band))
            level_pays.setdefault(band.level, level_pay)  # the ladder shows the first, too
    for level_pays in by_kind.values():
        ascending = [level_pays[level.title] for level in guide.levels if level.title in level_pays]
        for junior, senior in pairwise(ascending):
            if finding := _descent(junior, senior):
                yield finding


def _measures(band: SalaryBand) -> dict[str, Decimal]:
    """Return the comparable amounts of a band, the best first. The middle of a range has the key 'low'."""
    middle = None if band.low is None or band.high is None else (band.low + band.high) / 2
    values = {"median": band.median, "mean": band.mean, "low": middle}
    return {name: amount for name, amount in values.items() if amount is not None}


def _descent(junior: _LevelPay, senior: _LevelPay) -> Finding | None:
    name = next((name for name in senior.measures if name in junior.measures), None)
    if name is None or senior.measures[name] >= junior.measures[name]:
        return None
    # Two sources may measure differently, but a source that contradicts itself is a typing error.
    finding_of = error if junior.band.source == senior.band.source else warning
    lower, higher = (figures.money(level_pay.measures[name], level_pay.band.currency) for level_pay in (senior, junior))
    message = _("‘%(senior)s’ (%(lower)s) earns less than ‘%(junior)s’ (%(higher)s). Correct the pay or the order.")
    values = {"senior": senior.band.level, "lower": lower, "junior": junior.band.level, "higher": higher}
    about = (name, *values.values(), senior.band.country, senior.band.period)
    return finding_of(Rule.PAY_LEVEL_ORDER, f"{senior.place}.{name}", message % values, *about)


def _years_of_levels(guide: Guide) -> Iterator[Finding]:
    values = [(index, level) for index, level in enumerate(guide.levels) if level.years_from is not None]
    for (_index, junior), (index, senior) in pairwise(values):
        for name in ("years_from", "years_to"):
            less, more = getattr(senior, name), getattr(junior, name)
            if less is not None and more is not None and less < more:
                message = _(
                    "‘%(senior)s’ (%(less)s) needs less experience than ‘%(junior)s’ (%(more)s), one level "
                    "below it. Correct the years or the order."
                )
                names = {
                    "senior": senior.title, "less": figures.years(senior),
                    "junior": junior.title, "more": figures.years(junior),
                }  # fmt: skip
                yield error(Rule.LEVEL_YEARS_ORDER, f"levels.{index}.{name}", message % names, *names.values())
                break


def _conflicting_pay(guide: Guide) -> Iterator[Finding]:
    """Yield a finding per contradiction, at the first place that differs."""
    values: dict[tuple[str, ...], dict[str, dict[Decimal, int]]] = {}
    for name in _AMOUNTS:
        for index, band in enumerate(guide.pay):
            if (amount := getattr(band, name)) is not None:
                values.setdefault(_subject(band, name), {}).setdefault(name, {}).setdefault(amount, index)
    for subject, by_name in values.items():
        name, amounts = next(((name, amounts) for name, amounts in by_name.items() if len(amounts) > 1), ("", {}))
        if name:
            index = sorted(amounts.values())[1]
            band = guide.pay[index]
            spelled = _join_amounts(figures.money(amount, band.currency) for amount in sorted(amounts))
            message = _("‘%(name)s’ has conflicting values from one source: %(amounts)s. Keep one, or label them.")
            names = {"name": figures.band_name(band), "amounts": spelled}
            yield error(Rule.PAY_CONFLICT, f"pay.{index}.{name}", message % names, name, *subject, spelled)


def _subject(band: SalaryBand, name: str) -> tuple[str, ...]:
    """Return what an amount measures. Amounts with equal subjects must be equal."""
    of_range = words.key(band.range_label) if name in {"low", "high"} else ""
    label = words.key(band.label)
    return (band.basis, label, band.level or "", band.country, band.currency, band.period, band.source, of_range)


def _headline_and_country(guide: Guide) -> Iterator[Finding]:
    headlines = [band for band in guide.pay if band.basis == "headline"]
    for index, band in enumerate(guide.pay):
        comparable = [headline for headline in headlines if band.basis == "country" and _is_same_pay(headline, band)]
        for name in ("median", "mean"):
            amount = getattr(band, name)
            amounts = {getattr(headline, name) for headline in comparable} - {None}
            if amount is not None and amounts and amount not in amounts:
                names = {
                    "country": figures.country(band.country),
                    "amount": figures.money(amount, band.currency),
                    "headline": _join_amounts(figures.money(headline, band.currency) for headline in sorted(amounts)),
                }
                message = _(
                    "The country table has %(amount)s for %(country)s, but the headline from the same source is "
                    "%(headline)s. Make them agree, or label what differs."
                )
                yield error(
                    Rule.HEADLINE_AND_COUNTRY, f"pay.{index}.{name}", message % names,
                    name, band.period, band.source, *names.values(),
                )  # fmt: skip


def _is_same_pay(headline: SalaryBand, country: SalaryBand) -> bool:
    """Return whether a row of the country table measures the same as a headline."""
    of = [(band.country, band.currency, band.period, band.source) for band in (headline, country)]
    return of[0] == of[1] and words.key(country.label) in {"", words.key(headline.label)}


def _conflicting_facts(guide: Guide) -> Iterator[Finding]:
    values: dict[tuple[str, ...], list[tuple[int, KeyFact]]] = {}
    for index, fact in enumerate(guide.facts):
        if fact.value:
            values.setdefault((fact.kind, fact.value.unit, fact.value.per), []).append((index, fact))
    for subject, facts in values.items():
        spelled = sorted({_format_value(fact) for _index, fact in facts})
        if len(spelled) > 1:
            index = next(index for index, fact in facts if _format_value(fact) != _format_value(facts[0][1]))
            # With different texts they may describe two occupations. With the same text they contradict each other.
            texts = {(words.key(fact.text), _format_value(fact)) for _index, fact in facts}
            finding_of = error if len({text for text, _value in texts}) < len(texts) else warning
            message = _("The fact ‘%(kind)s’ has conflicting values: %(values)s. Keep one, or explain in their texts.")
            names = {"kind": FactKind(facts[0][1].kind).label, "values": _join_amounts(spelled)}
            yield finding_of(Rule.FACT_CONFLICT, f"facts.{index}", message % names, *subject, *spelled)


def _format_value(fact: KeyFact) -> str:
    """Return the displayed value without 'about'."""
    return figures.measure(fact.value.model_copy(update={"approximate": False})) if fact.value else ""


def _join_amounts(spelled: Iterable[str]) -> str:
    return _(" and ").join(dict.fromkeys(spelled))
