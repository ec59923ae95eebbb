"""Brotli for those who take it: a fifth less than gzip makes of a guide's page.

So much takes a while, about 30 ms for a guide, so what was compressed lately is kept: pages seldom change.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
LEAST_BYTES, MOST_KEPT, KEPT = 500, 200_000, 64
WELL, QUICKLY = 10, 5
_TAKES_BROTLI = re.compile(r"(^|[\s,])br(?!\s*;\s*q=0(\.0*)?\s*(,|$))(\s*[;,]|$)", re.IGNORECASE)


class GZipOfTextsMiddleware(GZipMiddleware):
    """For texts only: an image is compressed already, and what is streamed would lose its length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if _is_text(response) else response


class BrotliMiddleware:
    """For visitors only: a page of the desk holds secrets, which gzip's middleware hides the length of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_desk = settings.SESSION_COOKIE_NAME in request.COOKIES
        if response.streaming or response.has_header("Content-Encoding") or not _is_text(response) or is_desk:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(response.content) >= LEAST_BYTES and _TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            is_kept = "no-store" not in response.headers.get("Cache-Control", "") and len(response.content) <= MOST_KEPT
            response.content = _well(response.content) if is_kept else _quickly(response.content)
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Length"] = str(len(response.content))
        return response


@lru_cache(maxsize=KEPT)
def _well(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, quality=WELL)
    return compressed


def _quickly(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, quality=QUICKLY)
    return compressed


def _is_text(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith(TEXTS)
