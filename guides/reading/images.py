"""Images, as guides show them."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from .views import FOR_EVER


@require_safe
def image(_request: HttpRequest, file: str) -> FileResponse:
    """One file of an image: its name tells its content, so it may be kept for ever."""
    try:
        content = storages["images"].open(file)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, content_type="image/webp", headers={"Cache-Control": FOR_EVER})
