"""The work that a guide's page takes: rendering, queries, and the warm-up before a start."""

import pytest
from django.test import Client
from markdown_it import MarkdownIt
from pytest_django import DjangoAssertNumQueries

from guides.reading.pages.page import warm_up
from guides.templatetags.served import for_export
from tests.helpers.factories import an_edition
from tests.reading.test_pages import ADDRESS, break_edition, page, words

pytestmark = pytest.mark.django_db


def is_rendered() -> bool:
    """Return whether a request has to render the guide's body."""
    return "guides/guide/_article.html" in {template.name for template in Client().get(ADDRESS).templates}


def test_a_guide_is_rendered_before_the_first_request() -> None:
    an_edition()
    warm_up()
    assert not is_rendered()


def test_a_guide_that_cannot_be_rendered_does_not_prevent_a_start(caplog: pytest.LogCaptureFixture) -> None:
    break_edition(an_edition())
    warm_up()
    assert [record.message for record in caplog.records] == ["No guide could be rendered before the start."]


def test_the_body_of_an_edition_is_rendered_again_only_when_its_neighbors_change() -> None:
    an_edition()
    assert [is_rendered(), is_rendered()] == [True, False]
    an_edition(slug="buoy-tender", title="Buoy Tender", related=[])
    assert [is_rendered(), is_rendered()] == [True, False]


def test_a_page_for_an_export_is_not_served_to_visitors() -> None:
    an_edition()
    served = page()
    with for_export():
        assert "Check my skills" not in words(page())
    assert "Check my skills" in words(served)
    assert page() == served


def test_a_served_page_has_no_comments() -> None:
    an_edition()
    assert [path for path in ("/", "/guides/", ADDRESS, "/skills/lamps/") if "<!--" in page(path)] == []


def test_a_guide_takes_three_queries_and_renders_no_markdown(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_edition()
    an_edition(slug="buoy-tender", title="Buoy Tender")
    page()  # what all live guides tell at once is read at the first request after a change
    for name in ("parse", "parseInline"):
        monkeypatch.setattr(MarkdownIt, name, lambda *_: pytest.fail("a reader's page rendered Markdown"))
    for _ in range(2):
        with django_assert_num_queries(3):  # the edition, whether anything has changed, and its neighbors
            page("/guides/buoy-tender/")


def test_home_takes_three_queries_for_any_number_of_guides(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(3):
        an_edition(slug=f"keeper-{n}", title=f"Keeper {n}")
    page("/")
    with django_assert_num_queries(3):  # whether anything has changed, for the fields and the guides, and the cards
        shown = words(page("/"))
    assert [f"Keeper {n}" in shown for n in range(3)] == [True, True, True]
