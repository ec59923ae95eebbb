"""Views of the second factor: enter a code at sign-in, set up, renew recovery codes, and remove."""

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
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from guides.admin.role.role_view import post_data

from .second_factor import (
    CodeRejected,
    Step,
    format_key,
    has_second_factor,
    next_step,
    recovery_codes_left,
    remove,
    renew_recovery_codes,
    set_up,
    verify_code,
)

_SESSION_KEY = "second-factor"
"""The session key of a new TOTP key, so that reloading the page shows the same one."""

_TITLES = {
    "code": gettext_lazy("Enter a code"),
    "second_factor": gettext_lazy("Second factor"),
    "recovery_codes": gettext_lazy("Your recovery codes"),
}
_CODE_ATTRS = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "size": "12"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=30,
        widget=forms.TextInput(attrs=_CODE_ATTRS | {"autofocus": ""}),
        help_text=gettext_lazy("Six digits from your app, or one of your recovery codes."),
    )


class PasswordForm(forms.Form):
    """A form that asks for the password again. Wrong passwords count as failed sign-ins."""

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
            raise forms.ValidationError(_("The password is wrong."))
        return password


class SetUpForm(PasswordForm):
    code = forms.CharField(
        label=gettext_lazy("The code that the app shows"), max_length=30, widget=forms.TextInput(attrs=_CODE_ATTRS)
    )
    field_order = ("code", "password")


def _next_url(request: HttpRequest) -> str:
    """Return the URL that the user requested before signing in. It never leads to another site."""
    view = LoginView()
    view.setup(request)
    return view.get_redirect_url() or reverse("admin:index")


def _step(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Decorate a view for users who have entered their password."""
    return never_cache(sensitive_post_parameters()(require_http_methods(("GET", "HEAD", "POST"))(view)))


@_step
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code after the password."""
    user: Any = request.user
    if not _may_use_admin(user) or next_step(user) != Step.CODE:
        return redirect_to_login(_next_url(request), reverse("admin:login"))
    form = CodeForm(post_data(request))
    if form.is_valid():
        try:
            device = verify_code(user=user, code=form.cleaned_data["code"])
        except CodeRejected as error:
            form.add_error("code", str(error))
        else:
            django_otp.login(request, device)
            request.session.cycle_key()
            if isinstance(device, StaticDevice):
                left = recovery_codes_left(user)
                message = ngettext("One recovery code is left.", "%(left)d recovery codes are left.", left)
                messages.warning(request, message % {"left": left})
            return redirect(_next_url(request))
    return _page(request, "code", form=form, next=_next_url(request))


@_step
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the second factor of the user, who must have entered a code if there is one."""
    user: Any = request.user
    if not _may_use_admin(user) or next_step(user) == Step.CODE:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return _manage(request, user) if has_second_factor(user) else _set_up(request, user)


def _may_use_admin(user: User) -> bool:
    return user.is_active and user.is_staff


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    key = request.session.setdefault(_SESSION_KEY, default_key())
    form = SetUpForm(post_data(request), request=request)
    if form.is_valid():
        try:
            device, codes = set_up(user=user, key=key, code=form.cleaned_data["code"])
        except CodeRejected as error:
            form.add_error("code", str(error))
        else:
            del request.session[_SESSION_KEY]
            django_otp.login(request, device)
            request.session.cycle_key()
            return _page(request, "recovery_codes", codes=codes, next=_next_url(request))
    uri = TOTPDevice(user=user, key=key).config_url  # for the QR code, and as a link
    return _page(
        request, "second_factor", form=form, key=format_key(key), uri=uri, qr_code=_qr_code(uri),
        is_due=next_step(user) == Step.SET_UP,
    )  # fmt: skip


def _manage(request: HttpRequest, user: User) -> HttpResponse:
    form = PasswordForm(post_data(request), request=request)
    if form.is_valid() and "renew" in request.POST:
        return _page(request, "recovery_codes", codes=renew_recovery_codes(user=user), next=reverse("admin:index"))
    if form.is_valid() and "remove" in request.POST:
        remove(user=user, by=user.get_username())
        messages.success(request, _("The second factor is removed. Its codes are no longer valid."))
        return redirect("accounts:second-factor")
    return _page(request, "second_factor", form=form, left=recovery_codes_left(user))


def _qr_code(uri: str) -> SafeString:
    """Draw a URI as a QR code, in SVG without styles."""
    qr_code = segno.make(uri, error="m", micro=False)
    return SafeString(qr_code.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None))


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    form = context.get("form")
    has_errors = isinstance(form, forms.Form) and bool(form.errors)
    context |= {**admin.site.each_context(request), "title": _TITLES[name]}
    return render(request, f"accounts/{name}.html", context, status=422 if has_errors else 200)
