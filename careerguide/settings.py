"""All settings, from the environment. The README's table documents each variable; a test holds the two together."""

import contextlib
import re
import secrets
import sys
import tempfile
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.utils.csp import CSP, build_policy
from environs import EnvValidationError, FileAwareEnv, ValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent


def _check_origin(address: str) -> None:
    """Lower case, a host and at most a port, as browsers spell an origin: the two are compared by letter."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and re.fullmatch(_HOST, parts.hostname or "") and parts.port != 0
    except ValueError:
        known = None
    if (
        not known
        or address != f"{parts.scheme}://{parts.netloc}".lower()
        or "@" in parts.netloc
        or parts.netloc.endswith(":")
    ):
        raise ValidationError("Not an address such as https://guides.example.org, in lower case and without a path.")


def _check_database(address: str) -> None:
    try:
        known = re.match(r"sqlite:///|postgres(ql)?://", address) and dj_database_url.parse(address)["NAME"]
    except ValueError:
        known = None
    if not known or ":memory:" in address:
        raise ValidationError("Not an address such as postgres://user:password@host/name or sqlite:////path/to/file.")


def _check_secret(secret: str) -> None:
    if len(set(secret.strip())) < 10 or len(secret.strip()) < 50:
        raise ValidationError("Not 50 characters or more, of 10 kinds or more.")


def _check_ip(address: str) -> None:
    try:
        ip_address(address)
    except ValueError:
        raise ValidationError("Not an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them.") from None


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a zone such as America/New_York.") from None


_BUCKET = (
    r"(?P<scheme>s3|s3\+http)://(?P<key>[^:@/?#\s]+):(?P<secret>[^:@/?#\s]+)@(?P<host>[a-zA-Z0-9.-]+(:[0-9]{1,5})?)"
    r"/(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\?region=(?P<region>[a-z0-9-]+))?"
)


def _check_bucket(address: str) -> None:
    if not re.fullmatch(_BUCKET, address):
        raise ValidationError("Not an address such as s3://KEY:SECRET@host/bucket, with %2F for / in SECRET.")


def _check_contact(address: str) -> None:
    if not re.fullmatch(r"mailto:[^\s@<>]+@[^\s@<>]+|https://[^\s<>]+", address):
        raise ValidationError("Not an address such as mailto:security@example.org or https://example.org/security.")


_HOST = r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:]+"


class _Variables(FileAwareEnv):
    """Each variable, or what the file holds that is named by the variable with `_FILE` at its end."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        try:
            return super()._get_value(env_key, default)
        except ValueError as error:
            sys.exit(f"Careerguide does not start: {error}")


env = _Variables(eager=False, strip_whitespace=True)  # not eager, so that one message can name all bad variables

PORT = env.int("PORT", 8000, validate=validate.Range(min=1, max=65_535))
_database_address: str | None = env.str("DATABASE_URL", None, validate=_check_database)
with env.prefixed("CAREERGUIDE_"):
    DATA_DIR = Path(env.str("DATA", "var") or "var").absolute()
    DEBUG = env.bool("DEBUG", False)
    ADDRESS: str = env.str("ADDRESS", f"http://127.0.0.1:{PORT}", validate=_check_origin)
    TIME_ZONE = env.str("TIME_ZONE", "UTC", validate=_check_zone)
    _bucket_address: str | None = env.str("IMAGES", None, validate=_check_bucket)
    _page_cache = env.int("PAGE_CACHE", 64, validate=validate.Range(min=0, max=100_000))
    _secret_key: str | None = env.str("SECRET_KEY", None, validate=_check_secret)
    SECURITY_CONTACT: str | None = env.str("SECURITY_CONTACT", None, validate=_check_contact)
    PROXIES = env.int("PROXIES", int(str(ADDRESS).startswith("https://")), validate=validate.Range(min=0, max=9))
    _second_factor = env.str("SECOND_FACTOR", "optional", validate=validate.OneOf(("optional", "required")))
    _static: str | None = env.str("STATIC", None)
    LISTEN = env.str("LISTEN", "127.0.0.1", validate=_check_ip)
    WORKERS = env.int("WORKERS", 2, validate=validate.Range(min=1, max=64))
    THREADS = env.int("THREADS", 4, validate=validate.Range(min=1, max=64))
    SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 100, validate=validate.Range(min=0))
    METRICS_TOKEN: str | None = env.str("METRICS_TOKEN", None, validate=validate.Length(min=20))
    _log = env.str("LOG", "line", validate=validate.OneOf(("line", "json")))


def _refuse_to_start() -> None:
    """End with one message if a variable is bad, or the folder of the data cannot be written to."""
    faults: dict[str, list[str]] = {}
    try:
        env.seal()
    except EnvValidationError as error:
        by_variable: Any = error.error_messages  # as the reading was deferred
        faults |= by_variable
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=DATA_DIR).close()
    except OSError as error:
        faults["CAREERGUIDE_DATA"] = [f"Cannot be written to: {error.strerror}."]
    if faults:
        told = "\n".join(f"  {name}: {' '.join(messages)}" for name, messages in sorted(faults.items()))
        sys.exit(f"Careerguide does not start: the README tells what these variables may hold.\n{told}")


_refuse_to_start()


def _kept_secret(path: Path) -> str:
    """The secret of this installation, made at its first start."""
    if not path.exists():
        part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(part)  # whole or not at all, and the first of two processes wins
        part.unlink()
    secret = path.read_text()
    if len(secret) < 50:
        sys.exit(f"Careerguide does not start: {path} is damaged. Delete it: editors will have to sign in again.")
    return secret


SECRET_KEY = _secret_key or _kept_secret(DATA_DIR / "secret-key")

_host = urlsplit(ADDRESS).hostname or ""
_https = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host, *([] if _https else ["localhost", "127.0.0.1", "[::1]"])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "django_otp.plugins.otp_totp",  # before the desk, which takes their pages away: they show secrets
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
    "careerguide.monitoring.middleware.MeasuringMiddleware",
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
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "guides.templatetags.served"],
        },
    },
]

_embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "careerguide.sqlite3")}
_database: dict[str, Any] = {
    **(dj_database_url.parse(_database_address) if _database_address else _embedded),
    "CONN_MAX_AGE": None,
}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue from their first statement instead of failing at their first write; readers never wait for them.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;",
        **_database.get("OPTIONS", {}),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    # A server that is gone without a word is given up within seconds, at the start of a connection and later.
    _database["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        **_database.get("OPTIONS", {}),
    }
DATABASES = {"default": _database}

# Signing in

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")
]  # the second for passwords from before, which become the first when they are used
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarity", {}),
        ("MinimumLength", {"min_length": 12}),
        ("CommonPassword", {}),
        ("NumericPassword", {}),
    )
]

# A sign-in that fails is kept until a quarter of an hour has passed, with as little as counting needs.
AXES_HANDLER = "careerguide.accounts.throttle.Throttle"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 5  # of a name from an address; the others in proportion, as the handler says
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever goes on would lock the name for others as well
AXES_CLIENT_IP_CALLABLE = "careerguide.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "careerguide.accounts.throttle.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

SECOND_FACTOR_REQUIRED = _second_factor == "required"
OTP_TOTP_ISSUER = f"Careerguide {_host}"

# A session lasts so long from its last use at the desk; `careerguide.accounts.admin_site` says how long at most.
SESSION_COOKIE_AGE = 4 * 60 * 60
COOKIE_PREFIX = "__Host-" if _https else ""  # browsers take no such cookie from a subdomain, nor over plain HTTP
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(_static).absolute() if _static else DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_bucket = re.fullmatch(_BUCKET, _bucket_address or "")
_images: dict[str, Any] = {
    "BACKEND": "careerguide.storage.filesystem.FileStorage",
    "OPTIONS": {"location": DATA_DIR / "images", "allow_overwrite": True},  # by the same: a name tells the content
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
    # The server speaks plain HTTP to the machine that it runs on, so HTTPS ends at a proxy there, which says so.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The editor's preview and upload are our own views: markdownx's are open to anybody who holds a CSRF token.
MARKDOWNX_URLS_PATH = "/admin/markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdownx/upload/"

FILE_UPLOAD_HANDLERS = [
    "guides.admin.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Wall time for the parser of a résumé file. Its CPU time has a limit in `guides.reading.resume.extract`.
RESUME_PARSER_SECONDS = 5

# A guide has about a hundred parts of ten fields; the default of 1,000 fields would refuse to save it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "careerguide.monitoring.logging.RequestId"}},
    "formatters": {
        "line": {
            "()": "careerguide.monitoring.logging.Lines",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        },
        "json": {"()": "careerguide.monitoring.logging.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": _log, "filters": ["request_id"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "careerguide": {"level": "INFO"},
        # Its records name paths, which can hold the key of a shared preview: each request is told by its route instead.
        "django.request": {"handlers": ["console" if DEBUG else "nowhere"], "propagate": False},
        # Anybody can send any Host: it is answered with 400, and would fill the log.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
