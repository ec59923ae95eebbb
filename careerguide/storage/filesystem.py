"""Image storage in a folder, with atomic writes."""

import secrets
import shutil
import tempfile
from errno import ENOSPC
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

MIN_FREE_BYTES = 100_000_000


class FileStorage(FileSystemStorage):
    """Writes a file under a temporary name and renames it, so no reader sees a partial file."""

    def _save(self, name: str, content: File) -> str:
        part = f"{name}.{secrets.token_hex(8)}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]  # missing in the stubs
            Path(self.path(part)).replace(self.path(name))
        finally:
            self.delete(part)
        return name

    def check(self) -> None:
        """Raise OSError if the folder is not writable, or little disk space is left."""
        folder = Path(self.location)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0" * 4_096)
        if shutil.disk_usage(folder).free < MIN_FREE_BYTES:
            raise OSError(ENOSPC, "Little disk space is left")
