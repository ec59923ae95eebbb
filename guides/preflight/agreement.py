"""Whether the figures of a guide agree: levels ascend, and what is told twice is told alike."""

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


class _Rung(NamedTuple):
    place: str
    band: SalaryBand
    measures: Mapping[str, Decimal]


def find(guide: Guide) -> Iterator[Finding]:
    yield from _pay_of_levels(guide)
    yield from _years_of_levels(guide)
    yield from _pay_told_twice(guide)
    yield from _headline_and_country(guide)
    yield from _facts_told_twice(guide)


def _pay_of_levels(guide: Guide) -> Iterator[Finding]:
    by_kind: dict[tuple[str, ...], dict[str, _Rung]] = {}
    for index, band in enumerate(guide.pay):
        if band.level and is_own(band, band.level):
            rungs = by_kind.setdefault((band.country, band.currency, band.period), {})
            rung = _Rung(f"pay.{index}", band, _measures(band))
            rungs.setdefault(band.level, rung)  # the ladder shows the first, too
    for rungs in by_kind.values():
        ascending = [rungs[level.title] for level in guide.levels if level.title in rungs]
        for junior, senior in pairwise(ascending):
            if finding := _descent(junior, senior):
                yield finding


def _measures(band: SalaryBand) -> dict[str, Decimal]:
    """What a band can be compared by, the best first; the middle of a range stands under 'low'."""
    middle = None if band.low is None or band.high is None else (band.low + band.high) / 2
    told = {"median": band.median, "mean": band.mean, "low": middle}
    return {name: amount for name, amount in told.items() if amount is not None}


def _descent(junior: _Rung, senior: _Rung) -> Finding | None:
    name = next((name for name in senior.measures if name in junior.measures), None)
    if name is None or senior.measures[name] >= junior.measures[name]:
        return None
    # Two sources may well measure differently; where one contradicts itself, something is mistyped.
    say = error if junior.band.source == senior.band.source else warning
    lower, higher = (figures.money(rung.measures[name], rung.band.currency) for rung in (senior, junior))
    message = _("‘%(senior)s’ (%(lower)s) earns less than ‘%(junior)s’ (%(higher)s): correct the pay or the order.")
    told = {"senior": senior.band.level, "lower": lower, "junior": junior.band.level, "higher": higher}
    about = (name, *told.values(), senior.band.country, senior.band.period)
    return say(Rule.PAY_LEVEL_ORDER, f"{senior.place}.{name}", message % told, *about)


def _years_of_levels(guide: Guide) -> Iterator[Finding]:
    told = [(index, level) for index, level in enumerate(guide.levels) if level.years_from is not None]
    for (_index, junior), (index, senior) in pairwise(told):
        for name in ("years_from", "years_to"):
            less, more = getattr(senior, name), getattr(junior, name)
            if less is not None and more is not None and less < more:
                message = _(
                    "‘%(senior)s’ (%(less)s) asks for less experience than ‘%(junior)s’ (%(more)s), one level "
                    "below it: correct the years or the order."
                )
                names = {
                    "senior": senior.title, "less": figures.years(senior),
                    "junior": junior.title, "more": figures.years(junior),
                }  # fmt: skip
                yield error(Rule.LEVEL_YEARS_ORDER, f"levels.{index}.{name}", message % names, *names.values())
                break


def _pay_told_twice(guide: Guide) -> Iterator[Finding]:
    """One finding for each thing that is told twice, at the first place that differs."""
    told: dict[tuple[str, ...], dict[str, dict[Decimal, int]]] = {}
    for name in _AMOUNTS:
        for index, band in enumerate(guide.pay):
            if (amount := getattr(band, name)) is not None:
                told.setdefault(_thing(band, name), {}).setdefault(name, {}).setdefault(amount, index)
    for thing, by_name in told.items():
        name, amounts = next(((name, amounts) for name, amounts in by_name.items() if len(amounts) > 1), ("", {}))
        if name:
            index = sorted(amounts.values())[1]
            band = guide.pay[index]
            spelled = _either(figures.money(amount, band.currency) for amount in sorted(amounts))
            message = _("‘%(name)s’ is told as %(amounts)s, by the same source: keep the right one, or label them.")
            names = {"name": figures.band_name(band), "amounts": spelled}
            yield error(Rule.PAY_TOLD_TWICE, f"pay.{index}.{name}", message % names, name, *thing, spelled)


def _thing(band: SalaryBand, name: str) -> tuple[str, ...]:
    """What an amount is of: two bands that speak of the same thing must tell the same."""
    of_range = words.key(band.range_label) if name in {"low", "high"} else ""
    label = words.key(band.label)
    return (band.basis, label, band.level or "", band.country, band.currency, band.period, band.source, of_range)


def _headline_and_country(guide: Guide) -> Iterator[Finding]:
    headlines = [band for band in guide.pay if band.basis == "headline"]
    for index, band in enumerate(guide.pay):
        beside = [headline for headline in headlines if band.basis == "country" and _is_of_same(headline, band)]
        for name in ("median", "mean"):
            amount = getattr(band, name)
            amounts = {getattr(headline, name) for headline in beside} - {None}
            if amount is not None and amounts and amount not in amounts:
                names = {
                    "country": figures.country(band.country),
                    "amount": figures.money(amount, band.currency),
                    "headline": _either(figures.money(headline, band.currency) for headline in sorted(amounts)),
                }
                message = _(
                    "The country table says %(amount)s for %(country)s, and the headline, by the same source, "
                    "%(headline)s: make them agree, or label what differs."
                )
                yield error(
                    Rule.HEADLINE_AND_COUNTRY, f"pay.{index}.{name}", message % names,
                    name, band.period, band.source, *names.values(),
                )  # fmt: skip


def _is_of_same(headline: SalaryBand, country: SalaryBand) -> bool:
    """Whether a row of the country table, by its label or without one, speaks of what the headline does."""
    of = [(band.country, band.currency, band.period, band.source) for band in (headline, country)]
    return of[0] == of[1] and words.key(country.label) in {"", words.key(headline.label)}


def _facts_told_twice(guide: Guide) -> Iterator[Finding]:
    told: dict[tuple[str, ...], list[tuple[int, KeyFact]]] = {}
    for index, fact in enumerate(guide.facts):
        if fact.value:
            told.setdefault((fact.kind, fact.value.unit, fact.value.per), []).append((index, fact))
        elif fact.education:
            told.setdefault((fact.kind,), []).append((index, fact))
    for thing, facts in told.items():
        spelled = sorted({_spelled(fact) for _index, fact in facts})
        if len(spelled) > 1:
            index = next(index for index, fact in facts if _spelled(fact) != _spelled(facts[0][1]))
            # Under texts of their own they may be of two occupations; under one text they contradict each other.
            texts = {(words.key(fact.text), _spelled(fact)) for _index, fact in facts}
            say = error if len({text for text, _said in texts}) < len(texts) else warning
            message = _("The fact ‘%(kind)s’ is told as %(values)s: keep one, or let their texts say how they differ.")
            names = {"kind": FactKind(facts[0][1].kind).label, "values": _either(spelled)}
            yield say(Rule.FACT_TOLD_TWICE, f"facts.{index}", message % names, *thing, *spelled)


def _spelled(fact: KeyFact) -> str:
    """The value as a reader takes it: 'about' makes no other of it."""
    return figures.measure(fact.value.model_copy(update={"approximate": False})) if fact.value else fact.education


def _either(spelled: Iterable[str]) -> str:
    return _(" and ").join(dict.fromkeys(spelled))
