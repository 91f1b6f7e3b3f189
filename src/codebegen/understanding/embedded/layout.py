"""Layout: a description enters, a tree of blocks leaves: headings over what they head, bullets over nested bullets.

It only says how the text is set; what a block means is decided by `outline`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from codebegen.understanding.embedded.columns import column_signs, in_columns
from codebegen.understanding.embedded.drawings import Drawing, drawings
from codebegen.understanding.embedded.sheets import sheet_cells, sheet_separator

Kind = Literal["root", "heading", "item", "text", "table", "code", "drawing"]

_BULLET = re.compile(
    r"(?:[-•–‣◦▪·](?=[A-Za-z])"  # "-posts"
    r"|(?:[-*•+–‣◦▪·●○■□►▶➤✓✔☑☐✗✘✅❌]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)"
    r"|\d{1,2}(?:\.\d{1,3}){1,3}\.?\s+(?=[A-Za-z])"  # "2.1 The system …"
    r"|[A-Z]{1,5}-\d{1,4}[.:)]?\s+(?=\S)|[A-Z]{1,3}\d{1,3}(?:\.\d+)*[.:)]\s+(?=\S))"  # "REQ-7 …", "R2: …"
    r"(?:\[[ xX]\]\s+)?"
)
_LABEL = re.compile(r"^[ \t]*([A-Z]{1,3})(\d{1,3})[ \t]+(?=\S)", re.MULTILINE)
_FEW = 3
_LONGEST_TITLE = 32
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\*\*([^*]+?)\*\*:?\s*$|__([^_]+?)__:?\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")
_SETEXT = re.compile(r"^\s*(=+|-{3,})\s*$")
_PAIR_SIGNS = frozenset(("=", "->", "=>", "→", "⇒", "–", "—"))
_TITLE_LEVEL = 7
# `comments(id, body)`: a line of a schema.
_SCHEMA = re.compile(r"\w+\s?\([^()]*,")
_WRAP_WIDTH = 60
# `name: text`, `garage -> Garage`.
_PAIR = re.compile(r"[\w -]{2,40}(?:\([^)]*\))?\s*(?:[:=–—]|->|→)\s")


@dataclass(frozen=True, slots=True)
class Block:
    """`start`, `end` frame the words without their marker; `rows` are the cells of a table."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    children: tuple["Block", ...] = ()
    rows: tuple[tuple[tuple[int, int], ...], ...] = ()
    drawing: Drawing | None = None


@dataclass(slots=True)
class _Line:
    kind: str
    start: int
    end: int
    level: int = 0
    rows: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    blank_before: bool = False
    columns: bool = False
    drawing: Drawing | None = None
    children: list["_Line"] = field(default_factory=list)


def layout(text: str) -> Block:
    """The tree of a description."""
    signs = column_signs(text)
    read = _read_lines(text)
    for line in read if signs else ():
        line.columns = in_columns(signs, line.start, line.end)
    lines = _titles(text, _numbered_titles(text, _join_wrapped(text, read)))
    root = _Line("root", 0, len(text), -1)
    stack = [root]
    for line in lines:
        rank = _rank(line)
        while len(stack) > 1 and (_rank(stack[-1]) >= rank or _closes(stack[-1], line)):
            stack.pop()
        stack[-1].children.append(line)
        if line.kind in ("heading", "item"):
            stack.append(line)
    return _freeze(root)


def _rank(line: _Line) -> int:
    """Depth in the tree: headings by level, then bullets by indentation, then everything else."""
    if line.kind == "heading":
        return line.level
    if line.kind == "item":
        return 100 + line.level
    return 100 + line.level if line.level else 1000


def _closes(open_line: _Line, line: _Line) -> bool:
    """Text flush left after bullets ends them; after a blank line it ends a title without marks too."""
    if line.kind not in ("text", "table"):
        return False
    if open_line.kind == "item":
        return line.level <= open_line.level
    if open_line.level != _TITLE_LEVEL:
        return False
    after_list = bool(open_line.children) and open_line.children[-1].kind in ("item", "table")
    return after_list or (line.blank_before and bool(open_line.children))


def _freeze(line: _Line) -> Block:
    children = tuple(_freeze(child) for child in line.children)
    kind: Kind = line.kind  # type: ignore[assignment]
    return Block(kind, line.start, line.end, line.level, children, tuple(line.rows), line.drawing)


def _read_lines(text: str) -> list[_Line]:
    """Every line that holds something, with its kind."""
    out: list[_Line] = []
    at, blank, code = 0, True, False
    between: re.Pattern[str] | None = None
    drawn, labels = drawings(text), _labels(text)
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        at += len(raw)
        if body.startswith(("```", "~~~")):
            code = not code
            continue
        if (drawing := next((d for d in drawn if d.start <= start < d.end), None)) is not None:
            if body and drawing.start == start:
                out.append(_Line("drawing", start, drawing.end, indent, blank_before=blank, drawing=drawing))
            blank = False
            continue
        if not body:
            blank, between = True, None
            continue
        between = between or sheet_separator(body)
        if between is not None and between.search(raw.rstrip()) and not body.startswith("|"):
            _sheet_row(raw.rstrip(), at - len(raw), between, out, first=blank or out[-1].kind != "table")
            blank = False
            continue
        if code:
            line: _Line | None = _Line("code", start, start + len(body), indent)
        elif start in labels:
            line = _Line("item", labels[start], start + len(body), indent)
        else:
            line = _classify(body, start, indent, out)
        if line is not None:
            line.blank_before = blank
            out.append(line)
        blank = False
    return out


def _labels(text: str) -> dict[int, int]:
    """`R1 A hotel has …`, `R2 Rooms …`: where labels without a sign begin and end, if they count."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in _LABEL.finditer(text):
        found.setdefault(match[1], []).append(match)
    counting = (
        line
        for lines in found.values()
        if len(lines) >= _FEW and all(int(a[2]) < int(b[2]) for a, b in pairwise(lines))
        for line in lines
    )
    return {line.start(1): line.end() for line in counting}


def _numbered_titles(text: str, lines: list[_Line]) -> list[_Line]:
    """`2. Tiers` over a paragraph, and others like it: numbered titles, and no items of a list."""
    titles = [
        one
        for one, below in pairwise(lines)
        if one.kind == "item"
        and below.kind == "text"
        and not below.blank_before
        and below.level <= one.level
        and text[text.rfind("\n", 0, one.start) + 1 : one.start].strip()[:1].isdigit()
        and one.end - one.start <= _LONGEST_TITLE
        and text[one.end - 1] not in ".,;:"
    ]
    for title in titles if len(titles) > 1 else ():
        title.kind, title.level = "heading", _TITLE_LEVEL - 1
    return lines


def _sheet_row(line: str, start: int, between: re.Pattern[str], before: list[_Line], *, first: bool) -> None:
    """A row of a table without a frame."""
    cells = sheet_cells(line, start, between)
    if first:
        before.append(_Line("table", cells[0][0], cells[-1][1], 0, [cells]))
    elif not _TABLE_RULE.match(line):
        before[-1].rows.append(cells)
        before[-1].end = cells[-1][1]


def _classify(body: str, start: int, indent: int, before: list[_Line]) -> _Line | None:
    end = start + len(body)
    if match := _HEADING.match(body):
        return _Line("heading", start + match.start(2), start + match.end(2), len(match[1]))
    if body.count("|") >= 2 and body.startswith("|"):
        return _table_row(body, start, indent, before)
    if _SETEXT.match(body):
        if before and before[-1].kind == "text" and set(body) <= {"=", "-"}:
            before[-1].kind, before[-1].level = "heading", 1 if "=" in body else 2
        return None
    if body.startswith(": ") and before and before[-1].kind == "text":
        before[-1].end = end  # a term, and below it what it means
        return None
    match = _BULLET.match(body)
    if match and not (match.group().strip() == "–" and before and before[-1].kind == "text"):
        return _Line("item", start + match.end(), end, indent)
    if match := _BOLD_LINE.match(body):
        group = 1 if match[1] else 2
        return _Line("heading", start + match.start(group), start + match.end(group), _TITLE_LEVEL - 1)
    return _Line("text", start, end, indent)


def _table_row(body: str, start: int, _indent: int, before: list[_Line]) -> _Line | None:
    if _TABLE_RULE.match(body):
        return None
    cells: list[tuple[int, int]] = []
    at = 1
    for cell in body.strip("|").split("|"):
        lead = len(cell) - len(cell.lstrip())
        cells.append((start + at + lead, start + at + max(lead, len(cell.rstrip()))))
        at += len(cell) + 1
    if before and before[-1].kind == "table":
        before[-1].rows.append(tuple(cells))
        before[-1].end = start + len(body)
        return None
    return _Line("table", start, start + len(body), 0, [tuple(cells)])


def _join_wrapped(text: str, lines: list[_Line]) -> list[_Line]:
    """A long line that runs on in the next one, in lower case, is one text; so is a bullet's indented continuation."""
    out: list[_Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and line.kind == "text" and not line.blank_before and _continues(text, last, line):
            last.end = line.end
        else:
            out.append(line)
    return out


def _continues(text: str, last: _Line, line: _Line) -> bool:
    if last.kind not in ("text", "item") or last.columns or line.columns:
        return False
    first, tail = text[line.start], text[last.end - 1]
    newline = text.rfind("\n", 0, last.end) + 1
    long_enough = last.end - newline >= _WRAP_WIDTH
    if last.kind == "item" and line.level <= last.level:
        return False
    head = text[line.start : line.start + 48].split(" ", 4)
    is_pair = any(word.endswith(":") or word in _PAIR_SIGNS for word in head[:4])
    is_schema = _SCHEMA.match(text, line.start, line.end) is not None
    return (
        not is_pair
        and not (is_schema and tail == ")")
        and tail not in ".!?:;"
        and (long_enough or last.kind == "item")
        and (first.islower() or tail == ",")
    )


def _titles(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """A short line without a mark over bullets, a table or `Name: …` lines is a heading too."""
    out: list[_Line] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.kind == "text" and following is not None and _is_title(text, line, following):
            end = line.end - 1 if text[line.end - 1] == ":" else line.end
            out.append(_Line("heading", line.start, end, _TITLE_LEVEL, blank_before=line.blank_before))
        else:
            out.append(line)
    return out


def _is_title(text: str, line: _Line, following: _Line) -> bool:
    body = text[line.start : line.end]
    if line.columns or len(body) > 80 or body[-1] in ".,;!?" or following.level < line.level:
        return False
    words = body.rstrip(":").split()
    if len(words) > 7 or (":" in body[:-1]) or "," in body or "=" in body or "->" in body or "→" in body:
        return False
    if body.endswith(":"):
        return True
    if following.kind in ("item", "table", "drawing"):
        return len(words) <= 6
    after = text[following.start : following.end]
    return len(words) <= 3 and (following.columns or (not following.blank_before and _PAIR.match(after) is not None))
