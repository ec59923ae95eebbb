"""Fields and formsets of the desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import AdminMarkdownxWidget

from guides.choices import Setting
from guides.images import MOST_BYTES
from guides.values import MOST_IN_TEXT


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


class AmountField(forms.DecimalField):
    widget = NumberInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class PublishForm(forms.Form):
    note = forms.CharField(
        label=_("What changed, in a sentence"),
        max_length=MOST_IN_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


# What `prose.js` says while a picture that was dropped or pasted is on its way, and then.
_UPLOADS = {
    "data-most-bytes": MOST_BYTES,
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
        js = ("js/prose.js",)
        css = {"all": ("css/desk.css",)}


class PartForm(forms.ModelForm):
    position = forms.DecimalField(
        widget=NumberInput, label=_("Position"), required=False, help_text=_("2.5 is between 2 and 3; empty is last.")
    )


class PartFormSet(BaseInlineFormSet):
    """The parts of one kind, whose orders follow from their positions and are always 1, 2, 3 …"""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].initial = form.instance.order

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
