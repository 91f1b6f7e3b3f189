"""Tables: what their columns mean, and a row as the text of one item."""

import re
from collections.abc import Sequence

from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED, read_values


def table_kind(header: Sequence[str]) -> str:
    """`fields` (a row a field), `entities` (a row an entity), `columns` (a row an entity's field), or neither."""
    if not header:
        return ""
    if _FIELD.fullmatch(header[0]):
        lists = len(header) > 1 and _FIELDS.fullmatch(header[1])
        return "entities" if lists else "fields"
    if _ENTITY.fullmatch(header[0]):
        one_each = len(header) > 2 and _ONE_FIELD.fullmatch(header[1])
        return "columns" if one_each else "entities"
    return ""


_FIELD = re.compile(r"(?:fields?|columns?|attributes?|propert(?:y|ies)|names?|field names?|column names?)")
_FIELDS = re.compile(r"(?:fields|columns|attributes|properties)")
_ONE_FIELD = re.compile(r"(?:field|column|attribute|property)(?: name)?")
_ENTITY = re.compile(r"(?:entit(?:y|ies)|models?|tables?|resources?|objects?|things?|collections?|types?)(?: names?)?")


def _with_values(cells: Sequence[Tokens]) -> list[Tokens]:
    """The cells, with a list of values (`public, private`) behind the name or behind `enum` as a bracket."""
    out = list(cells)
    told = len(cells) > 1 and [t.low for t in cells[1]] == ["enum"]
    at = next((i for i in range(2 if told else 1, len(cells)) if any(t.text == "," for t in cells[i])), len(cells))
    found = read_values(cells[at]) if at < len(cells) and (told or at == 1) else None
    typed = found is None or read_spec(cells[at]) != Spec(unknown=cells[at])
    if found is not None and (at > 1 or not typed):
        inside = cells[at]
        out[at] = (Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside),)
    return out


def join_cells(cells: list[Tokens], columns: Sequence[str]) -> Tokens:
    """Cells of one row as `name: type, constraints`; a `yes` or `no` column as its own word."""
    colon = Token(":", ":", cells[0][-1].end, cells[0][-1].end, "punct", "PUNCT")
    out: list[Token] = [*cells[0], colon]
    cells = _with_values(cells)
    for index, cell in enumerate(cells[1:], start=1):
        column = columns[index] if index < len(columns) else ""
        if len(cell) == 1 and cell[0].low in ("yes", "no", "true", "false", "x", "y", "n", "✓", "✔"):
            positive = cell[0].low in ("yes", "true", "x", "y", "✓", "✔")
            flag = {
                "required": "required" if positive else "optional",
                "unique": "unique" if positive else "",
                "nullable": "nullable" if positive else "required",
                "optional": "optional" if positive else "required",
            }.get(column, "")
            if flag:
                out.append(Token(flag, flag, cell[0].start, cell[0].end, "word", "J", flag))
            continue
        if column == "default" and cell:
            out.append(Token("default", "default", cell[0].start, cell[0].start, "word", "N", "default"))
        out.extend(cell)
        out.append(Token(",", ",", colon.start, colon.end, "punct", "PUNCT"))
    return tuple(out)
