"""Places in an article that other guides fill: links to those that are live, and which are near.

They are comments of HTML, which no prose holds: that is escaped, or lost its comments when it was sanitised.
"""

import re
from collections.abc import Mapping

_LINK = re.compile(r"<!--(guide|level) ([^>]*)-->(.*?)<!--end \1-->", re.DOTALL)
_IF_NEAR = re.compile(r"<!--if near-->(.*?)<!--end if-->", re.DOTALL)
_NEAR = "<!--near-->"


def named(body: str, kind: str) -> frozenset[str]:
    """What an article would link to: slugs of guides, or, of the kind 'level', titles as they are compared."""
    return frozenset(name for of, name, _text in _LINK.findall(body) if of == kind)


def fill(body: str, *, guides: Mapping[str, str], levels: Mapping[str, str], near: str) -> str:
    """The article with links to these addresses, by slug and by title, and with this HTML of what is near, or none."""
    addresses = {"guide": guides, "level": levels}

    def link(slot: re.Match[str]) -> str:
        kind, name, text = slot.groups()
        address = addresses[kind].get(name)
        return f'<a href="{address}">{text}</a>' if address else text

    body = _IF_NEAR.sub(r"\1" if near else "", body)
    return _LINK.sub(link, body).replace(_NEAR, near)
