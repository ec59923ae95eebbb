"""A folder, as a storage of Django's in which files are whole."""

import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class FileStorage(FileSystemStorage):
    """A file has its name once all of it is written: nobody reads half of one, whatever ends the writer."""

    def _save(self, name: str, content: File) -> str:
        part = f"{name}.{secrets.token_hex(8)}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]  # the stubs leave it out
            Path(self.path(part)).replace(self.path(name))
        finally:
            self.delete(part)
        return name
