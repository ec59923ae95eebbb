"""The preview and upload views that Markdownx's script calls, for editors only and with our renderer.

They replace Markdownx's views, which serve anybody who has a CSRF token and sanitize nothing.
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
    """Render the text as visitors will see it. An error is an HTML paragraph, because Markdownx shows any response."""
    if not admin.site.has_permission(request):
        return _signed_out()
    if not request.user.has_perm("guides.change_role"):
        return _error_paragraph(_("Your account is not allowed to edit guides. Ask an administrator."), 403)
    text = request.POST.get("content", "")
    if len(text) > MAX_PROSE_LENGTH:
        return _error_paragraph(_("The text is longer than %d characters. Shorten it.") % MAX_PROSE_LENGTH, 400)
    return HttpResponse(prose.render(text))


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Store an image. The JSON has its Markdown as `image_code`, or a message as `error`."""
    if not admin.site.has_permission(request):
        return _json_error(
            _("You are signed out. Sign in again in another tab and try again. Your text stays here."), 403
        )
    if not request.user.has_perm("guides.add_image"):
        return _json_error(_("Your account is not allowed to add images. Ask an administrator."), 403)
    file = request.FILES.get("image")
    if not isinstance(file, UploadedFile):
        return _json_error(_("The request contains no image. Try again."), 400)
    try:
        image = store_image(file=file, by=request.user.get_username())
    except BadImage as error:
        return _json_error(str(error), 400)
    except NotStored as error:
        return _json_error(str(error), 503)
    return JsonResponse({"image_code": names.markdown_of(image.name)})


def _json_error(error: str, status: int) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond to a missing or invalid CSRF token. The token is lost together with the session."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return _signed_out()
    return render(request, "403_csrf.html", status=403)


def _signed_out() -> HttpResponse:
    return _error_paragraph(
        _("You are signed out, so there is no preview. Sign in again in another tab. Your text stays here."), 403
    )


def _error_paragraph(text: str, status: int) -> HttpResponse:
    return HttpResponse(format_html('<p class="errornote">{}</p>', text), status=status)


app_name = "markdownx"
urlpatterns = [
    path("markdownify/", preview, name="preview"),
    path("upload/", upload, name="upload"),
]
