"""Views of guides and of the pages about the site. `urls` restricts them to GET and HEAD."""

from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guides import schema
from guides.models.edition import Edition
from guides.reading import clock
from guides.reading.http import query_params, redirect_to
from guides.reading.places import PARAMETER, read_place
from guides.reading.redirects import live_edition
from guides.reading.search import browse
from guides.rendering import markdown_export, social_card
from guides.rendering.language import language_tag
from guides.rendering.urls import absolute
from guides.statistics.headline import PayHeadline

from .page import page_of, place_form, statistics_of

SECURITY_TXT_LIFETIME = timedelta(days=180)
IMMUTABLE = "public, max-age=31536000, immutable"


def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    fields = browse.fields(at=now, most=browse.MAX_FIELDS)
    context = {
        "recent": browse.recent(at=now),
        "fields": fields,
        "has_more_fields": len(fields) == browse.MAX_FIELDS,
    }
    return render(request, "guides/pages/home.html", context)


@query_params(PARAMETER)
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition, choice = live_edition(slug, at=now), read_place(request.GET, at=now)
    form = place_form(slug, choice)
    if not choice.is_canonical:
        return redirect_to(request, form.canonical, permanent=False)
    has_form = bool(form.errors) and bool(edition.guide.occupations)
    context = {"page": page_of(edition, at=now, choice=choice), "form_errors": form.errors if has_form else ()}
    return render(request, "guides/pages/guide.html", context)


def guide_json(_request: HttpRequest, slug: str) -> HttpResponse:
    guide = live_edition(slug, at=clock.now()).guide
    return HttpResponse(schema.dump(guide), content_type="application/json")


def guide_markdown(_request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    guide = live_edition(slug, at=now).guide
    text = markdown_export.render(guide, statistics_of(guide, at=now))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


def guide_card(request: HttpRequest, slug: str, number: int, digest: str = "") -> HttpResponse:
    """Return the picture of one edition. All that it shows is in the address, so caches may keep it forever."""
    now = clock.now()
    seen = Edition.objects.went_live(by=now).filter(role=live_edition(slug, at=now).role_id)
    edition = get_object_or_404(seen, number=number)
    headline = statistics_of(edition.guide, at=now).headline
    if digest != social_card.figures_digest(headline):
        return redirect_to(request, social_card.address(slug, number, headline), permanent=False)
    card = _card(edition.content, headline)
    return HttpResponse(card, content_type="image/png", headers={"Cache-Control": IMMUTABLE})


def former_card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Redirect from the addresses of former drawings, which caches may still have."""
    return redirect_to(request, reverse("guides:guide-card", args=(slug, number)), permanent=True)


@lru_cache(maxsize=64)
def _card(content: str, headline: PayHeadline | None) -> bytes:
    return social_card.render(schema.load(content), headline)


def history(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    current = live_edition(slug, at=now)
    editions = Edition.objects.went_live(by=now).filter(role=current.role_id).listed()
    # `now`, because an end in the future would reveal a scheduled edition.
    return render(request, "guides/pages/history.html", {"current": current, "editions": editions, "now": now})


def text_file(request: HttpRequest, name: str) -> HttpResponse:
    """Return a text for programs, such as robots.txt."""
    editions = Edition.objects.live(at=clock.now()).order_by("title").listed()
    return render(request, f"guides/pages/{name}", {"editions": editions}, content_type="text/plain; charset=utf-8")


def security_txt(_request: HttpRequest) -> HttpResponse:
    """Return the security contact (RFC 9116), or 404 if none is configured."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": (midnight + SECURITY_TXT_LIFETIME).isoformat(),
        "Canonical": absolute(reverse("guides:security-txt")),
        "Preferred-Languages": language_tag().partition("-")[0],
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


ABOUT = {
    "about": (_("About Careerguide"), _("Plain guides to jobs, with a source for every number.")),
    "editorial": (
        _("Editorial policy"),
        _("Where our figures come from, who writes the guides, and how we correct mistakes."),
    ),
    "accessibility": (_("Accessibility"), _("Our goal is that everyone can use this site.")),
    "privacy": (_("Privacy"), _("We don’t track you.")),
}


def about(request: HttpRequest, page: str = "about") -> HttpResponse:
    if page not in ABOUT:
        raise Http404
    title, description = ABOUT[page]
    return render(request, f"about/{page}.html", {"title": title, "description": description})
