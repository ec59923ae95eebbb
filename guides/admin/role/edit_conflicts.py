"""Three-way merge of a submitted role form with changes that another editor saved in the meantime.

The form carries a digest of each field that it showed (`FormState`). If the draft has a newer revision when the form is
submitted, each field is compared with what the form showed and with what is stored. If one editor changed a field, that
change wins. If both did, the editor chooses. Saving without a concurrent change never shows the conflict page.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from guides.schema.types import is_writable

IDENTITY_FIELDS = {"id", "role"}
"""Fields that identify a row. They are not compared."""

type Row = dict[str, list[str]]
"""A submitted row: the values of each field."""


class FormState(NamedTuple):
    """What a form showed: the revision, the time, and the digests of each row's fields, in the order of the form."""

    revision: int
    at: datetime
    rows: Mapping[str, tuple[str, ...]]

    def dump(self) -> str:
        rows = {key: ".".join(digests) for key, digests in self.rows.items()}
        return json.dumps((self.revision, self.at.isoformat(), rows), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> "FormState | None":
        """Parse the output of `dump`. Return None if it is malformed."""
        try:
            revision, at, rows = json.loads(text)
            parsed = parse_datetime(at)
            by_row = {str(key): tuple(digests.split(".")) for key, digests in rows.items()}
            is_known = type(revision) is int and parsed is not None and parsed.tzinfo is not None
            return cls(revision, parsed.astimezone(UTC), by_row) if parsed and is_known else None
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None


class Conflict(NamedTuple):
    """A field that both editors changed. `name` names the radio buttons, for example 'choice-faqs-12-answer'."""

    name: str
    part: str
    label: str
    mine: str
    theirs: str


class MergeResult(NamedTuple):
    """The merged form data, conflicts to decide, notices about deleted rows, and accepted changes of others."""

    data: QueryDict
    conflicts: tuple[Conflict, ...]
    notices: tuple[str, ...]
    accepted: tuple[str, ...]

    @property
    def needs_decision(self) -> bool:
        return bool(self.conflicts or self.notices)


class StoredDraft(NamedTuple):
    """The forms of the stored draft."""

    form: forms.ModelForm
    formsets: tuple[BaseInlineFormSet, ...]

    def state(self, *, revision: int, at: datetime) -> FormState:
        forms = {"": self.form}
        for formset in self.formsets:
            forms |= {f"{formset.prefix}-{form.instance.pk}": form for form in formset.initial_forms}
        rows = {key: tuple(_digests(form, _unchanged_row(form)).values()) for key, form in forms.items()}
        return FormState(revision, at, rows)


def merge(*, data: QueryDict, draft: StoredDraft, state: FormState) -> MergeResult:
    """Merge submitted data with the stored draft. `state` describes what the form showed."""
    merging = _Merge(data.copy(), state)
    of_role = {name: data.getlist(name) for name in draft.form.fields}
    merging.merge_fields("", draft.form, of_role, set_to=merging.data.setlist)
    for formset in draft.formsets:
        merging.merge_rows(formset)
    return MergeResult(merging.data, tuple(merging.conflicts), tuple(merging.notices), tuple(merging.accepted))


def stored_rows_first(data: QueryDict, prefixes: Iterable[str]) -> QueryDict:
    """Return the data with stored rows before new ones, because Django's formsets expect that order."""
    ordered = data.copy()
    for prefix in prefixes:
        if f"{prefix}-TOTAL_FORMS" in data:
            rows = _submitted_rows(data, prefix)
            _write(ordered, prefix, sorted(rows, key=lambda row: not _pk(row)))
    return ordered


class _Merge:
    """Collects the results of a merge, row by row."""

    def __init__(self, data: QueryDict, state: FormState) -> None:
        self.data, self.state = data, state
        self.conflicts: list[Conflict] = []
        self.notices: list[str] = []
        self.accepted: list[str] = []

    def merge_rows(self, formset: BaseInlineFormSet) -> None:
        prefix, kind = str(formset.prefix), formset.empty_form.instance._meta.verbose_name
        if f"{prefix}-TOTAL_FORMS" not in self.data:
            return
        submitted = _submitted_rows(self.data, prefix)
        mine = {_pk(row): row for row in submitted if _pk(row)}
        self._merge_order(formset, mine)
        rows: list[Row] = []
        for form in formset.initial_forms:
            pk = str(form.instance.pk)
            row, key = mine.pop(pk, None), f"{prefix}-{pk}"
            theirs = _unchanged_row(form)
            if row is None:
                self.accepted.append(_("added: %s") % form.instance)
                row = theirs
            elif row.get("DELETE") and self._differs(key, form, theirs):
                message = _("changed “%s”, which you deleted. It is shown again below, with that change.")
                self.notices.append(message % form.instance)
                row = theirs
            else:
                self.merge_fields(key, form, row, set_to=row.__setitem__)
            rows.append(row)
        for pk, row in mine.items():  # deleted in the meantime
            if not row.get("DELETE") and self._differs(f"{prefix}-{pk}", formset.empty_form, row):
                rows.append(row | {"id": [""]})
                message = _("deleted a %s that you changed. Your version is below as a new one.")
                self.notices.append(message % kind)
            else:
                self.accepted.append(_("deleted: a %s") % kind)
        rows += [row for row in submitted if not _pk(row)]
        _write(self.data, prefix, rows)

    def _merge_order(self, formset: BaseInlineFormSet, mine: Mapping[str, Row]) -> None:
        """Merge the order as a whole: keep mine if I moved a row, else take theirs."""
        pairs = [(form, mine[pk]) for form in formset.initial_forms if (pk := str(form.instance.pk)) in mine]
        moved = {
            whose
            for form, row in pairs
            for whose, submitted in (("mine", row), ("theirs", _unchanged_row(form)))
            if "position" in self._changed_fields(f"{formset.prefix}-{form.instance.pk}", form, submitted)
        }
        if "mine" not in moved:
            for form, row in pairs:
                row["position"] = _unchanged_row(form)["position"]
        if "theirs" in moved:
            kind = formset.empty_form.instance._meta.verbose_name_plural
            message = _("your order instead of theirs: %s") if "mine" in moved else _("their order: %s")
            self.accepted.append(message % kind)

    def _changed_fields(self, key: str, form: forms.BaseForm, row: Row) -> set[str]:
        """Return the fields of a row that differ from what the form showed, or all if it did not show the row."""
        base = dict(zip(_compared_fields(form), self.state.rows.get(key, ()), strict=False))
        return {name for name, digest in _digests(form, row).items() if digest != base.get(name)}

    def merge_fields(self, key: str, form: forms.ModelForm, mine: Row, *, set_to: Any) -> None:
        """Merge a row field by field. Changes that only they made overwrite mine."""
        stored = _unchanged_row(form)
        changed_by_me, changed_by_them = (self._changed_fields(key, form, row) for row in (mine, stored))
        for name in _compared_fields(form):
            field, versions = form.fields[name], (mine.get(name, []), stored.get(name, []))
            choice = f"choice-{key}-{name}"
            is_pending = choice in self.data.getlist("pending")
            are_equal = _canonical(field, versions[0]) == _canonical(field, versions[1])
            if name == "position" or are_equal or not (name in changed_by_them or is_pending):
                continue
            # A choice is valid only for the two versions that were shown.
            chosen = self.data.get(choice) if name not in changed_by_them else None
            if name not in changed_by_me and not is_pending:
                set_to(name, versions[1])
                self.accepted.append(f"{_part_name(form)}: {field.label}")
            elif chosen == "theirs":
                set_to(name, versions[1])
            elif chosen != "mine":
                label = str(field.label or form.add_prefix(name))
                texts = (_display_value(field, values) for values in versions)
                self.conflicts.append(Conflict(choice, _part_name(form), label, *texts))

    def _differs(self, key: str, form: forms.ModelForm, row: Row) -> bool:
        """Return whether a row differs from what the form showed, apart from its position."""
        return bool(self._changed_fields(key, form, row) - {"position"})


def _compared_fields(form: forms.BaseForm) -> tuple[str, ...]:
    return tuple(name for name in form.fields if name not in IDENTITY_FIELDS and name != "DELETE")


def _digests(form: forms.BaseForm, row: Row) -> dict[str, str]:
    """Return a digest of each compared field of a row."""
    return {name: _digest(_canonical(form.fields[name], row.get(name, []))) for name in _compared_fields(form)}


def _digest(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(errors="replace"), digest_size=6).digest()).decode()


def _unchanged_row(form: forms.BaseForm) -> Row:
    """Return what a browser submits for an untouched form."""
    return {name: list(_values(form[name].value())) for name in form.fields if name != "DELETE"}


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from map(str, value)
    elif value is True:
        yield "on"
    elif value is not None and value is not False:
        yield str(value)


def _canonical(field: forms.Field, values: list[str]) -> str:
    """Normalize a value for comparison: '40000' equals '40000.0', and line endings do not matter."""
    if isinstance(field, forms.MultipleChoiceField):
        return " ".join(sorted(values))
    text = "\n".join((values[-1] if values else "").splitlines())
    if isinstance(field, forms.BooleanField | forms.ModelChoiceField):
        return text
    try:
        value = field.to_python(text)
    except ValidationError:
        return text
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if is_writable(value) else text
    return "\n".join(value) if isinstance(value, list) else "" if value is None else str(value).strip()


def _display_value(field: forms.Field, values: list[str]) -> str:
    """Return the label of a choice, or the text."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return ", ".join(choices.get(value, value) for value in values)


def _part_name(form: forms.ModelForm) -> str:
    """Return the kind and name of a form's part."""
    kind = str(form.instance._meta.verbose_name).capitalize()
    return f"{kind} “{form.instance}”" if form.instance.pk else kind


def _submitted_rows(data: QueryDict, prefix: str) -> list[Row]:
    """Return the rows of a formset, in order of number."""
    rows: dict[int, Row] = {}
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,6}})-(\w+)")
    for name in data:
        if found := pattern.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)
    return [row for _, row in sorted(rows.items())]


def _pk(row: Row) -> str:
    return (row.get("id") or [""])[-1]


def _write(data: QueryDict, prefix: str, rows: list[Row]) -> None:
    for name in [name for name in data if re.fullmatch(rf"{re.escape(prefix)}-[0-9]+-\w+", name)]:
        del data[name]
    for index, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(_pk(row)) for row in rows))
