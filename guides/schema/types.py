"""What a Guide is made of: exact scalars, a strict base that tells every fault at once, quantities."""

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, Self

from babel.core import get_global
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

# Control characters, rarer ends of lines and turns of direction have no place in prose, and PostgreSQL stores no NUL; a
# lone surrogate cannot be written as UTF-8.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# The most characters of a text, by its kind, and the most digits of an amount: SQLite keeps a decimal as a float, exact
# to fifteen, and these fourteen hold any yearly pay in any currency.
MOST_IN_SLUG, MOST_IN_LINE, MOST_IN_TEXT, MOST_IN_PROSE, MOST_IN_ADDRESS = 80, 200, 1_000, 20_000, 500
MOST_DIGITS = 14
MOST_NAMES = 50

HOME_CURRENCY = "USD"
"""What pay is filtered, sorted and compared in; pay in others is shown, and never converted."""

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
ADDRESS = r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#][!-~]*)?"


def _clean(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if found := _UNPRINTABLE.search(text):
        raise ValueError(f"holds a character that cannot be shown (U+{ord(found[0]):04X})")
    return text


def _given(text: str) -> str:
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise ValueError("must not be empty")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be a single line")
    return text


def _number(value: Any) -> Decimal | None:
    """The number that a field gives, or None; not yet checked, so perhaps of any size."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?", value):
        return Decimal(value)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _to_decimal(value: Any) -> Decimal:
    if (number := _number(value)) is None:
        raise ValueError("must be a number, such as 40680 or 0.16")
    return number


def _plain(value: Decimal) -> Decimal:
    """The one spelling of a number: no exponent, no trailing zeros."""
    return Decimal(f"{abs(value).normalize():f}")


def is_writable(value: Decimal) -> bool:
    """Whether it is a number near any amount: writing out 1e1000000 takes a megabyte."""
    return value.is_finite() and abs(value.adjusted()) <= MOST_DIGITS


def _shown(value: Decimal) -> str:
    """As it is spelled, or as it came where it is far from any amount."""
    return str(_plain(value)) if is_writable(value) else f"{value:.3e}"


def is_currency(code: str) -> bool:
    return code in get_global("all_currencies")


def is_country(code: str) -> bool:
    return code in get_global("territory_currencies") and code not in {"EU", "ZZ"}


def _known(is_known: Callable[[str], bool], what: str) -> Callable[[str], str]:
    def check(code: str) -> str:
        if not is_known(code):
            raise ValueError(f"'{code}' is no code of {what}")
        return code

    return check


def to_date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


class Markdown(NamedTuple):
    """Marks a text that is rendered for readers; an `inline` one holds no paragraphs of its own."""

    inline: bool = False


_FILLED = Field(json_schema_extra={"minLength": 1})

Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=MOST_IN_SLUG)]
OptionalSlug = Annotated[str, StringConstraints(pattern=f"^({SLUG})?$", max_length=MOST_IN_SLUG)]
OptionalLine = Annotated[
    str, BeforeValidator(_clean), StringConstraints(max_length=MOST_IN_LINE), AfterValidator(_one_line)
]
Line = Annotated[OptionalLine, AfterValidator(_given), _FILLED]
Names = Annotated[tuple[Line, ...], Field(max_length=MOST_NAMES, strict=False)]
Text = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=MOST_IN_TEXT)]
GivenText = Annotated[Text, AfterValidator(_given), _FILLED]
Prose = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=MOST_IN_PROSE), Markdown()]
GivenProse = Annotated[Prose, AfterValidator(_given), _FILLED]
Amount = Annotated[
    Decimal, BeforeValidator(_to_decimal), Field(ge=0, max_digits=MOST_DIGITS, decimal_places=4), AfterValidator(_plain)
]
Day = Annotated[date, BeforeValidator(to_date)]
Address = Annotated[str, StringConstraints(pattern=f"^({ADDRESS})?$", max_length=MOST_IN_ADDRESS)]
Currency = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    AfterValidator(_known(is_currency, "an ISO 4217 currency")),
    Field(description="ISO 4217 code"),
]
Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    AfterValidator(_known(is_country, "an ISO 3166 country")),
    Field(description="ISO 3166-1 alpha-2 code"),
]

TimeUnit = Literal["hour", "day", "week", "month", "year"]
Unit = Literal["share", "count", TimeUnit]
Period = Literal["hour", "week", "month", "year"]

Disagreement = tuple[tuple[str | int, ...], str]
"""Where, below the value, and what: fields that are each well-formed and yet cannot stand together."""


class Value(BaseModel):
    """Frozen and strict; tells its disagreements together with its fields' faults, so that one reading finds all."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:  # noqa: ARG003
        """What is wrong between fields. `given` is unchecked: anything may be missing or of another type."""
        return iter(())

    @model_validator(mode="wrap")
    @classmethod
    def _tell_all(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        errors: list[InitErrorDetails] = []
        value = None
        try:
            value = handler(given)
        except ValidationError as error:
            errors = [_fault(e["loc"], plainly(e)) for e in error.errors(include_url=False, include_input=False)]
        if isinstance(given, Mapping):
            errors += [_fault(place, message) for place, message in cls.disagreements(given)]
        if value is None or errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return value


_PLAINLY = {
    "extra_forbidden": "there is no such field",
    "missing": "is missing",
    "too_long": "is longer than it may be",
    "string_type": "must be text: in YAML, put it in quotes",
    "string_pattern_mismatch": "is not spelled as it must be",
}


def plainly(error: Mapping[str, Any]) -> str:
    """An error of pydantic's, in words for people."""
    return _PLAINLY.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")


def _fault(place: tuple[str | int, ...], message: str) -> InitErrorDetails:
    error = PydanticCustomError("fault", "{message}", {"message": message})
    return InitErrorDetails(type=error, loc=place, input=None)


def get(given: Any, name: str) -> Any:
    return given.get(name) if isinstance(given, Mapping) else getattr(given, name, None)


def spelled(row: Any, name: str) -> str:
    """The text of a field as it will be stored, or as it is given where it cannot be; '' where it is no text."""
    value = get(row, name)
    if not isinstance(value, str):
        return ""
    with contextlib.suppress(ValueError):
        value = str(_clean(value))
    return value


def rows(given: Mapping[str, Any], name: str) -> list[tuple[int, Any]]:
    rows = given.get(name)
    return list(enumerate(rows)) if isinstance(rows, list | tuple) else []


def descending(given: Mapping[str, Any], *pairs: tuple[str, str]) -> Iterator[Disagreement]:
    for low, high in pairs:
        lower, higher = _number(given.get(low)), _number(given.get(high))
        if lower is not None and higher is not None and lower > higher:
            yield (low,), f"{low} ({_shown(lower)}) is above {high} ({_shown(higher)})"


def repeated(given: Mapping[str, Any], part: str, name: str) -> Iterator[Disagreement]:
    seen: dict[str, int] = {}
    for index, row in rows(given, part):
        value = spelled(row, name)
        if value and seen.setdefault(value, index) != index:
            yield (part, index, name), f"'{value}' stands already at {part}.{seen[value]}"


def open_ended(given: Mapping[str, Any]) -> Iterator[Disagreement]:
    if given.get("and_more") is True and (given.get("low") is None or given.get("high") is None):
        yield ("and_more",), "goes with a low and a high that some exceed; leave high out for an open end"


class Quantity(Value):
    """A number or a range of numbers, as its source gives it.

    Exact when `low` equals `high`; a missing end is open ("10+" has a `low` only); `and_more` says that some go beyond
    a stated `high` ('$30k to $55k+'); `approximate` that the source rounds ('about').
    """

    low: Amount | None = None
    high: Amount | None = None
    and_more: bool = False
    approximate: bool = False

    @classmethod
    def disagreements(cls, given: Mapping[str, Any]) -> Iterator[Disagreement]:
        yield from descending(given, ("low", "high"))
        yield from open_ended(given)
        if given.get("low") is None and given.get("high") is None:
            yield ("low",), "give low, high or both"


class Cost(Quantity):
    currency: Currency


class Duration(Quantity):
    unit: TimeUnit


class Measure(Quantity):
    """`unit` 'share' is a fraction of one: 0.16 is 16 %. `per` makes it a rate: 172,000 openings a year."""

    unit: Unit
    per: Literal["", Period] = ""
