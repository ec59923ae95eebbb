"""Whole addresses and plain words, for those who read a text elsewhere than where it stands."""

from django import template
from django.conf import settings

from guides.formats import markdown

register = template.Library()
register.filter("plain", markdown.plain)


@register.filter
def absolute(path: str) -> str:
    return f"{settings.ADDRESS}{path}"
