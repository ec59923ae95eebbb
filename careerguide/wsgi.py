"""The WSGI application: the page cache, health endpoints, static files, and Django."""

import os
from urllib.parse import urlsplit
from wsgiref.headers import Headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from careerguide.monitoring.health import ENDPOINTS, with_health
from careerguide.monitoring.logging import with_request_id

from .middleware import with_accepted_codings
from .monitoring import metrics

django = with_request_id(get_wsgi_application())

from guides.reading.index import live_data
from guides.reading.index.watcher import GenerationWatcher
from guides.reading.page_cache.cache import PageCache


def add_security_headers(headers: Headers, _path: str, _url: str) -> None:
    """Add the headers that Django's middleware adds to pages, as WhiteNoise serves files in front of Django."""
    for name, value in settings.SECURITY_HEADERS.items():
        headers[name] = value


_port = urlsplit(settings.ADDRESS).port
_watch = GenerationWatcher(live_data.warm)
application = PageCache(
    with_health(
        with_accepted_codings(
            WhiteNoise(
                django,
                root=settings.STATIC_ROOT,
                prefix=settings.STATIC_URL,
                allow_all_origins=False,
                add_headers_function=add_security_headers,
                immutable_file_test=r"\.[0-9a-f]{12}\.[a-z0-9]+$",  # a name that contains the digest of the file
            )
        )
    ),
    _watch,
    hosts=frozenset(f"{host}:{_port}" if _port else host for host in settings.ALLOWED_HOSTS),
    session=settings.SESSION_COOKIE_NAME,
    require_header=settings.SECURE_PROXY_SSL_HEADER if settings.SECURE_SSL_REDIRECT else ("SCRIPT_NAME", ""),
    exclude=(settings.STATIC_URL, *ENDPOINTS),
    max_bytes=settings.PAGE_CACHE_BYTES,
)


def _count_pages() -> None:
    hits, misses = application.reset_counts()
    metrics.PAGES.labels("cached").inc(hits)
    metrics.PAGES.labels("rendered").inc(misses)


_watch.after_check(_count_pages)
