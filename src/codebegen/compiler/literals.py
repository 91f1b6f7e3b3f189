"""Data of a description as Python literals and as prose; it never becomes anything else."""

import json
import textwrap
import unicodedata
import zlib
from decimal import Decimal

_PIECE = 88
_IDENTIFIER = 63
_REPLACEMENT = "\ufffd"


def text(value: str) -> str:
    """A literal in double quotes on one line, the same in Python and TOML; what can't be seen is escaped."""
    return '"' + "".join(map(_character, value)) + '"'


def python(value: object) -> str:
    """A Python literal in double quotes; a long text is made of pieces in parentheses."""
    if isinstance(value, str):
        pieces = _pieces(value)
        return text(value) if len(pieces) == 1 else f"({' '.join(map(text, pieces))})"
    if isinstance(value, tuple):
        inner = ", ".join(python(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def decimal(number: Decimal) -> str:
    """A decimal number: `Decimal(5)`, `Decimal("0.50")`."""
    if number == number.to_integral_value():
        return f"Decimal({int(number)})"
    return f'Decimal("{number:f}")'


def prose(value: object) -> str:
    """One line for a docstring or a comment, without anything that could end either."""
    shown = "".join(c if _is_shown(c) else " " for c in str(value))
    return " ".join(shown.split()).replace("\\", "/").replace('"', "'")


def shortened(value: object, width: int) -> str:
    """Prose of at most `width` characters, cut between words where it can be."""
    line = prose(value)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;:") + "\u2026"


def wrapped(value: object, width: int = 110, indent: str = "") -> str:
    """Prose on lines of at most `width` characters; those after the first begin with `indent`."""
    return "\n".join(textwrap.wrap(prose(value), width, subsequent_indent=indent, break_on_hyphens=False))


def identifier(name: str) -> str:
    """A name that databases keep whole; of a longer one the beginning and a checksum."""
    if len(name) <= _IDENTIFIER:
        return name
    return f"{name[: _IDENTIFIER - 9]}_{zlib.crc32(name.encode()):08x}"


def _pieces(value: str) -> list[str]:
    """Parts of a text, none too long for a line, broken after spaces where there are any."""
    pieces = []
    while len(value) > _PIECE:
        end = value.rfind(" ", 0, _PIECE) + 1 or _PIECE
        pieces.append(value[:end])
        value = value[end:]
    return [*pieces, value]


def _character(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return _REPLACEMENT  # half of a character: no file and no answer could hold it
    if char in '"\\' or char < " ":
        return json.dumps(char)[1:-1]
    if _is_shown(char):
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _is_shown(char: str) -> bool:
    """Whether a reader sees it: no control, no change of direction, no separator but the space, nothing unassigned."""
    return char == " " or unicodedata.category(char)[0] not in "CZ"
