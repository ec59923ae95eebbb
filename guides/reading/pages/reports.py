"""Reports of readers: is a section useful, is something wrong? Without scripts, cookies or accounts.

Nothing of a visitor is kept, so floods are told by how many reports come in, and robots by how they fill in forms: at
once, or with the field that people do not see. A form is signed, names its edition, and is taken once.
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
from guides.reading.http import ANY, query_params
from guides.reading.redirects import live_edition
from guides.schema.types import MAX_TEXT_LENGTH

LEAST_SECONDS, MOST_SECONDS = 2, 24 * 60 * 60
AN_HOUR = timedelta(hours=1)
MOST_OF_A_GUIDE, MOST_OF_ALL = 60, 600
_signer = signing.TimestampSigner(salt="guides.report")


class Refusal(ValueError):
    """Why a report is not taken, in a sentence for its sender; `status` is that of the answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Origin(NamedTuple):
    """Where a form was shown: it names the edition that its reader saw."""

    edition: int
    form: str


class _Lines(forms.CharField):
    def to_python(self, value: object) -> str:
        """A browser sends a line's end as two characters, and counts it as one."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.Form):
    use_required_attribute = False  # browsers call a field with it invalid before its form is sent

    verdict = forms.ChoiceField(
        label=gettext_lazy("What do you want to say?"), choices=Verdict, widget=forms.RadioSelect
    )
    text = _Lines(
        label=gettext_lazy("Tell us more: what is wrong, and where we can check it"),
        max_length=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(required=False)  # people do not see it
    origin = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("verdict") == Verdict.WRONG and not given.get("text"):
            self.add_error("text", _("Say in a sentence what is wrong, so that an editor can find it."))
        return given


@query_params(ANY)
@csrf_exempt  # there is no session to abuse, and the token would need a cookie: the form is signed instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    request.upload_handlers = []  # no file is asked for, so none is kept
    edition = live_edition(slug, at=clock.now())
    section = request.GET.get("section", "")
    if section not in Chapter:
        raise Http404
    refusal, status = "", 200
    if request.method == "POST":
        form = ReportForm(request.POST)
        if form.is_valid():
            try:
                _take(form.cleaned_data, of=edition, section=Chapter(section), at=clock.now())
                return redirect("guides:reported", slug)
            except Refusal as error:
                refusal, status = str(error), error.status
        else:
            status = 422
    else:
        verdict = request.GET.get("verdict")
        form = ReportForm(initial={"verdict": verdict if verdict in Verdict else None})
    context = {
        "edition": edition,
        "section": Chapter(section),
        "form": form,
        "refusal": refusal,
        "origin": _signer.sign_object((edition.pk, secrets.token_hex(16))),
    }
    return render(request, "guides/pages/report.html", context, status=status)


def reported(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "guides/pages/reported.html", {"edition": live_edition(slug, at=clock.now())})


def _take(given: dict[str, str], *, of: Edition, section: Chapter, at: datetime) -> None:
    if given["website"]:
        return  # a robot learns nothing from its answer
    origin = _origin(given["origin"])
    edition = Edition.objects.filter(pk=origin.edition, role=of.role_id).first()
    if edition is None:
        raise Refusal(_("This form is out of date. Please send it once more."))
    try:
        store(
            edition=edition,
            section=section,
            verdict=Verdict(given["verdict"]),
            text=given["text"],
            form=origin.form,
            at=at,
        )
    except IntegrityError:
        return  # sent twice, and taken once


def _origin(signed: str) -> Origin:
    try:
        edition, form = _signer.unsign_object(signed, max_age=MOST_SECONDS)
        shown = signing.b62_decode(signed.rsplit(":", 2)[1])
    except signing.BadSignature:
        raise Refusal(_("This form has expired. Please send it once more.")) from None
    if clock.now().timestamp() - shown < LEAST_SECONDS:
        raise Refusal(_("That was quick. Please read it over and send it once more."))
    return Origin(edition, form)


@transaction.atomic
def store(*, edition: Edition, section: Chapter, verdict: Verdict, text: str, form: str, at: datetime) -> Report:
    """Keep a report for the editors' desk. Raises Refusal in a flood, IntegrityError for a form that was taken."""
    lately = Report.objects.filter(sent_at__gt=at - AN_HOUR)
    if lately.count() >= MOST_OF_ALL or lately.filter(edition=edition).count() >= MOST_OF_A_GUIDE:
        raise Refusal(_("Too many reports are coming in just now. Please try again in an hour."), status=429)
    report = Report(edition=edition, section=section, verdict=verdict, text=text, form=form, sent_at=at)
    report.full_clean(validate_unique=False, validate_constraints=False)
    report.save(force_insert=True)
    return report
