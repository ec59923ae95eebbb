"""What is wrong with a form that a visitor sent.

A view passes the errors to its template as `form_errors`. Then `base.html` marks the title and shows a summary at the
top. The page shows each message again at its field, in an element whose ID is that of the field plus `-error`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms


class FormError(NamedTuple):
    """A sentence that says what to enter instead, and the ID of its field, or '' if it is about the whole form."""

    message: str
    field: str = ""


def errors_at(field: str, *messages: str) -> tuple[FormError, ...]:
    """Return the messages that are not empty as errors of one field."""
    return tuple(FormError(message, field) for message in messages if message)


def errors_of(form: forms.Form) -> Iterable[FormError]:
    """Yield the errors of a Django form. A group of radio buttons is represented by its first button."""
    for name, messages in form.errors.items():
        field = _first_id(form[name]) if name in form.fields else ""
        yield from (FormError(str(message), field) for message in messages)


def _first_id(field: forms.BoundField) -> str:
    return field.id_for_label or str(field.subwidgets[0].id_for_label)
