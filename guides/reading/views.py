"""What visitors get. A view finds the live edition, makes its page, renders."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.models.edition import Edition

from .page import page_of_edition


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.live(at=timezone.now()).order_by("title").defer("content", "html")
    return render(request, "guides/home.html", {"editions": editions})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = get_object_or_404(Edition.objects.live(at=now), slug=slug)
    return render(request, "guides/guide.html", {"page": page_of_edition(edition, at=now)})
