"""Form fields, widgets and formsets for a role's page."""

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

from .edit_conflicts import MergeResult

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years that editors can enter. Conversion between time zones is safe within them."""


def whole_number(text: str) -> int | None:
    """Parse a submitted key or edition number. Return None if it is not one, or too long for the database."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


class LinesField(forms.CharField):
    """A list of names, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, encoder: object = None, decoder: object = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # a JSONField passes both, and neither applies here

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
    """A text input. A number input submits an empty value for invalid text, which would erase a figure."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "vNumber", **(attrs or {})})


_GROUPED_DIGITS = re.compile(r"\$?\s*[0-9]{1,3}([,\s][0-9]{3})*(\.[0-9]+)?|\$\s*[0-9]+(\.[0-9]+)?")


class AmountField(forms.DecimalField):
    widget = NumberInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Parse a number. '$90,000', '90 000' and '90000' are equal."""
        if isinstance(value, str) and _GROUPED_DIGITS.fullmatch(value.strip()):
            value = re.sub(r"[$,\s]", "", value)
        number = super().to_python(value)
        if number is not None and not is_writable(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class SentenceField(forms.CharField):
    """Text of one or two sentences for the audit log."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class MomentField(forms.DateTimeField):
    """A date and a time in the site's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Enter a date and a time, such as 2026-12-01 09:00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"help_text": _("In the site’s time zone, %s. If it is empty, this happens now.") % settings.TIME_ZONE}
            | kwargs
        )

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            message = _(
                "This time does not exist or is ambiguous because of the clock change. Enter a time an hour from it."
            )
            raise forms.ValidationError(message) from None
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Enter a year between %d and %d.") % (FIRST_YEAR, LAST_YEAR))
        return moment


# Messages of `markdown_editor.js` about an image that was dropped or pasted.
_UPLOADS = {
    "data-max-bytes": MAX_BYTES,
    "data-sending": _("Uploading the image …"),
    "data-sent": _("The image is in the text. Describe it between the brackets for people who cannot see it."),
    "data-too-large": _("An image may have at most 20 MB. Make it smaller and try again."),
    "data-unsent": _("The upload failed. If you are signed out, sign in again in another tab. Your text stays here."),
}


class ProseWidget(AdminMarkdownxWidget):  # type: ignore[misc]
    """Markdownx, started by `markdown_editor.js` when an editor first enters the field. A role has about 70 of them.

    The attribute `data-markdownx-init` marks a field as started, so Markdownx skips it at first.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-markdownx-init": "", "rows": 4, **_UPLOADS, **(attrs or {})})

    class Media:
        js = ("js/admin/markdown_editor.js",)
        css = {"all": ("css/admin.css",)}


UNSAVED = "not-yet"
"""The code of an error that prevents saving although the input is valid."""


class RoleForm(forms.ModelForm):
    """The form of the role itself. It is invalid while conflicts are undecided."""

    merge_result: MergeResult | None = None
    is_restored = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.merge_result and self.merge_result.needs_decision:
            raise forms.ValidationError(
                _("Your changes are not saved yet, because somebody else saved the draft in the meantime."),
                code=UNSAVED,
            )
        if self.is_restored:
            raise forms.ValidationError(
                _("Your unsaved changes are restored below. They are not saved yet."), code=UNSAVED
            )
        return cleaned


class PartForm(forms.ModelForm):
    position = AmountField(
        label=_("Position"),
        required=False,
        help_text=_("2.5 is between 2 and 3. Leave it empty for the last position."),
    )

    findings: tuple[Any, ...] = ()
    """Preflight findings about this part."""

    def has_changed(self) -> bool:
        """Ignore a new part that has only a position, because moving other parts sets it."""
        return super().has_changed() and (self.instance.pk is not None or self.changed_data != ["position"])

    def _post_clean(self) -> None:
        # Stored parts are valid already. A guide has hundreds of them, and each costs a query per constraint.
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()  # type: ignore[misc]


class PartFormSet(BaseInlineFormSet):
    """The parts of one kind. Their orders follow from their positions and are always 1, 2, 3 …"""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].initial = form.instance.order
        # Django's field runs a query per row for objects that the formset has already loaded.
        form.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=form.instance.pk)

    def clean(self) -> None:
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(_("Somebody else has deleted one of these. Reload the page."))

    def save(self, commit: bool = True) -> list[Any]:
        if not commit or not self.has_changed():
            return super().save(commit=commit)
        model: Any = self.model
        parts = model._default_manager.filter(role=self.instance)
        remaining = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk is not None or form.has_changed())
        ]
        rows = [form.instance for form in sorted(remaining, key=self._position)]
        # Parts that somebody else has added since the form was shown come last.
        pks_in_form = [form.instance.pk for form in self.initial_forms]
        rows += parts.exclude(pk__in=pks_in_form).order_by("order")
        if not self.deleted_forms and [row.pk and row.order for row in rows] == list(range(1, len(rows) + 1)):
            return super().save()
        # Orders are unique at every moment, so old ones become negative before new ones are set.
        parts.filter(order__gte=0).update(order=-1 - F("order"))
        for order, row in enumerate(rows, start=1):
            row.order = order
        saved = super().save()
        model._default_manager.bulk_update(rows, ["order"])
        return saved

    @staticmethod
    def _position(form: forms.ModelForm) -> tuple[bool, Any]:
        position = form.cleaned_data.get("position")
        return (position is None, position)


class NamedAutocomplete(AutocompleteSelect):
    """The admin's autocomplete with known names of the selected objects. Django's widget runs a query for each.

    Values that cannot be keys are dropped, because the form would show them again with its error.
    """

    names: Mapping[str, str] = MappingProxyType({})

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        selected_pks = [pk for pk in value if pk in self.names]
        if not selected_pks or len(selected_pks) != len(value):
            return super().optgroups(name, [pk for pk in value if whole_number(pk)], attr)
        options = [
            self.create_option(name, pk, self.names[pk], selected=True, index=n) for n, pk in enumerate(selected_pks)
        ]
        return [(None, options, 0)]
