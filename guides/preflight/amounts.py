"""Compare amounts in the prose with the figures of the guide: money, percentages and large counts."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from babel.numbers import get_currency_name, get_currency_symbol
from django.utils.translation import gettext as _

from guides.choices import FactKind
from guides.rendering import figures
from guides.schema import Guide
from guides.schema.types import is_currency

from .finding import Finding, Rule, warning
from .passages import Passage

type Kind = Literal["money", "share", "count"]

_DIGIT = re.compile(r"[0-9]")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,4})?"
_SCALE = r"(?:\s?(?:k|K|M|thousand|million|billion)\b)?"
_SCALES = {"k": 1_000, "K": 1_000, "thousand": 1_000, "M": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_SIGNS = {"dollars": "$", "euros": "€"}
_DOLLARS = {"US$", "C$", "AU$", "S$"}  # common notations that CLDR lacks
_DASH = r"\s?[–—-]\s?"
# '$40,680', 'US$30-55K', 'CHF 90,000', '40,000-50,000 dollars'
_MONEY = re.compile(
    rf"(?:(?P<sign>[A-Z]{{0,3}}[$€£¥₹])|\b(?P<code>[A-Z]{{3}})\s)\s?(?P<a>{_NUMBER}{_SCALE})(?:{_DASH}(?P<b>{_NUMBER}{_SCALE}))?"
    rf"|(?<![\w.,])(?:(?P<c>{_NUMBER}{_SCALE}){_DASH})?(?P<d>{_NUMBER}{_SCALE})\s(?P<after>dollars|euros|[A-Z]{{3}})\b"
)
_SHARE = re.compile(rf"(?<![\w.,])(?:(?P<a>{_NUMBER}){_DASH})?(?P<b>{_NUMBER})\s?(?:%|percent\b|per cent\b)")
# Large counts only, and neither codes such as 29-2099.08 nor years.
_COUNT = re.compile(
    rf"(?<![\w.,#/–-])(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{5,15}}|{_NUMBER}(?=\s(?:thousand|million|billion)\b))"
    rf"{_SCALE}(?![\w-]|[.,/][0-9])"
)
_MIN_AFTER_CODE = 1_000  # 'TOP 10' is not an amount in the currency of Tonga
_EXAMPLES = ("toolkit.", "examples.")  # texts with invented amounts


class Amount(NamedTuple):
    """An amount in a text. `currency` is a sign or a code, and a share is in percent."""

    kind: Kind
    spelled: str
    value: Decimal
    currency: str = ""


class KnownAmount(NamedTuple):
    """An amount of a figure, with the name of the figure and the amount in words."""

    kind: Kind
    name: str
    words: str
    value: Decimal
    currencies: tuple[str, ...] = ()  # the ways to write its currency, the most exact first


def find(guide: Guide, passages: Iterable[Passage]) -> Iterator[Finding]:
    known = tuple(_known_amounts(guide))
    for passage in passages:
        if passage.place.startswith(_EXAMPLES):
            continue
        for statement in passage.statements:
            if _DIGIT.search(statement) is None:  # most have none, and this is quick
                continue
            for amount in dict.fromkeys(amounts_in(statement)):
                comparable = [figure for figure in known if _is_comparable(amount, figure)]
                if amount.value and not any(_matches(figure.value, amount) for figure in comparable):
                    yield _finding(passage.place, statement, amount, comparable)


def _finding(place: str, statement: str, amount: Amount, comparable: list[KnownAmount]) -> Finding:
    names = {"amount": amount.spelled}
    if comparable:
        closest = min(comparable, key=lambda figure: _distance(amount, figure))
        names |= {"name": closest.name, "closest": closest.words}
        message = _(
            "The guide has no figure for ‘%(amount)s’. The closest is ‘%(name)s’, %(closest)s. Make them agree, or "
            "add a figure with its source."
        )
    else:
        message = _("The guide has no figure for ‘%(amount)s’. Add one with its source.")
    return warning(Rule.AMOUNT_WITHOUT_FIGURE, place, message % names, statement, *names.values())


def amounts_in(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text that need a source. 100% and 0 are figures of speech."""
    for found in _MONEY.finditer(text):
        yield from _money(found)
    # Do not count money twice.
    text = _MONEY.sub(lambda found: " " * len(found[0]) if any(_money(found)) else found[0], text)
    for found in _SHARE.finditer(text):
        shares = [_value(number) for number in found.group("a", "b") if number]
        yield from (Amount("share", found[0], share) for share in shares if share != 100)
    for found in _COUNT.finditer(_SHARE.sub(" ", text)):
        yield Amount("count", found[0], _value(found[0]))


def _money(found: re.Match[str]) -> Iterator[Amount]:
    of = found["sign"] or found["code"] or found["after"]
    currency = _SIGNS.get(of, of)
    ends = [number for number in found.group("a", "b", "c", "d") if number]
    values = [_value(number) for number in ends]
    if ends[0][-1].isdigit() and values[0] * _scale(ends[-1]) < values[-1]:  # what follows '$30-55K' is of both ends
        values[0] *= _scale(ends[-1])
    for value in values:
        if not currency.isalpha() or (is_currency(currency) and value >= _MIN_AFTER_CODE):
            yield Amount("money", found[0].strip(), value, currency)


def _scale(number: str) -> int:
    return next((scale for word, scale in _SCALES.items() if number.endswith(word)), 1)


def _value(number: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9.]", "", number)) * _scale(number)


def _known_amounts(guide: Guide) -> Iterator[KnownAmount]:
    for band in guide.pay:
        yield from _sums(figures.band_name(band), band.currency, band.low, band.median, band.mean, band.high)
    for route in guide.routes:
        if route.cost:
            yield from _sums(route.title, route.cost.currency, route.cost.low, route.cost.high)
    for fact in guide.facts:
        value = fact.value
        if value and (value.unit == "share" or value.unit == "count"):
            label, spelled = str(FactKind(fact.kind).label), figures.measure(value)
            scale = 100 if value.unit == "share" else 1
            present = (amount for amount in (value.low, value.high) if amount is not None)
            yield from (KnownAmount(value.unit, label, spelled, amount * scale) for amount in present)


def _sums(name: str, currency: str, *amounts: Decimal | None) -> Iterator[KnownAmount]:
    symbol, is_dollar = get_currency_symbol(currency, locale="en"), "Dollar" in get_currency_name(currency, locale="en")
    currencies = (symbol, currency, *(["$"] if is_dollar else []))
    present = (amount for amount in amounts if amount is not None)
    return (KnownAmount("money", name, figures.money(amount, currency), amount, currencies) for amount in present)


def _is_comparable(amount: Amount, figure: KnownAmount) -> bool:
    if amount.kind == "count":  # a bare number may be money whose sign was left out
        return figure.kind in {"count", "money"}
    if amount.kind == "share" or figure.kind != "money":
        return amount.kind == figure.kind
    return amount.currency in figure.currencies or ("$" in figure.currencies and amount.currency in _DOLLARS)


def _distance(amount: Amount, figure: KnownAmount) -> tuple[bool, bool, Decimal, str, str]:
    """Return a sort key by distance. It is unique, so that the closest figure is always the same."""
    is_other = amount.currency not in figure.currencies[:2]
    return figure.kind != amount.kind, is_other, abs(figure.value - amount.value), figure.name, figure.words


def _matches(exact: Decimal, amount: Amount) -> bool:
    """Return whether the amount is the figure, or the figure rounded to the digits of the amount, two at least."""
    _sign, digits, exponent = amount.value.normalize().as_tuple()
    last = int(exponent)
    last = min(0, last) if amount.kind == "share" else last - (len(digits) == 1)
    return round(exact, -last) == amount.value
