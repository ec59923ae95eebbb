"""What a browser sends of the desk's forms, for tests."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guides.models import Role


def change(role: Role) -> str:
    return reverse("admin:guides_role_change", args=(role.pk,))


def act(name: str, role: Role) -> str:
    return reverse(f"admin:guides_role_{name}", args=(role.pk,))


def form_of(client: Client, role: Role) -> dict[str, Any]:
    """What a browser would send of the role's page without a change."""
    context = client.get(change(role)).context
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
