"""Views that change what visitors see: publish, withdraw and cancel. Each shows its effect first."""

from datetime import datetime
from typing import Any, cast

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

from .field_links import edit_url, place_name
from .forms import MomentField, SentenceField, whole_number
from .occupations import name_occupations
from .role_view import post_data, redirect_to_role, render_page, role_view


class WhenForm(forms.Form):
    """A time in the future, or empty for now."""

    at = MomentField(label=gettext_lazy("When"), required=False)

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at and at <= timezone.now():
            raise forms.ValidationError(
                _("This time is in the past. Enter a future time, or leave the field empty to do this now.")
            )
        return at


class PublishForm(WhenForm):
    field_order = ("note", "at")
    note = SentenceField(label=gettext_lazy("What changed, in a sentence for readers"))


class WithdrawForm(WhenForm):
    leads_to = forms.ModelChoiceField(
        Role.objects.none(), required=False, label=gettext_lazy("Redirect its address to"),
        empty_label=gettext_lazy("no other guide (show that it was withdrawn)"),
    )  # fmt: skip
    note = SentenceField(label=gettext_lazy("Why, in a sentence for readers"), required=False)


class WaiveForm(forms.Form):
    key = forms.CharField(max_length=100)
    at = MomentField(required=False)
    reason = forms.CharField(max_length=MAX_TEXT_LENGTH)


class SendBackForm(forms.Form):
    answer = SentenceField(label=gettext_lazy("What the author should change"))


@role_view("publish_role")
def publish_role(request: HttpRequest, role: Role) -> HttpResponse:
    now, guide = timezone.now(), compose(role)
    live = Edition.objects.live(at=now).filter(role=role).first()
    to_come = Edition.objects.upcoming(at=now).filter(role=role).order_by("live_from").first()
    first_note = "" if Edition.objects.filter(role=role).exists() else _("First edition.")
    form = PublishForm(post_data(request), initial={"note": first_note})
    if form.is_valid():
        try:
            revision = whole_number(request.POST.get("revision", ""))
            edition = publish_if_ready(
                role=role, by=request.user.get_username(), seen_revision=revision, **form.cleaned_data
            )
        except NotReady as error:
            form.add_error(None, str(error))
        else:
            message = _("Published %(edition)s. Visitors see it now.")
            if form.cleaned_data["at"]:
                message = _("%(edition)s goes live on %(when)s. Until then, nothing changes for visitors.")
            messages.success(request, message % {"edition": edition, "when": figures.moment(edition.live_from)})
            return redirect_to_role(role)
    at = form.cleaned_data.get("at") if form.is_bound else None
    return render_page(
        request, role, "publish", form=form, live=live, to_come=to_come, may_waive=True,
        **findings_context(check_readiness(role=role, guide=guide, at=at or now), role, guide),
        checked_at=request.POST.get("at", ""),
        changes=name_occupations(differences(live.guide if live else None, guide)),
        submission=Submission.objects.open().filter(role=role).first(),
        send_back=SendBackForm(),
    )  # fmt: skip


def findings_context(ready: Readiness, role: Role, guide: Guide) -> dict[str, Any]:
    """Return the template context with findings, links to their fields, and waived findings."""

    def with_links(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, str, str], ...]:
        return tuple(
            (finding, edit_url(finding.place, role=role, guide=guide), place_name(finding.place, guide))
            for finding in findings
        )

    groups = (
        ("error", _("Errors, which block publishing"), ready.errors),
        ("warning", _("Warnings"), ready.warnings),
        ("note", _("Notes"), ready.notes),
    )
    return {
        "findings": tuple((severity, title, with_links(findings)) for severity, title, findings in groups if findings),
        "waived": ready.waived,
    }


@role_view("view_role", "change_role")
def preflight_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Show the preflight, also to users who may not publish."""
    guide = compose(role)
    ready = check_readiness(role=role, guide=guide, at=timezone.now())
    return render_page(request, role, "preflight", **findings_context(ready, role, guide))


@role_view("publish_role")
def waive_finding(request: HttpRequest, role: Role) -> HttpResponse:
    form = WaiveForm(request.POST)
    at = form.cleaned_data.get("at") if form.is_valid() else None
    ready = check_readiness(role=role, guide=compose(role), at=at or timezone.now())
    by_key = {finding.key: finding for finding in ready.open_findings}
    if request.POST.get("unwaive"):
        unwaive(role=role, key=request.POST["unwaive"], by=request.user.get_username())
        messages.success(request, _("The waiver is revoked. The finding counts again."))
    elif not form.is_valid():
        messages.warning(request, _("Enter a reason for waiving the finding."))
    elif finding := by_key.get(form.cleaned_data["key"]):
        waive(role=role, finding=finding, reason=form.cleaned_data["reason"], by=request.user.get_username())
        messages.success(request, _("The finding is waived. It no longer blocks publishing."))
    else:
        messages.warning(request, _("The draft has changed, and this finding no longer applies."))
    return redirect("admin:guides_role_publish", role.pk)


@role_view("publish_role")
def withdraw_role(request: HttpRequest, role: Role) -> HttpResponse:
    now = timezone.now()
    editions = Edition.objects.filter(role=role)
    live, to_come = editions.live(at=now).first(), editions.upcoming(at=now).order_by("live_from").first()
    form = WithdrawForm(post_data(request))
    others = Edition.objects.live(at=now).exclude(role=role)
    cast("forms.ModelChoiceField", form.fields["leads_to"]).queryset = Role.objects.filter(pk__in=others.values("role"))
    if form.is_valid():
        withdrawal = withdraw(role=role, by=request.user.get_username(), **form.cleaned_data)
        message = _("Withdrew %(role)s. Visitors can no longer find it. The draft is unchanged.")
        if form.cleaned_data["at"]:
            message = _("%(role)s will be withdrawn on %(when)s.")
        messages.success(request, message % {"role": role, "when": figures.moment(withdrawal.at)})
        return redirect_to_role(role)
    return render_page(request, role, "withdraw", form=form, live=live, to_come=to_come)


@role_view("publish_role")
def cancel_scheduled(request: HttpRequest, role: Role) -> HttpResponse:
    """Cancel a scheduled edition or withdrawal. The buttons are on the schedule."""
    by = request.user.get_username()
    if number := whole_number(request.POST.get("edition", "")):
        edition = get_object_or_404(Edition, role=role, number=number)
        cancel(edition=edition, by=by)
        messages.success(request, _("Canceled %s. The edition before it stays live.") % edition)
    elif pk := whole_number(request.POST.get("withdrawal", "")):
        cancel_withdrawal(withdrawal=get_object_or_404(Withdrawal, role=role, pk=pk), by=by)
        messages.success(request, _("Canceled the withdrawal of %s.") % role)
    return redirect("dashboard:schedule")


@role_view("publish_role")
def send_back_role(request: HttpRequest, role: Role) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Describe what the author should change."))
        return redirect("admin:guides_role_publish", role.pk)
    submission = send_back(role=role, by=request.user.get_username(), answer=form.cleaned_data["answer"])
    messages.success(request, _("Sent back to %s.") % submission.by)
    return redirect_to_role(role)


VIEWS = (
    ("publish", publish_role),
    ("preflight", preflight_role),
    ("waive", waive_finding),
    ("withdraw", withdraw_role),
    ("cancel", cancel_scheduled),
    ("send-back", send_back_role),
)
