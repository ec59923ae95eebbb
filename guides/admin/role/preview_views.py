"""Previews of drafts and editions: with highlighted changes, in phone width, and by link without an account."""

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

from .forms import SentenceField, whole_number
from .role_view import post_data, redirect_to_role, render_page, role_view

WIDTHS = ("phone", "desktop")
FRAMED_CSP = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
PRIVATE_HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
"""Headers of every preview. They keep it out of caches and search engines, and hide its address from linked sites."""

_allow_frame = csp_override(FRAMED_CSP)


def _render_article(guide: Guide) -> str:
    """Render the body of a guide's page, without data that only an edition has."""
    return page_of_draft(guide, prose.render_all(guide), at=timezone.now()).body


def render_preview(
    request: HttpRequest, guide: Guide, *, compared_with: Edition | None, **context: object
) -> HttpResponse:
    """Render a guide as a page of the site. Highlight the changes since an edition if one is passed."""
    article = _render_article(guide)
    if compared_with is not None:
        article = mark_changes(_render_article(compared_with.guide), article)
    context |= {"guide": guide, "article": article, "compared_with": compared_with, "is_bare": "bare" in request.GET}
    return _private(render(request, "admin/guides/role/preview.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response


@xframe_options_sameorigin
@_allow_frame
@role_view("view_role", "change_role")
def preview(request: HttpRequest, role: Role) -> HttpResponse:
    """Show the stored draft, with the changes since the live edition highlighted."""
    live = Edition.objects.live(at=timezone.now()).filter(role=role).first()
    is_highlighted = live is not None and "plain" not in request.GET
    return render_preview(request, compose(role), compared_with=live if is_highlighted else None, role=role, live=live)


@role_view("view_role", "change_role")
def responsive_preview(request: HttpRequest, role: Role) -> HttpResponse:
    """Show the preview in the width of a phone or a desktop screen."""
    width = request.GET.get("width", "")
    return render_page(request, role, "responsive_preview", width=width if width in WIDTHS else "phone", widths=WIDTHS)


class ShareForm(forms.Form):
    made_for = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=MAX_LINE_LENGTH,
        help_text=gettext_lazy("Only people in the admin see this."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long"), coerce=int, initial=7,
        choices=((1, gettext_lazy("a day")), (7, gettext_lazy("a week")), (30, gettext_lazy("30 days"))),
    )  # fmt: skip


@role_view("change_role")
def share_role(request: HttpRequest, role: Role) -> HttpResponse:
    form, by = ShareForm(post_data(request)), request.user.get_username()
    if pk := whole_number(request.POST.get("revoke", "")):
        for link in PreviewLink.objects.filter(role=role, pk=pk):
            revoke_preview_link(link=link, by=by)
            messages.success(request, _("The link is revoked."))
        return redirect("admin:guides_role_share", role.pk)
    if form.is_valid():
        lifetime = timedelta(days=form.cleaned_data["days"])
        create_preview_link(role=role, by=by, made_for=form.cleaned_data["made_for"], lasts=lifetime)
        messages.success(request, _("The link is ready. Copy it from the table below."))
        return redirect("admin:guides_role_share", role.pk)
    links = PreviewLink.objects.open(at=timezone.now()).filter(role=role)
    with_urls = tuple(
        (link, f"{settings.ADDRESS}{reverse('shared-preview', args=(preview_token(link),))}") for link in links
    )
    return render_page(request, role, "preview_links", form=form, links=with_urls)


@read_only
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show a draft to anybody who has the link."""
    role = role_of_preview(token, at=timezone.now())
    if role is None:
        return _private(render(request, "admin/guides/role/no_preview.html", status=404))
    try:
        return render_preview(request, compose(role), compared_with=None)
    except InvalidGuide:
        return _private(render(request, "admin/guides/role/no_preview.html", {"role": role}, status=404))


class SubmitForm(forms.Form):
    note = SentenceField(label=gettext_lazy("What should an editor know?"), required=False)


@role_view("change_role")
def submit_role(request: HttpRequest, role: Role) -> HttpResponse:
    form = SubmitForm(post_data(request))
    if form.is_valid():
        request_review(role=role, by=request.user.get_username(), note=form.cleaned_data["note"])
        messages.success(request, _("Submitted. An editor publishes it, or sends it back with a note."))
        return redirect_to_role(role)
    compose(role)
    return render_page(request, role, "request_review", form=form)


VIEWS = (("preview", preview), ("responsive", responsive_preview), ("share", share_role), ("submit", submit_role))
