"""Any picture becomes WebP, upright and bare; what is none is refused in a sentence, before it costs anything."""

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageOps, _imaging

from guides.media import names
from guides.media.encode import BadImage, encode
from tests.helpers.hypothesis_profile import examples
from tests.helpers.images import a_bomb, a_drawing, as_file

NO_PICTURE = "This file is not a PNG, JPEG, or WebP image, whatever its name is. Save it in one of these formats."
BROKEN = "The image file is damaged or incomplete. Export it again and retry."
TOO_MANY = "The image has more than 40 million pixels. Make it smaller and try again."


def opened(raw: bytes) -> Image.Image:
    image = Image.open(BytesIO(raw))
    image.load()
    return image


def colors(image: Image.Image) -> str:
    """What stands in the four quarters, clockwise from the upper left: 'r', 'b', or 'k' for black."""
    width, height = image.size
    corners = ((1, 1), (width - 2, 1), (width - 2, height - 2), (1, height - 2))
    told = ""
    for corner in corners:
        red, _green, blue = image.convert("RGB").getpixel(corner)  # type: ignore[misc]
        told += "r" if red > 128 else "b" if blue > 128 else "k"
    return told


# Encoded anew


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_webp_in_sizes_for_phones_and_desks(form: str) -> None:
    encoded = encode(as_file(a_drawing(4000, 3000), form))
    name = encoded.name
    assert name.endswith("-1600x1200")
    assert [file for file, _ in encoded.files] == [f"{name}.webp", f"{name}-480w.webp", f"{name}-960w.webp"]
    assert tuple(file for file, _ in encoded.files) == names.files_of(name)
    assert [opened(raw).size for _, raw in encoded.files] == [(1600, 1200), (480, 360), (960, 720)]
    assert {opened(raw).format for _, raw in encoded.files} == {"WEBP"}
    assert {colors(opened(raw)) for _, raw in encoded.files} == {"kbbr"}


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1, 1), "1x1"),
        ((300, 200), "300x200"),
        ((481, 10), "481x10"),
        ((1000, 8000), "400x3200"),
        ((9000, 2), "1600x1"),
    ],
)
def test_nothing_is_enlarged_and_nothing_is_taller_than_pages_bear(size: tuple[int, int], kept: str) -> None:
    encoded = encode(as_file(a_drawing(*size)))
    assert encoded.name.partition("-")[2] == kept
    assert len(encoded.files) == 1 + sum(width < names.size_of(encoded.name)[0] for width in (480, 960))


def test_a_photo_that_carries_another_beside_it_is_taken() -> None:
    raw = as_file(a_drawing(), "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), "green")])
    assert colors(opened(encode(raw).files[0][1])) == "kbbr"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_photo_is_upright_whichever_way_the_camera_was_held(orientation: int, form: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    raw = as_file(a_drawing(2000, 1500), form, exif=exif)
    name, ((_, whole), *_) = encode(raw)
    upright = ImageOps.exif_transpose(opened(raw))
    assert colors(opened(whole)) == colors(upright)
    assert names.size_of(name) == ((1600, 1200) if orientation < 5 else (1500, 2000))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_no_metadata_is_kept(form: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (51.0, 28.0, 38.0), 3: "W", 4: (0.0, 0.0, 5.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    given = as_file(a_drawing(), form, exif=exif, icc_profile=profile, xmp=b"<x>Secret place</x>", comment=b"Secret")
    assert b"Secret Camera" in given
    for _, raw in encode(given).files:
        assert not opened(raw).getexif()
        assert [mark for mark in (b"Secret", b"EXIF", b"XMP ", b"ICCP", b"<x>") if mark in raw] == []


def test_what_is_clear_becomes_white_and_what_is_gray_stays_gray() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    palette = clear.quantize(4)
    gray = Image.new("I;16", (40, 40), 0x8000)
    shown = [
        opened(encode(as_file(image)).files[0][1]).convert("RGB").getpixel((20, 20)) for image in (clear, palette, gray)
    ]
    assert shown == [(255, 255, 255), (255, 255, 255), (128, 128, 128)]


def test_a_color_profile_is_obeyed_before_it_is_dropped() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"swap").replace(b"bXYZ", b"rXYZ").replace(b"swap", b"bXYZ")  # red is blue there
    kept = {form: encode(as_file(a_drawing(), form, icc_profile=swapped)) for form in ("PNG", "JPEG", "WEBP")}
    assert {colors(opened(encoded.files[0][1])) for encoded in kept.values()} == {"krrb"}


def test_colors_of_print_become_those_of_screens_and_a_useless_profile_is_passed_over() -> None:
    cyan = as_file(Image.new("CMYK", (40, 40), (255, 0, 0, 0)), "JPEG")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # of no use for this picture
    told = [encode(cyan), encode(as_file(a_drawing(), icc_profile=lab)), encode(as_file(a_drawing(), icc_profile=b"x"))]
    red, green, blue = opened(told[0].files[0][1]).convert("RGB").getpixel((20, 20))  # type: ignore[misc]
    assert red < 40 < 200 < min(green, blue)
    assert [colors(opened(encoded.files[0][1])) for encoded in told[1:]] == ["kbbr", "kbbr"]


def test_a_drawing_is_kept_without_loss_where_that_is_smaller() -> None:
    drawing = a_drawing()
    kept = opened(encode(as_file(drawing)).files[0][1]).convert("RGB")
    assert kept.tobytes() == drawing.tobytes()


# Bad files


def a_moving_picture(form: str) -> bytes:
    return as_file(a_drawing(20, 20), form, save_all=True, append_images=[Image.new("RGB", (20, 20), "green")])


def a_jpeg_of_many_scans() -> bytes:
    raw = as_file(a_drawing(), "JPEG", progressive=True)
    last = raw.rindex(b"\xff\xda")
    return raw[:-2] + raw[last:-2] * 200 + raw[-2:]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", NO_PICTURE),
        (b"<script>alert(1)</script>", NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NO_PICTURE),
        (as_file(a_drawing(), "GIF"), NO_PICTURE),
        (as_file(a_drawing(), "TIFF"), NO_PICTURE),
        (as_file(a_drawing(), "PDF"), NO_PICTURE),
        (as_file(a_drawing(), "JPEG")[:-400], BROKEN),
        (as_file(a_drawing(), "PNG")[:-400], BROKEN),
        (as_file(a_drawing(), "WEBP")[:-400], BROKEN),
        (a_jpeg_of_many_scans(), BROKEN),
        (a_moving_picture("PNG"), "Animated images are not supported. Choose a still image."),
        (a_moving_picture("WEBP"), "Animated images are not supported. Choose a still image."),
        (as_file(Image.new("1", (6_400, 6_400))), TOO_MANY),
        (as_file(Image.new("RGB", (16_000, 6_000)), "WEBP", quality=0, method=0), TOO_MANY),
    ],
    ids=["nothing", "script", "SVG", "GIF", "TIFF", "PDF", "half a JPEG", "half a PNG", "half a WebP", "scans",
         "moving PNG", "moving WebP", "41 million", "WebP of 96 million"],
)  # fmt: skip
def test_a_file_that_gives_no_picture_is_refused_in_a_sentence(raw: bytes, told: str) -> None:
    with pytest.raises(BadImage) as refused:
        encode(raw)
    assert str(refused.value) == told


@pytest.mark.parametrize("side", [6_400, 30_000])
def test_a_bomb_is_refused_before_a_pixel_of_it_is_decoded(side: int) -> None:
    bomb = a_bomb(side)
    assert len(bomb) < 200_000
    _imaging.reset_stats()
    tracemalloc.start()
    with pytest.raises(BadImage) as refused:
        encode(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (str(refused.value), _imaging.get_stats()["new_count"], most < 5_000_000) == (TOO_MANY, 0, True)


def test_the_largest_picture_that_is_taken_is_copied_a_few_times_only() -> None:
    _imaging.reset_stats()
    encode(a_bomb(6_300))
    assert 1 < _imaging.get_stats()["allocated_blocks"] < 40  # of 16 MB or less; the whole picture takes ten


WHOLE = {form: as_file(a_drawing(60, 40), form) for form in ("PNG", "JPEG", "WEBP")}


@examples(150)
@given(form=st.sampled_from(list(WHOLE)), at=st.integers(0, 2_000), data=st.binary(max_size=12), cut=st.integers(0, 40))
def test_a_damaged_file_gives_a_picture_or_a_sentence(form: str, at: int, data: bytes, cut: int) -> None:
    raw = WHOLE[form]
    at %= len(raw)
    try:
        encoded = encode(raw[:at] + data + raw[at + cut :])
    except BadImage:
        return
    assert opened(encoded.files[0][1]).size == names.size_of(encoded.name)
