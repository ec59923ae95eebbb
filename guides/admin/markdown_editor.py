"""The two addresses that markdownx's script calls, as views of our own: for editors only, and with our renderer.

Markdownx's views are not used: they answer anybody who holds a CSRF token, and sanitise nothing.
"""

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guides.media import names
from guides.media.encode import BadImage
from guides.publishing.drafts.images import NotStored, store_image
from guides.rendering import prose
from guides.schema.types import MAX_PROSE_LENGTH


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it. Markdownx shows whatever comes back, so a refusal is a sentence."""
    if not admin.site.has_permission(request):
        return _signed_out()
    if not request.user.has_perm("guides.change_role"):
        return _sentence(_("Your account may not edit guides. Ask an administrator."), 403)
    text = request.POST.get("content", "")
    if len(text) > MAX_PROSE_LENGTH:
        return _sentence(_("The text is longer than %d characters. Shorten it.") % MAX_PROSE_LENGTH, 400)
    return HttpResponse(prose.render(text))


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take in a picture: `image_code` is the Markdown that shows it, or `error` a sentence that says why not."""
    if not admin.site.has_permission(request):
        return _refused(
            _("You are signed out. Sign in again in another tab, and try again: your text stays here."), 403
        )
    if not request.user.has_perm("guides.add_image"):
        return _refused(_("Your account may not add images. Ask an administrator."), 403)
    file = request.FILES.get("image")
    if not isinstance(file, UploadedFile):
        return _refused(_("No picture was sent. Try again."), 400)
    try:
        image = store_image(file=file, by=request.user.get_username())
    except BadImage as error:
        return _refused(str(error), 400)
    except NotStored as error:
        return _refused(str(error), 503)
    return JsonResponse({"image_code": names.markdown_of(image.name)})


def _refused(error: str, status: int) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django answers where a form's token is missing or stale; a session that was lost takes the token with it."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return _signed_out()
    return render(request, "403_csrf.html", status=403)


def _signed_out() -> HttpResponse:
    return _sentence(
        _("You are signed out, so there is no preview. Sign in again in another tab: your text stays here."), 403
    )


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(format_html('<p class="errornote">{}</p>', text), status=status)


app_name = "markdownx"
urlpatterns = [
    path("markdownify/", preview, name="preview"),
    path("upload/", upload, name="upload"),
]
