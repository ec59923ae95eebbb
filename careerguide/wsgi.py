"""The WSGI application. Static files are answered before Django is asked, with headers as strict as its own."""

import os
from wsgiref.headers import Headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.csp import CSP, build_policy
from whitenoise import WhiteNoise


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers[CSP.HEADER_ENFORCE.value] = build_policy(settings.SECURE_CSP)
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"


application = WhiteNoise(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=_add_headers,
    immutable_file_test=r"\.[0-9a-f]{12}\.[a-z0-9]+$",  # a name with the digest of its content
)
