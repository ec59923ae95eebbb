"""Plain text and prose within other Markdown."""

import re


def one_line(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return one line of text, escaped for Markdown."""
    escaped = re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", one_line(text))
    escaped = re.sub(r"^([-+])", r"\\\1", escaped)
    return re.sub(r"^(\d+)([.)])(?= |$)", r"\1\\\2", escaped)


def below(text: str, above: int = 3) -> str:
    """Return prose that cannot affect the text around it: headings one level down, fences closed."""
    lines, fence = [], ""
    for line in text.split("\n"):
        if mark := re.match(r" {0,3}(```+|~~~+)", line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence:
            line = re.sub(r"^ {0,3}(#{1,6})(?=\s|$)", lambda found: "#" * min(6, len(found[1]) + above), line)
        lines.append(line)
    return "\n".join([*lines, fence] if fence else lines)
