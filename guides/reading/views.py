"""What visitors get. A view finds the live edition, makes its page, renders."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.formats import markdown
from guides.models.edition import Edition

from .page import page_of_edition


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.live(at=timezone.now()).order_by("title").defer("content", "html")
    return render(request, "guides/home.html", {"editions": editions})


@require_safe
def guide_json(_request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(_live(slug).content, content_type="application/json")


@require_safe
def guide_markdown(_request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(markdown.render(_live(slug).guide), content_type="text/markdown; charset=utf-8")


@require_safe
def text_file(request: HttpRequest, name: str) -> HttpResponse:
    """A text for programs, such as robots.txt."""
    editions = Edition.objects.live(at=timezone.now()).order_by("title").defer("content", "html")
    return render(request, f"guides/{name}", {"editions": editions}, content_type="text/plain; charset=utf-8")


def _live(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.live(at=timezone.now()), slug=slug)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = get_object_or_404(Edition.objects.live(at=now), slug=slug)
    return render(request, "guides/guide.html", {"page": page_of_edition(edition, at=now)})
