"""The WSGI application: pages that are ready made, then static files, then Django; all with the strict headers."""

import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.csp import CSP, build_policy
from whitenoise import WhiteNoise

from careerguide.monitoring.health import PROBES, probed
from careerguide.monitoring.logging import identified

from .middleware import negotiated
from .monitoring import metrics

django = identified(get_wsgi_application())

from guides.reading.index import live_data
from guides.reading.index.watcher import GenerationWatcher
from guides.reading.page_cache.cache import PageCache

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# What browsers can do, and no page here needs.
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
STRICT = (
    (CSP.HEADER_ENFORCE.value, build_policy(settings.SECURE_CSP)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in UNUSED)),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
HSTS = ("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload")


def guarded(answer: Application) -> Application:
    """The application, with the strict headers wherever it sets none of its own."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        is_secure = settings.SECURE_HSTS_SECONDS and environ.get("HTTP_X_FORWARDED_PROTO") == "https"
        strict = (*STRICT, HSTS) if is_secure else STRICT

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            return start_response(status, [*headers, *(h for h in strict if h[0].lower() not in given)], *error)

        return answer(environ, start)

    return application


_port = urlsplit(settings.ADDRESS).port
_watch = GenerationWatcher(live_data.warm)
application = PageCache(
    guarded(
        probed(
            negotiated(
                WhiteNoise(
                    django,
                    root=settings.STATIC_ROOT,
                    prefix=settings.STATIC_URL,
                    allow_all_origins=False,
                    immutable_file_test=r"\.[0-9a-f]{12}\.[a-z0-9]+$",  # a name with the digest of its content
                )
            )
        )
    ),
    _watch,
    hosts=frozenset(f"{host}:{_port}" if _port else host for host in settings.ALLOWED_HOSTS),
    session=settings.SESSION_COOKIE_NAME,
    says=settings.SECURE_PROXY_SSL_HEADER if settings.SECURE_SSL_REDIRECT else ("SCRIPT_NAME", ""),
    beside=(settings.STATIC_URL, *PROBES),
    most=settings.PAGE_CACHE_BYTES,
)


def _count() -> None:
    kept, made = application.counted()
    metrics.PAGES.labels("kept").inc(kept)
    metrics.PAGES.labels("made").inc(made)


_watch.after_check(_count)
