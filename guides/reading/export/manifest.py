"""What an export has written: every file with its digest, so that the next one writes what differs and nothing else.

It is kept in the folder of the export, a line for each file. Lines are added while an export goes on, and the last line
of a file counts, so one that was cut off goes on where it was. At its end the whole is written anew.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TextIO

OWN_FOLDER, NAME = ".careerguide-export", "manifest.jsonl"


class Refused(Exception):
    """Nothing was written; the message says why, and what to do."""


class Row(NamedTuple):
    """A file that was written. While its `key` is one that holds, the site need not be asked for it again.

    `shows` are the images that a file with a key shows, which would be met by nobody else.
    """

    digest: str
    size: int
    key: str = ""
    shows: tuple[str, ...] = ()


class Manifest:
    """The files of one folder, by their paths in it. `state` is of the site that they tell, until a moment."""

    def __init__(self, folder: Path, rows: dict[str, Row], state: str, until: datetime | None) -> None:
        self.folder, self.rows, self.state, self.until = folder, rows, state, until
        self._journal: TextIO | None = None

    @property
    def is_whole(self) -> bool:
        """Whether what the files lead to is there too: the last export came to its end, and nothing was lost since."""
        return bool(self.state)

    def tells(self, state: str, at: datetime) -> bool:
        """Whether the files tell this state of the site as of a moment, whole."""
        return self.state == state and (self.until is None or at < self.until)

    def forget_what_is_not_there(self) -> None:
        """Files that somebody has deleted or cut short are written again."""
        lost = [file for file, row in self.rows.items() if _size(self.folder / file) != row.size]
        for file in lost:
            del self.rows[file]
            self.state = ""

    def begin(self) -> None:
        """From now on what is put is on record, and the folder tells no state until the end."""
        self._journal = (self.folder / OWN_FOLDER / NAME).open("a", encoding="utf-8")
        self._journal.write("\n")  # ends a line that was cut off
        self._write(self._journal, {"state": "", "until": None})
        self._journal.flush()

    def record(self, file: str, row: Row) -> None:
        if self.rows.get(file) != row and self._journal:
            self.rows[file] = row
            self._write(self._journal, [file, *row])

    def keep_only(self, files: set[str]) -> int:
        """Delete the other files that are on record here; how many there were."""
        others = self.rows.keys() - files
        for file in others:
            path = self.folder / file
            path.unlink(missing_ok=True)
            del self.rows[file]
            with suppress(OSError):  # up to a folder that has something else in it
                for above in path.relative_to(self.folder).parents[:-1]:
                    (self.folder / above).rmdir()
        return len(others)

    def end(self, state: str, until: datetime | None) -> None:
        """Write the whole: the folder tells this state of the site."""
        self.close()
        part = self.folder / OWN_FOLDER / f"{NAME}.part"
        with part.open("w", encoding="utf-8") as file:
            self._write(file, {"state": state, "until": until and until.isoformat()})
            for name, row in sorted(self.rows.items()):
                self._write(file, [name, *row])
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / OWN_FOLDER / NAME)

    def close(self) -> None:
        if self._journal:
            self._journal.close()
            self._journal = None

    @staticmethod
    def _write(file: TextIO, line: Any) -> None:
        file.write(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n")


@contextmanager
def opened(folder: Path, *, anyway: bool) -> Iterator[Manifest]:
    """The manifest of a folder, for this process alone. Raises Refused.

    A folder that holds what no export has written is taken only where that is wanted `anyway`.
    """
    own = folder / OWN_FOLDER
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder.")
    if not own.exists() and folder.exists() and any(folder.iterdir()) and not anyway:
        raise Refused(f"{folder} holds other files. Name an empty folder, or one of an earlier export.")
    own.mkdir(parents=True, exist_ok=True)
    with (own / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"Another export is writing to {folder}. Wait for its end.") from None
        for left in own.glob("*.part"):
            left.unlink()
        manifest = _read(folder)
        try:
            yield manifest
        finally:
            manifest.close()


def put(folder: Path, file: str, content: bytes, before: Row | None) -> tuple[Row, bool]:
    """See that a file has this content, and whether it had to be written: whole or not at all."""
    row = Row(sha256(content).hexdigest()[:32], len(content))
    path = folder / file
    if before and before.digest == row.digest:
        return row, False
    if not before and path.is_file() and path.read_bytes() == content:
        return row, False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = folder / OWN_FOLDER / f"{os.getpid()}.part"
    part.write_bytes(content)
    part.replace(path)
    return row, True


def _read(folder: Path) -> Manifest:
    rows: dict[str, Row] = {}
    state: dict[str, Any] = {}
    path = folder / OWN_FOLDER / NAME
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            read = json.loads(line)
        except ValueError:
            continue  # cut off
        if isinstance(read, dict):
            state = read
        else:
            file, digest, size, key, shows = read
            rows[file] = Row(digest, size, key, tuple(shows))
    until = state.get("until")
    return Manifest(folder, rows, state.get("state", ""), until and datetime.fromisoformat(until))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
