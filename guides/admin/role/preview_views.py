"""Previews: of drafts and editions, with what changed marked, at any width, and for people without an account."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from guides.diff.html_diff import mark_changes
from guides.models import Edition, PreviewLink, Role
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.preview_links import (
    create_preview_link,
    preview_token,
    revoke_preview_link,
    role_of_preview,
)
from guides.publishing.editions.review import request_review
from guides.reading.http import read_only
from guides.reading.pages.page import page_of_draft
from guides.rendering import prose
from guides.schema import Guide, InvalidGuide
from guides.schema.types import MAX_LINE_LENGTH

from .forms import Sentence, whole_number
from .role_view import page, sent, to_role, way

WIDTHS = {"phone": 390, "desk": 1280}
FRAMED = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
UNSEEN = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""Of every preview: kept by no cache and no search engine, and its address goes to nobody who is linked from it."""

_framed = csp_override(FRAMED)


def _article(guide: Guide) -> str:
    """The reader's page of a guide, without what only an edition tells."""
    return page_of_draft(guide, prose.render_all(guide), at=timezone.now()).body


def show(request: HttpRequest, guide: Guide, *, against: Edition | None, **context: object) -> HttpResponse:
    """The reader's own page of a guide; with what changed since an edition marked, where there is one."""
    article = _article(guide)
    if against is not None:
        article = mark_changes(_article(against.guide), article)
    context |= {"guide": guide, "article": article, "against": against, "is_bare": "bare" in request.GET}
    return _unseen(render(request, "admin/guides/role/preview.html", context))


def _unseen(response: HttpResponse) -> HttpResponse:
    for name, value in UNSEEN.items():
        response.headers[name] = value
    return response


@xframe_options_sameorigin
@_framed
@way("view_role", "change_role")
def preview(request: HttpRequest, role: Role) -> HttpResponse:
    """The draft as it is stored now."""
    live = Edition.objects.live(at=timezone.now()).filter(role=role).first()
    is_marked = live is not None and "plain" not in request.GET
    return show(request, compose(role), against=live if is_marked else None, role=role, live=live)


@way("view_role", "change_role")
def frame(request: HttpRequest, role: Role) -> HttpResponse:
    """The preview as wide as a phone, or as a desk."""
    width = request.GET.get("width", "")
    return page(request, role, "responsive_preview", width=width if width in WIDTHS else "phone", widths=tuple(WIDTHS))


class ShareForm(forms.Form):
    made_for = forms.CharField(
        label=gettext_lazy("For whom"), max_length=MAX_LINE_LENGTH, help_text=gettext_lazy("Only the desk sees this.")
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long"), coerce=int, initial=7,
        choices=((1, gettext_lazy("a day")), (7, gettext_lazy("a week")), (30, gettext_lazy("30 days"))),
    )  # fmt: skip


@way("change_role")
def share_role(request: HttpRequest, role: Role) -> HttpResponse:
    form, by = ShareForm(sent(request)), request.user.get_username()
    if request.method == "POST" and (pk := whole_number(request.POST.get("revoke", ""))):
        for link in PreviewLink.objects.filter(role=role, pk=pk):
            revoke_preview_link(link=link, by=by)
            messages.success(request, _("Revoked. The link leads nowhere from now on."))
        return redirect("admin:guides_role_share", role.pk)
    if request.method == "POST" and form.is_valid():
        lasts = timedelta(days=form.cleaned_data["days"])
        create_preview_link(role=role, by=by, made_for=form.cleaned_data["made_for"], lasts=lasts)
        messages.success(request, _("The link is made. Copy it from below."))
        return redirect("admin:guides_role_share", role.pk)
    links = PreviewLink.objects.open(at=timezone.now()).filter(role=role)
    shown = tuple(
        (link, f"{settings.ADDRESS}{reverse('shared-preview', args=(preview_token(link),))}") for link in links
    )
    return page(request, role, "preview_links", form=form, links=shown, status=422 if form.errors else 200)


@read_only
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A draft, shown to whoever holds its link."""
    role = role_of_preview(token, at=timezone.now())
    if role is None:
        return _unseen(render(request, "admin/guides/role/no_preview.html", status=404))
    try:
        return show(request, compose(role), against=None)
    except InvalidGuide:
        return _unseen(render(request, "admin/guides/role/no_preview.html", {"role": role}, status=404))


class SubmitForm(forms.Form):
    note = Sentence(label=gettext_lazy("What should an editor know?"), required=False)


@way("change_role")
def submit_role(request: HttpRequest, role: Role) -> HttpResponse:
    form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        request_review(role=role, by=request.user.get_username(), note=form.cleaned_data["note"])
        messages.success(request, _("Submitted. An editor publishes it, or sends it back with a note."))
        return to_role(role)
    compose(role)
    return page(request, role, "request_review", form=form)


WAYS = (("preview", preview), ("frame", frame), ("share", share_role), ("submit", submit_role))
