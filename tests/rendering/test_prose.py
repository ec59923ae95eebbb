"""Markdown of any origin renders harmless, and soon."""

import re

import pytest

from guides.media import names
from guides.rendering import prose
from tests.helpers.factories import IMAGE, a_guide
from tests.helpers.work import at_most

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
    f"![x](https://evil.example/images/{IMAGE}.webp)",
    f"![x](//evil.example/images/{IMAGE}.webp)",
    f"![x](/images/{IMAGE}.webp,https://evil.example/x.webp)",
    f"![x](/images/{IMAGE}.webp?a=/../)",
    f"![x](/images/../images/{IMAGE}.webp)",
    f'![x" onerror="alert(1)](/images/{IMAGE}.webp "title" onload=alert(1))',
    f'![x" onerror="alert(1)](/images/{IMAGE}.webp)',
    f"![<script>alert(1)</script>](/images/{IMAGE}.webp)",
    f"[![x](https://evil.example/pixel.png)](/images/{IMAGE}.webp)",
    f"![![x](https://evil.example/pixel.png)](/images/{IMAGE}.webp)",
    "![x]\n\n[x]: https://evil.example/pixel.png",
    f"<img src=/images/{IMAGE}.webp onerror=alert(1)>",
    "`<script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "| a |\n|:-:|\n| <img src=x onerror=alert(1)> |",
]

TAG = re.compile(r"<[^>]*>")
OURS = rf"/images/{names.FILE}"
SAFE_TAG = re.compile(
    r"</?(blockquote|br|code|em|h[3456]|hr|li|ol|p|pre|strong|table|tbody|td|th|thead|tr|ul|a)>"
    r'|<a href="(https?://[^"/][^"]*|/|/[^"/][^"]*|#[^"]+|mailto:[^"]+)" rel="noopener">'
    r'|<ol start="\d+">'
    rf'|<img src="{OURS}" srcset="({OURS} \d+w(, )?)+" sizes="[^"]+"'
    r' width="\d+" height="\d+" loading="lazy" alt="[^"]*">'
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
     "\\" * 20_000, "**a " * 5_000 + "b** " * 300, "<a" * 10_000, "1. " * 6_000, "~" * 20_000,
     "![" * 3_000 + "a" + "](/x)" * 3_000, "![a" * 3_000 + "](/x)" * 2_000,
     f"![a](/images/{IMAGE}.webp)" * 300, f"[a]: /images/{IMAGE}.webp\n\n" + "![a]" * 4_000],
    ids=lambda text: text[:4] + "…",
)  # fmt: skip
def test_the_longest_hostile_text_takes_bounded_work(text: str) -> None:
    with at_most(30_000_000):
        prose.render(text[:20_000])


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
        ("![a *b*](https://a.example/c.png)", "<p>![a *b*](https://a.example/c.png)</p>"),
        ("", ""),
    ],
)
def test_commonmark_is_kept(text: str, html: str) -> None:
    assert prose.render(text) == html


def test_an_image_of_ours_is_shown_in_the_size_that_a_screen_asks_for() -> None:
    address = f"/images/{IMAGE}"
    assert prose.render(f"![A *white* tower]({address}.webp)", inline=True) == (
        f'<img src="{address}.webp" srcset="{address}-480w.webp 480w, {address}-960w.webp 960w, {address}.webp 1600w"'
        ' sizes="min(100vw - 2.5rem, 736px)" width="736" height="552" loading="lazy" alt="A white tower">'
    )


def test_a_small_image_has_one_size_and_is_not_enlarged() -> None:
    address = f"/images/{'a' * 32}-300x200.webp"
    assert prose.render(f"![]({address})") == (
        f'<p><img src="{address}" width="300" height="200" loading="lazy" alt=""></p>'
    )


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


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Keepers keep lamps. Learn what it pays.", "Keepers keep lamps."),
        ("Keepers keep lamps", "Keepers keep lamps"),
        ("U.S. Keepers and Dr. Dolittle keep lamps! They say so.", "U.S. Keepers and Dr. Dolittle keep lamps!"),
        ("They say “Ahoy.” Others don’t.", "They say “Ahoy.”"),
        ("It costs $1.50 a day. No more.", "It costs $1.50 a day."),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_at_a_stop_before_a_capital(text: str, first: str) -> None:
    assert prose.first_sentence(text) == first
