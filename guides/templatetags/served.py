"""The block tag `{% served %}` encloses what only a server can provide. The static export removes it."""

from django import template
from django.utils.safestring import SafeString, mark_safe

BEGIN, END = "<!--served-->", "<!--/served-->"

register = template.Library()


@register.simple_block_tag
def served(content: SafeString) -> SafeString:
    return mark_safe(f"{BEGIN}{content}{END}")  # noqa: S308 -- a template rendered the content
