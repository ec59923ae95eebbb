"""Every address of the site, for everybody: who is let in, and what is refused to whom."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

from guides.choices import Chapter, Verdict
from guides.media.names import files_of
from guides.models import AuditLogEntry, FieldOfWork, Report, SearchIntent, Skill, Source, StartingJob
from guides.publishing.editions.preview_links import create_preview_link, preview_token
from guides.publishing.editions.withdraw import withdraw
from tests.helpers.factories import a_role, an_edition, day
from tests.helpers.images import a_stored_image
from tests.helpers.statistics import a_wage, an_area, an_occupation
from tests.helpers.users import a_device, a_person, show_device

pytestmark = pytest.mark.django_db

WHO = ("anonymous", "visitor", "stranger", "Author", "Editor", "Administrator", "superuser", "code due", "set-up due")
"""Not signed in, an account without the desk; at the desk without a group, then with one; editors half signed in."""

# Of each of them: y is let in, n is refused (403), s is asked to sign in; x is a method that nobody may use, 0 nothing.
ALL, NO_METHOD, SIGN_IN_FIRST = "yy yyyyy yy", "xx xxxxx xx", "ss xxxxx ss"
DESK, AUTHORS, EDITORS, ADMINISTRATORS, NOBODY, NOTHING = (f"ss {at_desk} ss" for at_desk in (
    "yyyyy", "nyyyy", "nnyyy", "nnnyy", "nnnnn", "00000",
))  # fmt: skip
READ, FORM = (ALL, NO_METHOD), (ALL, ALL)


def of_model(name: str, *, see: str, add: str, change: str, delete: str) -> dict[str, tuple[str, str]]:
    """The admin's own pages of a kind of row."""
    return {
        f"admin/{name}/": (see, see),
        f"admin/{name}/add/": (add, add),
        f"admin/{name}/<path:object_id>/": (DESK, DESK),  # leads to the next one
        f"admin/{name}/<path:object_id>/change/": (see, change),
        f"admin/{name}/<path:object_id>/delete/": (delete, delete),
        f"admin/{name}/<path:object_id>/history/": (see, see),
    }


ADDRESSES: dict[str, tuple[str, str]] = {
    # A route, and what GET and POST give to each of them.
    "admin/": (DESK, DESK),
    "admin/login/": (ALL, ALL),
    "admin/code/": ("ss sssss ys", "ss sssss ys"),
    "admin/second-factor/": ("ss yyyyy sy", "ss yyyyy sy"),
    "admin/logout/": (NO_METHOD, ALL),
    "admin/password_change/": (DESK, DESK),
    "admin/password_change/done/": (DESK, SIGN_IN_FIRST),
    "admin/autocomplete/": (AUTHORS, SIGN_IN_FIRST),
    "admin/jsi18n/": (DESK, SIGN_IN_FIRST),
    "admin/r/<path:content_type_id>/<path:object_id>/": (NOTHING, NOTHING),
    "admin/^(?P<app_label>guides|auth)/$": ("ss 0yyyy ss", "ss 0yyyy ss"),
    "admin/(?P<url>.*)$": (NOTHING, NOTHING),
    "admin/markdownx/markdownify/": (NO_METHOD, "nn nyyyy nn"),
    "admin/markdownx/upload/": (NO_METHOD, "nn nyyyy nn"),
    "admin/schedule/": (AUTHORS, AUTHORS),
    "admin/as-of/": (AUTHORS, NO_METHOD),
    "admin/as-of/<moment:at>/": (AUTHORS, NO_METHOD),
    "admin/as-of/<moment:at>/<path:rest>": (AUTHORS, NO_METHOD),
    **of_model("guides/role", see=AUTHORS, add=AUTHORS, change=AUTHORS, delete=EDITORS),
    "admin/guides/role/<path:object_id>/history/": (DESK, DESK),  # leads to the audit log
    "admin/guides/role/<int:pk>/preview/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/responsive/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/update/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/share/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/submit/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/preflight/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/editions/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/look/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/restore/": (AUTHORS, AUTHORS),
    "admin/guides/role/<int:pk>/publish/": (EDITORS, EDITORS),
    "admin/guides/role/<int:pk>/waive/": (EDITORS, EDITORS),
    "admin/guides/role/<int:pk>/withdraw/": (EDITORS, EDITORS),
    "admin/guides/role/<int:pk>/cancel/": (EDITORS, EDITORS),
    "admin/guides/role/<int:pk>/send-back/": (EDITORS, EDITORS),
    **of_model("guides/fieldofwork", see=AUTHORS, add=EDITORS, change=EDITORS, delete=EDITORS),
    **of_model("guides/searchintent", see=AUTHORS, add=EDITORS, change=EDITORS, delete=EDITORS),
    **of_model("guides/skill", see=AUTHORS, add=AUTHORS, change=AUTHORS, delete=EDITORS),
    **of_model("guides/startingjob", see=AUTHORS, add=EDITORS, change=EDITORS, delete=EDITORS),
    **of_model("guides/source", see=AUTHORS, add=AUTHORS, change=AUTHORS, delete=EDITORS),
    **of_model("guides/image", see=AUTHORS, add=AUTHORS, change=NOBODY, delete=EDITORS),
    **of_model("guides/edition", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("guides/withdrawal", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("guides/auditlogentry", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("guides/report", see=AUTHORS, add=NOBODY, change=EDITORS, delete=EDITORS),
    **of_model("guides/release", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("guides/occupation", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("guides/area", see=AUTHORS, add=NOBODY, change=NOBODY, delete=NOBODY),
    **of_model("auth/user", see=ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    "admin/auth/user/<id>/password/": (ADMINISTRATORS, ADMINISTRATORS),
    **of_model("auth/group", see=ADMINISTRATORS, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    "preview/<str:token>/": READ,
    "": READ,
    "guides/": READ,
    "fields/<slug:slug>/": READ,
    "search/": READ,
    "search/suggestions/": READ,
    "skills/": READ,
    "skills/<slug:slug>/": READ,
    "compare/": READ,
    "match/": READ,
    "match/resume/": FORM,
    "match/suggestions/": READ,
    "paths/": READ,
    "paths/<slug:first>/<slug:last>/": READ,
    "guides/<slug:slug>/": READ,
    "guides/<slug:slug>.json": READ,
    "guides/<slug:slug>.md": READ,
    "guides/<slug:slug>/card-<int:number>-v2.png": READ,
    "guides/<slug:slug>/card-<int:number>-v3.png": READ,
    "guides/<slug:slug>/card-<int:number>-v4.png": READ,
    "guides/<slug:slug>/card-<int:number>-v4-<slug:digest>.png": READ,
    "guides/<slug:slug>/card-<int:number>.png": READ,
    "guides/<slug:slug>/feed/": READ,
    "guides/<slug:slug>/history/": READ,
    "pay/": READ,
    "pay/suggestions/": READ,
    "pay/<slug:area>/": READ,
    "guides/<slug:slug>/pay/": READ,
    "guides/<slug:slug>/pay.csv": READ,
    "guides/<slug:slug>/pay/<slug:area>/": READ,
    "guides/<slug:slug>/skills-check/": READ,
    "guides/<slug:slug>/skills-check.md": READ,
    "guides/<slug:slug>/toolkit/": READ,
    "guides/<slug:slug>/toolkit/<slug:kind>/": READ,
    r"^guides/(?P<slug>[-\w]+)/toolkit/(?P<kind>[-\w]+)\.(?P<suffix>md|docx)$": READ,
    "guides/<slug:slug>/report/": FORM,
    "guides/<slug:slug>/report/sent/": READ,
    "about/": READ,
    "about/sources/": READ,
    "about/<slug:page>/": READ,
    r"^images/(?P<file>[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}(?:-[1-9][0-9]{0,3}w)?\.webp)$": READ,
    "feed/": READ,
    "sitemap.xml": READ,
    "sitemap-<slug:section>.xml": READ,
    "robots.txt": READ,
    "llms.txt": READ,
    "opensearch.xml": READ,
    ".well-known/security.txt": READ,
}
QUERIES = {
    "admin/autocomplete/": "?app_label=guides&model_name=role&field_name=picture",
    "admin/guides/role/<int:pk>/look/": "?edition=1",
    "admin/guides/role/<int:pk>/restore/": "?edition=1",
    "guides/<slug:slug>/report/": "?section=role",
}


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


@pytest.fixture
def addresses(settings: Settings) -> dict[str, str]:
    """An address of each route, with something there."""
    settings.SECURITY_CONTACT = "mailto:security@careerguide.example"
    edition = an_edition(at=day(1), occupations=[{"code": "53-5011", "relation": "same"}])
    other = an_edition(at=day(1), slug="buoy-tender", title="Buoy Tender")
    tomorrow = timezone.now() + timedelta(days=1)
    link = create_preview_link(role=edition.role, by="ada", made_for="Bob", lasts=timedelta(days=1))
    image = a_stored_image(40, 30)
    wage = a_wage(occupation=an_occupation("53-5011"), area=an_area("nation", "99", "United States", "nation", ""))
    rows = {
        "auditlogentry": AuditLogEntry.objects.all()[0],
        "area": wage.area,
        "edition": edition,
        "fieldofwork": FieldOfWork.objects.get(),
        "group": Group.objects.all()[0],
        "image": image,
        "occupation": wage.occupation,
        "release": wage.release,
        "report": Report.objects.create(edition=edition, section=Chapter.ROLE, verdict=Verdict.USEFUL, form="x",
                                        sent_at=tomorrow),
        "role": a_role(slug="lamplighter", title="Lamplighter"),
        "skill": Skill.objects.all()[0],
        "searchintent": SearchIntent.objects.create(order=1, phrases=["pay"], target="/pay/", message="Pay"),
        "source": Source.objects.all()[0],
        "startingjob": StartingJob.objects.create(slug="sailor", title="Sailor"),
        "user": User.objects.create_user("bob"),
        "withdrawal": withdraw(role=other.role, by="ada", at=tomorrow),
    }  # fmt: skip
    given = {
        "app_label": "guides", "area": wage.area.slug, "at": "20260301-0900", "content_type_id": "1", "digest": "0",
        "file": files_of(image.name)[0],
        "first": "lighthouse-keeper", "id": rows["user"].pk, "kind": "resume", "last": "buoy-tender", "number": 1,
        "page": "editorial", "pk": edition.role.pk, "rest": "guides/", "section": "guides", "suffix": "md",
        "token": preview_token(link), "url": "nowhere/",
    }  # fmt: skip
    slugs = {"fields": "coast", "skills": "lamps", "guides": "lighthouse-keeper"}

    def address(route: str) -> str:
        parts = route.lstrip("^").split("/")
        row = rows.get(parts[2]) if len(parts) > 2 else None
        values = given | {"slug": slugs.get(parts[0]), "object_id": row.pk if row else 1}
        plain = re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)", r"\1", route)
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(values[name[1]]), plain)
        return f"/{re.sub(r'[\\^$]', '', filled)}{QUERIES.get(route, '')}"

    return {route: address(route) for route in ADDRESSES}


class _Unrendered(HttpResponse):
    """A response in place of one that renders a template."""

    def render(self) -> "_Unrendered":
        return self


class RenderPagesOnly:
    """Middleware that renders no template in response to POST, because GET renders the same pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method == "GET":
            return response
        return _Unrendered(status=response.status_code, headers=response.headers)


def client_of(who: str, settings: Settings) -> Client:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.{RenderPagesOnly.__name__}"]
    settings.SECOND_FACTOR_REQUIRED = who in {"set-up due", "whole"}
    client = Client()
    if who == "anonymous":
        return client
    user = a_person("Editor" if who in {"code due", "set-up due", "whole"} else who)
    client.force_login(user)
    if who in {"code due", "whole"}:
        device = a_device(user)
        if who == "whole":
            show_device(client, device)
    return client


def seen(response: HttpResponseBase) -> str:
    if response.headers.get("Location", "").startswith("/admin/login/"):
        return "s"
    return {403: "n", 404: "0", 405: "x"}.get(response.status_code, "y")


def answer(client: Client, method: str, address: str) -> str:
    """What somebody sees at an address, which changes nothing for the next one: neither rows nor cookies."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response: Any = client.generic(method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.streaming:
        b"".join(response.streaming_content)  # a file is closed at its end
    return seen(response)


def test_each_address_is_listed_here() -> None:
    assert set(routes()) == set(ADDRESSES)


@pytest.mark.ignore_template_errors  # Django's own page for another's password leaves one out
@pytest.mark.parametrize("who", [*WHO, "whole"])
def test_each_address_opens_for_whom_it_is(who: str, addresses: dict[str, str], settings: Settings) -> None:
    client = client_of(who, settings)
    place = WHO.index("Editor" if who == "whole" else who)  # an editor who gave a code has what editors have
    expected = {route: tuple(of.replace(" ", "")[place] for of in pair) for route, pair in ADDRESSES.items()}
    assert {
        route: tuple(answer(client, method, at) for method in ("GET", "POST")) for route, at in addresses.items()
    } == (expected)


def test_visitors_are_told_which_methods_there_are(addresses: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    of_visitors = {route: at for route, at in addresses.items() if not route.startswith("admin/")}
    expected = {route: ("y" if ADDRESSES[route] == FORM else "x", "x", "x", "x") for route in of_visitors}
    methods = ("POST", "OPTIONS", "PUT", "DELETE")
    assert {route: tuple(answer(client, name, at) for name in methods) for route, at in of_visitors.items()} == expected
