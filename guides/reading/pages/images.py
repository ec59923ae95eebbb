"""Images, as guides show them."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

from .views import FOR_EVER


def image(_request: HttpRequest, file: str) -> FileResponse:
    """One file of an image: its name tells its content, so it may be kept for ever."""
    try:
        content = storages["images"].open(file)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, content_type="image/webp", headers={"Cache-Control": FOR_EVER})
