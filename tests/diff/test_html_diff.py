"""A page with what changed marked in it: still the page, and all that was there before can be read in it."""

import random
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from guides.diff.html_diff import mark_changes
from guides.reading.pages.page import page_of_draft
from guides.rendering import prose
from guides.schema import Guide
from tests.helpers import strategies
from tests.helpers.delivered import delivered_guide
from tests.helpers.hypothesis_profile import examples
from tests.helpers.work import at_most


def unmarked(html: str) -> str:
    return re.sub(r'<del(?: class="apart")?>.*?</del>|</?ins>', "", html, flags=re.DOTALL)


def as_it_was(html: str) -> str:
    """The letters that were there before the change, in order."""
    return _letters(re.sub(r"<ins>.*?</ins>", "", html, flags=re.DOTALL))


def _letters(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


class Marks(HTMLParser):
    """Whether all that opens is closed, in order, and where marks stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.around: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"ins", "del"}:
            self.around |= {self.open[-1] if self.open else "", *({"svg", "ins", "del"} & {*self.open})}
        if tag not in {"br", "hr", "img", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"br", "hr", "img", "input"}:
            assert self.open.pop() == tag


NEVER = {"ul", "ol", "dl", "table", "thead", "tbody", "tr", "svg", "ins", "del", "script", "style", "option", "title"}

words = st.lists(
    st.sampled_from(["lamp", "light", "the", "of", "a", "**sea**", "[way](/x/)", "&", "<b>", "it’s", ".", "-"])
)
blocks = st.sampled_from(["{}", "- {}", "1. {}", "## {}", "> {}", "| a | b |\n|---|---|\n| {} | c |", "```\n{}\n```"])
written = st.lists(st.tuples(blocks, words), max_size=6).map(
    lambda found: "\n\n".join(block.format(" ".join(chosen)) for block, chosen in found)
)
PAGES = (
    '<article><h1>Guide</h1>\n<dl class="terms"><dt>{}</dt><dd>end</dd></dl>\n</article>',
    '<article><h1>Guide</h1><svg width="1"><text>{}</text></svg>{}<script>a = "<p>{}</p>";</script></article>',
    "<article>{}<select><option>{}</option></select><textarea>{}</textarea><p>end</p></article>",
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    html = prose.render(draw(written | strategies.prose))
    page = draw(st.sampled_from(PAGES))
    return page.replace("{}", re.sub("<[^>]*>", "", html) if "<dt>" in page else html)


@examples(300)
@given(old=pages(), new=pages())
def test_marks_keep_the_page_and_stand_where_text_may(old: str, new: str) -> None:
    html = mark_changes(old, new)
    assert unmarked(html) == new
    assert not Marks(html).around & NEVER
    assert mark_changes(new, new) == new


@examples(200)
@given(old=written, new=written)
def test_all_that_was_there_before_can_be_read(old: str, new: str) -> None:
    before, after = (f"<h1>Guide</h1>\n{prose.render(text)}" for text in (old, new))
    html = mark_changes(before, after)
    assert unmarked(html) == after
    assert as_it_was(html) == _letters(before)


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("<p>Keep the light.</p>", "<p>Keep the great light!</p>",
         "<p>Keep the <ins>great</ins> light<del>.</del><ins>!</ins></p>"),
        ("<p>Big dogs bark.</p>", "<p>Dogs bark.</p>", "<p><del>Big dogs </del><ins>Dogs</ins> bark.</p>"),
        ("<p>One <em>two</em> three.</p>", "<p>One <em>two</em> <b>more</b> three.</p>",
         "<p>One <em>two</em> <b><ins>more</ins></b> three.</p>"),
        ('<p>See <a href="/x/">this</a> page.</p>', '<p>See <a href="/x/">this</a>.</p>',
         '<p>See <a href="/x/">this</a><del> page</del>.</p>'),
        ("<td>$39,000</td>", "<td>$40,000</td>", "<td>$<del>39,000</del><ins>40,000</ins></td>"),
        ("<p>Keep it.</p>", "<p><strong>Keep</strong> it.</p>", "<p><strong>Keep</strong> it.</p>"),
        ("<p>a &lt;b&gt; c</p>", "<p>a c</p>", "<p>a<del> &lt;b&gt;</del> c</p>"),
        ("<p>It&#x27;s on.</p>", "<p>It&#x27;s off &amp; on.</p>", "<p>It&#x27;s <ins>off &amp;</ins> on.</p>"),
        ("<p>a\n  b</p>", "<p>a b</p>\n", "<p>a b</p>\n"),
        ("<p>One.</p>", "<p>One.</p><svg><text>Two</text></svg>", "<p>One.</p><svg><text>Two</text></svg>"),
        ("<p>One.</p>", "<hr>", "<hr>"),
    ],
)  # fmt: skip
def test_words_are_marked_where_they_stand(old: str, new: str, html: str) -> None:
    assert mark_changes(old, new) == html


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("<ul><li>A.</li><li>Bee.</li><li>C.</li></ul>", "<ul><li>A.</li><li>C.</li></ul>",
         '<ul><li>A.<del class="apart"> Bee.</del></li><li>C.</li></ul>'),
        ("<ul>\n<li>A.</li>\n</ul>", "<ul>\n<li>A.</li>\n<li>Bee.</li>\n</ul>",
         "<ul>\n<li>A.</li>\n<li><ins>Bee.</ins></li>\n</ul>"),
        ('<ol><li><a href="#a">A</a></li><li><a href="#b">B</a></li></ol>', '<ol><li><a href="#a">A</a></li></ol>',
         '<ol><li><a href="#a">A</a><del class="apart"> B</del></li></ol>'),
        ("<h2>Why</h2><p>First one.</p><p>Second.</p>", "<h2>Why</h2><p>Second.</p>",
         '<h2>Why</h2><p><del class="apart">First one. </del>Second.</p>'),
        ("<h2>A</h2><h3>Is it?</h3><p>Yes.</p><h3>Was it?</h3><p>No.</p>", "<h2>A</h2><h3>Is it?</h3><p>Yes.</p>",
         '<h2>A</h2><h3>Is it?</h3><p>Yes.<del class="apart"> Was it?</del><del class="apart"> No.</del></p>'),
        ("<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>",
         "<table><tr><th>A</th><td>1</td></tr></table>",
         '<table><tr><th>A</th><td>1<del class="apart"> B</del><del class="apart"> 2</del></td></tr></table>'),
        ("<dl><dt>Oil</dt><dd>Burns.</dd></dl>", "<dl><dt>Rope</dt><dd>Holds.</dd></dl>",
         "<dl><dt><del>Oil </del><ins>Rope</ins></dt><dd><del>Burns </del><ins>Holds</ins>.</dd></dl>"),
    ],
)  # fmt: skip
def test_what_went_as_a_whole_stands_beside_its_like(old: str, new: str, html: str) -> None:
    assert mark_changes(old, new) == html


def test_what_comes_from_the_older_page_is_text() -> None:
    old = "<p>Was &lt;script&gt;alert(1)&lt;/script&gt; <img src=x onerror=alert(1)> &quot;so&quot;.</p>"
    assert mark_changes(old, "<p>Was.</p>") == (
        "<p>Was<del> &lt;script&gt;alert(1)&lt;/script&gt; &quot;so&quot;</del>.</p>"
    )


def page(guide: Guide) -> str:
    return render_to_string(
        "guides/pages/guide.html", {"page": page_of_draft(guide, prose.render_all(guide), at=timezone.now())}
    )


@pytest.mark.django_db
def test_the_page_of_a_guide_is_marked_with_little_work() -> None:
    guide = delivered_guide("patient-care-coordinator")
    first, *faqs = guide.faqs
    pay = [band.model_copy(update={"approximate": True}) if band.median else band for band in guide.pay]
    edited = guide.model_copy(update={"title": "Patient Care <b> Coordinator", "faqs": tuple(faqs), "pay": tuple(pay)})
    old, new = page(guide), page(edited)
    with at_most(2_000_000):
        html = mark_changes(old, new)
    assert unmarked(html) == new
    assert not Marks(html).around & NEVER
    assert "<h1>Patient Care <ins>&lt;b&gt;</ins> Coordinator</h1>" in html
    assert f'<del class="apart">{first.question} </del>' in html
    assert html[: html.index("<body>")] == new[: new.index("<body>")]


@pytest.mark.parametrize("shape", ["<p>{}</p>", "<ul><li><a>{}</a></li></ul>"])
@pytest.mark.parametrize("size", [5, 30, 20_000])
def test_pages_that_have_nothing_in_common_take_bounded_work(shape: str, size: int) -> None:
    def wholly(nth: int) -> str:
        chance = random.Random(nth)
        words = ["".join(chance.choices("abcdef", k=5)) for _ in range(20_000)]
        return "".join(shape.format(" ".join(words[at : at + size])) for at in range(0, len(words), size))

    old, new = wholly(1), wholly(2)
    with at_most(15_000_000):
        html = mark_changes(old, new)
    assert unmarked(html) == new
