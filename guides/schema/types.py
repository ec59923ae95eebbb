"""Types of the schema: exact scalars, a strict base class that reports every error at once, and quantities."""

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

# Control characters, unusual line separators and direction marks are not prose. PostgreSQL cannot store NUL, and UTF-8
# cannot encode a lone surrogate.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# Lengths are in characters. SQLite stores a decimal as a float, which is exact to 15 digits; 14 hold any yearly pay in
# any currency.
MAX_SLUG_LENGTH, MAX_LINE_LENGTH, MAX_TEXT_LENGTH, MAX_PROSE_LENGTH, MAX_ADDRESS_LENGTH = 80, 200, 1_000, 20_000, 500
MAX_DIGITS = 14
MAX_NAMES = 50

HOME_CURRENCY = "USD"
"""The currency in which pay is filtered, sorted and compared. Pay in others is displayed and never converted."""

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
OCCUPATION_CODE = r"[0-9]{2}-[0-9]{4}"
ADDRESS = r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#][!-~]*)?"


def _clean(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if found := _UNPRINTABLE.search(text):
        raise ValueError(f"holds a character that cannot be shown (U+{ord(found[0]):04X})")
    return text


def _not_empty(text: str) -> str:
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise ValueError("must not be empty")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be a single line")
    return text


def _parse_number(value: Any) -> Decimal | None:
    """Return the number in an unvalidated field, which may be of any size, or None."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?", value):
        return Decimal(value)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _to_decimal(value: Any) -> Decimal:
    if (number := _parse_number(value)) is None:
        raise ValueError("must be a number, such as 40680 or 0.16")
    return number


def _normalized_number(value: Decimal) -> Decimal:
    """Return the canonical form of a number: no exponent and no trailing zeros."""
    return Decimal(f"{abs(value).normalize():f}")


def is_writable(value: Decimal) -> bool:
    """Return whether a number is short enough to write out: 1e1000000 would take a megabyte."""
    return value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS


def _spelled(value: Decimal) -> str:
    """Format a number, in exponent form if it is too long to write out."""
    return str(_normalized_number(value)) if is_writable(value) else f"{value:.3e}"


def is_currency(code: str) -> bool:
    return code in get_global("all_currencies")


def is_country(code: str) -> bool:
    return code in get_global("territory_currencies") and code not in {"EU", "ZZ"}


def _code_of(is_known: Callable[[str], bool], what: str) -> Callable[[str], str]:
    """Return a validator of codes; `what` names the list in its message."""

    def validate(code: str) -> str:
        if not is_known(code):
            raise ValueError(f"'{code}' is no code of {what}")
        return code

    return validate


def _occupation_code(code: str) -> str:
    if not re.fullmatch(OCCUPATION_CODE, code):
        raise ValueError(f"'{code:.20}' is no SOC code, such as 31-9092")
    return code


def parse_date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


class Markdown(NamedTuple):
    """Marks a text that is rendered as Markdown. An `inline` text has no paragraphs."""

    inline: bool = False


_NOT_EMPTY = Field(json_schema_extra={"minLength": 1})

Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=MAX_SLUG_LENGTH)]
OptionalSlug = Annotated[str, StringConstraints(pattern=f"^({SLUG})?$", max_length=MAX_SLUG_LENGTH)]
OptionalLine = Annotated[
    str, BeforeValidator(_clean), StringConstraints(max_length=MAX_LINE_LENGTH), AfterValidator(_one_line)
]
Line = Annotated[OptionalLine, AfterValidator(_not_empty), _NOT_EMPTY]
Names = Annotated[tuple[Line, ...], Field(max_length=MAX_NAMES, strict=False)]
Text = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=MAX_TEXT_LENGTH)]
RequiredText = Annotated[Text, AfterValidator(_not_empty), _NOT_EMPTY]
Prose = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=MAX_PROSE_LENGTH), Markdown()]
RequiredProse = Annotated[Prose, AfterValidator(_not_empty), _NOT_EMPTY]
Amount = Annotated[
    Decimal,
    BeforeValidator(_to_decimal),
    Field(ge=0, max_digits=MAX_DIGITS, decimal_places=4),
    AfterValidator(_normalized_number),
]
Day = Annotated[date, BeforeValidator(parse_date)]
Address = Annotated[str, StringConstraints(pattern=f"^({ADDRESS})?$", max_length=MAX_ADDRESS_LENGTH)]
Currency = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    AfterValidator(_code_of(is_currency, "an ISO 4217 currency")),
    Field(description="ISO 4217 code"),
]
Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    AfterValidator(_code_of(is_country, "an ISO 3166 country")),
    Field(description="ISO 3166-1 alpha-2 code"),
]

OccupationCode = Annotated[
    str,
    AfterValidator(_occupation_code),
    Field(description="SOC 2018 code", json_schema_extra={"pattern": f"^{OCCUPATION_CODE}$"}),
]

TimeUnit = Literal["hour", "day", "week", "month", "year"]
Unit = Literal["share", "count", TimeUnit]
Period = Literal["hour", "week", "month", "year"]

CrossFieldError = tuple[tuple[str | int, ...], str]
"""A path below the value and a message, about fields that are valid alone and not together."""


class FrozenModel(BaseModel):
    """A frozen, strict model that reports cross-field errors together with the errors of its fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:  # noqa: ARG003
        """Yield errors between fields. `data` is not validated: any field may be missing or of another type."""
        return iter(())

    @model_validator(mode="wrap")
    @classmethod
    def _collect_errors(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        errors: list[InitErrorDetails] = []
        value = None
        try:
            value = handler(data)
        except ValidationError as error:
            errors = [
                _error_details(e["loc"], error_message(e)) for e in error.errors(include_url=False, include_input=False)
            ]
        if isinstance(data, Mapping):
            errors += [_error_details(path, message) for path, message in cls.cross_field_errors(data)]
        if value is None or errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return value


_MESSAGES = {
    "extra_forbidden": "there is no such field",
    "missing": "is missing",
    "too_long": "is longer than it may be",
    "string_type": "must be text: in YAML, put it in quotes",
    "string_pattern_mismatch": "is not spelled as it must be",
}


def error_message(error: Mapping[str, Any]) -> str:
    """Return the message of a pydantic error in plain words."""
    return _MESSAGES.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")


def _error_details(path: tuple[str | int, ...], message: str) -> InitErrorDetails:
    error = PydanticCustomError("issue", "{message}", {"message": message})
    return InitErrorDetails(type=error, loc=path, input=None)


def get(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, Mapping) else getattr(data, name, None)


def normalized(row: Any, name: str) -> str:
    """Return the text of a field as it will be stored, unchanged if it is invalid, or '' if it is not text."""
    value = get(row, name)
    if not isinstance(value, str):
        return ""
    with contextlib.suppress(ValueError):
        value = str(_clean(value))
    return value


def indexed_rows(data: Mapping[str, Any], name: str) -> list[tuple[int, Any]]:
    """Return the rows of an unvalidated list with their indexes, or none if it is not a list."""
    rows = data.get(name)
    return list(enumerate(rows)) if isinstance(rows, list | tuple) else []


def require_ascending(data: Mapping[str, Any], *pairs: tuple[str, str]) -> Iterator[CrossFieldError]:
    for low, high in pairs:
        lower, higher = _parse_number(data.get(low)), _parse_number(data.get(high))
        if lower is not None and higher is not None and lower > higher:
            yield (low,), f"{low} ({_spelled(lower)}) is above {high} ({_spelled(higher)})"


def require_unique(data: Mapping[str, Any], part: str, name: str) -> Iterator[CrossFieldError]:
    seen: dict[str, int] = {}
    for index, row in indexed_rows(data, part):
        value = normalized(row, name)
        if value and seen.setdefault(value, index) != index:
            yield (part, index, name), f"'{value}' is already at {part}.{seen[value]}"


def require_both_ends(data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
    if data.get("and_more") is True and (data.get("low") is None or data.get("high") is None):
        yield ("and_more",), "goes with a low and a high that some exceed; leave high out for an open end"


class Quantity(FrozenModel):
    """A number or a range of numbers, as published by its source.

    It is exact if `low` equals `high`. A missing end is open: "10+" has a `low` only. `and_more` means that some exceed
    `high` ('$30k to $55k+'), and `approximate` that the source rounds ('about').
    """

    low: Amount | None = None
    high: Amount | None = None
    and_more: bool = False
    approximate: bool = False

    @classmethod
    def cross_field_errors(cls, data: Mapping[str, Any]) -> Iterator[CrossFieldError]:
        yield from require_ascending(data, ("low", "high"))
        yield from require_both_ends(data)
        if data.get("low") is None and data.get("high") is None:
            yield ("low",), "give low, high or both"


class Cost(Quantity):
    currency: Currency


class Duration(Quantity):
    unit: TimeUnit


class Measure(Quantity):
    """A quantity in a unit. The unit 'share' is a fraction of one, and `per` makes a rate: 172,000 openings a year."""

    unit: Unit
    per: Literal["", Period] = ""
