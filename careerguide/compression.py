"""What the page cache leaves alone, compressed for those who take it: pages of the desk, and answers to forms."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from guides.reading.page_answer import TEXTS


class GZipOfTextsMiddleware(GZipMiddleware):
    """For texts only: an image is compressed already, and what is streamed would lose its length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        return super().process_response(request, response) if is_text else response
