"""Emblems of fields of work, as SVG and as pixels."""

from xml.etree import ElementTree

import pytest

from guides.rendering import emblems


@pytest.mark.parametrize("field", ["patient-services", "care-management", "clinical-support"])
def test_each_field_of_the_delivered_guides_has_its_own_emblem(field: str) -> None:
    assert emblems.strokes(field) != emblems.strokes("any-other-field")


def test_an_emblem_takes_the_color_of_the_text_and_is_hidden_from_screen_readers() -> None:
    drawing = ElementTree.fromstring(emblems.svg("patient-services"))
    assert drawing.attrib == {
        "class": "emblem", "viewBox": "0 0 24 24", "aria-hidden": "true", "focusable": "false",
    }  # fmt: skip
    assert [part.attrib for part in drawing][:2] == [
        {"d": "M4 16A8 8 0 0 1 20 16"}, {"points": "2.5,16 21.5,16"},
    ]  # fmt: skip


def test_pixels_follow_the_strokes() -> None:
    mask = emblems.mask("clinical-support", 48)
    inked = {point: mask.getpixel(point) for point in [(24, 5), (43, 24), (2, 2), (24, 43)]}
    assert inked == {(24, 5): 255, (43, 24): 255, (2, 2): 0, (24, 43): 255}
