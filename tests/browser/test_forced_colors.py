"""Pages in the few colors that a reader has forced on them, as Windows does in its contrast themes."""

import io
from itertools import groupby

import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.conftest import Site, Watched

pytestmark = pytest.mark.browser

SIZE = "mark => { const box = mark.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }"
SIGN = """key => {
    const [box, sign] = [key.getBoundingClientRect(), getComputedStyle(key, "::before")];
    return [box.x, box.y, parseFloat(sign.width), box.height];
}"""


def across(mark: Locator, where: str = SIZE) -> str:
    """Return the ink and the paper that a line through the middle of a mark meets, as in '# #' for a ring.

    The corner of its box is paper. Next to the mark there may be a line of the chart.
    """
    mark.scroll_into_view_if_needed()
    x, y, width, height = mark.evaluate(where)
    clip = {"x": x - 3, "y": y, "width": width + 6, "height": height}
    with Image.open(io.BytesIO(mark.page.screenshot(clip=clip))) as picture:  # type: ignore[arg-type]
        shades = picture.convert("L")
    paper, middle = shades.tobytes()[0], shades.height // 2
    line = shades.crop((0, middle, shades.width, middle + 1)).tobytes()
    return "".join(sign for sign, _ in groupby("#" if abs(shade - paper) > 127 else " " for shade in line)).strip()


@pytest.fixture(params=["light", "dark"])
def forced(request: pytest.FixtureRequest, watched: Watched) -> Watched:
    watched.page.emulate_media(forced_colors="active", color_scheme=request.param)
    return watched


def test_the_signs_of_a_chart_are_those_of_its_key(forced: Watched, site: Site) -> None:
    page = forced.page
    page.goto(site.guide)
    signs = {name: across(page.locator(f".key-{name}").first, SIGN) for name in ("median", "mean", "range")}
    drawn = {"median": "circle.median", "mean": "circle.mean", "range": "rect.range:not(.range-open)"}
    marks = {name: across(page.locator(f".chart {mark}").first) for name, mark in drawn.items()}
    assert (signs, marks) == ({"median": "#", "mean": "# #", "range": "# #"},) * 2


def test_the_bar_of_a_skills_check_shows_its_share(forced: Watched, site: Site) -> None:
    page = forced.page
    page.goto(f"{site.guide}skills-check/?have=epic,organization")
    assert across(page.locator("svg.bar").first) == "# #"


def test_the_shades_of_a_map_become_lower_edges(forced: Watched, site: Site) -> None:
    page = forced.page
    page.goto(f"{site.address}/guides/medical-assistant/pay/")
    edge = "tile => getComputedStyle(tile).borderBottomWidth"
    edges = [page.locator(f"a.shade-{number}").first.evaluate(edge) for number in range(1, 6)]
    assert edges == ["1px", "3px", "5px", "7px", "9px"]
