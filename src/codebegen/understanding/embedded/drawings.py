"""Drawings: states set out in two dimensions with lines and arrows between them; what points to what leaves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[int, int]
"""The first character of a state in the description, and the one behind it."""

_DOWN, _UP = frozenset("vV▼↓"), frozenset("^▲↑")
_UPRIGHT = frozenset("|│┃") | _DOWN | _UP
_CORNERS = frozenset("└├╰+\\'`┌╭┬┴┼┤┘╯/")
_FLAT = r"[-─━=]"
_CONNECTORS = re.compile(r"^[\s|│┃vV▼↓^▲↑└├╰+\\'`┌╭┬┴┼┤┘╯┐╮/─━-]+$")
_TURN = re.compile(rf"^\s*[|│┃\s]*[└├╰+\\'`|]\s*{_FLAT}+[>→►▶]")
_RIGHT = re.compile(rf"(?:[└├╰+\\'`┌╭|]\s*)?{_FLAT}+[>→►▶][ \t]*")
_BETWEEN = re.compile(rf"^[\s|│\])]*(?P<left>[<←◄◀])?{_FLAT}*(?P<right>[>→►▶])?[\s|│\[(]*$")
_POINTS = re.compile(rf"{_FLAT}[>→►▶]|[<←◄◀]{_FLAT}|[→►▶]")
_NODE = re.compile(r"[^\W\d_](?:[\w'’]|[- /](?=[^\W_]))*")
_REMARK = re.compile(r"\([^()]*\)")
_SMALLEST, _LONGEST = 2, 32


@dataclass(frozen=True)
class Drawing:
    """Where a drawing begins and ends in the description, and from where to where its arrows lead."""

    start: int
    end: int
    edges: tuple[tuple[Place, Place], ...]


@dataclass(frozen=True)
class _Node:
    row: int
    left: int
    right: int
    place: Place


def drawings(text: str) -> list[Drawing]:
    """Every drawing of a description; lines without a second dimension are none."""
    out: list[Drawing] = []
    run: list[tuple[int, str]] = []
    at = 0
    before: tuple[int, str] | None = None
    for raw in (*text.splitlines(keepends=True), ""):
        line = raw.rstrip()
        if line and (_is_drawn(line) or (run and _CONNECTORS.match(run[-1][1]) and _is_state(line))):
            run += [before] if before and not run and _CONNECTORS.match(line) and _is_state(before[1]) else []
            run.append((at, line))
        else:
            out.extend(_drawing(run))
            run = []
        before = (at, line) if line else None
        at += len(raw)
    return out


def _is_drawn(line: str) -> bool:
    sentence = ":" in line or ". " in line or line.lstrip().startswith(("- ", "* ", "#"))
    return _CONNECTORS.match(line) is not None or (_POINTS.search(line) is not None and not sentence)


def _is_state(line: str) -> bool:
    return len(line.split()) <= _SMALLEST + 1 and ":" not in line


def _drawing(run: Sequence[tuple[int, str]]) -> Iterator[Drawing]:
    if len(run) < _SMALLEST or not any(_is_deep(line) for _, line in run):
        return
    lines = [_without_remarks(line) for _, line in run]
    nodes = [_nodes(row, start, line) for row, (line, (start, _)) in enumerate(zip(lines, run, strict=True))]
    found = [edge for row, line in enumerate(lines) for edge in _beside(line, nodes[row])]
    found += [edge for row in nodes for node in row for edge in _below(node, lines, nodes)]
    found += [edge for row in nodes for node in row for edge in _back(node, lines, nodes)]
    found.sort(key=lambda edge: edge[0].place)
    if found:
        first = run[0][0] + len(lines[0]) - len(lines[0].lstrip())
        yield Drawing(first, run[-1][0] + len(run[-1][1]), tuple(dict.fromkeys((a.place, b.place) for a, b in found)))


def _is_deep(line: str) -> bool:
    """Whether a line leads downwards; the rule of a table does not."""
    upright = bool(set(line) & _UPRIGHT) and _CONNECTORS.match(line) is not None and "|-" not in line
    return upright or _TURN.match(line) is not None


def _without_remarks(line: str) -> str:
    """`released   (too expensive)`: what stands in brackets beside a state says why."""
    return _REMARK.sub(lambda m: " " * len(m[0]) if line[: m.start()].strip(" |│└─->") else m[0], line)


def _nodes(row: int, start: int, line: str) -> list[_Node]:
    if _CONNECTORS.match(line):
        return []
    spans = [m.span() for m in _NODE.finditer(line)]
    return [_Node(row, a, b, (start + a, start + b)) for a, b in spans if b - a <= _LONGEST]


def _beside(line: str, nodes: Sequence[_Node]) -> Iterator[tuple[_Node, _Node]]:
    """`sent --> paid`, `open <-> on hold` on one line."""
    for here, there in pairwise(nodes):
        sign = _BETWEEN.match(line[here.right : there.left])
        if sign is not None and sign["right"]:
            yield here, there
        if sign is not None and sign["left"]:
            yield there, here


def _below(node: _Node, lines: Sequence[str], nodes: Sequence[Sequence[_Node]]) -> Iterator[tuple[_Node, _Node]]:
    """What the lines lead to that begin under a state."""
    for column in range(max(0, node.left - 1), node.right + 1):
        row, upwards = node.row + 1, False
        while row < len(lines) and column < len(lines[row]):
            sign = lines[row][column]
            target = _turned(lines[row], column, nodes[row]) if sign in _CORNERS | _UPRIGHT else None
            if target is not None:
                yield node, target
            reached = next((n for n in nodes[row] if n.left - 1 <= column <= n.right), None)
            if reached is not None and row > node.row + 1:
                yield (reached, node) if upwards else (node, reached)
            leads_on = sign in _UPRIGHT | _CORNERS or (sign in "-─" and _CONNECTORS.match(lines[row]))
            if (target is not None and sign not in "├+") or reached is not None or not leads_on:
                break
            upwards = upwards or sign in _UP
            row += 1


def _turned(line: str, column: int, nodes: Sequence[_Node]) -> _Node | None:
    """`└──> released`: the state that an arrow around a corner points to."""
    arrow = _RIGHT.match(line, column)
    return next((n for n in nodes if arrow is not None and n.left - 1 <= arrow.end() <= n.left), None)


_LEAVES = re.compile(rf"[└╰+\\'`]{_FLAT}+\s*$")


def _back(node: _Node, lines: Sequence[str], nodes: Sequence[Sequence[_Node]]) -> Iterator[tuple[_Node, _Node]]:
    """`└─── blocked` under a `^`: the line that leaves a state to the left, and goes up."""
    leaves = _LEAVES.search(lines[node.row][: node.left])
    row = node.row - 1
    while leaves is not None and row > 0 and leaves.start() < len(lines[row]):
        sign = lines[row][leaves.start()]
        if sign not in _UPRIGHT:
            return
        above = next((n for n in nodes[row - 1] if n.left - 1 <= leaves.start() <= n.right), None)
        if sign in _UP and above is not None:
            yield node, above
        row -= 1
