"""Sheets: tables pasted without a frame, their cells set apart by tabs, spaces, `|`, `;` or commas."""

import re
from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.tables import table_kind

_BETWEEN = tuple(re.compile(sign) for sign in (r"\s*\t\s*", r"\s*\|\s*", r" {2,}", r"\s*;\s*", r"\s*,\s*"))
_TITLES = re.compile(
    r"(?:field|column|attribute|property|entity|model|table|resource|object|name|data|field|column)?[ _]?"
    r"(?:names?|fields?|columns?|attributes?|types?|required|mandatory|optional|unique|null(?:able)?|not null|notes?"
    r"|descriptions?|constraints?|rules?|default(?: value)?|keys?|pk|fk|(?:allowed |possible )?values|length|max length"
    r"|comments?|remarks?|validations?|references?|relations?|meaning|format|units?|details|entity|table|model"
    r"|resource|object)\??"
)
Cells = tuple[tuple[int, int], ...]


def sheet_separator(line: str) -> re.Pattern[str] | None:
    """What sets the cells of a row apart, if a line holds nothing but titles of columns."""
    for between in _BETWEEN:
        cells = [cell.strip("*_` ").lower() for cell in between.split(line.strip())]
        titles = len(cells) > 1 and all(_TITLES.fullmatch(cell) for cell in cells)
        if titles and table_kind(cells):
            return between
    return None


def sheet_cells(line: str, start: int, between: re.Pattern[str]) -> Cells:
    """Where the cells of a row stand; commas and the like inside brackets set nothing apart."""
    return tuple(_cells(line, start, between))


def _cells(line: str, start: int, between: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    closed = _closed(line)
    at = 0
    for match in between.finditer(line):
        if closed[match.start()]:
            yield start + at, start + match.start()
            at = match.end()
    yield start + at, start + len(line)


def _closed(line: str) -> Sequence[bool]:
    """For each place whether no bracket is open there."""
    depth, out = 0, []
    for sign in line:
        depth += (sign in "([{") - (sign in ")]}")
        out.append(depth <= 0)
    return out
