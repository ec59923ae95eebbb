"""Publish, withdraw, cancel: what visitors see changes by these alone. Each shows first what it will do."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.diff.guide_diff import differences
from guides.models import Edition, Role, Submission, Withdrawal
from guides.preflight import Finding
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.preflight_gate import (
    NotReady,
    Readiness,
    check_readiness,
    publish_if_ready,
    unwaive,
    waive,
)
from guides.publishing.editions.review import send_back
from guides.publishing.editions.schedule import cancel, cancel_withdrawal
from guides.publishing.editions.withdraw import withdraw
from guides.rendering import figures
from guides.schema import Guide
from guides.schema.types import MAX_TEXT_LENGTH

from .field_links import address, named
from .forms import MomentField, Sentence, whole_number
from .role_view import page, sent, to_role, way


class WhenForm(forms.Form):
    """Now, or at a time of the site's zone that is to come."""

    at = MomentField(label=gettext_lazy("When"), required=False)

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at and at <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Leave it empty for now, or give one that is to come."))
        return at


class PublishForm(WhenForm):
    field_order = ("note", "at")
    note = Sentence(label=gettext_lazy("What changed, in a sentence for readers"))


class WithdrawForm(WhenForm):
    leads_to = forms.ModelChoiceField(
        Role.objects.none(), required=False, label=gettext_lazy("Its address leads to"),
        empty_label=gettext_lazy("a page that says it was withdrawn"),
    )  # fmt: skip
    note = Sentence(label=gettext_lazy("Why, in a sentence for readers"), required=False)

    def __init__(self, *args: Any, role: Role) -> None:
        super().__init__(*args)
        live = Edition.objects.live(at=timezone.now()).exclude(role=role)
        field: Any = self.fields["leads_to"]
        field.queryset = Role.objects.filter(pk__in=live.values("role"))


class ExplainForm(forms.Form):
    key = forms.CharField(max_length=100)
    at = MomentField(required=False)
    reason = forms.CharField(max_length=MAX_TEXT_LENGTH)


class SendBackForm(forms.Form):
    answer = Sentence(label=gettext_lazy("What is to be done"))


@way("publish_role")
def publish_role(request: HttpRequest, role: Role) -> HttpResponse:
    now, guide = timezone.now(), compose(role)
    live = Edition.objects.live(at=now).filter(role=role).first()
    to_come = Edition.objects.upcoming(at=now).filter(role=role).order_by("live_from").first()
    first_note = "" if Edition.objects.filter(role=role).exists() else _("First edition.")
    form = PublishForm(sent(request), initial={"note": first_note})
    if request.method == "POST" and form.is_valid():
        try:
            seen_revision = whole_number(request.POST.get("revision", ""))
            edition = publish_if_ready(
                role=role, by=request.user.get_username(), seen_revision=seen_revision, **form.cleaned_data
            )
        except NotReady as error:
            form.add_error(None, str(error))
        else:
            told = _("Published %(edition)s. Visitors see it now.")
            if form.cleaned_data["at"]:
                told = _("%(edition)s goes live on %(when)s. Until then visitors see what they see now.")
            messages.success(request, told % {"edition": edition, "when": figures.moment(edition.live_from)})
            return to_role(role)
    at = form.cleaned_data.get("at") if form.is_bound else None
    return page(
        request, role, "publish", form=form, live=live, to_come=to_come, may_explain=True,
        **told_of(check_readiness(role=role, guide=guide, at=at or now), role, guide),
        judged_at=request.POST.get("at", ""),
        changes=differences(live.guide if live else None, guide),
        submission=Submission.objects.open().filter(role=role).first(),
        send_back=SendBackForm(),
        status=422 if form.errors else 200,
    )  # fmt: skip


def told_of(ready: Readiness, role: Role, guide: Guide) -> dict[str, Any]:
    """For the template: findings with where each is mended, and those that were explained."""

    def with_address(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, str, str], ...]:
        return tuple(
            (found, address(found.place, role=role, guide=guide), named(found.place, guide)) for found in findings
        )

    errors, warnings = with_address(ready.errors), with_address(ready.warnings)
    return {
        "found": (("error", _("Errors, which block publishing"), errors), ("warning", _("Warnings"), warnings)),
        "errors": errors,
        "warnings": warnings,
        "explained": ready.waived,
    }


@way("view_role", "change_role")
def preflight_role(request: HttpRequest, role: Role) -> HttpResponse:
    """What the preflight finds; who may not publish sees it too."""
    guide = compose(role)
    ready = check_readiness(role=role, guide=guide, at=timezone.now())
    return page(request, role, "preflight", **told_of(ready, role, guide))


@way("publish_role")
def explain_finding(request: HttpRequest, role: Role) -> HttpResponse:
    form = ExplainForm(request.POST)
    at = form.cleaned_data.get("at") if form.is_valid() else None
    ready = check_readiness(role=role, guide=compose(role), at=at or timezone.now())
    by_key = {finding.key: finding for finding in (*ready.errors, *ready.warnings)}
    if request.POST.get("forget"):
        unwaive(role=role, key=request.POST["forget"], by=request.user.get_username())
        messages.success(request, _("The explanation is taken back."))
    elif not form.is_valid():
        messages.warning(request, _("Say in a sentence why the finding may stand."))
    elif finding := by_key.get(form.cleaned_data["key"]):
        waive(role=role, finding=finding, reason=form.cleaned_data["reason"], by=request.user.get_username())
        messages.success(request, _("Explained. The finding no longer stands against publishing."))
    else:
        messages.warning(request, _("The draft has changed, and this is found no longer."))
    return redirect("admin:guides_role_publish", role.pk)


@way("publish_role")
def withdraw_role(request: HttpRequest, role: Role) -> HttpResponse:
    now = timezone.now()
    of_role = Edition.objects.filter(role=role)
    live, to_come = of_role.live(at=now).first(), of_role.upcoming(at=now).order_by("live_from").first()
    form = WithdrawForm(sent(request), role=role)
    if request.method == "POST" and form.is_valid():
        withdrawal = withdraw(role=role, by=request.user.get_username(), **form.cleaned_data)
        told = _("Withdrew %(role)s. Visitors no longer find it; the draft is kept.")
        if form.cleaned_data["at"]:
            told = _("%(role)s is withdrawn on %(when)s.")
        messages.success(request, told % {"role": role, "when": figures.moment(withdrawal.at)})
        return to_role(role)
    return page(request, role, "withdraw", form=form, live=live, to_come=to_come, status=422 if form.errors else 200)


@way("publish_role")
def cancel_of_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Cancels an edition or a withdrawal that is to come; the schedule has the buttons."""
    by = request.user.get_username()
    if request.method == "POST" and (number := whole_number(request.POST.get("edition", ""))):
        edition = get_object_or_404(Edition, role=role, number=number)
        cancel(edition=edition, by=by)
        messages.success(request, _("Cancelled %s. What is live before it goes on.") % edition)
    elif request.method == "POST" and (pk := whole_number(request.POST.get("withdrawal", ""))):
        cancel_withdrawal(withdrawal=get_object_or_404(Withdrawal, role=role, pk=pk), by=by)
        messages.success(request, _("%s is not withdrawn.") % role)
    return redirect("desk:schedule")


@way("publish_role")
def send_back_role(request: HttpRequest, role: Role) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say what is to be done, so that the author knows."))
        return redirect("admin:guides_role_publish", role.pk)
    submission = send_back(role=role, by=request.user.get_username(), answer=form.cleaned_data["answer"])
    messages.success(request, _("Sent back to %s.") % submission.by)
    return to_role(role)


WAYS = (
    ("publish", publish_role),
    ("preflight", preflight_role),
    ("explain", explain_finding),
    ("withdraw", withdraw_role),
    ("cancel", cancel_of_role),
    ("send-back", send_back_role),
)
