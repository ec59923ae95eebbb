"""The folder of an export: which of its files the export wrote, and how files are written and deleted.

The list of written files is in the folder itself, so an export deletes only what an export wrote.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARKER, LIST = ".careerguide-export", "files.txt"
"""The subfolder that marks a folder as an export, and the list of files in it."""


class FolderRefused(Exception):
    """The folder cannot take an export. Nothing was written; the message says what to do."""


class ExportFolder:
    """A locked folder and the paths of the files in it that exports wrote."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._list = path / MARKER / LIST
        text = self._list.read_text(encoding="utf-8") if self._list.exists() else ""
        # The last line of an interrupted export can be incomplete.
        self._files = set(text.rpartition("\n")[0].splitlines())
        self._save(self._files)

    def announce(self, files: Iterable[str]) -> None:
        """List files before they are written, so the next export knows them if this one is interrupted."""
        if new := [file for file in files if file not in self._files]:
            with self._list.open("a", encoding="utf-8") as out:
                out.writelines(f"{file}\n" for file in new)

    def keep_only(self, files: set[str]) -> int:
        """Delete the other files that earlier exports wrote. Return how many were deleted."""
        deleted = 0
        for file in self._files - files:
            path = self.path / file
            if not path.is_file():
                continue
            path.unlink()
            deleted += 1
            with suppress(OSError):  # raised at the first folder that is not empty
                for parent in path.relative_to(self.path).parents[:-1]:
                    (self.path / parent).rmdir()
        self._save(files)
        return deleted

    def _save(self, files: set[str]) -> None:
        part = self._list.with_suffix(".part")
        part.write_text("".join(f"{file}\n" for file in sorted(files)), encoding="utf-8")
        part.replace(self._list)


@contextmanager
def open_folder(path: Path, *, force: bool) -> Iterator[ExportFolder]:
    """Lock a folder for one export and create it if necessary. Raise FolderRefused.

    A folder with files must have the marker of an earlier export, unless `force` is set.
    """
    marker = path / MARKER
    if path.exists() and not path.is_dir():
        raise FolderRefused(f"{path} is a file. Name a folder.")
    if not marker.exists() and path.exists() and any(path.iterdir()) and not force:
        raise FolderRefused(f"{path} holds other files. Name an empty folder, or one of an earlier export.")
    marker.mkdir(parents=True, exist_ok=True)
    with (marker / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderRefused(f"Another export is writing to {path}. Wait until it ends.") from None
        for part in marker.glob("*.part"):
            part.unlink()
        yield ExportFolder(path)


def write(folder: Path, file: str, content: bytes) -> bool:
    """Write a file unless it has this content. Return whether it was written.

    The file is replaced in one step, so an interrupted export leaves no incomplete file.
    """
    path = folder / file
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = folder / MARKER / f"{os.getpid()}.part"
    part.write_bytes(content)
    part.replace(path)
    return True
