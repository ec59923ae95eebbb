"""The ways that lead from a role's page: views of our own, each for a permission, told by one decorator."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from guides.models import Role
from guides.publishing import PublishingError
from guides.schema import InvalidGuide

from .field_links import address

type Way = Callable[[HttpRequest, int], HttpResponse]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, however little; None where nothing was."""
    return request.POST if request.method == "POST" else None


def way(*permissions: str) -> Callable[[Callable[[HttpRequest, Role], HttpResponse]], Way]:
    """A view of one role, for who has one of these permissions. `admin_site.admin_view` shields it as the admin's own.

    A refusal of publishing leads back to the role with its sentence; a draft that is no guide is told its faults.
    """

    def decorate(view: Callable[[HttpRequest, Role], HttpResponse]) -> Way:
        @require_http_methods(("GET", "HEAD", "POST"))
        @wraps(view)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            if not any(request.user.has_perm(f"guides.{permission}") for permission in permissions):
                raise PermissionDenied
            role = get_object_or_404(Role.objects.select_related("field"), pk=pk)
            try:
                return view(request, role)
            except InvalidGuide as error:
                faults = tuple((fault, address(fault.path, role=role)) for fault in error.issues)
                return page(request, role, "validation_errors", faults=faults, status=422)
            except PublishingError as error:
                messages.warning(request, str(error))
                return redirect("admin:guides_role_change", role.pk)

        return answer

    return decorate


def page(request: HttpRequest, role: Role, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A page of the desk about a role."""
    context |= {**admin.site.each_context(request), "role": role, "opts": Role._meta}
    return render(request, f"admin/guides/role/{name}.html", context, status=status)


def to_role(role: Role) -> HttpResponse:
    return redirect("admin:guides_role_change", role.pk)
