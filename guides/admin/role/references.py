"""Fields of parts that refer to shared rows by address: certificates of requirements, and starting jobs."""

from typing import Any

from django import forms
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from guides.choices import SkillKind
from guides.models import Requirement, Skill, StartingJob

from .forms import PartForm

DATALIST = "kinds-of-experience"
"""The ID of the list of kinds of experience. The page has it once, for all rows."""

type Choices = list[tuple[Any, Any]]


class ReferenceField(forms.ChoiceField):
    """A choice of a shared row by its address. `listed` are the rows, possibly in groups."""

    def __init__(self, *, listed: Choices, **kwargs: Any) -> None:
        super().__init__(choices=[("", "---------"), *listed], required=False, **kwargs)
        self.listed = listed

    def add_missing(self, stored: str) -> None:
        """Keep a stored address possible although its row is deleted, so that the rest of the part can change."""
        if stored and not self.valid_value(stored):
            self.choices = [("", "---------"), *self.listed, (stored, _("%s (does not exist)") % stored)]


class ReferenceForm(PartForm):
    """A part with references."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ReferenceField):
                field.add_missing(getattr(self.instance, name))


def certificate_field(db_field: Field, *, role_pk: int) -> ReferenceField:
    """Return a choice of certificates: those of the role first, because a requirement names one of them."""
    rows = Skill.objects.filter(kind=SkillKind.CERTIFICATE).order_by("name").values_list("slug", "name")
    of_role = set(Skill.objects.filter(roles=role_pk).values_list("slug", flat=True))
    groups = (
        (_("Skills of this role"), [row for row in rows if row[0] in of_role]),
        (_("Others, which are not skills of this role yet"), [row for row in rows if row[0] not in of_role]),
    )
    listed: Choices = [(title, group) for title, group in groups if group]
    help_text = _("A certificate or license that employers require.")
    return ReferenceField(listed=listed, label=capfirst(db_field.verbose_name), help_text=help_text)


def starting_job_field(db_field: Field) -> ReferenceField:
    listed: Choices = list(StartingJob.objects.values_list("slug", "title"))
    help_text = _("A job without a guide. It goes without the address of a guide.")
    return ReferenceField(listed=listed, label=capfirst(db_field.verbose_name), help_text=help_text)


class ExperienceField(forms.CharField):
    """A kind of experience. Browsers offer the kinds that requirements name already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        named = Requirement.objects.exclude(experience="").order_by("experience")
        self.kinds = list(named.values_list("experience", flat=True).distinct())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"list": DATALIST, "autocomplete": "off", "class": "vTextField"}


def experience_field(db_field: Field) -> ExperienceField:
    label, help_text = capfirst(db_field.verbose_name), db_field.help_text
    return ExperienceField(label=label, help_text=help_text, max_length=db_field.max_length)
