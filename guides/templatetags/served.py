"""The block tag `{% served %}` encloses what only a server can provide. Pages of a static export lack it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django import template
from django.template.base import Parser, Token
from django.utils.safestring import SafeString

register = template.Library()

_is_export: ContextVar[bool] = ContextVar("is_export", default=False)


def is_export() -> bool:
    """Return whether pages are rendered for a static export."""
    return _is_export.get()


@contextmanager
def for_export() -> Iterator[None]:
    """Render pages for a static export within this block and this thread or task."""
    token = _is_export.set(True)
    try:
        yield
    finally:
        _is_export.reset(token)


class ServedNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return SafeString() if is_export() else self.nodelist.render(context)


@register.tag
def served(parser: Parser, _token: Token) -> ServedNode:
    nodelist = parser.parse(("endserved",))
    parser.delete_first_token()
    return ServedNode(nodelist)
