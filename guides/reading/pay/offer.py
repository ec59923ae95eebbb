"""The offer that a visitor enters on a page of pay in a place: read, checked, and placed between percentiles."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from guides.choices import Period
from guides.models.wages import Wage
from guides.reading.form_errors import FormError, errors_at
from guides.rendering import pay_words
from guides.statistics.figures import percentiles
from guides.statistics.offers import InvalidOffer, OfferProblem, offer_position, read_offer

PARAMETERS = ("offer", "per")
MAX_LENGTH = 30
UNITS = (Period.HOUR, Period.YEAR)
_FIELDS = {"offer": "offer-amount", "per": "offer-per"}
"""The IDs of the fields, by parameter."""


@dataclass(frozen=True)
class Offer:
    """What a visitor entered: `amount` in dollars per unit of time, or a sentence that says what to enter instead.

    `wrong` is the name of the parameter that the sentence is about. Without an offer in the query, all are empty.
    """

    text: str = ""
    per: Period = Period.HOUR
    amount: Decimal | None = None
    error: str = ""
    wrong: str = ""

    @property
    def errors(self) -> tuple[FormError, ...]:
        return errors_at(_FIELDS[self.wrong], self.error) if self.error else ()

    @property
    def units(self) -> tuple[tuple[str, str, bool], ...]:
        """The choices of a unit of time: value, label, and whether it is chosen."""
        return tuple((unit.value, str(unit.label), unit == self.per) for unit in UNITS)


def read(parameters: QueryDict) -> Offer:
    """Read the offer in a query. The unit of time is an hour unless the query names another."""
    if "offer" not in parameters:
        return Offer()
    text = parameters.get("offer", "").replace("\0", "").strip()[:MAX_LENGTH]
    per = parameters.get("per", Period.HOUR)
    if per not in UNITS:
        return Offer(text, error=_("Choose whether the offer is for an hour or a year."), wrong="per")
    per = Period(per)
    if not text:
        return Offer(per=per, error=_("Enter an amount, such as 19.50 an hour or 40,000 a year."), wrong="offer")
    try:
        return Offer(text, per, read_offer(text, per))
    except InvalidOffer as invalid:
        return Offer(text, per, error=_advice(invalid.problem, text, per), wrong="offer")


def _advice(problem: OfferProblem, text: str, per: Period) -> str:
    """Say what to enter in place of an invalid offer."""
    match problem:
        case OfferProblem.NOT_A_NUMBER:
            return _("“%s” is not an amount. Enter a number, such as 19.50 an hour or 40,000 a year.") % text
        case OfferProblem.NEGATIVE:
            return _("An offer can’t be less than zero. Enter a number, such as 19.50 an hour or 40,000 a year.")
        case OfferProblem.TOO_LOW if per == Period.YEAR:
            return _("That is very little for a year. If “%s” is for an hour, choose “an hour”.") % text
        case OfferProblem.TOO_LOW:
            return _("That is very little for an hour. Enter at least $1.")
        case OfferProblem.TOO_HIGH if per == Period.HOUR:
            return _("That is very much for an hour. If “%s” is for a year, choose “a year”.") % text
        case OfferProblem.TOO_HIGH:
            return _("That is very much for a year. Enter at most $2,000,000.")


def sentence(offer: Offer, wage: Wage) -> str:
    """Say where an offer lies among the wages of an occupation in an area, or '' without a valid offer."""
    if offer.amount is None:
        return ""
    position = offer_position(offer.amount, percentiles(wage, offer.per))
    if position is not None:
        return pay_words.offer_sentence(offer.amount, position, offer.per)
    other = Period.YEAR if offer.per == Period.HOUR else Period.HOUR
    if offer_position(offer.amount, percentiles(wage, other)) is None:
        return _("No percentiles are published here, so the offer has no position.")
    if other == Period.YEAR:
        return _("The publisher has these wages by the year only. Enter the pay for a year.")
    return _("The publisher has these wages by the hour only. Enter the pay for an hour.")
