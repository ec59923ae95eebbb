"""Reports from readers on whether a section is useful or wrong. They need no script, cookie, or account.

No data about the visitor is stored. The number of reports limits a flood. Robots are recognized because they send a
form at once or fill in the hidden field. A form is signed, names its edition, and is accepted once.
"""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django import forms
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guides.choices import Chapter, Verdict
from guides.models.edition import Edition
from guides.models.report import Report
from guides.reading import clock
from guides.reading.form_errors import FormError, errors_at, errors_of
from guides.reading.http import ANY, query_params
from guides.reading.redirects import live_edition
from guides.schema.types import MAX_TEXT_LENGTH

MIN_SECONDS, MAX_SECONDS = 2, 24 * 60 * 60
"""Time between showing a form and sending it."""

RATE_PERIOD = timedelta(hours=1)
MAX_PER_GUIDE, MAX_IN_ALL = 60, 600
"""Reports in one period."""

_signer = signing.TimestampSigner(salt="guides.report")


class ReportRefused(ValueError):
    """The reason for not accepting a report, as a sentence for its sender, and the status of the response."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Origin(NamedTuple):
    """The edition that the form's reader saw, and the form's own random ID."""

    edition: int
    form: str


class _Lines(forms.CharField):
    def to_python(self, value: object) -> str:
        """Normalize line endings: a browser sends two characters and counts one."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.Form):
    use_required_attribute = False  # browsers call a field with it invalid before its form is sent

    verdict = forms.ChoiceField(
        label=gettext_lazy("What’s your feedback?"),
        choices=Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose one.")},
    )
    text = _Lines(
        label=gettext_lazy("Tell us what is wrong and where we can check it"),
        max_length=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(required=False)  # hidden from people
    origin = forms.CharField(required=False)  # signed: without it, a form counts as expired

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("verdict") == Verdict.WRONG and not data.get("text"):
            self.add_error("text", _("Say in a sentence what is wrong, so an editor can find it."))
        return data


@query_params(ANY)
@csrf_exempt  # there is no session to abuse, and the token would need a cookie: the form is signed instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    request.upload_handlers = []  # the form has no file field
    edition = live_edition(slug, at=clock.now())
    section = request.GET.get("section", "")
    if section not in Chapter:
        raise Http404
    refusals: tuple[FormError, ...] = ()
    status = 200
    if request.method == "POST":
        form = ReportForm(request.POST)
        if form.is_valid():
            try:
                _accept(form.cleaned_data, edition=edition, section=Chapter(section), at=clock.now())
                return redirect("guides:reported", slug)
            except ReportRefused as error:
                refusals, status = errors_at("", str(error)), error.status
        else:
            status = 422
    else:
        verdict = request.GET.get("verdict")
        form = ReportForm(initial={"verdict": verdict if verdict in Verdict else None})
    context = {
        "edition": edition,
        "section": Chapter(section),
        "form": form,
        "form_errors": (*refusals, *errors_of(form)),
        "origin": _signer.sign_object((edition.pk, secrets.token_hex(16))),
    }
    return render(request, "guides/pages/report.html", context, status=status)


def reported(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "guides/pages/reported.html", {"edition": live_edition(slug, at=clock.now())})


def _accept(data: dict[str, str], *, edition: Edition, section: Chapter, at: datetime) -> None:
    """Store a report on the edition that its reader saw, which has the same role as this one."""
    if data["website"]:
        return  # the robot gets the same response as a person
    origin = _origin(data["origin"])
    seen = Edition.objects.filter(pk=origin.edition, role=edition.role_id).first()
    if seen is None:
        raise ReportRefused(_("This form is out of date. Please send it again."))
    try:
        store(
            edition=seen,
            section=section,
            verdict=Verdict(data["verdict"]),
            text=data["text"],
            form=origin.form,
            at=at,
        )
    except IntegrityError:
        return  # sent twice


def _origin(signed: str) -> Origin:
    try:
        edition, form = _signer.unsign_object(signed, max_age=MAX_SECONDS)
        signed_at = signing.b62_decode(signed.rsplit(":", 2)[1])
    except signing.BadSignature:
        raise ReportRefused(_("This form has expired. Please send it again.")) from None
    if clock.now().timestamp() - signed_at < MIN_SECONDS:
        raise ReportRefused(_("That was fast. Please read it over and send it again."))
    return Origin(edition, form)


@transaction.atomic
def store(*, edition: Edition, section: Chapter, verdict: Verdict, text: str, form: str, at: datetime) -> Report:
    """Store a report for the editors. Raises ReportRefused in a flood, IntegrityError if the form was sent before."""
    recent = Report.objects.filter(sent_at__gt=at - RATE_PERIOD)
    if recent.count() >= MAX_IN_ALL or recent.filter(edition=edition).count() >= MAX_PER_GUIDE:
        raise ReportRefused(_("We are getting too many messages right now. Please try again in an hour."), status=429)
    report = Report(edition=edition, section=section, verdict=verdict, text=text, form=form, sent_at=at)
    report.full_clean(validate_unique=False, validate_constraints=False)
    report.save(force_insert=True)
    return report
