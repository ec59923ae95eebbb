"""Fields and validators that models share."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pydantic
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter

from guides import schema
from guides.schema import types
from guides.schema.types import CrossFieldError

slug_validator = RegexValidator(
    rf"^{types.SLUG}\Z", _("Use lower-case letters and digits, with single hyphens between words.")
)


address_validator = RegexValidator(rf"^{types.ADDRESS}\Z", _("Enter an address such as https://www.bls.gov/oes/."))


def raise_keyed(cross_field_errors: Iterable[CrossFieldError], prefix: str = "") -> None:
    """Raise cross-field errors of the schema as a ValidationError by field of the model."""
    errors: dict[str, list[str]] = {}
    for place, message in cross_field_errors:
        errors.setdefault(f"{prefix}{place[0]}" if place else NON_FIELD_ERRORS, []).append(message)
    if errors:
        raise ValidationError(errors)


_names = TypeAdapter(types.Names)


_wordings = TypeAdapter(schema.Wordings)


def validate_names(names: Any) -> None:
    _validate(names, _names)


def validate_wordings(wordings: Any) -> None:
    _validate(wordings, _wordings)


def _validate(value: Any, adapter: TypeAdapter) -> None:
    try:
        adapter.validate_python(value)
    except pydantic.ValidationError as error:
        raise ValidationError([types.error_message(fault) for fault in error.errors()]) from None


class PlainJSON(json.JSONEncoder):
    """JSON without escaped letters, so that both databases find 'Wächter' in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


def words_field(verbose_name: Any, words: type[models.TextChoices], help_text: Any) -> models.JSONField:
    """Return a field for several of these choices."""
    return models.JSONField(
        verbose_name, default=list, blank=True, validators=[Among(tuple(words.values))], help_text=help_text
    )


@deconstructible
class Among:
    """A validator of lists that contain only these words."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def __call__(self, value: Any) -> None:
        if not isinstance(value, list) or not all(item in self.words for item in value):
            raise ValidationError(_("Choose among %s.") % ", ".join(self.words))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Among) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)


ONE_PER_LINE = _("One per line.")


def names_field(
    verbose_name: Any, help_text: Any = ONE_PER_LINE, validate: Callable[[Any], None] = validate_names
) -> models.JSONField:
    return models.JSONField(
        verbose_name,
        default=list,
        blank=True,
        encoder=PlainJSON,
        validators=[validate],
        help_text=help_text,
    )
