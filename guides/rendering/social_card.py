"""The picture of a guide for link previews, with its title and pay."""

from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from textwrap import shorten, wrap

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from guides.schema import Guide
from guides.statistics.headline import PayHeadline

from . import emblems, figures

DRAWING = "v4"
"""Part of each picture's address: caches keep a picture forever, so another drawing needs another address."""

WIDTH, HEIGHT = 1200, 630
_MARGIN, _LINES, _EMBLEM = 80, 3, 96
_BACKGROUND, _INK, _FAINT, _ACCENT = "#fbfaf6", "#1c2831", "#55626b", "#0f5456"  # the light colors of base.css
_FONT = Path(settings.BASE_DIR) / "static/fonts/newsreader.woff2"


def address(slug: str, number: int, headline: PayHeadline | None) -> str:
    """Return the path of the picture of an edition. It has a digest of official pay, which changes with a release."""
    digest = figures_digest(headline)
    return reverse("guides:guide-card", args=(slug, number, digest) if digest else (slug, number))


def figures_digest(headline: PayHeadline | None) -> str:
    """Return a digest of the official figures on a picture, or '' if all of it comes from the edition."""
    if headline is None or not headline.codes:
        return ""
    return blake2b("|".join(_pay_lines(headline)).encode(), digest_size=4).hexdigest()


def _pay_lines(headline: PayHeadline) -> tuple[str, str, str]:
    """Return the pay, what it covers, and its source. A range belongs to other occupations, so it names them."""
    return figures.headline_pay(headline), figures.headline_gloss(headline), figures.cited(headline.source)


def render(guide: Guide, headline: PayHeadline | None) -> bytes:
    """Return a PNG of 1200 by 630 pixels. It omits a title that the font cannot draw."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.text((_MARGIN, 64), _("Careerguide"), _ACCENT, _font(40, 600))
    if guide.field:
        drawn = emblems.mask(guide.field.slug, _EMBLEM)
        image.paste(_ACCENT, (WIDTH - _MARGIN - _EMBLEM, 48), drawn)
    if _can_draw(guide.title):
        lines, size = _fitted(guide.title)
        draw.multiline_text((_MARGIN, 165), "\n".join(lines), _INK, _font(size, 500), spacing=size // 6)
    pay, gloss, source = _pay_lines(headline) if headline else ("", "", "")
    small = [*wrap(gloss, 90, max_lines=2, placeholder=" …"), shorten(source, 90, placeholder=" …")]
    top = HEIGHT - 78 - 32 * len(small)
    draw.line((_MARGIN, top, WIDTH - _MARGIN, top), "#d5d2c8", 2)
    if pay and _can_draw(pay):
        draw.text((_MARGIN, top + 18), pay, _INK, _font(_size_that_fits(pay, 42), 600))
        for place, line in enumerate(small):
            if _can_draw(line):
                draw.text((_MARGIN, top + 69 + 32 * place), line, _FAINT, _font(25, 400))
    out = BytesIO()
    # A quarter of the time that the best palette and the smallest file take, and a file that is a sixth larger.
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _fitted(title: str) -> tuple[list[str], int]:
    """Return the title in at most three lines, and the largest size that fits. A longer title ends with '…'."""
    for size in (104, 88, 72, 60):
        font = _font(size, 500)
        for letters in range(40, 9, -1):
            lines = wrap(title, letters, max_lines=_LINES, placeholder=" …")
            if all(font.getlength(line) <= WIDTH - 2 * _MARGIN for line in lines):
                if not lines[-1].endswith(" …") or size == 60:
                    return lines, size
                break
    return wrap(title, 10, max_lines=_LINES, placeholder=" …"), 60


def _size_that_fits(line: str, size: int) -> int:
    width = _font(size, 600).getlength(line)
    return min(size, int(size * (WIDTH - 2 * _MARGIN) / width))


def _can_draw(text: str) -> bool:
    """Return whether the font, a Latin subset, has every letter."""
    font = _font(20, 400)
    missing = bytes(font.getmask("\U0010ffff"))
    return all(letter.isspace() or bytes(font.getmask(letter)) != missing for letter in set(text))


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_FONT, size)
    font.set_variation_by_axes([weight])
    return font
