"""The site as files: every public page as the site serves it, whole, and with no link that leads nowhere."""

import json
import re
import urllib.request
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from guides.models import Role, Skill
from guides.publishing.drafts.merge_skills import merge_skills
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.reading.export import search_index
from guides.reading.export.export import ExportSummary, export_site
from guides.reading.export.folder import MARKER
from guides.rendering.toolkit import ALL_DOCUMENTS
from guides.templatetags.served import for_export
from tests.helpers.factories import a_picture, an_edition, day
from tests.helpers.images import a_stored_image
from tests.helpers.servers import PLAIN_STATIC_FILES
from tests.helpers.static_server import served
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation
from tests.helpers.wsgi import one_connection
from tests.reading.test_addresses import move
from tests.reading.test_pages import Outline, words

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
FORMER = {"wickie": 301, "replaced": 302, "gone": 410}
OWN = re.compile(r"search/.*|404\.html|static/.*")
"""Files that no page of the site equals."""
ALIKE = re.compile(r"guides/keeper-([2-9]|\d\d)\b")
"""Files of guides that only differ from others by their numbers."""

PROSE = (
    "[side by side](/compare/?guide=lighthouse-keeper) [all](/guides/?education=bachelor) "
    f"[by skills]({SITE}/match/) [at home]({SITE}/about/) [lamps](/search/?q=lamps) "
    "[the desk](/admin/) [elsewhere](https://example.org/match/) [moved](/guides/wickie/#pay) [gone](/guides/gone/) "
    "[a file](/guides/lighthouse-keeper.json) [without its slash](/guides/lighthouse-keeper) [more](/guides/?page=2)"
)


def export(folder: Path, **options: object) -> ExportSummary:
    defaults = {"at": timezone.now(), "processes": 1, "on_progress": lambda _done, _known: None}
    with one_connection():
        return export_site(folder, **defaults | options)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    """The content of a folder by path, without the export's own list."""
    found = (path for path in folder.rglob("*") if path.is_file() and MARKER not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def address_of(file: str) -> str:
    """The address of the page or file on the site."""
    path = re.sub(r"index\.html$", "", f"/{file}")
    return re.sub(r"page/(\d+)/$", r"?page=\1", re.sub(r"/feed\.xml$", "/feed/", path))


class World(NamedTuple):
    """A site with everything that there can be, its export, and its responses at the addresses of files."""

    folder: Path
    summary: ExportSummary
    files: dict[str, bytes]
    answers: dict[str, tuple[int, bytes]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("export")
    plain = override_settings(STORAGES=settings.STORAGES | PLAIN_STATIC_FILES)
    with plain, django_db_blocker.unblock(), transaction.atomic():
        _publish_all_there_can_be()
        summary = export(folder)
        answers = {}
        for file in (file for file in files(folder) if not (OWN.fullmatch(file) or ALIKE.match(file))):
            with for_export():
                response = Client().get(address_of(file), headers={"host": SITE.partition("//")[2]})
            answers[file] = (response.status_code, response.getvalue())
        transaction.set_rollback(True)
    return World(folder, summary, files(folder), answers)


def _publish_all_there_can_be() -> None:
    _add_wages()
    call_command("loaddata", "skills", "patient_care_coordinator", verbosity=0)
    publish(role=Role.objects.get(), by="Ada")
    in_prose, beside = a_stored_image(1200, 900), a_stored_image(400, 300)
    asked = {"theme": "Nights", "question": "What is this?", "shows": f"![A tower](/images/{in_prose.name}.webp)"}
    picture = a_picture(name=beside.name)
    an_edition(at=day(2), sections=[{"chapter": "role", "body": PROSE}], picture=picture, interview=[asked])
    for number in range(22):
        an_edition(at=day(1), slug=f"keeper-{number}", title=f"Keeper {number}")
    move(an_edition(at=day(1), slug="wickie", title="Wickie"), "keeper-of-all", at=day(2))
    replaced = an_edition(at=day(1), slug="replaced", title="Replaced").role
    withdraw(role=replaced, by="Ada", leads_to=Role.objects.get(slug="keeper-1"))
    withdraw(role=an_edition(at=day(1), slug="gone", title="Gone").role, by="Ada", note="It was wrong.")
    lights = {"slug": "oil-lights", "name": "Oil lights", "kind": "technical"}
    merged = an_edition(at=day(1), slug="merged", title="Merged", skills=[lights]).role
    merge_skills(skill=Skill.objects.get(slug="lamps"), others=[Skill.objects.get(slug="oil-lights")], by="Ada")
    publish(role=merged, by="Ada")


def _add_wages() -> None:
    """Wages of an occupation of the delivered guide in the nation, a state, and a metropolitan area."""
    release, occupation = a_release(), an_occupation("43-6013", "Medical Secretaries")
    nation = an_area("nation", "99", "United States", "united-states", "")
    dallas = an_area("metropolitan", "19100", "Dallas-Fort Worth-Arlington, TX", "dallas-fort-worth-arlington-tx", "TX")
    for area in (nation, an_area(), dallas):
        a_wage(release, occupation, area)


# What stands in it


def test_every_file_is_what_the_site_serves_but_for_what_takes_a_server(world: World) -> None:
    others = {file: status for file, (status, _answer) in world.answers.items() if status != 200}
    pages = ("", "history/", "toolkit/", *(f"toolkit/{kind}/" for kind in ALL_DOCUMENTS))
    assert others == {
        **{f"guides/{slug}/{page}index.html": status for slug, status in FORMER.items() for page in pages},
        "skills/oil-lights/index.html": 301,
    }
    for file, (status, answer) in world.answers.items():
        if status in {200, 410} and file != "sitemap.xml":
            is_text = file.endswith((".html", ".xml"))
            assert world.files[file] == (as_static(answer, address_of(file)) if is_text else answer), file
    kinds = {file.rpartition(".")[2] for file in world.files}
    assert kinds == {"html", "json", "md", "docx", "png", "webp", "xml", "txt", "css", "csv", "js", "svg", "woff2"}


def as_static(answer: bytes, address: str) -> bytes:
    """A page without what needs a server, with links as the export should have them, rewritten independently of it."""
    page = answer.decode()
    lost_pages = "/compare/", "/guides/?education", f"{SITE}/match/", "/admin/", "/guides/?source="
    for lost in (*lost_pages, "/guides/patient-care-coordinator/pay/dallas"):
        page = re.sub(rf'<a href="{re.escape(lost)}[^>]*>(.*?)</a>', r"\1", page)
    page = re.sub(r'href="([^"]*)/feed/"', r'href="\1/feed.xml"', page)
    page = page.replace('href="/guides/lighthouse-keeper"', 'href="/guides/lighthouse-keeper/"')
    page = page.replace('href="/guides/?page=2"', 'href="/guides/page/2/"')
    path = address.partition("?")[0]
    page = page.replace('href="?page=1"', f'href="{path}"')
    return re.sub(r'href="\?page=(\d+)"', rf'href="{path}page/\1/"', page).encode()


class Links(HTMLParser):
    """The links and resources of a page, as a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in ("href", "src", "action") if given.get(name)]
        self.found += [candidate.split()[0] for candidate in given.get("srcset", "").split(",") if candidate]
        told = given.get("content", "")
        self.found += [told.partition("url=")[2] if "url=" in told else told] if told.startswith((SITE, "0;")) else []


def led_to(text: str, kind: str) -> list[str]:
    if kind.startswith("text/html"):
        return Links(text).found
    if kind.startswith("text/css"):
        return re.findall(r'url\("([^"]+)"\)', text)
    if "xml" in kind:
        return re.findall(r'(?:href="|<loc>)([^"<]+)', text)
    return re.findall(rf"{SITE}[^\s)]*", text) if kind.startswith("text/plain") else []


def test_no_link_leads_nowhere_or_to_what_takes_a_server(world: World) -> None:
    """The files as any web server sends them, walked from the first page: whatever there is leads to what is there."""
    seen, waiting = set[str](), ["/", "/robots.txt", "/llms.txt", "/404.html"]
    with served(world.folder) as address:
        while waiting:
            path, _, query = waiting.pop().partition("?")
            assert not query or path == "/search/", f"{path}?{query}"
            if path not in seen:
                seen.add(path)
                with urllib.request.urlopen(address + path) as answer:  # raises an error where nothing is
                    text = answer.read().decode(errors="replace")
                    links = led_to(text, answer.headers["Content-Type"])
                links = [urljoin(SITE + path, urldefrag(link).url) for link in links]
                waiting += [link.removeprefix(SITE) for link in links if link.startswith(SITE)]
    reached = {f"{path}index.html"[1:] if path.endswith("/") else path[1:] for path in seen}
    assert reached <= world.files.keys()
    unreached = r"search/\d+\.json|guides/(replaced|gone|wickie)/.*|skills/oil-lights/index\.html"
    assert [file for file in world.files.keys() - reached if not re.fullmatch(unreached, file)] == []


def test_what_takes_a_server_is_left_out_and_the_rest_of_the_text_stays(world: World) -> None:
    page = world.files["guides/lighthouse-keeper/index.html"].decode()
    prose = re.search(r"<p>side by side .*?</p>", page)
    assert prose
    assert prose[0] == (
        f'<p>side by side all by skills <a href="{SITE}/about/" rel="noopener">at home</a> '
        '<a href="/search/?q=lamps" rel="noopener">lamps</a> the desk '
        '<a href="https://example.org/match/" rel="noopener">elsewhere</a> '
        '<a href="/guides/wickie/#pay" rel="noopener">moved</a> <a href="/guides/gone/" rel="noopener">gone</a> '
        '<a href="/guides/lighthouse-keeper.json" rel="noopener">a file</a> '
        '<a href="/guides/lighthouse-keeper/" rel="noopener">without its slash</a> '
        '<a href="/guides/page/2/" rel="noopener">more</a></p>'
    )
    forms = {form for page in texts(world) for form in re.findall(r"<form[^>]*>", page)}
    assert forms == {'<form class="search" role="search" action="/search/">'}
    told = words(page)
    assert [text for text in ("Compare", "Am I ready?", "Is this useful?", "See the path") if text in told] == []


def texts(world: World) -> list[str]:
    return [content.decode() for file, content in world.files.items() if file.endswith(".html")]


def test_pay_is_there_for_the_nation_and_states_and_as_a_file(world: World) -> None:
    assert sorted(file for file in world.files if re.match(r"(guides/[^/]+/)?pay[/.]", file)) == [
        "guides/patient-care-coordinator/pay.csv",
        "guides/patient-care-coordinator/pay/index.html",
        "guides/patient-care-coordinator/pay/texas/index.html",
        "guides/patient-care-coordinator/pay/united-states/index.html",
        "pay/index.html",
        "pay/texas/index.html",
        "pay/texas/page/2/index.html",
        "pay/united-states/index.html",
        "pay/united-states/page/2/index.html",
    ]
    everywhere = words(world.files["guides/patient-care-coordinator/pay/index.html"].decode())
    assert "Dallas-Fort Worth-Arlington, TX" in everywhere
    assert "State or city" not in words("".join(texts(world)))
    assert '<a href="/guides/keeper-0/">Keeper 0</a>' in world.files["pay/texas/index.html"].decode()


def test_pages_are_as_strict_and_as_well_made_as_those_of_the_site(world: World) -> None:
    for file in ("search/index.html", "404.html", "guides/wickie/index.html"):
        outline = Outline(world.files[file].decode())
        assert outline.inline == []
        assert len(outline.ids) == len(set(outline.ids))
        assert outline.levels[0] == 1


def test_addresses_that_led_on_lead_on_and_a_withdrawn_guide_says_so(world: World) -> None:
    for file, address in (
        ("guides/wickie/index.html", "/guides/keeper-of-all/"),
        ("guides/wickie/toolkit/resume/index.html", "/guides/keeper-of-all/toolkit/resume/"),
        ("guides/replaced/history/index.html", "/guides/keeper-1/history/"),
        ("skills/oil-lights/index.html", "/skills/lamps/"),
    ):
        page = world.files[file].decode()
        assert f'<meta http-equiv="refresh" content="0; url={address}" />' in page
        assert f'<link rel="canonical" href="{SITE}{address}" />' in page
    assert "It was wrong." in words(world.files["guides/gone/index.html"].decode())
    assert [file for file in world.files if re.match(r"guides/(wickie|replaced|gone).*(?<!\.html)$", file)] == []


def test_the_sitemap_is_the_sites_without_what_is_not_there(world: World) -> None:
    def told(sitemap: bytes) -> list[tuple[str, str]]:
        return re.findall(rf"<loc>{SITE}(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>)?", sitemap.decode())

    takes_a_server = re.compile(r"/(compare|match|match/resume|paths)/|.*/skills-check/|.*/dallas.*")
    of_the_site = told(world.answers["sitemap.xml"][1])
    kept = [entry for entry in of_the_site if not takes_a_server.fullmatch(entry[0])]
    assert len(of_the_site) > len(kept) > 200
    assert told(world.files["sitemap.xml"]) == kept


def test_the_site_has_what_pages_lead_to_and_the_summary_counts_the_files(world: World) -> None:
    assert world.summary == ExportSummary(files=len(world.files), written=len(world.files))


# The search


def test_a_name_is_in_the_file_of_each_of_its_words() -> None:
    named = [
        search_index.Name(f"/guides/{number}/", f"{first}{second} {third}", "", (f"{second}x",))
        for number, (first, second, third) in enumerate(product("abcdefgh", repeat=3))
    ]
    index = [json.loads(text) for text in search_index.files(named)]
    assert len(index) == 8
    assert max(len(rows) for rows in index) < len(named)
    for each in named:
        for word in (*each.name.split(), *each.aliases):
            assert [*each[:3], list(each.aliases)] in index[search_index.file_number(word, len(index))]


def test_few_names_are_in_one_file_and_none_make_none() -> None:
    assert search_index.files([search_index.Name("/skills/x/", "Écoute", "Skill", ())]) == (
        '[["/skills/x/","Écoute","Skill",[]]]',
    )
    assert search_index.files([]) == ("[]",)


def test_guides_are_listed_by_letter_and_many_on_a_page_each() -> None:
    titles = ("3D Artist", "Actor", "Écuyer", "Élan", "芸者")
    named = [search_index.Name(f"/guides/{number}/", title, "", ()) for number, title in enumerate(titles)]
    few, many = (dict(search_index.pages(named, files=1, max_listed=most)) for most in (5, 4))
    assert list(few) == ["search/index.html"]
    assert all(title in words(few["search/index.html"].body.decode()) for title in titles)
    assert list(many) == [f"search/{end}index.html" for end in ("", "3/", "a/", "e/", "other/")]
    assert "All guides, A to Z 3 1A 1E 2Other 1 All guides," in words(many["search/index.html"].body.decode())
    assert "All guides: E ÉcuyerÉlan" in words(many["search/e/index.html"].body.decode())
    assert many["search/index.html"].links >= {f"/search/{end}" for end in ("3/", "a/", "e/", "other/")}
