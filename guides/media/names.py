"""Names of stored images, their sizes, and their markup.

A name contains the size and determines the URL, so text that names an image is enough to show it.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

NAME = r"[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}"
"""A digest of the content, then the width and height in pixels."""

SMALLER_WIDTHS = (480, 960)
MAX_WIDTH, MAX_HEIGHT = 1600, 3200
MAX_BYTES = 20_000_000

FILE = rf"{NAME}(?:-[1-9][0-9]{{0,3}}w)?\.webp"
_ADDRESS = re.compile(rf"/images/({NAME})\.webp")
_ADDRESS_IN_TEXT = re.compile(rf"(?<![^\s(<])/images/({NAME})\.webp")
_CANDIDATE = rf"/images/{FILE}(?: [1-9][0-9]{{0,3}}w)?"
_CANDIDATES = re.compile(rf"{_CANDIDATE}(?:, {_CANDIDATE})*")


class ResponsiveImage(NamedTuple):
    """The attributes of an `img` element; width and height are in CSS pixels."""

    src: str
    srcset: str
    width: int
    height: int


def name_of(content: bytes, width: int, height: int) -> str:
    return f"{sha256(content).hexdigest()[:32]}-{width}x{height}"


def size_of(name: str) -> tuple[int, int]:
    width, _, height = name.partition("-")[2].partition("x")
    return int(width), int(height)


def smaller_widths(name: str) -> tuple[int, ...]:
    """Return the widths of the copies that are smaller than the image."""
    return tuple(width for width in SMALLER_WIDTHS if width < size_of(name)[0])


def file_of(name: str, width: int | None = None) -> str:
    """Return the file name of an image, or of its copy with that width."""
    return f"{name}-{width}w.webp" if width else f"{name}.webp"


def files_of(name: str) -> tuple[str, ...]:
    return file_of(name), *(file_of(name, width) for width in smaller_widths(name))


def address_of(name: str, width: int | None = None) -> str:
    return f"/images/{file_of(name, width)}"


def name_at(address: str) -> str | None:
    """Return the name of the stored image at a URL, or None for any other URL."""
    found = _ADDRESS.fullmatch(address)
    return found and found[1]


def names_in(text: str) -> Iterator[str]:
    """Return the names of the images that a Markdown text shows."""
    return (found[1] for found in _ADDRESS_IN_TEXT.finditer(text))


def are_ours(candidates: str) -> bool:
    """Return whether a `src` or `srcset` contains URLs of stored images only."""
    return bool(_CANDIDATES.fullmatch(candidates))


def responsive(name: str, *, max_width: int = 736, max_height: int = 960) -> ResponsiveImage:
    """Return an image scaled to fit; by default, to the width of the text and the height of a screen."""
    width, height = size_of(name)
    scale = min(1, max_width / width, max_height / height)
    candidates = (*((address_of(name, each), each) for each in smaller_widths(name)), (address_of(name), width))
    return ResponsiveImage(
        src=address_of(name),
        srcset=", ".join(f"{address} {size}w" for address, size in candidates) if len(candidates) > 1 else "",
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
    )


def markdown_of(name: str, alt: str = "") -> str:
    return f"![{alt}]({address_of(name)})"
