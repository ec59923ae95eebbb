"""The second factor at the desk: asked for at sign-in, and everybody's own to set up and to remove."""

from collections.abc import Callable
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import default_key

from guides.admin.role.role_view import sent

from .second_factor import (
    Due,
    NotTaken,
    address_of,
    due,
    has_second_factor,
    recovery_codes_left,
    remove,
    renew_recovery_codes,
    set_up,
    spelled,
    take,
)

_KEY = "second-factor"
"""Where a session holds the key that is being set up, so that a page that is loaded anew shows the same."""

_TITLES = {
    "code": gettext_lazy("Enter a code"),
    "second_factor": gettext_lazy("Second factor"),
    "recovery_codes": gettext_lazy("Your recovery codes"),
}
_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "size": "12"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=30,
        widget=forms.TextInput(attrs=_CODE | {"autofocus": ""}),
        help_text=gettext_lazy("Six digits from your app, or one of your recovery codes."),
    )


class PasswordForm(forms.Form):
    """Asked again, as a desk may be left open: mistakes count as they do at sign-in."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest) -> None:
        super().__init__(*args)
        self.request = request

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not authenticate(self.request, username=self.request.user.get_username(), password=password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class SetUpForm(PasswordForm):
    code = forms.CharField(
        label=gettext_lazy("The code that the app shows"), max_length=30, widget=forms.TextInput(attrs=_CODE)
    )
    field_order = ("code", "password")


def _way_on(request: HttpRequest) -> str:
    """Where somebody wanted to go who had to sign in first; never to another site."""
    view = LoginView()
    view.setup(request)
    return view.get_redirect_url() or reverse("admin:index")


def _step(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What follows a password."""
    return never_cache(sensitive_post_parameters()(require_http_methods(("GET", "HEAD", "POST"))(view)))


@_step
def ask(request: HttpRequest) -> HttpResponse:
    """The second step of signing in, of somebody whose password was right."""
    user: Any = request.user
    if not _is_of_desk(user) or due(user) != Due.CODE:
        return redirect_to_login(_way_on(request), reverse("admin:login"))
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            device = take(user=user, code=form.cleaned_data["code"])
        except NotTaken as error:
            form.add_error("code", str(error))
        else:
            django_otp.login(request, device)
            request.session.cycle_key()
            if isinstance(device, StaticDevice):
                left = recovery_codes_left(user)
                told = ngettext("One recovery code is left.", "%(left)d recovery codes are left.", left)
                messages.warning(request, told % {"left": left})
            return redirect(_way_on(request))
    return _page(request, "code", form=form, next=_way_on(request))


@_step
def of_ones_own(request: HttpRequest) -> HttpResponse:
    """The page of somebody's own second factor; whoever has yet to give a code is asked for it first."""
    user: Any = request.user
    if not _is_of_desk(user) or due(user) == Due.CODE:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return _kept(request, user) if has_second_factor(user) else _to_set_up(request, user)


def _is_of_desk(user: User) -> bool:
    return user.is_active and user.is_staff


def _to_set_up(request: HttpRequest, user: User) -> HttpResponse:
    key = request.session.setdefault(_KEY, default_key())
    form = SetUpForm(sent(request), request=request)
    if form.is_valid():
        try:
            device, codes = set_up(user=user, key=key, code=form.cleaned_data["code"])
        except NotTaken as error:
            form.add_error("code", str(error))
        else:
            del request.session[_KEY]
            django_otp.login(request, device)
            request.session.cycle_key()
            return _page(request, "recovery_codes", codes=codes, next=_way_on(request))
    address = address_of(key, user=user)
    return _page(
        request, "second_factor", form=form, key=spelled(key), address=address, picture=_picture(address),
        is_due=due(user) == Due.SET_UP,
    )  # fmt: skip


def _kept(request: HttpRequest, user: User) -> HttpResponse:
    form = PasswordForm(sent(request), request=request)
    if form.is_valid() and "renew" in request.POST:
        return _page(request, "recovery_codes", codes=renew_recovery_codes(user=user), next=reverse("admin:index"))
    if form.is_valid() and "remove" in request.POST:
        remove(user=user, by=user.get_username())
        messages.success(request, _("The second factor is removed: its codes open nothing any longer."))
        return redirect("accounts:second-factor")
    return _page(request, "second_factor", form=form, left=recovery_codes_left(user))


def _picture(address: str) -> SafeString:
    """An address as a QR code, in SVG without styles."""
    drawn = segno.make(address, error="m", micro=False)
    return SafeString(drawn.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None))


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    form = context.get("form")
    is_refused = isinstance(form, forms.Form) and bool(form.errors)
    context |= {**admin.site.each_context(request), "title": _TITLES[name]}
    return render(request, f"accounts/{name}.html", context, status=422 if is_refused else 200)
