"""Detection: a description enters, the blocks that are written in an exact format leave, fenced or bare.

Only how a text begins and where it ends is looked at; whether it is what it seems is the reader's business.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.understanding.formats import forms
from codebegen.understanding.formats.schema import Format, Span

_MARK = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<label>[\w.+-]*)")
_LABELS: dict[str, Format] = {"prisma": "prisma", "dbml": "dbml", "jdl": "jdl", "jh": "jdl", "jhipster": "jdl"}
_JSON_TRIES = 100


@dataclass(frozen=True)
class Block:
    """`start`, `end` frame what is cut out of the prose; `inner` what is read; `told`: the writer named the format."""

    format: Format
    start: int
    end: int
    inner: Span
    told: bool = False


@dataclass(frozen=True)
class _Fence:
    start: int
    end: int
    inner: Span
    label: str


def recognise(text: str) -> Format | None:
    """The format that a whole text begins in, behind comments."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body and not forms.COMMENT.match(line) and body != "---":
            break
        at += len(line)
    begin = len(text) - len(text[at:].lstrip())
    named = next((name for name, pattern in forms.BEGINS.items() if pattern.match(text, begin)), None)
    if named is not None:
        return named
    if forms.ENUM_OR_REFERENCE.match(text, begin):
        return next((name for name in ("prisma", "jdl", "dbml") if _anywhere(name, text)), None)
    if text[begin : begin + 1] in ("{", "["):
        stop = _json_end(text, begin)
        return "openapi" if forms.OPENAPI_JSON.search(text, 0, 4000) else ("json" if stop is not None else None)
    if text.lstrip().startswith("---") and re.search(r"^\s*erDiagram\b", text, re.MULTILINE):
        return "mermaid"
    return "sql" if forms.SQL_STATEMENT.match(text, begin) and _anywhere("sql", text) else None


def _anywhere(name: Format, text: str) -> bool:
    pattern = forms.BEGINS[name]
    return re.search(rf"^[ \t]*(?:{pattern.pattern})", text, pattern.flags | re.MULTILINE) is not None


def find_blocks(text: str) -> Iterator[Block]:
    """Blocks in their order; they don't overlap."""
    at = 0
    for fence in _fences(text):
        yield from _bare(text, at, fence.start)
        kind = _LABELS.get(fence.label) or recognise(text[fence.inner[0] : fence.inner[1]])
        if kind is not None:
            yield Block(kind, fence.start, fence.end, fence.inner, told=bool(fence.label))
        at = fence.end
    yield from _bare(text, at, len(text))


def _fences(text: str) -> Iterator[_Fence]:
    """What stands between fences; one that is not closed goes to the end."""
    at = 0
    opened: tuple[int, str, str, int] | None = None
    for line in text.splitlines(keepends=True):
        found = _MARK.match(line)
        end = at + len(line)
        if found is not None and opened is None:
            opened = (at, found["mark"], found["label"].lower(), end)
        elif found is not None and opened is not None and line.strip() == opened[1]:
            yield _Fence(opened[0], at + len(line.rstrip()), (opened[3], at), opened[2])
            opened = None
        at = end
    if opened is not None:
        yield _Fence(opened[0], len(text), (opened[3], len(text)), opened[2])


def _bare(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks without a fence in a stretch of text."""
    at, tries = start, _JSON_TRIES
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        begin = at + len(text[at:line_end]) - len(text[at:line_end].lstrip())
        kind = next((name for name, pattern in forms.BEGINS.items() if pattern.match(text, begin, end)), None)
        stop = _end(text, begin, end, kind) if kind is not None else None
        if kind is None and tries and text[begin : begin + 1] in ("{", "["):
            tries -= 1
            stop = _json_end(text, begin)
            kind = "openapi" if forms.OPENAPI_JSON.search(text, begin, min(stop or 0, begin + 4000)) else "json"
        if kind is not None and stop is not None and begin < stop <= end:
            yield Block(kind, begin, stop, (begin, stop))
            at = stop
        else:
            at = line_end + 1


def _json_end(text: str, begin: int) -> int | None:
    """Where an object, or a list of objects, ends that begins here."""
    try:
        value, stop = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None
    objects = value if isinstance(value, list) else [value]
    return stop if objects and all(isinstance(item, dict) and item for item in objects) else None


def _end(text: str, begin: int, end: int, kind: Format) -> int:
    match kind:
        case "mermaid":
            return _while(text, begin, end, forms.MERMAID_LINE)
        case "openapi":
            return _while(text, begin, end, forms.OPENAPI_LINE)
        case _:
            return _chain(text, begin, end, kind)


def _while(text: str, begin: int, end: int, pattern: re.Pattern[str]) -> int:
    """The end of the last line in a row that reads like the format; inside the braces of a diagram every line does."""
    at, stop, depth = begin, begin, 0
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        line = text[at:line_end]
        if at > begin and not depth and not pattern.match(line):
            break
        if pattern is forms.MERMAID_LINE:
            depth = 1 if line.rstrip().endswith("{") else (0 if line.strip() == "}" else depth)
        stop = line_end if line.strip() else stop
        at = line_end + 1
    return stop


def _chain(text: str, begin: int, end: int, kind: Format) -> int:
    """The end of the last statement in a row of them."""
    find = _sql_end if kind == "sql" else _brace_end
    stop = find(text, begin, end)
    while stop < end:
        following = stop
        while (gap := forms.GAP.match(text, following, end)) is not None:
            following = gap.end()
        if following >= end or not forms.GOES_ON[kind].match(text, following, end):
            break
        stop = max(find(text, following, end), following + 1)
    return stop


def _sql_end(text: str, begin: int, end: int) -> int:
    """Behind the semicolon, or at the end of a line, brackets closed, behind which no SQL follows."""
    depth, opened = 0, False
    for match in forms.SQL_LEXEME.finditer(text, begin, end):
        sign = match.group()
        if sign == "(":
            depth, opened = depth + 1, True
        elif sign == ")":
            depth -= 1
        elif sign == ";" and depth <= 0:
            return match.end()
        elif sign == "\n" and depth <= 0 and opened and not re.match(r"\s*[;)]", text[match.end() : match.end() + 60]):
            return match.start()
    return end


def _brace_end(text: str, begin: int, end: int) -> int:
    """Behind the closing brace; a form without braces ends with its line."""
    depth = 0
    for match in forms.BRACE_LEXEME.finditer(text, begin, end):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth <= 0:
                return match.end()
        elif sign == "\n" and not depth and not text[match.end() : match.end() + 60].lstrip().startswith("{"):
            return match.start()
    return end
