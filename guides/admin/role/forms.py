"""Fields and formsets of the desk."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import AdminMarkdownxWidget

from guides.choices import Setting
from guides.media.names import MAX_BYTES
from guides.schema.types import MAX_TEXT_LENGTH, is_writable

from .edit_conflicts import Meeting

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Moments lie within these: far from where a time zone leads out of the calendar."""


def whole_number(text: str) -> int | None:
    """The number of a key or an edition that somebody sent, or None: digits without end are none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


class LinesField(forms.CharField):
    """A list of names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, encoder: object = None, decoder: object = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # what a model's JSONField gives its form field for JSON is of no use here

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in (super().to_python(value) or "").split("\n"))
        return [line for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class SettingsField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, encoder: object = None, decoder: object = None, **kwargs: Any) -> None:
        super().__init__(choices=Setting.choices, **kwargs)


class NumberInput(forms.TextInput):
    """Plain text: a browser's own number field sends nothing for what it cannot read, which would erase a figure."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "vNumber", **(attrs or {})})


_SEPARATED = re.compile(r"\$?\s*[0-9]{1,3}([,\s][0-9]{3})*(\.[0-9]+)?|\$\s*[0-9]+(\.[0-9]+)?")


class AmountField(forms.DecimalField):
    widget = NumberInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """'$90,000', '90 000' and '90000' alike."""
        if isinstance(value, str) and _SEPARATED.fullmatch(value.strip()):
            value = re.sub(r"[$,\s]", "", value)
        number = super().to_python(value)
        if number is not None and not is_writable(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class Sentence(forms.CharField):
    """A sentence or two for the record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class MomentField(forms.DateTimeField):
    """A date and a time in the site's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Give a date and a time, such as 2026-12-01 09:00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("In the site’s time zone, %s. Empty is now.") % settings.TIME_ZONE} | kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            told = _("Clocks change then: this time is none, or comes twice. Give one an hour earlier or later.")
            raise forms.ValidationError(told) from None
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Give a year between %d and %d.") % (FIRST_YEAR, LAST_YEAR))
        return moment


# What `prose.js` says while a picture that was dropped or pasted is on its way, and then.
_UPLOADS = {
    "data-most-bytes": MAX_BYTES,
    "data-sending": _("Sending the picture …"),
    "data-sent": _("The picture is in the text. Between its brackets, say what it shows, for those who do not see it."),
    "data-too-large": _("A picture may have at most 20 MB. Save it smaller, and try again."),
    "data-unsent": _(
        "The picture did not arrive. If you are signed out, sign in again in another tab: your text stays here."
    ),
}


class ProseWidget(AdminMarkdownxWidget):  # type: ignore[misc]
    """Markdownx, started by `prose.js` when an editor first enters the field: a role has some seventy of them.

    Markdownx passes over fields that are marked as started, and so leaves these alone, in added rows too.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-markdownx-init": "", "rows": 4, **_UPLOADS, **(attrs or {})})

    class Media:
        js = ("js/admin/markdown_editor.js",)
        css = {"all": ("css/admin.css",)}


NOT_YET = "not-yet"
"""The code of what keeps a form from being saved without being a mistake."""


class RoleForm(forms.ModelForm):
    """The role itself. Nothing is stored while there is something to choose."""

    meeting: Meeting | None = None
    is_brought_back = False

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.meeting and self.meeting.is_open:
            raise forms.ValidationError(_("Nothing is saved yet: somebody saved the draft meanwhile."), code=NOT_YET)
        if self.is_brought_back:
            raise forms.ValidationError(_("What you typed before is here again, and not saved yet."), code=NOT_YET)
        return given


class PartForm(forms.ModelForm):
    position = AmountField(label=_("Position"), required=False, help_text=_("2.5 is between 2 and 3; empty is last."))

    findings: tuple[Any, ...] = ()
    """What the preflight tells of this part, for its row."""

    def has_changed(self) -> bool:
        """A new part that was merely given a place, as moving others does, is still empty."""
        return super().has_changed() and (self.instance.pk is not None or self.changed_data != ["position"])

    def _post_clean(self) -> None:
        # What is stored was judged when it was: a guide has hundreds of parts, each with a query for every constraint.
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()  # type: ignore[misc]


class PartFormSet(BaseInlineFormSet):
    """The parts of one kind, whose orders follow from their positions and are always 1, 2, 3 …"""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].initial = form.instance.order
        # Django's own field asks the database once a row for what the formset has loaded already.
        form.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=form.instance.pk)

    def clean(self) -> None:
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(_("Somebody has deleted one of these meanwhile. Load the page anew."))

    def save(self, commit: bool = True) -> list[Any]:
        if not commit or not self.has_changed():
            return super().save(commit=commit)
        model: Any = self.model
        parts = model._default_manager.filter(role=self.instance)
        stay = [form for form in self.forms if form not in self.deleted_forms and self._is_kept(form)]
        rows = [form.instance for form in sorted(stay, key=self._position)]
        # Somebody may have added parts since this form was shown: they come last.
        shown = [form.instance.pk for form in self.initial_forms]
        rows += parts.exclude(pk__in=shown).order_by("order")
        if not self.deleted_forms and [row.pk and row.order for row in rows] == list(range(1, len(rows) + 1)):
            return super().save()
        # Orders are unique at every moment: the old ones step aside, below zero, before the new ones come.
        parts.filter(order__gte=0).update(order=-1 - F("order"))
        for order, row in enumerate(rows, start=1):
            row.order = order
        saved = super().save()
        model._default_manager.bulk_update(rows, ["order"])
        return saved

    @staticmethod
    def _is_kept(form: forms.ModelForm) -> bool:
        return form.instance.pk is not None or form.has_changed()

    @staticmethod
    def _position(form: forms.ModelForm) -> tuple[bool, Any]:
        position = form.cleaned_data.get("position")
        return (position is None, position)


class ChosenInput(AutocompleteSelect):
    """The autocomplete of the admin, given the names of what is chosen: Django's asks for each of them by itself.

    What can be no key at all is passed over: it would be shown again with the form that it is refused in.
    """

    names: Mapping[str, str] = MappingProxyType({})

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        chosen = [pk for pk in value if pk in self.names]
        if not chosen or len(chosen) != len(value):
            return super().optgroups(name, [pk for pk in value if whole_number(pk)], attr)
        options = [self.create_option(name, pk, self.names[pk], selected=True, index=n) for n, pk in enumerate(chosen)]
        return [(None, options, 0)]
