"""Plain text in Markdown: one line, escaped."""

import re


def one_line(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return one line of text, escaped for Markdown."""
    escaped = re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", one_line(text))
    escaped = re.sub(r"^([-+])", r"\\\1", escaped)
    return re.sub(r"^(\d+)([.)])(?= |$)", r"\1\\\2", escaped)
