"""Images of our own: how they are named, in which sizes they are kept, and what a page says of them.

A name tells the size and the address, so that whatever shows an image is made from the text alone that names it.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

NAME = r"[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}"
"""A digest of what is kept, then its width and height in pixels."""

SMALLER_WIDTHS = (480, 960)
MOST_WIDE, MOST_HIGH = 1600, 3200
MOST_BYTES = 20_000_000

FILE = rf"{NAME}(?:-[1-9][0-9]{{0,3}}w)?\.webp"
_ADDRESS = re.compile(rf"/images/({NAME})\.webp")
_ADDRESS_IN_TEXT = re.compile(rf"(?<![^\s(<])/images/({NAME})\.webp")
_CANDIDATE = rf"/images/{FILE}(?: [1-9][0-9]{{0,3}}w)?"
_CANDIDATES = re.compile(rf"{_CANDIDATE}(?:, {_CANDIDATE})*")


class Shown(NamedTuple):
    """How a page shows an image: its addresses, for screens of all sizes, and its room in CSS pixels."""

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
    """Of the copies that there are of it beside the whole; none is larger than that."""
    return tuple(width for width in SMALLER_WIDTHS if width < size_of(name)[0])


def file_of(name: str, width: int | None = None) -> str:
    """The file that keeps an image, or its copy of that width."""
    return f"{name}-{width}w.webp" if width else f"{name}.webp"


def files_of(name: str) -> tuple[str, ...]:
    return file_of(name), *(file_of(name, width) for width in smaller_widths(name))


def address_of(name: str, width: int | None = None) -> str:
    return f"/images/{file_of(name, width)}"


def name_at(address: str) -> str | None:
    """The name of the image at an address, or None where that is no image of ours."""
    found = _ADDRESS.fullmatch(address)
    return found and found[1]


def named_in(text: str) -> Iterator[str]:
    """The names of the images whose addresses stand in a text of Markdown."""
    return (found[1] for found in _ADDRESS_IN_TEXT.finditer(text))


def are_ours(candidates: str) -> bool:
    """Whether a `src` or `srcset` leads to images of ours only."""
    return bool(_CANDIDATES.fullmatch(candidates))


def shown(name: str, *, most_wide: int = 736, most_high: int = 960) -> Shown:
    """An image in its proportions and in no more room than this: that of the text, and of a screen's height."""
    width, height = size_of(name)
    scale = min(1, most_wide / width, most_high / height)
    candidates = (*((address_of(name, each), each) for each in smaller_widths(name)), (address_of(name), width))
    return Shown(
        src=address_of(name),
        srcset=", ".join(f"{address} {wide}w" for address, wide in candidates) if len(candidates) > 1 else "",
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
    )


def markdown_of(name: str, alt: str = "") -> str:
    return f"![{alt}]({address_of(name)})"
