"""The file of a backup: written atomically, and verified before it is read."""

import os
import re
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadStream  # noqa: N812

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict

from guides.media import names
from guides.progress import Progress

from . import BackupError

VERSION = 1
"""Version of the format that `guides.backup` describes. A file with another version is refused."""

MAX_MANIFEST_BYTES, MAX_LINE_BYTES, CHUNK_SIZE = 50_000_000, 50_000_000, 1_000_000
MAX_EXPANSION = 200
"""Limit of unpacked size per packed size. Real text expands about ten times, a zip bomb a thousand times."""

_MANIFEST = "manifest.json"
_NAME = re.compile(rf"tables/[a-z_]+\.[a-z_]+\.jsonl|images/{names.FILE}")
_DAMAGED = (
    BadZipFile, BadStream, struct.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


class Damaged(BackupError):
    """The file is damaged or not a backup."""


class Member(BaseModel):
    """The size and checksum of a file in a backup, and the number of rows of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str
    rows: int = 0


class Manifest(BaseModel):
    """The manifest of a backup. `migrations` has the last applied migration of each app."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["careerguide-backup"] = "careerguide-backup"
    version: int = VERSION
    made_at: AwareDatetime
    engine: str
    migrations: dict[str, str]
    members: dict[str, Member]

    def __str__(self) -> str:
        return _("Backup of %(when)s. Roles: %(roles)d. Editions: %(editions)d. Images: %(images)d.") % {
            "when": f"{self.made_at:%Y-%m-%d %H:%M:%S} UTC",
            **{f"{of}s": self.members[f"tables/guides.{of}.jsonl"].rows for of in ("role", "edition", "image")},
        }

    def under(self, folder: str) -> dict[str, Member]:
        return {name: member for name, member in self.members.items() if name.startswith(f"{folder}/")}


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that gets its name once it is complete on the disk. Raise FileExistsError if the name is taken."""
    part = path.with_name(f"{path.name}.part")
    file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():  # no other process can create it now, because only one can create the part
            raise FileExistsError(path)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Writer:
    """Adds members to the ZIP file of a backup, with their sizes and checksums."""

    def __init__(self, zipped: ZipFile, *, at: datetime) -> None:
        self._zip, self.at = zipped, at
        self.members: dict[str, Member] = {}

    def add(self, name: str, lines: Iterable[bytes], *, method: int = ZIP_DEFLATED) -> None:
        digest, size, count = sha256(), 0, 0
        with self._zip.open(self._info(name, method), "w", force_zip64=True) as out:
            for line in lines:
                out.write(line)
                digest.update(line)
                size, count = size + len(line), count + 1
        rows = count - 1 if name.startswith("tables/") else 0
        self.members[name] = Member(size=size, sha256=digest.hexdigest(), rows=rows)

    def close(self, manifest: Manifest) -> None:
        self._zip.writestr(self._info(_MANIFEST, ZIP_DEFLATED), manifest.model_dump_json(indent=1))

    def _info(self, name: str, method: int) -> ZipInfo:
        info = ZipInfo(name, self.at.timetuple()[:6])
        info.compress_type = method
        return info


class Archive:
    """The file of a backup, opened for reading. Raises Damaged if it is not a valid one."""

    def __init__(self, file: IO[bytes]) -> None:
        with _raise_damaged():
            self._zip = ZipFile(file)
            with self._open(_MANIFEST) as out:
                content = out.read(MAX_MANIFEST_BYTES + 1)
            self.manifest = Manifest.model_validate_json(content)
            if not all(map(_NAME.fullmatch, self.manifest.members)):
                raise ValueError("a member with an unknown name")
            size = sum(member.size for member in self.manifest.members.values())
            if size > MAX_EXPANSION * file.seek(0, os.SEEK_END):
                raise ValueError("a ZIP bomb")
        if self.manifest.version != VERSION:
            raise BackupError(_("This release of Careerguide cannot read the format of the backup."))

    @classmethod
    @contextmanager
    def of(cls, path: Path) -> Iterator[Self]:
        try:
            file = path.open("rb")
        except OSError as error:
            raise BackupError(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from None
        with file:
            yield cls(file)

    def verify(self, progress: Progress) -> None:
        """Raise Damaged if a file differs from the manifest."""
        members = self.manifest.members
        for name, member in progress(members.items(), what=_("checking"), total=len(members)):
            digest, size = sha256(), 0
            for chunk in self._chunks(name):
                digest.update(chunk)
                size += len(chunk)
                if size > member.size:
                    break
            if (size, digest.hexdigest()) != (member.size, member.sha256):
                raise Damaged(_("The backup is damaged: the content of %s has changed.") % name)

    def lines(self, name: str) -> Iterator[bytes]:
        with _raise_damaged(), self._open(name) as out:
            while line := out.readline(MAX_LINE_BYTES + 1):
                if len(line) > MAX_LINE_BYTES:
                    raise ValueError("a line that is too long")
                yield line

    def read(self, name: str) -> bytes:
        """Return the content of a small member, such as an image."""
        if self.manifest.members[name].size > names.MAX_BYTES:
            raise Damaged(_("The backup is damaged: %s is larger than any image.") % name)
        return b"".join(self._chunks(name))

    def _open(self, name: str) -> IO[bytes]:
        if self._zip.getinfo(name).compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError("an unexpected compression method")
        return self._zip.open(name)

    def _chunks(self, name: str) -> Iterator[bytes]:
        with _raise_damaged(), self._open(name) as out:
            while chunk := out.read(CHUNK_SIZE):
                yield chunk


@contextmanager
def _raise_damaged() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise Damaged(_("The file is not a backup of Careerguide, or it is damaged. Use another one.")) from error
