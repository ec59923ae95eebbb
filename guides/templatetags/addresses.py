"""Whole addresses and plain words, for those who read a text elsewhere than where it stands."""

from html import unescape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeData, mark_safe

from guides.rendering import jsonld, markdown_export
from guides.rendering.urls import absolute

register = template.Library()
register.filter("absolute", absolute)
register.filter("plain", markdown_export.plain)


@register.inclusion_tag("guides/_head.html")
def describe(path: str, name: str, about: str, kind: str = "WebPage") -> dict[str, str]:
    """What a page's head tells of it to searchers and sharers; `kind` is schema.org's."""
    address, home = absolute(path), absolute(reverse("guides:home"))
    # What a tag of a template has made is escaped, which JSON must not be, and the template of the head does again.
    name, about = (unescape(str(text)) if isinstance(text, SafeData) else str(text) for text in (name, about))
    data = mark_safe(jsonld.of_page(kind, name, about, address=address, home=home))  # noqa: S308 -- made safe there
    return {"address": address, "name": name, "about": about, "data": data}
