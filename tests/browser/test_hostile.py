"""Text that wants to be a program, wherever a guide has text: nothing of it runs in a real browser."""

from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page

from guides import schema
from tests.browser.conftest import Watched
from tests.helpers.factories import SOURCE, a_guide
from tests.helpers.servers import delivered_site, run, served
from tests.rendering.test_prose import HOSTILE

pytestmark = pytest.mark.browser

RUNS = "window.ran=1"
LINES = (
    f"<script>{RUNS}</script>", f"</script><script>{RUNS}</script>", f'"><img src=x onerror="{RUNS}">', f"'-({RUNS})-'",
    f"</title></textarea><svg onload={RUNS}>", f"<!--guide a--><script>{RUNS}</script><!--end guide-->",
    f"javascript:{RUNS}", f"<!--near--><b onclick={RUNS}>", f"&lt;img src=x onerror={RUNS}&gt;",
)  # fmt: skip
PROSE = "\n\n".join((*LINES, *(text.replace("alert(1)", RUNS) for text in HOSTILE if "/images/" not in text)))
SLUG = "lighthouse-keeper"


def hostile_guide() -> schema.Guide:
    lines = cycle(LINES)

    def said(text: str = "Keeper") -> str:
        return f"{text} {next(lines)}"

    def a(**parts: Any) -> list[dict[str, Any]]:
        return [parts]

    return a_guide(
        title=said(), summary=said(), alternative_titles=[said()], routes=[],
        field={"slug": "coast", "name": said(), "summary": said()},
        sections=a(chapter="role", heading=said(), body=PROSE),
        responsibilities=a(title=said(), detail=said()),
        skills=a(slug="lamps", name=said(), kind="technical", aliases=[said()], summary=said(), purpose=said()),
        steps=a(title=said(), body=PROSE),
        considerations=a(kind="pro", title=said(), detail=said()),
        faqs=a(question=said(), answer=PROSE),
        related=a(relation="similar", title=said(), note=said()),
        toolkit=a(kind="resume", title=said(), body=PROSE),
        examples=a(from_job=said(), meets=said(), resume=PROSE, letter=PROSE),
        interview=a(theme=said(), question=said(), shows=said()),
        sources=[SOURCE | {"publisher": said(), "title": said()}],
    )  # fmt: skip


GUIDE, OTHER = f"/guides/{SLUG}/", "patient-care-coordinator"
ADDRESSES = (
    "/", "/guides/", "/guides/?field=coast", "/fields/coast/", "/skills/", "/skills/lamps/", "/compare/", "/paths/",
    f"/compare/?guide={SLUG}&guide={OTHER}", f"/paths/{SLUG}/{OTHER}/", "/about/sources/", "/feed/",
    GUIDE, f"/guides/{SLUG}.json", f"/guides/{SLUG}.md", f"{GUIDE}feed/", f"{GUIDE}history/",
    f"{GUIDE}skills-check/?have=lamps", f"{GUIDE}toolkit/", f"{GUIDE}toolkit/resume/", f"{GUIDE}toolkit/interview/",
    f"{GUIDE}toolkit/resume-example/",
    f"{GUIDE}report/?section=role", "/match/?have=lamps", "/search/suggestions/?q=keeper", f"/{quote(LINES[0])}",
    *(f"{path}{quote(line)}" for path in ("/search/?q=", "/match/?q=", "/paths/?from=") for line in LINES),
)  # fmt: skip


def nothing_ran(page: Page) -> bool:
    return page.evaluate("window.ran === undefined && !document.querySelector('main img[src=x]')") is True


def test_nothing_that_a_guide_or_an_address_says_runs(watched: Watched, tmp_path: Path) -> None:
    page, complaints = watched
    delivered_site(tmp_path)
    file = tmp_path / "guide.json"
    file.write_text(schema.dump(hostile_guide()))
    program = (
        "from pathlib import Path; from guides.publishing.drafts.importing import import_file; "
        "from guides.publishing.editions.publish import publish; "
        f"publish(role=import_file(Path({str(file)!r}), by='Ada'), by='Ada')"  # past the preflight, which reports it
    )
    run("shell", "--command", program, tmp_path)
    dialogs: list[Dialog] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))
    with served(tmp_path) as server:
        for path in ADDRESSES:
            page.goto(server.address + path)
            assert nothing_ran(page), path
    assert dialogs == []
    assert [
        text for text in complaints if "404" not in text
    ] == []  # not even refused by the policy: there was nothing to refuse
