"""Picture files for tests, made on the spot."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from guides import models
from guides.publishing.drafts.images import store_image


def a_drawing(width: int = 1200, height: int = 900) -> Image.Image:
    """Red to the left, blue to the right, a black corner above the red."""
    image = Image.new("RGB", (width, height), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), "blue")
    draw.rectangle((0, 0, width // 8, height // 8), "black")
    return image


def as_file(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def an_upload(raw: bytes | None = None, name: str = "tower.png", sent_as: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_file(a_drawing()) if raw is None else raw, sent_as)


def a_stored_image(width: int = 1200, height: int = 900) -> models.Image:
    raw = as_file(a_drawing(width, height))
    return store_image(file=ContentFile(raw, "tower.png"), by="ada")


def a_bomb(side: int = 30_000) -> bytes:
    """A whole and honest PNG of that many black pixels to each side, one bit each: some hundred kilobytes."""
    pressed = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    data = b"".join((*(pressed.compress(row) for _ in range(side)), pressed.flush()))
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
