"""Security headers, and compression of what the page cache does not compress: admin pages and responses to forms."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from guides.reading.page_cache.response import TEXTS, Application, Environ, Start, codings_of


def negotiated(answer: Application) -> Application:
    """Wrap an application whose handlers read Accept-Encoding and Range in their own, faulty ways.

    WhiteNoise and Django search Accept-Encoding for a name alone, so they would send a coding that has the weight 0. It
    is rewritten to the codings that the client accepts. WhiteNoise answers valid ranges with 416 and ignores If-Range.
    HTTP lets a server ignore Range, and no file here is large, so it is removed.
    """

    def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = ", ".join(codings_of(environ.get("HTTP_ACCEPT_ENCODING", "")))
        environ.pop("HTTP_RANGE", None)
        return answer(environ, start_response)

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


class GZipOfTextsMiddleware(GZipMiddleware):
    """For texts only: an image is compressed already, and what is streamed would lose its length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        return super().process_response(request, response) if is_text else response
