"""Two editors at one draft: what somebody saved while another was typing is met field by field, and nothing is lost.

A form carries the digests of what it showed (`Seen`). When it is sent and the draft has another revision, each field is
compared with what it showed and with what is stored now: a field that only one of the two changed is his; one that both
changed is asked about. Nobody who was alone is asked anything.
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

ASIDE = {"id", "role"}
"""Fields of a row that tell which it is, not what it says."""

type Sent = dict[str, list[str]]
"""A row as a browser sends it: the values of each field."""


class Seen(NamedTuple):
    """What a form showed: when, of which revision, and a digest of each field, by row and in the order of its form."""

    revision: int
    at: datetime
    rows: Mapping[str, tuple[str, ...]]

    def dump(self) -> str:
        rows = {key: ".".join(digests) for key, digests in self.rows.items()}
        return json.dumps((self.revision, self.at.isoformat(), rows), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> "Seen | None":
        """What a form sends back, or None where it is no such thing."""
        try:
            revision, at, rows = json.loads(text)
            moment = parse_datetime(at)
            told = {str(key): tuple(digests.split(".")) for key, digests in rows.items()}
            is_known = type(revision) is int and moment is not None and moment.tzinfo is not None
            return cls(revision, moment.astimezone(UTC), told) if moment and is_known else None
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None


class Clash(NamedTuple):
    """A field that both have changed. `name` is that of the choice: 'choice-faq_parts-12-answer'."""

    name: str
    part: str
    label: str
    mine: str
    theirs: str


class Meeting(NamedTuple):
    """What came of two editors' work: the data to go on with, what is to be chosen, and what is to be told."""

    data: QueryDict
    clashes: tuple[Clash, ...]
    notices: tuple[str, ...]
    taken: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.clashes or self.notices)


class Draft(NamedTuple):
    """The forms of a draft as it is stored now."""

    form: forms.ModelForm
    formsets: tuple[BaseInlineFormSet, ...]

    def seen(self, *, revision: int, at: datetime) -> Seen:
        rows = {"": _digests(self.form)}
        for formset in self.formsets:
            rows |= {f"{formset.prefix}-{form.instance.pk}": _digests(form) for form in formset.initial_forms}
        return Seen(revision, at, rows)


def meet(*, data: QueryDict, draft: Draft, seen: Seen) -> Meeting:
    """The sent data, with what others have stored meanwhile."""
    meeting = _Meeting(data.copy(), seen)
    of_role = {name: data.getlist(name) for name in draft.form.fields}
    meeting.fields("", draft.form, of_role, set_to=meeting.data.setlist)
    for formset in draft.formsets:
        meeting.rows(formset)
    return Meeting(meeting.data, tuple(meeting.clashes), tuple(meeting.notices), tuple(meeting.taken))


def in_order(data: QueryDict, prefixes: Iterable[str]) -> QueryDict:
    """The sent data with stored rows before new ones, as Django's formsets count them, however they were moved."""
    ordered = data.copy()
    for prefix in prefixes:
        if f"{prefix}-TOTAL_FORMS" in data:
            rows = _rows_sent(data, prefix)
            _write(ordered, prefix, sorted(rows, key=lambda row: not _pk(row)))
    return ordered


class _Meeting:
    """Gathers what comes of it, row by row."""

    def __init__(self, data: QueryDict, seen: Seen) -> None:
        self.data, self.seen = data, seen
        self.clashes: list[Clash] = []
        self.notices: list[str] = []
        self.taken: list[str] = []

    def rows(self, formset: BaseInlineFormSet) -> None:
        prefix, kind = str(formset.prefix), formset.empty_form.instance._meta.verbose_name
        if f"{prefix}-TOTAL_FORMS" not in self.data:
            return
        sent = _rows_sent(self.data, prefix)
        mine = {_pk(row): row for row in sent if _pk(row)}
        self._settle_order(formset, mine)
        rows: list[Sent] = []
        for form in formset.initial_forms:
            pk = str(form.instance.pk)
            row, key = mine.pop(pk, None), f"{prefix}-{pk}"
            theirs = _sent(form)
            if row is None:
                self.taken.append(_("added: %s") % form.instance)
                row = theirs
            elif row.get("DELETE") and self._differs(key, form, theirs):
                told = _("changed “%s”, which you were deleting. It is here as it is now.")
                self.notices.append(told % form.instance)
                row = theirs
            else:
                self.fields(key, form, row, set_to=row.__setitem__)
            rows.append(row)
        for pk, row in mine.items():  # deleted meanwhile
            if not row.get("DELETE") and self._differs(f"{prefix}-{pk}", formset.empty_form, row):
                rows.append(row | {"id": [""]})
                told = _("deleted a %s that you were changing. What you typed is here as a new one.")
                self.notices.append(told % kind)
            else:
                self.taken.append(_("deleted: a %s") % kind)
        rows += [row for row in sent if not _pk(row)]
        _write(self.data, prefix, rows)

    def _settle_order(self, formset: BaseInlineFormSet, mine: Mapping[str, Sent]) -> None:
        """An order is of a whole list: mine where I moved anything, else theirs."""
        met = [(form, mine[pk]) for form in formset.initial_forms if (pk := str(form.instance.pk)) in mine]
        moved = {
            whose
            for form, row in met
            for whose, sent in (("mine", row), ("theirs", _sent(form)))
            if self._position_differs(f"{formset.prefix}-{form.instance.pk}", form, sent)
        }
        if "mine" not in moved:
            for form, row in met:
                row["position"] = _sent(form)["position"]
        if "theirs" in moved:
            kind = formset.empty_form.instance._meta.verbose_name_plural
            told = _("not their order, but yours: %s") if "mine" in moved else _("their order: %s")
            self.taken.append(told % kind)

    def _position_differs(self, key: str, form: forms.BaseForm, row: Sent) -> bool:
        return (
            _digest(_canonical(form.fields["position"], row.get("position", []))) != self._seen(key, form)["position"]
        )

    def _seen(self, key: str, form: forms.BaseForm) -> dict[str, str]:
        """The digests of what was shown, by field; '' where none is known."""
        digests = self.seen.rows.get(key, ())
        return {name: digests[n] if n < len(digests) else "" for n, name in enumerate(_told(form))}

    def fields(self, key: str, form: forms.ModelForm, mine: Sent, *, set_to: Any) -> None:
        """Meet field by field; what is only theirs is written over mine."""
        stored = _sent(form)
        for name, base in self._seen(key, form).items():
            field = form.fields[name]
            ours, theirs = (_canonical(field, of.get(name, [])) for of in (mine, stored))
            html_name = form.add_prefix(name)
            choice = f"choice-{key}-{name}"
            pending, is_as_seen = choice in self.data.getlist("pending"), _digest(theirs) == base
            # A choice holds for the two versions that were shown, and for no third one.
            chosen = self.data.get(choice) if is_as_seen else None
            if name == "position" or ours == theirs or (is_as_seen and not pending):
                continue
            if _digest(ours) == base and not pending:
                set_to(name, stored.get(name, []))
                self.taken.append(f"{_named(form)}: {field.label}")
            elif chosen == "theirs":
                set_to(name, stored.get(name, []))
            elif chosen != "mine":
                shown = (_shown(field, of.get(name, [])) for of in (mine, stored))
                self.clashes.append(Clash(choice, _named(form), str(field.label or html_name), *shown))

    def _differs(self, key: str, form: forms.ModelForm, row: Sent) -> bool:
        """Whether a row says something else than what was shown of it, wherever it stands."""
        return any(
            _digest(_canonical(form.fields[name], row.get(name, []))) != digest
            for name, digest in self._seen(key, form).items()
            if name != "position"
        )


def _told(form: forms.BaseForm) -> tuple[str, ...]:
    return tuple(name for name in form.fields if name not in ASIDE and name != "DELETE")


def _digests(form: forms.BaseForm) -> tuple[str, ...]:
    sent = _sent(form)
    return tuple(_digest(_canonical(form.fields[name], sent.get(name, []))) for name in _told(form))


def _digest(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(errors="replace"), digest_size=6).digest()).decode()


def _sent(form: forms.BaseForm) -> Sent:
    """What a browser would send of a form that nobody has touched."""
    return {name: list(_values(form[name].value())) for name in form.fields if name != "DELETE"}


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from map(str, value)
    elif value is True:
        yield "on"
    elif value is not None and value is not False:
        yield str(value)


def _canonical(field: forms.Field, values: list[str]) -> str:
    """One spelling of what a field says: '40000' and '40000.0' are the same number, and ends of lines do not count."""
    if isinstance(field, forms.MultipleChoiceField):
        return " ".join(sorted(values))
    given = "\n".join((values[-1] if values else "").splitlines())
    if isinstance(field, forms.BooleanField | forms.ModelChoiceField):
        return given
    try:
        value = field.to_python(given)
    except ValidationError:
        return given
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if is_writable(value) else given
    return "\n".join(value) if isinstance(value, list) else "" if value is None else str(value).strip()


def _shown(field: forms.Field, values: list[str]) -> str:
    """For people: the label of a choice, else the text."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return ", ".join(choices.get(value, value) for value in values)


def _named(form: forms.ModelForm) -> str:
    """The part that a form is of, by its kind and name."""
    kind = str(form.instance._meta.verbose_name).capitalize()
    return f"{kind} “{form.instance}”" if form.instance.pk else kind


def _rows_sent(data: QueryDict, prefix: str) -> list[Sent]:
    """The rows of a formset, in the order of their numbers."""
    rows: dict[int, Sent] = {}
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,6}})-(\w+)")
    for name in data:
        if found := pattern.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)
    return [row for _, row in sorted(rows.items())]


def _pk(row: Sent) -> str:
    return (row.get("id") or [""])[-1]


def _write(data: QueryDict, prefix: str, rows: list[Sent]) -> None:
    for name in [name for name in data if re.fullmatch(rf"{re.escape(prefix)}-[0-9]+-\w+", name)]:
        del data[name]
    for index, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(_pk(row)) for row in rows))
