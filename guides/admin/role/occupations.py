"""The form of a role's occupations: codes with official titles, and suggestions for an unknown code."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.translation import gettext as _

from guides.choices import OccupationRelation
from guides.diff.guide_diff import Change
from guides.statistics.occupations import normalize_code, official_titles, suggest_codes

from .forms import PartForm, PartFormSet

DATALIST = "occupation-codes"
"""The ID of the list in which browsers search codes and titles. The page has it once, for all rows."""


_MAIN_RELATIONS = {OccupationRelation.SAME, OccupationRelation.BROADER}


class CodeField(forms.CharField):
    """The code of an occupation. Its official title and other spellings of the code are accepted, too.

    `titles` has the official titles by code. All copies of the field share it, and load it when they need it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.titles = cast("Mapping[str, str]", SimpleLazyObject(official_titles))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"list": DATALIST, "autocomplete": "off", "class": "vTextField"}

    @property
    def options(self) -> list[tuple[str, str]]:
        """The detailed occupations. Codes of groups end in 0, and are accepted without being offered."""
        return [(code, title) for code, title in self.titles.items() if not code.endswith("0")]

    def to_python(self, value: Any) -> str:
        text = normalize_code(super().to_python(value) or "")
        if not text or text[0].isdigit():
            return text
        return next((code for code, title in self.titles.items() if title.casefold() == text.casefold()), text)


def show_official_title(field: CodeField, code: str) -> None:
    """Show the official title of a stored code below its field."""
    if code:
        title = field.titles.get(code, "")
        field.help_text = escape(title) or _("The imported classification lacks this code.")


def require_known_code(code: str, titles: Mapping[str, str]) -> None:
    """Raise ValidationError with similar codes if the imported classification lacks a code."""
    if code not in titles:
        similar = "; ".join(f"{near} {title}" for near, title in suggest_codes(code).items())
        message = _("The classification has no occupation “%s”.") % code
        hint = _("Similar: %s.") % similar if similar else _("Look it up under Occupations.")
        raise forms.ValidationError(f"{message} {hint}", code="unknown")


class OccupationForm(PartForm):
    """An occupation of a role. Its code must be in the imported classification, unless it is stored already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("CodeField", self.fields["code"])
        show_official_title(field, self.instance.code)
        if code := self.instance.code:
            self.instance.official_title = field.titles.get(code, "")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        titles = cast("CodeField", self.fields["code"]).titles
        if "code" in self.changed_data:
            require_known_code(code, titles)
        self.instance.official_title = titles.get(code, "")
        return code


class OccupationFormSet(PartFormSet):
    def clean(self) -> None:
        super().clean()
        main = [
            form
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("relation") in _MAIN_RELATIONS
        ]
        for form in main[1:]:
            form.add_error("relation", _("Only one occupation can be the same as the role or include it."))


def name_occupations(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Add the official titles to the changes of occupations, which a guide names by code."""
    changes = tuple(changes)
    titles = official_titles({change.name for change in changes if change.part == "occupations"})
    return tuple(
        change._replace(name=f"{change.name} {titles[change.name]}")
        if change.part == "occupations" and change.name in titles
        else change
        for change in changes
    )
