"""Whatever a stranger sends, the answer is a page or a sentence: never a fault of ours, and never much work."""

import json
import string
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from guides import schema
from guides.publishing.drafts.importing import import_file
from guides.reading.page_cache.response import Application
from guides.schema import InvalidGuide
from tests.helpers.factories import an_edition, guide_data
from tests.helpers.hypothesis_profile import examples
from tests.helpers.work import at_most
from tests.helpers.wsgi import ask
from tests.reading.test_page_cache import Site

pytestmark = pytest.mark.django_db

GUIDE = "/guides/lighthouse-keeper/"
ADDRESSES = [
    "/", "/guides/", "/fields/coast/", "/search/", "/search/suggestions/", "/skills/", "/skills/lamps/", "/compare/",
    "/match/", "/match/resume/", "/match/suggestions/", "/paths/", "/paths/lighthouse-keeper/buoy-tender/", GUIDE,
    f"{GUIDE}history/", f"{GUIDE}skills-check/", f"{GUIDE}skills-check.md", f"{GUIDE}toolkit/",
    f"{GUIDE}toolkit/resume/",
    f"{GUIDE}toolkit/resume.docx", f"{GUIDE}report/", "/guides/lighthouse-keeper.json", "/about/sources/", "/feed/",
    "/sitemap.xml", "/admin/login/", "/preview/x/",
]  # fmt: skip
NAMES = [
    "q", "page", "exact", "guide", "add", "from", "to", "have", "some", "not-yet", "role", "years", "education",
    "experience", "field", "skill", "pay_from", "sort", "section", "verdict", "next", "p",
]  # fmt: skip
SEEDS = [
    "lamps", "lighthouse-keeper", "keeper", "-1", "1", "9" * 30, "0x1f", "٣", "%", "'", '"', "<script>", "\0", "..",
    "/", "\r\n", "a" * 5_000, "NaN", "1e309", "role", "wrong", "({[", "*", "NEAR(", "AND", "title:", "\\", "\u202e",
    "\U0001f9d1",
]  # fmt: skip
HEADERS = [
    "ACCEPT_ENCODING", "IF_NONE_MATCH", "COOKIE", "HOST", "X_FORWARDED_PROTO", "X_FORWARDED_FOR", "RANGE", "REFERER",
    "ACCEPT_LANGUAGE", "AUTHORIZATION", "IF_MODIFIED_SINCE", "X_REQUEST_ID", "X_HTTP_METHOD_OVERRIDE",
]  # fmt: skip
KINDS = [
    "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "application/json",
    "text/plain; charset=nonesuch", "\xff",
]  # fmt: skip
FIELDS = ["verdict", "text", "website", "origin", "file", "a"]
MOST_STEPS, MOST_STEPS_OF_A_FILE = 3_000_000, 40_000_000
often = examples(120)


def spelled(value: bytes) -> str:
    return quote_from_bytes(value, safe="")


values = st.one_of(
    st.sampled_from(SEEDS).map(str.encode),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=20),
)
pairs = st.tuples(st.sampled_from(NAMES).map(str.encode) | st.binary(max_size=8), values)
queries = st.one_of(
    st.lists(pairs, max_size=8).map(lambda all_: "&".join(f"{spelled(name)}={spelled(of)}" for name, of in all_)),
    st.text(alphabet=string.printable, max_size=60).map(lambda text: text.translate({35: None, 63: None})),
)


def answered(application: Application, address: str, method: str = "GET", **headers: str) -> int:
    with at_most(MOST_STEPS):
        return ask(application, address, method, **headers).code


@pytest.fixture
def site(db: None) -> Site:
    an_edition()
    an_edition(slug="buoy-tender", title="Buoy Tender")
    return Site()


@pytest.mark.parametrize("address", ADDRESSES)
@often
@given(query=queries)
@example(query="&".join(f"q={number}" for number in range(2_000)))
@example(query="=" * 3_000)
def test_any_query_gets_an_answer(address: str, query: str, site: Site) -> None:
    assert answered(site.cache, f"{address}?{query}") < 500


latin = st.text(alphabet=st.characters(max_codepoint=255), max_size=60)


@often
@given(
    headers=st.dictionaries(st.sampled_from(HEADERS), latin, max_size=5),
    path=st.sampled_from([GUIDE, "/search/", "/admin/"]),
)
@example(headers={"ACCEPT_ENCODING": "br," * 20_000}, path=GUIDE)
@example(headers={"COOKIE": "=;" * 20_000}, path=GUIDE)
@example(headers={"IF_NONE_MATCH": '"' * 60_000}, path=GUIDE)
def test_any_header_gets_an_answer(headers: dict[str, str], path: str, site: Site) -> None:
    assert answered(site.cache, path, **headers) < 500


@often
@given(
    path=st.one_of(
        latin,
        st.lists(st.sampled_from([*SEEDS, "guides", "admin", "paths", "images", "toolkit"]), max_size=6).map("/".join),
    )
)
@example(path="guides/" + "a-" * 5_000)
@example(path="/[")
def test_any_path_gets_an_answer(path: str, site: Site) -> None:
    plain = f"/{path}".encode().decode("latin-1").translate({35: None, 63: None})
    assert answered(site.cache, plain) < 500


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO"])
def test_any_method_gets_an_answer(method: str, site: Site) -> None:
    for address in ADDRESSES:
        assert answered(site.cache, address, method) < 500


@pytest.mark.parametrize("address", [f"{GUIDE}report/?section=role", "/match/resume/"])
@often
@given(fields=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
def test_any_form_gets_an_answer(address: str, fields: dict[str, str], site: Site) -> None:
    assert Client().post(address, fields).status_code < 500


@pytest.mark.parametrize("kind", KINDS)
@often
@given(body=st.binary(max_size=300))
@example(body=b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7' + b"\0" * 100)
@example(body=b"--x\r\n" * 2_000)
@example(body=b"a=b&" * 30_000)
def test_any_body_gets_an_answer(kind: str, body: bytes, site: Site) -> None:
    for address in (f"{GUIDE}report/?section=role", "/match/resume/"):
        assert Client().generic("POST", address, body, kind).status_code < 500


def _mutated(value: Any, draw: Any) -> Any:
    """A guide's data with something in it put in another's place."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: _mutated(value[key], draw)}
    if isinstance(value, list) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _mutated(value[place], draw), *value[place + 1 :]]
    return draw(JUNK)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(SEEDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@often
@given(data=st.data())
def test_any_data_makes_a_draft_or_is_refused(data: st.DataObject, tmp_path: Path, db: None) -> None:
    path = tmp_path / "guide.json"
    path.write_text(json.dumps(_mutated(guide_data(), data.draw)))
    taken(path)


def taken(path: Path) -> bool:
    with at_most(MOST_STEPS_OF_A_FILE):
        try:
            import_file(path, by="Ada")
        except InvalidGuide:
            return False
        else:
            return True


@often
@given(raw=st.binary(max_size=400) | st.text(alphabet="{}[]&*!|>-: \n\"'ab<", max_size=120).map(str.encode))
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_any_file_makes_a_draft_or_is_refused(suffix: str, raw: bytes, tmp_path: Path, db: None) -> None:
    path = tmp_path / f"guide.{suffix}"
    path.write_bytes(raw)
    assert not taken(path)


LAUGHS = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" if n else "l0: &l0 lol" for n in range(9))


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("json", "[" * 200_000),
        ("json", '{"a":' * 100_000),
        ("json", '{"schema_version": ' + "9" * 100_000 + "}"),
        ("json", '{"schema_version": 1e400}'),
        ("json", '{"slug": "' + "a" * 4_000_000 + '"}'),
        ("yaml", LAUGHS),
        ("yaml", "- " * 50_000),
        ("yaml", "a: " * 50_000),
        ("yaml", "!!python/object/apply:os.system ['true']"),
        ("yaml", "? " * 20_000),
        ("yaml", "[" * 100_000),
        ("yaml", "&a " * 20_000),
        ("yaml", "a: 0x" + "f" * 100_000),
        ("yaml", "a: 1" + "_0" * 100_000),
        ("yaml", "a: " + "1:" * 50_000 + "1"),
    ],
)
def test_a_file_that_is_made_to_cost_is_refused_with_bounded_work(
    suffix: str, text: str, tmp_path: Path, db: None
) -> None:
    path = tmp_path / f"guide.{suffix}"
    path.write_text(text)
    assert not taken(path)


def test_the_seeds_of_the_import_are_sound(tmp_path: Path, db: None) -> None:
    path = tmp_path / "guide.json"
    path.write_text(schema.dump(schema.validate(guide_data())))
    assert taken(path)
