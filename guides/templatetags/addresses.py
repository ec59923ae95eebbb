"""Template tags for absolute URLs, plain text, and the metadata of a page."""

from html import unescape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeData, mark_safe

from guides.rendering import jsonld
from guides.rendering.plain_markdown import plain
from guides.rendering.urls import absolute

register = template.Library()
register.filter("absolute", absolute)
register.filter("plain", plain)


@register.inclusion_tag("guides/_head.html")
def describe(path: str, name: str, about: str, kind: str = "WebPage") -> dict[str, str]:
    """Render the metadata of a page for search engines and social networks. `kind` is a schema.org type."""
    address, home = absolute(path), absolute(reverse("guides:home"))
    # Texts from template tags are escaped already. JSON must not be escaped, and the template escapes again.
    name, about = (unescape(str(text)) if isinstance(text, SafeData) else str(text) for text in (name, about))
    data = mark_safe(jsonld.of_page(kind, name, about, address=address, home=home))  # noqa: S308 -- made safe there
    return {"address": address, "name": name, "about": about, "data": data}
