"""A smoke test of a checkout: `python tests/smoke.py CHECKOUT PYTHON` with the standard library only.

Installs the checkout with PYTHON, starts it as the README says, opens a page of every kind, then saves and publishes
a guide in the admin. Prints one line; raises on the first failure.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
GUIDE, OTHER = "patient-care-coordinator", "medical-assistant"
PAGES = (
    "/",
    "/guides/",
    "/fields/care-management/",
    f"/guides/{GUIDE}/",
    f"/guides/{GUIDE}.json",
    f"/guides/{GUIDE}.md",
    f"/guides/{GUIDE}/card-1.png",
    f"/guides/{GUIDE}/feed/",
    f"/guides/{GUIDE}/history/",
    f"/guides/{GUIDE}/skills-check/",
    f"/guides/{GUIDE}/toolkit/",
    f"/guides/{GUIDE}/toolkit/resume/",
    f"/guides/{GUIDE}/toolkit/resume.docx",
    f"/guides/{GUIDE}/toolkit/resume-example.docx",
    f"/guides/{GUIDE}/report/?section=pay",
    "/search/?q=care",
    "/search/suggestions/?q=care",
    "/skills/",
    "/pay/",
    "/pay/texas/",
    f"/guides/{GUIDE}/pay/",
    f"/guides/{GUIDE}/pay/texas/",
    f"/compare/?guide={GUIDE}&guide={OTHER}",
    "/match/?have=scheduling",
    "/match/resume/",
    f"/paths/{OTHER}/{GUIDE}/",
    "/about/",
    "/about/sources/",
    "/feed/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/opensearch.xml",
    "/healthz",
    "/readyz",
    "/admin/login/",
)
FIRST_START_SECONDS, LATER_START_SECONDS, PUBLICATION_SECONDS = 300, 60, 30
CREDENTIALS = r"name: (\S+)\nPassword: (\S+)"
SUMMARY = "Schedules visits, referrals and insurance for patients, and answers for each of them."


class Field(NamedTuple):
    name: str
    value: str


class Form(HTMLParser):
    """The fields that a browser would send of the form on a page that holds a field called `marker`."""

    def __init__(self, html: str, marker: str) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._current: list[Field] = []
        self._marker = marker
        self._select = self._textarea = ""
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name, kind = values.get("name", ""), values.get("type", "text")
        if tag == "form":
            self._current = []
        elif tag == "input" and name and kind not in {"submit", "button", "file", "image"}:
            if kind not in {"checkbox", "radio"} or "checked" in values:
                self._current.append(Field(name, values.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in values:
            self._current.append(Field(self._select, values.get("value", "")))
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._current.append(Field(self._textarea, self._text.removeprefix("\n")))
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form" and any(field.name == self._marker for field in self._current):
            self.fields = self._current

    def data(self, **values: str) -> bytes:
        """The body to send, with some values replaced or added."""
        return urlencode(
            [*((name, value) for name, value in self.fields if name not in values), *values.items()]
        ).encode()


class Browser:
    """A visitor of the site, with cookies."""

    def __init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, body: bytes | None = None) -> str:
        """Return the page at a path as text, after redirects. Raises HTTPError for a bad status."""
        request = Request(f"{SITE}{path}", body, {"Referer": f"{SITE}{path}"})
        with self._opener.open(request, timeout=60) as response:
            return str(response.read().decode(errors="replace"))

    def submit(self, path: str, marker: str, **values: str) -> str:
        """Fill in the form at a path that holds a field called `marker`, and return the page that follows."""
        return self.open(path, Form(self.open(path), marker).data(**values))


@contextlib.contextmanager
def running(checkout: Path, python: str, *, seconds: float) -> Iterator[str]:
    """Run `make run` and yield what it printed until the guide answered. Fails if that takes too long."""
    log = checkout.with_suffix(".log")
    command = ("make", "-C", str(checkout), "run", f"PORT={PORT}", f"PYTHONS={python}")
    with log.open("w") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        wait_until(lambda: server.poll() is not None or answers(f"/guides/{GUIDE}/"), seconds)
        assert server.poll() is None, "make run ended"
        yield log.read_text()
    except BaseException:
        sys.stderr.write(log.read_text()[-4_000:])
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def answers(path: str) -> bool:
    """Whether a server answers at all. Raises HTTPError if it answers with a fault."""
    try:
        return bool(Browser().open(path))
    except HTTPError:
        raise  # it runs, and fails
    except (URLError, ConnectionError):
        return False


def wait_until(is_done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > end:
            raise TimeoutError(f"not done within {seconds} seconds")
        time.sleep(0.1)


def save_and_publish(browser: Browser, name: str, password: str) -> None:
    """Change the summary of the guide in the admin and publish it."""
    browser.submit("/admin/login/?next=/admin/", "password", username=name, password=password)
    roles = browser.open("/admin/guides/role/?q=Patient+Care+Coordinator")
    found = re.search(r'href="(/admin/guides/role/\d+/)change/[^"]*">Patient Care Coordinator<', roles)
    assert found, "the list of roles does not show the guide"
    role = found[1]
    browser.submit(f"{role}change/", "summary", summary=SUMMARY, _continue="1")
    assert SUMMARY in browser.open(f"{role}change/"), "the change was not saved"
    browser.submit(f"{role}publish/", "note", note="A clearer summary.")
    wait_until(lambda: "A clearer summary." in browser.open(f"/guides/{GUIDE}/history/"), PUBLICATION_SECONDS)


def main(checkout: Path, python: str) -> None:
    began = time.monotonic()
    with running(checkout, python, seconds=FIRST_START_SECONDS) as printed:
        installed = time.monotonic() - began
        browser = Browser()
        for path in PAGES:
            assert browser.open(path), f"{path} is empty"
        skill = re.search(r'href="(/skills/[a-z0-9-]+/)"', browser.open("/skills/"))
        assert skill, "no skill is listed"
        browser.open(skill[1])
        credentials = re.search(CREDENTIALS, printed)
        assert credentials, f"no name and password were printed:\n{printed}"
        save_and_publish(browser, *credentials.groups())
    began = time.monotonic()
    with running(checkout, python, seconds=LATER_START_SECONDS):
        again = time.monotonic() - began
    sys.stdout.write(f"Smoke test passed on {python}: first start {installed:.1f} s, next start {again:.1f} s.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
