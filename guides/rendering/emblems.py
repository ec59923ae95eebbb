"""Emblems of the fields of work: drawings of a few strokes, for pages (SVG) and for social cards (pixels).

A field is found by its slug. All others have a briefcase. To add an emblem, draw lines and arcs on a grid of 24 by 24.
"""

from collections.abc import Mapping
from math import cos, radians, sin
from typing import NamedTuple

from PIL import Image, ImageDraw

GRID, STROKE = 24, 1.5
_SMOOTH = 4  # pixels are drawn this many times larger, because Pillow's lines have hard edges


class Line(NamedTuple):
    """A line through points of the grid."""

    points: tuple[tuple[float, float], ...]


class Arc(NamedTuple):
    """A part of a circle, clockwise between angles in degrees, where 0 is on the right."""

    x: float
    y: float
    radius: float
    start: float = 0
    end: float = 360

    def point(self, angle: float) -> tuple[float, float]:
        turn = radians(angle)
        return round(self.x + self.radius * cos(turn), 2), round(self.y + self.radius * sin(turn), 2)


type Emblem = tuple[Line | Arc, ...]

_BRIEFCASE: Emblem = (
    Line(((3.5, 8), (20.5, 8), (20.5, 19.5), (3.5, 19.5), (3.5, 8))),
    Line(((9, 8), (9, 4.5), (15, 4.5), (15, 8))),
    Line(((3.5, 13), (20.5, 13))),
    Line(((12, 12), (12, 14.5))),
)
_BELL: Emblem = (
    Arc(12, 16, 8, 180, 360),
    Line(((2.5, 16), (21.5, 16))),
    Line(((5, 19.5), (19, 19.5))),
    Line(((12, 8), (12, 6))),
    Line(((10, 5.5), (14, 5.5))),
)
_CLIPBOARD: Emblem = (
    Line(((9, 5), (5.5, 5), (5.5, 21), (18.5, 21), (18.5, 5), (15, 5))),
    Line(((9, 3), (15, 3), (15, 7), (9, 7), (9, 3))),
    Line(((8.5, 14), (11, 16.5), (15.5, 11.5))),
)
_PULSE: Emblem = (
    Arc(12, 12, 9.5),
    Line(((5.5, 12.5), (8.5, 12.5), (10.5, 8), (13.5, 16.5), (15.5, 12.5), (18.5, 12.5))),
)
_BY_FIELD: Mapping[str, Emblem] = {
    "patient-services": _BELL,
    "care-management": _CLIPBOARD,
    "clinical-support": _PULSE,
}


def strokes(field: str) -> Emblem:
    """Return the emblem of the field with this slug."""
    return _BY_FIELD.get(field, _BRIEFCASE)


def svg(field: str) -> str:
    """Return an emblem as SVG in the color of the text around it."""
    drawn = "".join(_svg(stroke) for stroke in strokes(field))
    return f'<svg class="emblem" viewBox="0 0 {GRID} {GRID}" aria-hidden="true" focusable="false">{drawn}</svg>'


def _svg(stroke: Line | Arc) -> str:
    if isinstance(stroke, Line):
        points = " ".join(f"{x:g},{y:g}" for x, y in stroke.points)
        return f'<polyline points="{points}"/>'
    if stroke.end - stroke.start >= 360:
        return f'<circle cx="{stroke.x:g}" cy="{stroke.y:g}" r="{stroke.radius:g}"/>'
    (x, y), (end_x, end_y) = stroke.point(stroke.start), stroke.point(stroke.end)
    large = int(stroke.end - stroke.start > 180)
    return f'<path d="M{x:g} {y:g}A{stroke.radius:g} {stroke.radius:g} 0 {large} 1 {end_x:g} {end_y:g}"/>'


def mask(field: str, size: int) -> Image.Image:
    """Return an emblem as a mask of this many pixels on each side."""
    scale = size * _SMOOTH / GRID
    image = Image.new("L", (size * _SMOOTH, size * _SMOOTH))
    draw = ImageDraw.Draw(image)
    width = round(STROKE * scale)
    points: tuple[tuple[float, float], ...]
    for stroke in strokes(field):
        if isinstance(stroke, Arc):
            edge = stroke.radius + STROKE / 2
            box = [scale * each for each in (stroke.x - edge, stroke.y - edge, stroke.x + edge, stroke.y + edge)]
            draw.arc(box, stroke.start, stroke.end, 255, width)
            points = (stroke.point(stroke.start), stroke.point(stroke.end))
        else:
            points = stroke.points
            draw.line([(x * scale, y * scale) for x, y in points], 255, width)
        for x, y in points:  # round caps and joints
            draw.circle((x * scale, y * scale), width / 2, 255)
    return image.resize((size, size), Image.Resampling.LANCZOS)
