"""All settings, from the environment. The README's table documents each variable; a test holds the two together."""

import contextlib
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.utils.csp import CSP
from environs import Env, EnvValidationError, ValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent


def _check_origin(address: str) -> None:
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or address != f"{parts.scheme}://{parts.netloc}":
        raise ValidationError("Not an address such as https://guides.example.org, without a path or a final slash.")


env = Env(eager=False)  # so that one message can name all bad variables

_port = env.int("PORT", 8000, validate=validate.Range(min=1, max=65_535))
with env.prefixed("CAREERGUIDE_"):
    DATA_DIR = Path(env.str("DATA", "var") or "var").absolute()
    DEBUG = env.bool("DEBUG", False)
    ADDRESS: str = env.str("ADDRESS", f"http://127.0.0.1:{_port}", validate=_check_origin)
    _behind_proxy = env.bool("BEHIND_PROXY", False)
    TIME_ZONE = env.str(
        "TIME_ZONE", "UTC", validate=validate.OneOf(available_timezones(), error="Not a zone such as America/New_York.")
    )
    _secret_key: str | None = env.str("SECRET_KEY", None, validate=validate.Length(min=50))
_database: Any = env.dj_db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'careerguide.sqlite3'}")

try:
    env.seal()
except EnvValidationError as error:
    faults: Any = error.error_messages  # by variable, as the reading was deferred
    told = "\n".join(f"  {name}: {' '.join(messages)}" for name, messages in sorted(faults.items()))
    sys.exit(f"Careerguide does not start: the README tells what these variables may hold.\n{told}")


def _kept_secret(path: Path) -> str:
    """The secret of this installation, made at its first start."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    part.touch(mode=0o600)
    part.write_text(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(part)  # whole or not at all, and the first of two processes wins
    part.unlink()
    return path.read_text()


SECRET_KEY = _secret_key or _kept_secret(DATA_DIR / "secret-key")

_host = urlsplit(ADDRESS).hostname
_https = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [_host, *(["localhost", "127.0.0.1", "[::1]"] if not _https else [])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "guides",
    "markdownx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue from their first statement instead of failing at their first write; readers never wait for them.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA cache_size=-16000;",
    }
else:
    _database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": _database}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "guides.admin.markdown.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
if _behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The editor's preview and upload are our own views: markdownx's are open to anybody who holds a CSRF token.
MARKDOWNX_URLS_PATH = "/admin/markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdownx/upload/"

# A guide has about a hundred parts of ten fields; the default of 1,000 fields would refuse to save it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
