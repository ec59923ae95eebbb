"""The data that a browser sends from the forms of the admin."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.middleware import OTPMiddleware

from guides.models import Role


def change(role: Role) -> str:
    return reverse("admin:guides_role_change", args=(role.pk,))


def act(name: str, role: Role) -> str:
    return reverse(f"admin:guides_role_{name}", args=(role.pk,))


def form_of(client: Client, role: Role) -> dict[str, Any]:
    """Return the data that a browser would send from the page of a role without a change.

    The page is not rendered, because that takes most of the time.
    """
    request = RequestFactory().get(change(role))
    request.session = client.session
    request.user = get_user(request)
    OTPMiddleware(lambda _request: HttpResponse())(request)
    page: Any = admin.site.get_model_admin(Role).changeform_view(request, str(role.pk))
    context = page.context_data
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"seen": context["seen"]}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    return data


def save(client: Client, role: Role, **changes: Any) -> Any:
    response = client.post(change(role), form_of(client, role) | changes)
    if response.status_code == 200:
        pytest.fail(str(response.context["errors"]))
    return response
