"""Markdown of any origin renders harmless, and soon."""

import re
import time

import pytest

from guides.formats import prose
from tests.factories import a_guide

HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](/\t/evil.example)",
    "[x](https:\\\\evil.example)",
    "[x](https:///evil.example)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<b onmouseover=alert(1)>x</b>",
    "<svg/onload=alert(1)>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<style>*{display:none}</style>",
    "<iframe src=https://evil.example></iframe>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "| a |\n|:-:|\n| <img src=x onerror=alert(1)> |",
]

TAG = re.compile(r"<[^>]*>")
SAFE_TAG = re.compile(
    r"</?(blockquote|br|code|em|h[3456]|hr|li|ol|p|pre|strong|table|tbody|td|th|thead|tr|ul|a)>"
    r'|<a href="(https?://[^"/][^"]*|/|/[^"/][^"]*|#[^"]+|mailto:[^"]+)" rel="noopener">'
    r'|<ol start="\d+">'
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("inline", [False, True])
def test_hostile_text_becomes_tags_of_the_list_only(text: str, *, inline: bool) -> None:
    tags = TAG.findall(prose.render(text, inline=inline))
    assert [tag for tag in tags if not SAFE_TAG.fullmatch(tag)] == []


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "![" * 10_000, "*" * 20_000, "*a_ " * 5_000, "> " * 10_000, "`" * 19_999, "- " * 10_000,
     "[a](" * 5_000, "<" * 20_000, "&" * 20_000, "|" * 20_000, "a\n|-\n" * 3_000, "[a]: b\n" * 3_000,
     "\\" * 20_000, "**a " * 5_000 + "b** " * 300, "<a" * 10_000, "1. " * 6_000, "~" * 20_000],
    ids=lambda text: text[:4] + "…",
)  # fmt: skip
def test_the_longest_hostile_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    prose.render(text[:20_000])
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("# a\n\n##### b", "<h4>a</h4>\n<h6>b</h6>"),
        ("[a](https://b.example/c?d=e#f)", '<p><a href="https://b.example/c?d=e#f" rel="noopener">a</a></p>'),
        ("[a](/guides/b/)", '<p><a href="/guides/b/" rel="noopener">a</a></p>'),
        ("[a](#pay)", '<p><a href="#pay" rel="noopener">a</a></p>'),
        ("<mailto:a@b.example>", '<p><a href="mailto:a@b.example" rel="noopener">mailto:a@b.example</a></p>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
    ],
)
def test_commonmark_is_kept(text: str, html: str) -> None:
    assert prose.render(text) == html


def test_headings_stand_one_level_below_what_is_above() -> None:
    sections = [{"chapter": "role", "body": "# a"}, {"chapter": "role", "heading": "b", "body": "# c"}]
    html = prose.render_all(a_guide(sections=sections))
    assert (html["sections.0.body"], html["sections.1.body"]) == ("<h3>a</h3>", "<h4>c</h4>")


def test_inline_text_has_no_paragraph() -> None:
    assert prose.render("One *two*.", inline=True) == "One <em>two</em>."


def test_every_markdown_text_is_found_by_its_place() -> None:
    places = {place: text for place, text, _ in prose.texts(a_guide())}
    assert places["sections.0.body"] == "You **keep** the light."
    assert places["facts.0.text"] == "Slower than *most*"
    assert prose.replace(a_guide(), places) == a_guide()
    shouted = prose.replace(a_guide(), {"faqs.0.answer": "NO"})
    assert (shouted.faqs[0].answer, shouted.sections) == ("NO", a_guide().sections)
