"""Convert uploaded images to WebP in the sizes that pages use.

Each image is decoded and encoded again, so scripts hidden in the file and metadata such as a photo's location are
dropped. Images that would take too much time or memory are rejected before they are decoded.
"""

from io import BytesIO
from threading import Lock
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.Image import Resampling
from PIL.ImageFile import ImageFile

from . import names

MAX_PIXELS = 40_000_000
MAX_SCANS = 100
"""Per JPEG. A progressive one has about ten; a small file with thousands would take hours."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_SIDEWAYS = range(5, 9)  # orientations of EXIF that swap width and height

_one_at_a_time = Lock()  # per process, because the largest image takes about 100 MB to decode


class BadImage(ValueError):
    """The file is not an acceptable image; the message says why, and what to do."""


class Encoded(NamedTuple):
    """An image's name, and its files: the paths of `names.files_of(name)` with their content."""

    name: str
    files: tuple[tuple[str, bytes], ...]


def encode(raw: bytes) -> Encoded:
    """Convert a PNG, JPEG, or WebP file to an upright image on white, without metadata. Raise BadImage.

    The format is detected from the content, not from a file name or media type.
    """
    with _one_at_a_time:
        picture, is_drawn = _decoded(raw)
        full = _webp(picture, is_drawn=is_drawn)
        name = names.name_of(full, *picture.size)
        smaller = [
            (names.file_of(name, width), _webp(_resized(picture, width), is_drawn=is_drawn))
            for width in names.smaller_widths(name)
        ]
        return Encoded(name, ((names.file_of(name), full), *smaller))


def _decoded(raw: bytes) -> tuple[Image.Image, bool]:
    """Return the image in sRGB, upright and within the maximum size, and whether it may be a drawing, not a photo."""
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as file:
            _check(file, raw)
            return _upright(file), file.format == "PNG"
    except BadImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise BadImage(
            _("This file is not a PNG, JPEG, or WebP image, whatever its name is. Save it in one of these formats.")
        ) from None
    except Exception:  # noqa: BLE001 -- decoders raise all kinds of errors for broken files
        raise _broken() from None


def _check(file: ImageFile, raw: bytes) -> None:
    if file.width * file.height > MAX_PIXELS:
        raise _too_many_pixels()
    if file.format in {"PNG", "WEBP"} and getattr(file, "is_animated", False):
        raise BadImage(_("Animated images are not supported. Choose a still image."))
    if file.format not in {"PNG", "WEBP"} and raw.count(b"\xff\xda") > MAX_SCANS:
        raise _broken()


def _upright(file: ImageFile) -> Image.Image:
    orientation = file.getexif().get(ExifTags.Base.Orientation)
    profile = file.info.get("icc_profile")
    box = names.MAX_WIDTH, names.MAX_HEIGHT
    # Every mode of a JPEG can be resized as it is, so Pillow does not even decode it at full size.
    picture = _on_white(file) if file.format in {"PNG", "WEBP"} else file
    picture.thumbnail(box[::-1] if orientation in _SIDEWAYS else box, Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    picture.getexif()[ExifTags.Base.Orientation] = orientation
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _on_white(file: ImageFile) -> Image.Image:
    """Replace transparency by white, because the page behind it is light for some readers and dark for others."""
    if file.mode == "I;16":
        return file.point(lambda value: value / 256).convert("RGB")
    if not file.has_transparency_data:
        return file if file.mode == "RGB" else file.convert("RGB")
    transparent = file.convert("RGBA")
    picture = Image.new("RGB", transparent.size, "white")
    picture.paste(transparent, mask=transparent)
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            of_file, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, of_file, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile counts as none
        else:
            if converted:
                return converted
    return picture.convert("RGB")


def _resized(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Resampling.LANCZOS, reducing_gap=2.0)


def _webp(picture: Image.Image, *, is_drawn: bool) -> bytes:
    """Encode an image. A drawing becomes the smaller of two: flat colors often take less space without loss."""
    lossy = _saved(picture, quality=80)
    return min(lossy, _saved(picture, lossless=True, quality=40), key=len) if is_drawn else lossy


def _saved(picture: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    # Empty, because Pillow would write the metadata of the original.
    picture.save(out, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **options)
    return out.getvalue()


def _too_many_pixels() -> BadImage:
    megapixels = MAX_PIXELS // 1_000_000
    return BadImage(_("The image has more than %d million pixels. Make it smaller and try again.") % megapixels)


def _broken() -> BadImage:
    return BadImage(_("The image file is damaged or incomplete. Export it again and retry."))
