"""The template tag that draws the emblem of a field of work."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from guides.rendering import emblems

register = template.Library()


@register.simple_tag
def emblem(field: str) -> SafeString:
    """Draw the emblem of the field with this slug."""
    return mark_safe(emblems.svg(field))  # noqa: S308 -- it has numbers only
