"""Text in JSON or YAML to plain data and back, bounded: what a stranger's file may cost is known before it is read."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Format = Literal["json", "yaml"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}

MOST_BYTES = 5_000_000


class Unreadable(ValueError):
    """The text is not what its format asks for; the message says where."""


def read(path: Path) -> tuple[str, Format]:
    """The text of a file and the format that its name tells. Raises Unreadable, OSError."""
    try:
        form = SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Unreadable(f"a guide's file ends in {', '.join(SUFFIXES)}, not in '{path.suffix}'") from None
    if path.exists() and not path.is_file():
        raise Unreadable("it is no file")
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"the file is larger than {MOST_BYTES:,} bytes, the most that a guide may have")
    try:
        return raw.decode("utf-8-sig"), form
    except UnicodeDecodeError as error:
        raise Unreadable(f"the file is not UTF-8 text: byte {error.start} cannot be read") from None


def parse(text: str, form: Format) -> Any:
    """Plain data: dict, list, str, int, Decimal, bool, None and (YAML only) date. Raises Unreadable."""
    try:
        return _PARSERS[form](text)
    except RecursionError:
        raise Unreadable("the lists are nested too deeply to be a guide") from None


def write(data: Any, form: Format) -> str:
    """Text that `parse` reads back, in the order given, one final newline."""
    if form == "json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"not JSON: {error.msg.removesuffix(' starting at')} at line {error.lineno}, column {error.colno}"
        ) from None
    except Unreadable:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise Unreadable(f"not JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise Unreadable(f"'{key}' is given twice in one place")
        data[key] = value
    return data


class _Loader(yaml.SafeLoader):
    """Safe, exact, bounded YAML: no aliases (a few lines make gigabytes), no repeated keys, no binary floats."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise Unreadable(f"aliases are not read in a guide ({_place(self.peek_event().start_mark)})")  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise Unreadable(f"'<<' is not read in a guide ({_place(key.start_mark)})")
            if key.value in seen:
                raise Unreadable(f"'{key.value}' is given twice in one place ({_place(key.start_mark)})")
            seen.add(key.value if isinstance(key.value, str) else None)
        return super().construct_mapping(node, deep)


def _exact(loader: _Loader, node: yaml.ScalarNode) -> int | Decimal | str:
    """Plain digits as a number; what YAML 1.1 reads besides (010 as 8, 1:30 as 90) stays text, and is refused so."""
    text = str(loader.construct_scalar(node))
    if re.fullmatch(r"0|-?[1-9][0-9]{0,30}", text):
        return int(text)
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,30}\.[0-9]{1,30}", text) else text


_Loader.add_constructor("tag:yaml.org,2002:int", _exact)
_Loader.add_constructor("tag:yaml.org,2002:float", _exact)


def _place(mark: yaml.Mark | None) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 -- a SafeLoader, made stricter above
    except yaml.MarkedYAMLError as error:
        raise Unreadable(f"not YAML: {error.problem} at {_place(error.problem_mark)}") from None
    except yaml.reader.ReaderError as error:
        raise Unreadable(f"not YAML: a character that it does not allow at position {error.position}") from None
    except Unreadable:
        raise
    except (LookupError, AttributeError):  # such as `!!bool maybe`
        raise Unreadable("not YAML: a value is not of the type that it claims") from None
    except (ValueError, TypeError) as error:  # such as the date 2026-13-41, or a list as a key
        raise Unreadable(f"not YAML: {error}") from None


_PARSERS: dict[Format, Callable[[str], Any]] = {"json": _parse_json, "yaml": _parse_yaml}
