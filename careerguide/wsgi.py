"""The WSGI application. Static files are answered before Django is asked; every answer carries the strict headers."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.csp import CSP, build_policy
from whitenoise import WhiteNoise

from .logs import identified
from .probes import probed

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

STRICT = (
    (CSP.HEADER_ENFORCE.value, build_policy(settings.SECURE_CSP)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


def guarded(answer: Application) -> Application:
    """The application, with the strict headers wherever it sets none of its own."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            return start_response(status, [*headers, *(h for h in STRICT if h[0].lower() not in given)], *error)

        return answer(environ, start)

    return application


application = guarded(
    probed(
        WhiteNoise(
            identified(get_wsgi_application()),
            root=settings.STATIC_ROOT,
            prefix=settings.STATIC_URL,
            allow_all_origins=False,
            immutable_file_test=r"\.[0-9a-f]{12}\.[a-z0-9]+$",  # a name with the digest of its content
        )
    )
)
