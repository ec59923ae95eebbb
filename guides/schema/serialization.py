"""Parse and write JSON and YAML. Limits on size and nesting bound the cost of an untrusted file."""

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

MAX_BYTES = 5_000_000


class Unreadable(ValueError):
    """The text is not valid in its format. The message has the position."""


def read(path: Path) -> tuple[str, Format]:
    """Return the text of a file, and the format by its suffix. Raise Unreadable or OSError."""
    try:
        form = SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Unreadable(f"a guide's file ends in {', '.join(SUFFIXES)}, not in '{path.suffix}'") from None
    if path.exists() and not path.is_file():
        raise Unreadable("it is no file")
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"the file is larger than {MAX_BYTES:,} bytes, the most that a guide may have")
    try:
        return raw.decode("utf-8-sig"), form
    except UnicodeDecodeError as error:
        raise Unreadable(f"the file is not UTF-8 text: byte {error.start} cannot be read") from None


def parse(text: str, form: Format) -> Any:
    """Return plain data: dict, list, str, int, Decimal, bool, None, and date in YAML. Raise Unreadable."""
    try:
        return _PARSERS[form](text)
    except RecursionError:
        raise Unreadable("the lists are nested too deeply to be a guide") from None


def write(data: Any, form: Format) -> str:
    """Return text that `parse` reads back. Keep the order of keys, and end with one newline."""
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
    """A safe YAML loader without aliases, which can expand to gigabytes, without repeated keys and binary floats."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise Unreadable(f"aliases are not read in a guide ({_position(self.peek_event().start_mark)})")  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise Unreadable(f"'<<' is not read in a guide ({_position(key.start_mark)})")
            if key.value in seen:
                raise Unreadable(f"'{key.value}' is given twice in one place ({_position(key.start_mark)})")
            seen.add(key.value if isinstance(key.value, str) else None)
        return super().construct_mapping(node, deep)


def _construct_number(loader: _Loader, node: yaml.ScalarNode) -> int | Decimal | str:
    """Return decimal digits as a number. Other numbers of YAML 1.1, such as 010 and 1:30, stay text and fail later."""
    text = str(loader.construct_scalar(node))
    if re.fullmatch(r"0|-?[1-9][0-9]{0,30}", text):
        return int(text)
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,30}\.[0-9]{1,30}", text) else text


_Loader.add_constructor("tag:yaml.org,2002:int", _construct_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_number)


def _position(mark: yaml.Mark | None) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 -- a SafeLoader, made stricter above
    except yaml.MarkedYAMLError as error:
        raise Unreadable(f"not YAML: {error.problem} at {_position(error.problem_mark)}") from None
    except yaml.reader.ReaderError as error:
        raise Unreadable(f"not YAML: a character that it does not allow at position {error.position}") from None
    except Unreadable:
        raise
    except (LookupError, AttributeError):  # such as `!!bool maybe`
        raise Unreadable("not YAML: a value is not of the type that it claims") from None
    except (ValueError, TypeError) as error:  # such as the date 2026-13-41, or a list as a key
        raise Unreadable(f"not YAML: {error}") from None


_PARSERS: dict[Format, Callable[[str], Any]] = {"json": _parse_json, "yaml": _parse_yaml}
