"""Images of guides."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

from .views import IMMUTABLE


def image(_request: HttpRequest, file: str) -> FileResponse:
    """Return one file of an image. Its name is a digest of its content, so caches may store it forever."""
    try:
        content = storages["images"].open(file)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, content_type="image/webp", headers={"Cache-Control": IMMUTABLE})
