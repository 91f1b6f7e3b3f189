"""CSV: RFC 4180 in UTF-8, a header with the names of the members of JSON bodies, a record a line.

Cells hold what JSON would: texts as they are, ``true`` and ``false``, numbers, dates as ISO 8601, lists and objects as
JSON; nothing where there is no value. A spreadsheet takes some texts for formulas, so they get a quote before them,
which is taken away again when they are read.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from starlette.types import Scope

from app.core.config import get_settings
from app.core.errors import Invalid

DELIMITERS = (",", ";", "\t")  # what spreadsheets write, by country
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # the wide ones are formulas too
_NUMBER = re.compile(r"-\d+(\.\d+)?", re.ASCII)
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}
Kinds = frozenset[str]


def written(records: Iterable[Sequence[object]]) -> bytes:
    """Return records as lines of CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in record] for record in records)
    return text.getvalue().encode()


def records(body: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of every line that is not empty, with the number of the line where it begins."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("body", message="This is not text in UTF-8.", kind="encoding") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Invalid("body", line, message=f"This is not CSV: {error}.", kind="csv") from None
        if cells is None:
            return
        if any(cells):
            yield line, cells


def values(names: Sequence[str], cells: Sequence[str], kinds: Mapping[str, Kinds]) -> dict[str, object]:
    """Return what the cells of a record say; those that are empty say nothing."""
    return {name: _value(text, kinds[name]) for name, text in zip(names, cells, strict=True) if text}


@cache
def kinds_of(model: type[BaseModel]) -> Mapping[str, Kinds]:
    """Return which types of JSON each member of a body may have, by its name there."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    return {name: frozenset(_kinds(member, definitions)) for name, member in schema.get("properties", {}).items()}


def _kinds(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    """Yield the types that a schema allows."""
    if "$ref" in schema:
        yield from _kinds(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    for choice in schema.get("anyOf", ()):
        yield from _kinds(choice, definitions)
    if "type" in schema:
        yield schema["type"]


def _value(text: str, kinds: Kinds) -> object:
    """Return what a cell says; what it can't say stays text, and is refused as such."""
    if "string" in kinds:
        return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text
    if "boolean" in kinds:
        return _BOOLEANS.get(text.strip().lower(), text)
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return text


def _cell(value: object) -> str:
    """Return a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _is_formula(value) else value
    return to_json(value).decode()


def _is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would compute a text, or would not if it had no quotes before it."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def _delimiter(text: str) -> str:
    """Return what parts the cells of the header."""
    header = text.partition("\n")[0]
    return next((delimiter for delimiter in DELIMITERS if delimiter in header), DELIMITERS[0])


def import_limit(scope: Scope) -> int | None:
    """Return how many bytes an import may have; nothing for other requests."""
    imports = scope["method"] == "POST" and scope["path"].endswith(".csv")
    return get_settings().csv_import_max_bytes if imports else None
