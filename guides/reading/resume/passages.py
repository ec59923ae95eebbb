"""The passage of a résumé in which a name occurs, for a page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

CONTEXT_LETTERS = 60
"""Letters of a passage on either side of a name."""


def passage(text: str, start: int, end: int) -> SafeString:
    """Return the text around a range on one line, with the range marked."""
    before, after = text[max(0, start - CONTEXT_LETTERS) : start], text[end : end + CONTEXT_LETTERS]
    if start > CONTEXT_LETTERS:
        before = f"… {before.partition(' ')[2] or before}"
    if end + CONTEXT_LETTERS < len(text):
        after = f"{after.rpartition(' ')[0] or after} …"
    return format_html("{}<mark>{}</mark>{}", *map(_one_line, (before, text[start:end], after)))


def _one_line(text: str) -> str:
    """Collapse whitespace to single spaces, at either end too."""
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() and line else ''}"
