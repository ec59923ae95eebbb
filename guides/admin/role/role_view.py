"""Decorator and helpers for admin views of a single role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from guides.models import Role
from guides.publishing import PublishingError
from guides.schema import InvalidGuide

from .field_links import edit_url

type RoleView = Callable[[HttpRequest, int], HttpResponse]


def post_data(request: HttpRequest) -> QueryDict | None:
    """Return the submitted data, even if it is empty, or None if the request is not a POST."""
    return request.POST if request.method == "POST" else None


def role_view(*permissions: str) -> Callable[[Callable[[HttpRequest, Role], HttpResponse]], RoleView]:
    """Decorate a view of one role. The user needs one of the permissions. `admin_site.admin_view` checks the sign-in.

    A PublishingError redirects to the role and shows its message. An invalid draft shows the list of its errors.
    """

    def decorate(view: Callable[[HttpRequest, Role], HttpResponse]) -> RoleView:
        @require_http_methods(("GET", "HEAD", "POST"))
        @wraps(view)
        def wrapper(request: HttpRequest, pk: int) -> HttpResponse:
            if not any(request.user.has_perm(f"guides.{permission}") for permission in permissions):
                raise PermissionDenied
            role = get_object_or_404(Role.objects.select_related("field"), pk=pk)
            try:
                return view(request, role)
            except InvalidGuide as error:
                faults = tuple((fault, edit_url(fault.path, role=role)) for fault in error.issues)
                return render_page(request, role, "validation_errors", faults=faults, status=422)
            except PublishingError as error:
                messages.warning(request, str(error))
                return redirect("admin:guides_role_change", role.pk)

        return wrapper

    return decorate


def render_page(request: HttpRequest, role: Role, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page about a role. The status is 422 if the context has a form with errors."""
    if (form := context.get("form")) and form.errors:
        status = 422
    context |= {**admin.site.each_context(request), "role": role, "opts": Role._meta}
    return render(request, f"admin/guides/role/{name}.html", context, status=status)


def redirect_to_role(role: Role) -> HttpResponse:
    return redirect("admin:guides_role_change", role.pk)
