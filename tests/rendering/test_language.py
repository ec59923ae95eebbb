"""Pages and their data name the active language."""

from django.template.loader import render_to_string
from django.utils import translation

from guides.rendering.jsonld import of_page
from guides.rendering.language import language_tag


def test_the_active_language_is_a_tag() -> None:
    assert language_tag() == "en-US"
    with translation.override("pt-br"):
        assert language_tag() == "pt-BR"


def test_a_page_is_in_the_active_language() -> None:
    with translation.override("pt-br"):
        assert '<html lang="pt-BR">' in render_to_string("404.html")
        assert "<Language>pt-BR</Language>" in render_to_string("guides/search/opensearch.xml", {"address": ""})
        assert '"inLanguage": "pt-BR"' in of_page("WebPage", "Pay", "Pay.", address="/pay/", home="/").replace(
            '":"', '": "'
        )
