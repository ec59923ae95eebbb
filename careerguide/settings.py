"""All settings, from environment variables. docs/configuration.md lists the variables, and a test compares the two."""

import contextlib
import re
import secrets
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.utils.csp import CSP, build_policy
from environs import EnvValidationError, FileAwareEnv, validate

from .env_validators import (
    BUCKET_PATTERN,
    check_bucket,
    check_contact,
    check_database,
    check_ip,
    check_origin,
    check_secret,
    check_zone,
)

BASE_DIR = Path(__file__).resolve().parent.parent


class _Variables(FileAwareEnv):
    """Reads a variable, or the file that the variable with the suffix `_FILE` names."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        try:
            return super()._get_value(env_key, default)
        except ValueError as error:
            sys.exit(f"Careerguide does not start: {error}")


env = _Variables(eager=False, strip_whitespace=True)  # not eager, to report all invalid variables at once

PORT = env.int("PORT", 8000, validate=validate.Range(min=1, max=65_535))
_database_address: str | None = env.str("DATABASE_URL", None, validate=check_database)
with env.prefixed("CAREERGUIDE_"):
    DATA_DIR = Path(env.str("DATA", "var") or "var").absolute()
    DEBUG = env.bool("DEBUG", False)
    ADDRESS: str = env.str("ADDRESS", f"http://127.0.0.1:{PORT}", validate=check_origin)
    TIME_ZONE = env.str("TIME_ZONE", "UTC", validate=check_zone)
    _bucket_address: str | None = env.str("IMAGES", None, validate=check_bucket)
    _page_cache = env.int("PAGE_CACHE", 64, validate=validate.Range(min=0, max=100_000))
    _secret_key: str | None = env.str("SECRET_KEY", None, validate=check_secret)
    SECURITY_CONTACT: str | None = env.str("SECURITY_CONTACT", None, validate=check_contact)
    PROXIES = env.int("PROXIES", int(str(ADDRESS).startswith("https://")), validate=validate.Range(min=0, max=9))
    _second_factor = env.str("SECOND_FACTOR", "optional", validate=validate.OneOf(("optional", "required")))
    _static: str | None = env.str("STATIC", None)
    LISTEN = env.str("LISTEN", "127.0.0.1", validate=check_ip)
    WORKERS = env.int("WORKERS", 2, validate=validate.Range(min=1, max=64))
    THREADS = env.int("THREADS", 4, validate=validate.Range(min=1, max=64))
    SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 100, validate=validate.Range(min=0))
    METRICS_TOKEN: str | None = env.str("METRICS_TOKEN", None, validate=validate.Length(min=20))
    _log = env.str("LOG", "line", validate=validate.OneOf(("line", "json")))


def _refuse_to_start() -> None:
    """Exit with one message if a variable is invalid or the data folder is not writable."""
    errors: dict[str, list[str]] = {}
    try:
        env.seal()
    except EnvValidationError as error:
        by_variable: Any = error.error_messages
        errors |= by_variable
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=DATA_DIR).close()
    except OSError as error:
        errors["CAREERGUIDE_DATA"] = [f"Not writable: {error.strerror}."]
    if errors:
        lines = "\n".join(f"  {name}: {' '.join(messages)}" for name, messages in sorted(errors.items()))
        sys.exit(f"Careerguide does not start. These variables are invalid (see docs/configuration.md):\n{lines}")


_refuse_to_start()


def _stored_secret(path: Path) -> str:
    """Return the secret of this installation, which the first start creates."""
    if not path.exists():
        temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        temporary.touch(mode=0o600)
        temporary.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)  # atomic, and the first of two processes wins
        temporary.unlink()
    secret = path.read_text()
    if len(secret) < 50:
        sys.exit(f"Careerguide does not start: {path} is damaged. Delete it. Editors must then sign in again.")
    return secret


SECRET_KEY = _secret_key or _stored_secret(DATA_DIR / "secret-key")

_host = urlsplit(ADDRESS).hostname or ""
_https = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, *([] if _https else ["localhost", "127.0.0.1", "[::1]"])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "django_otp.plugins.otp_totp",  # before the admin, which unregisters its pages, because they show secrets
    "django_otp.plugins.otp_static",
    "guides",
    "markdownx",
    "careerguide.accounts.apps.CareerguideAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "careerguide.accounts.apps.AccountsConfig",
]

MIDDLEWARE = [
    "careerguide.monitoring.middleware.RequestMetricsMiddleware",
    "careerguide.middleware.SecurityHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "careerguide.middleware.TextGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "careerguide.urls"
WSGI_APPLICATION = "careerguide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guides.reading.clock.context_processor",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "guides.templatetags.language",
                "guides.templatetags.served",
            ],
        },
    },
]

_embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "careerguide.sqlite3")}
_database: dict[str, Any] = {
    **(dj_database_url.parse(_database_address) if _database_address else _embedded),
    "CONN_MAX_AGE": None,
}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue from their first statement instead of failing at their first write. Readers never wait.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;",
        **_database.get("OPTIONS", {}),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    # Detect within seconds that a server is gone.
    _database["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        **_database.get("OPTIONS", {}),
    }
DATABASES = {"default": _database}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Passwords in the old format (PBKDF2) are converted at sign-in.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
_PASSWORD_CHECKS = ("UserAttributeSimilarity", "CommonPassword", "NumericPassword")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in (("MinimumLength", {"min_length": 12}), *((name, {}) for name in _PASSWORD_CHECKS))
]

# Failed sign-ins are stored for 15 minutes, with only the data that counting needs.
AXES_HANDLER = "careerguide.accounts.throttle.Throttle"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 5  # per name and address; throttle.py has the other limits
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or an attacker could extend a lockout forever
AXES_CLIENT_IP_CALLABLE = "careerguide.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "careerguide.accounts.throttle.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

SECOND_FACTOR_REQUIRED = _second_factor == "required"
OTP_TOTP_ISSUER = f"Careerguide {_host}"
SESSION_COOKIE_AGE = 4 * 60 * 60  # seconds since the last use; admin_site.py has the maximum
COOKIE_PREFIX = "__Host-" if _https else ""  # rejected from subdomains and over plain HTTP
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # without another cookie

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(_static).absolute() if _static else DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_bucket = re.fullmatch(BUCKET_PATTERN, _bucket_address or "")
_images: dict[str, Any] = {
    "BACKEND": "careerguide.storage.filesystem.FileStorage",
    "OPTIONS": {"location": DATA_DIR / "images", "allow_overwrite": True},  # names are digests of the content
}
if _bucket:
    _images = {
        "BACKEND": "careerguide.storage.s3.ObjectStorage",
        "OPTIONS": {
            "endpoint": f"{'https' if _bucket['scheme'] == 's3' else 'http'}://{_bucket['host']}",
            "bucket": _bucket["bucket"],
            "region": _bucket["region"] or "us-east-1",
            "key": unquote(_bucket["key"]),
            "secret": unquote(_bucket["secret"]),
        },
    }
STORAGES = {
    "images": _images,
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
PAGE_CACHE_BYTES = _page_cache * 1_000_000

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
# Features of browsers that no page needs.
_UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
# Of every response: pages, static files and probes.
SECURITY_HEADERS = {
    CSP.HEADER_ENFORCE.value: build_policy(SECURE_CSP),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
}
CSRF_FAILURE_VIEW = "guides.admin.markdown_editor.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
if _https:
    SECURITY_HEADERS["Strict-Transport-Security"] = f"max-age={SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    # HTTPS ends at a proxy, which sets this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Our views replace Markdownx's, which serve anybody who has a CSRF token.
MARKDOWNX_URLS_PATH = "/admin/markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdownx/upload/"

FILE_UPLOAD_HANDLERS = [
    "guides.admin.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

RESUME_PARSER_SECONDS = 5  # wall time; guides.reading.resume.extract limits CPU time

# A guide has about a hundred parts of ten fields each. Django's limit is 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "careerguide.monitoring.logging.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "careerguide.monitoring.logging.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        },
        "json": {"()": "careerguide.monitoring.logging.JsonLineFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": _log, "filters": ["request_id"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "careerguide": {"level": "INFO"},
        # Its records contain paths, which can contain the token of a preview link. Our middleware logs the route.
        "django.request": {"handlers": ["console" if DEBUG else "nowhere"], "propagate": False},
        # Requests for other hosts are answered with 400. They would fill the log.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
