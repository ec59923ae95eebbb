"""Security headers, and compression of what the page cache does not compress: admin pages and responses to forms."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from guides.reading.page_cache.response import TEXT_TYPES, Application, Environ, Start, accepted_codings


def with_accepted_codings(wrapped: Application) -> Application:
    """Wrap an application whose handlers misread Accept-Encoding and Range.

    WhiteNoise and Django search Accept-Encoding for a name alone, so they would send a coding that has the weight 0. It
    is rewritten to the codings that the client accepts. WhiteNoise answers valid ranges with 416 and ignores If-Range.
    HTTP lets a server ignore Range, and no file here is large, so it is removed.
    """

    def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = ", ".join(accepted_codings(environ.get("HTTP_ACCEPT_ENCODING", "")))
        environ.pop("HTTP_RANGE", None)
        return wrapped(environ, start_response)

    return application


class SecurityHeadersMiddleware:
    """Adds the security headers that no view or other middleware has set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Compresses texts only. Images are compressed already, and a streamed file would lose its Content-Length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXT_TYPES)
        return super().process_response(request, response) if is_text else response
