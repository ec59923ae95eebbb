"""What holds for every template."""

import re

from tests.helpers.servers import ROOT

NATIVE = {
    "article", "banner", "button", "cell", "checkbox", "complementary", "contentinfo", "figure", "form", "heading",
    "input", "link", "list", "listbox", "listitem", "main", "navigation", "progressbar", "radio", "region", "table",
    "textbox",
}  # fmt: skip
"""Roles that an element of HTML has by itself."""


def test_no_element_takes_a_role_that_another_element_has_by_itself() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    roles = [(path.name, role) for path in templates for role in re.findall(r'\brole="([^"]+)"', path.read_text())]
    assert {"status", "radiogroup"} <= {role for _, role in roles}
    assert [(name, role) for name, role in roles if role in NATIVE] == []
