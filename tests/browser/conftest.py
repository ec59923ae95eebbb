"""A real site, as `make run` serves it, and a real Chromium that looks at it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect, sync_playwright

from guides.publishing.first_start import EDITOR
from tests.browser.small_roles import TITLES
from tests.helpers.servers import ROOT, collect_static, copy_database, delivered_site, manage, served, until
from tests.helpers.shared import once
from tests.helpers.users import PASSWORD

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000
"""Milliseconds after which an expected change of a page is missing: far more than a busy machine needs."""
PHONE: ViewportSize = {"width": 390, "height": 800}
MISSING = "No Chromium: install it (Debian: apt install chromium; others: python -m playwright install chromium)."
AXE = Axe().axe_script
AXE_OPTIONS: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
"""The options of axe by color scheme. In the dark, only colors can differ."""
SETTLED = "Promise.all(document.getAnimations().map((animation) => animation.finished))"


class Site(NamedTuple):
    address: str

    @property
    def guide(self) -> str:
        return f"{self.address}/guides/patient-care-coordinator/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the delivered guides and the small roles."""
    data = tmp_path_factory.mktemp("site")
    collect_static(data)
    copy_database(once("browser-site", _fill), data)
    with served(data) as server:
        yield Site(server.address)


def _fill(data: Path) -> None:
    delivered_site(data)
    add_small_roles(data)


def add_small_roles(data: Path, **variables: str) -> None:
    """Add the small roles to a site, and set the password of its editor."""
    program = "from tests.browser.small_roles import add; add()"
    done = manage(ROOT, data, "shell", "--command", program, **variables)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def titles() -> list[str]:
    """The titles of the small roles that no test has edited yet."""
    return list(TITLES)


@pytest.fixture
def title(titles: list[str]) -> str:
    """The title of a small role for this test alone."""
    return titles.pop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    flags = (*FLAGS, *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()))
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or installed or playwright.chromium.executable_path
        if not Path(path).exists():
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


def axe_violations(page: Page) -> list[str]:
    """Return what axe finds on a page in both color schemes."""
    page.evaluate(AXE)
    violations = []
    for scheme, options in AXE_OPTIONS.items():
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
        violations += [
            f"{page.url} {scheme} {rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"][:3]
        ]
    return violations


def open_page(watched: "Watched", address: str) -> Page:
    """Open an address in a page that tests share, and forget what its browser complained of before."""
    watched.page.goto("about:blank")
    watched.complaints.clear()
    watched.page.goto(address)
    return watched.page


def faults_of_layout(page: Page) -> Iterator[str]:
    """Yield the widths that a page does not fit, and the color schemes that its background ignores."""
    for scheme in AXE_OPTIONS:
        page.emulate_media(color_scheme=scheme)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                yield f"{page.url} is {needed} px wide on a screen of {width} px in {scheme} mode"
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        lightness = float(background.removeprefix("oklch(").split()[0])
        if (lightness > 0.9) != (scheme == "light"):
            yield f"{page.url} has the background {background} in {scheme} mode"


def faults_of_fonts(page: Page) -> Iterator[str]:
    page.evaluate("document.fonts.ready.then(() => true)")
    if not page.evaluate("document.fonts.check('600 20px Newsreader')"):
        yield f"{page.url} does not load the font of its headings"


class Watched(NamedTuple):
    """A page, and what its browser complained of: script errors, refused styles, failed requests."""

    page: Page
    complaints: list[str]


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    with watched_page(chromium) as watched:
        yield watched


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[Watched]:
    """A page that the tests of a file share because they only open addresses in it."""
    with watched_page(chromium) as watched:
        yield watched


@contextmanager
def watched_page(chromium: Browser, **options: Any) -> Iterator[Watched]:
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    yield Watched(page, complaints)
    context.close()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, site: Site) -> StorageState:
    """The cookies of the editor, who signs in once for all tests."""
    with watched_page(chromium) as (page, _):
        page.goto(f"{site.address}/admin/")
        sign_in(page)
        return page.context.storage_state()


@pytest.fixture
def desk(chromium: Browser, signed_in: StorageState) -> Iterator[Watched]:
    """A page in which the editor is signed in."""
    with watched_page(chromium, storage_state=signed_in) as watched:
        yield watched


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page, and wait until that page has loaded."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def sign_in(page: Page, name: str = EDITOR) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")


def make_author(page: Page, site: Site, name: str) -> None:
    """Create an author as an administrator does, with the editor's own password."""
    page.goto(f"{site.address}/admin/auth/user/add/")
    page.get_by_label("Username").fill(name)
    for label in ("Password:", "Password confirmation:"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    press(page, "Save and continue editing")
    page.get_by_label("Staff status").check()
    page.locator("#id_groups_from").select_option(label="Author")
    page.locator("#id_groups_add, #id_groups_add_link").first.click()
    press(page, "Save")
    expect(page.get_by_text("was changed successfully")).to_be_visible()


class Visitor:
    """Somebody without an account, who knows addresses."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site

    def read(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        response = self.page.goto(path if path.startswith("http") else f"{self.site.address}{path}")
        assert response
        return response.status, self.page.locator("main").inner_text()

    def wait_for(self, path: str, text: str) -> tuple[int, str]:
        """Read a page until it has a text: the server may send its cached page for a second."""
        until(lambda: text in self.read(path)[1])
        return self.read(path)


@pytest.fixture
def visitor(watched: Watched, site: Site) -> Visitor:
    return Visitor(watched.page, site)


class Keyboard:
    """Goes by Tab to an element by its name, as people without a mouse do."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(
                """name => {
                    const at = document.activeElement;
                    const names =
                        [at.getAttribute("aria-label"), at.labels?.[0]?.textContent, at.value, at.textContent];
                    return names.some((text) => text?.trim().startsWith(name));
                }""",
                name,
            ):
                return
        pytest.fail(f"the keyboard does not reach {name!r}")

    def press(self, name: str) -> None:
        self.to(name)
        self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        """Press what leads to another page."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, name: str, text: str) -> None:
        self.to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
