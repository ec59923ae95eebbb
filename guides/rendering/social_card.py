"""The picture of a guide for link previews, with its title and pay."""

from io import BytesIO
from pathlib import Path
from textwrap import shorten, wrap

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from guides.pay import headline
from guides.schema import Guide

from . import figures

DRAWING = "v2"
"""Part of each picture's address: caches keep a picture forever, so another drawing needs another address."""

WIDTH, HEIGHT = 1200, 630
_MARGIN, _LINES = 80, 3
_BACKGROUND, _INK, _FAINT, _ACCENT = "#fbfaf6", "#1c2831", "#55626b", "#0f5456"  # the light colors of base.css
_FONT = Path(settings.BASE_DIR) / "static/fonts/newsreader.woff2"


def render(guide: Guide) -> bytes:
    """Return a PNG of 1200 by 630 pixels. It omits a title that the font cannot draw."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.text((_MARGIN, 64), _("Careerguide"), _ACCENT, _font(40, 600))
    if _can_draw(guide.title):
        lines, size = _fitted(guide.title)
        draw.multiline_text((_MARGIN, 165), "\n".join(lines), _INK, _font(size, 500), spacing=size // 6)
    band = headline(guide)
    draw.line((_MARGIN, 488, WIDTH - _MARGIN, 488), "#d5d2c8", 2)
    if band and _can_draw(figures.pay(band)):
        draw.text((_MARGIN, 506), figures.pay(band), _INK, _font(42, 600))
        source = next(source for source in guide.sources if source.slug == band.source)
        # A range may belong to a broader occupation, so its name is next to it.
        for place, line in enumerate((figures.pay_gloss(band), figures.cited(source))):
            if _can_draw(line):
                draw.text((_MARGIN, 557 + 32 * place), shorten(line, 90, placeholder=" …"), _FAINT, _font(25, 400))
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


def _can_draw(text: str) -> bool:
    """Return whether the font, a Latin subset, has every letter."""
    font = _font(20, 400)
    missing = bytes(font.getmask("\U0010ffff"))
    return all(letter.isspace() or bytes(font.getmask(letter)) != missing for letter in set(text))


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_FONT, size)
    font.set_variation_by_axes([weight])
    return font
