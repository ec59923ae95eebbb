"""Static files: collected when necessary, and read for the export."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command


def collect() -> None:
    """Run `collectstatic` unless its manifest is newer than every source file, because compression takes seconds."""
    manifest = Path(settings.STATIC_ROOT, getattr(staticfiles_storage, "manifest_name", ""))
    if not manifest.is_file() or _last_change() > manifest.stat().st_mtime:
        call_command("collectstatic", interactive=False, verbosity=0)


def read(url: str) -> bytes | None:
    """Return the content of a static file, or None if there is no such file."""
    try:
        with staticfiles_storage.open(url.removeprefix(settings.STATIC_URL)) as file:
            content: bytes = file.read()
    except (OSError, SuspiciousFileOperation):
        return None
    return content


def _last_change() -> float:
    """Return when a source file changed last, in seconds since 1970."""
    sources = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    return max((path.stat().st_mtime for path in sources), default=0)
