"""A real site, as `make run` serves it, and a real Chromium that looks at it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.helpers.servers import ROOT, collect_static, manage, served

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
type Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}
MISSING = "No Chromium: install it (Debian: apt install chromium; others: python -m playwright install chromium)."


class Site(NamedTuple):
    address: str
    name: str
    password: str

    @property
    def guide(self) -> str:
        return f"{self.address}/guides/patient-care-coordinator/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with a_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def a_site(data: Path, **variables: str) -> Iterator[Site]:
    """A new site, in a folder of its own, with the first guides and its editor."""
    told = manage(ROOT, data, "prepare", **variables).stdout
    collect_static(data)
    with served(data, CAREERGUIDE_WORKERS="1", **variables) as server:
        yield Site(server.address, *re.findall(r"(?:name|Password): (\S+)", told))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    flags = (*FLAGS, *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()))
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or installed or playwright.chromium.executable_path
        if not Path(path).exists():
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def axe_violations(chromium: Browser, url: str) -> list[str]:
    """Return what axe finds on a page at the width of a phone. In the dark, only colors can differ."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(url)
    violations = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=COLORS if scheme == "dark" else None)
        violations += [
            f"{scheme} {rule['id']}: {node['html'][:150]}"
            for rule in results.response["violations"]
            for node in rule["nodes"][:3]
        ]
    context.close()
    return violations


class Watched(NamedTuple):
    """A page, and what its browser complained of: script errors, refused styles, failed requests."""

    page: Page
    complaints: list[str]


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield watch(context.new_page())
    context.close()


def watch(page: Page) -> Watched:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    return Watched(page, complaints)


@pytest.fixture
def desk(watched: Watched, site: Site) -> Watched:
    """The desk, signed in with what the first start told."""
    watched.page.goto(f"{site.address}/admin/")
    sign_in(watched.page, site)
    return watched


def sign_in(page: Page, site: Site, name: str = "") -> None:
    page.get_by_label("Username").fill(name or site.name)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()


def make_author(page: Page, site: Site, name: str) -> None:
    """As an administrator makes an account: with the editor's own password."""
    page.goto(f"{site.address}/admin/auth/user/add/")
    page.get_by_label("Username").fill(name)
    for label in ("Password:", "Password confirmation:"):
        page.get_by_label(label, exact=True).fill(site.password)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_label("Staff status").check()
    page.locator("#id_groups_from").select_option(label="Author")
    page.locator("#id_groups_add, #id_groups_add_link").first.click()
    page.get_by_role("button", name="Save", exact=True).click()


class Keyboard:
    """Goes by Tab to what has a name, as those do who have no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(
                """name => {
                    const at = document.activeElement;
                    const told = [at.getAttribute("aria-label"), at.labels?.[0]?.textContent, at.value, at.textContent];
                    return told.some((text) => text?.trim().startsWith(name));
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
