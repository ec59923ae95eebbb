"""Any picture that an editor gives becomes WebP, in the sizes that pages ask for: nothing else of its file is kept.

It is decoded and encoded anew, so that neither a script in a picture's clothes nor the place where a photo was taken
gets any further. What that may cost is judged before it is decoded.
"""

from io import BytesIO
from threading import Lock
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from PIL.Image import Resampling, Transpose
from PIL.ImageFile import ImageFile

from . import names

MOST_PIXELS = 40_000_000
MOST_SCANS = 100
"""Of a JPEG: a progressive one has some ten, and one with thousands is small and takes hours."""

_TAKEN = ("JPEG", "PNG", "WEBP")
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset({5, 6, 7, 8})

_one_at_a_time = Lock()  # of a process, as the largest takes some hundred megabytes while it is decoded


class BadImage(ValueError):
    """The file gives no picture; the message says why, and what to do."""


class Encoded(NamedTuple):
    """A picture's name, and the files that keep it: `images.files_of(name)`, with what is in them."""

    name: str
    files: tuple[tuple[str, bytes], ...]


def encode(raw: bytes) -> Encoded:
    """The picture of a PNG, JPEG or WebP file, upright, on white, without metadata. Raises BadImage.

    What a file is, its content tells, and neither its name nor the type that it was sent with.
    """
    with _one_at_a_time:
        picture, is_drawn = _decoded(raw)
        whole = _webp(picture, is_drawn=is_drawn)
        name = names.name_of(whole, *picture.size)
        smaller = [
            (names.file_of(name, width), _webp(_of_width(picture, width), is_drawn=is_drawn))
            for width in names.smaller_widths(name)
        ]
        return Encoded(name, ((names.file_of(name), whole), *smaller))


def _decoded(raw: bytes) -> tuple[Image.Image, bool]:
    """The picture in sRGB, upright and no larger than is kept, and whether it may be drawn rather than taken."""
    try:
        with Image.open(BytesIO(raw), formats=_TAKEN) as file:
            _judge(file, raw)
            return _upright(file), file.format == "PNG"
    except BadImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise BadImage(
            _("This is no PNG, JPEG or WebP picture, whatever its name says. Save it as one of these, and try again.")
        ) from None
    except Exception:  # noqa: BLE001 -- a decoder raises whatever a broken file leads it to
        raise _broken() from None


def _judge(file: ImageFile, raw: bytes) -> None:
    if file.width * file.height > MOST_PIXELS:
        raise _too_many_pixels()
    if file.format in {"PNG", "WEBP"} and getattr(file, "is_animated", False):
        raise BadImage(_("This picture moves. Choose one that stands still."))
    if file.format not in {"PNG", "WEBP"} and raw.count(b"\xff\xda") > MOST_SCANS:
        raise _broken()


def _upright(file: ImageFile) -> Image.Image:
    turn = file.getexif().get(ExifTags.Base.Orientation)
    profile = file.info.get("icc_profile")
    box = names.MOST_WIDE, names.MOST_HIGH
    # A JPEG comes in no mode that cannot be made smaller as it is, and is then not even decoded at its full size.
    picture = _on_white(file) if file.format in {"PNG", "WEBP"} else file
    picture.thumbnail(box[::-1] if turn in _SIDEWAYS else box, Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    return picture.transpose(_TURNS[turn]) if turn in _TURNS else picture


def _on_white(file: ImageFile) -> Image.Image:
    """What is clear would show the page, which is light for some readers and dark for others."""
    if file.mode == "I;16":
        return file.point(lambda value: value / 256).convert("RGB")
    if not file.has_transparency_data:
        return file if file.mode == "RGB" else file.convert("RGB")
    clear = file.convert("RGBA")
    picture = Image.new("RGB", clear.size, "white")
    picture.paste(clear, mask=clear)
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            of_file, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, of_file, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # as good as none
        else:
            if converted:
                return converted
    return picture.convert("RGB")


def _of_width(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Resampling.LANCZOS, reducing_gap=2.0)


def _webp(picture: Image.Image, *, is_drawn: bool) -> bytes:
    """Of a drawing, the smaller of two: without loss, its flat colors often take less."""
    lossy = _saved(picture, quality=80)
    return min(lossy, _saved(picture, lossless=True, quality=40), key=len) if is_drawn else lossy


def _saved(picture: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    # Given empty, as Pillow would otherwise write those that the picture came with.
    picture.save(out, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **options)
    return out.getvalue()


def _too_many_pixels() -> BadImage:
    most = MOST_PIXELS // 1_000_000
    return BadImage(_("The picture has more than %d million pixels. Make it smaller, and try again.") % most)


def _broken() -> BadImage:
    return BadImage(_("The picture is broken: it cannot be read to its end. Export it once more, and try again."))
