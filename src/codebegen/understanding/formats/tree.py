"""Trees: JSON or YAML text enters, nodes that know their place in it leave."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from codebegen.understanding.formats.schema import FormatError, Span

_DEPTH = 60
_RUN = 200
_TOKEN = re.compile(r'\s*(?:([{}\[\]:,])|("(?:[^"\\]|\\.)*")|([^\s{}\[\]:,"]+))')
Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """A `map` with `items` under their names, a `list` of `nodes`, or a `scalar` with its value."""

    kind: str
    span: Span
    value: Scalar = None
    names: tuple[str, ...] = ()
    nodes: tuple["Node", ...] = ()

    def get(self, *path: str) -> "Node | None":
        """The node behind some names, if it is there."""
        node: Node | None = self
        for name in path:
            node = next((n for key, n in node.items() if key == name), None) if node is not None else None
        return node

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Names and nodes of a map."""
        return zip(self.names, self.nodes, strict=True) if self.kind == "map" else iter(())

    def text(self, *path: str) -> str:
        """The text behind some names, or nothing."""
        node = self.get(*path)
        return "" if node is None or node.kind != "scalar" or node.value is None else str(node.value)

    def flag(self, name: str) -> bool:
        """Whether a name holds `true`."""
        node = self.get(name)
        return node is not None and node.value is True


def read_tree(text: str) -> Node:
    """The tree of a JSON or YAML text; raises `FormatError`."""
    return read_json(text) if text.lstrip()[:1] in ("{", "[") else read_yaml(text)


def read_json(text: str) -> Node:
    """The tree of a JSON text; raises `FormatError`."""
    _check_depth(text, "{[", "}]")
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        raise FormatError(
            _lower(problem.msg), problem.pos, "write it as JSON: names and texts in double quotes"
        ) from None
    except (ValueError, RecursionError):
        raise FormatError("a number is too long or it is nested too deeply", 0) from None
    return _JsonReader(text).value()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


class _JsonReader:
    """Reads JSON that is known to be right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0

    def _next(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at][1] or ""

    def value(self) -> Node:
        """The node here."""
        token = self._next()
        group = token.lastindex or 1
        span = token.span(group)
        if token[1] == "{":
            return self._map(span[0])
        if token[1] == "[":
            return self._list(span[0])
        return Node("scalar", span, json.loads(token[group]))

    def _map(self, start: int) -> Node:
        names: dict[str, Node] = {}
        while self._peek() != "}":
            if self._peek() == ",":
                self._next()
            name = str(json.loads(self._next()[2]))
            self._next()
            names[name] = self.value()
        return Node("map", (start, self._next().end(1)), names=tuple(names), nodes=tuple(names.values()))

    def _list(self, start: int) -> Node:
        nodes = []
        while self._peek() != "]":
            if self._peek() == ",":
                self._next()
            nodes.append(self.value())
        return Node("list", (start, self._next().end(1)), nodes=tuple(nodes))


def _check_depth(text: str, opening: str, closing: str) -> None:
    """Refuses what is nested deeper than any schema is; a bracket in a text counts too, which does no harm."""
    depth = 0
    for match in re.finditer(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]', text):
        sign = match.group()
        depth += (sign in opening) - (sign in closing)
        if depth > _DEPTH:
            raise FormatError(f"it is nested deeper than {_DEPTH}", match.start(), "split it")


def read_yaml(text: str) -> Node:
    """The tree of a YAML text; raises `FormatError`."""
    _check_depth(text, "{[", "}]")
    for match in re.finditer(r"^[ \t?-]+", text, re.MULTILINE):
        if match.end() - match.start() > _RUN:
            raise FormatError("it is indented too deeply", match.start(), "split it")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, loader)
        if root is None:
            raise FormatError("there is nothing in it", 0)
        return _converted(root, text, 0)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        at = _offset(text, mark.line, mark.column) if mark is not None else 0
        raise FormatError(
            str(problem.problem or "this is no YAML"), at, "check the indentation and the colons"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise FormatError("this is no YAML", 0, "check the indentation and the colons") from None


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line):
        found = text.find("\n", at)
        if found < 0:
            break
        at = found + 1
    return min(at + column, len(text))


def _converted(node: yaml.Node, text: str, depth: int) -> Node:
    if depth > _DEPTH:
        raise FormatError(f"it is nested deeper than {_DEPTH}", node.start_mark.index, "split it")
    span = (node.start_mark.index, node.end_mark.index)
    match node:
        case yaml.MappingNode():
            pairs = {str(key.value): _converted(value, text, depth + 1) for key, value in node.value}
            return Node("map", span, names=tuple(pairs), nodes=tuple(pairs.values()))
        case yaml.SequenceNode():
            return Node("list", span, nodes=tuple(_converted(item, text, depth + 1) for item in node.value))
        case _:
            return Node("scalar", span, _scalar(node))


def _scalar(node: yaml.Node) -> Scalar:
    text = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return text.lower() in ("true", "yes", "on")
        case "int" if re.fullmatch(r"[+-]?\d{1,18}", text):
            return int(text)
        case "float" if re.fullmatch(r"[+-]?\d*\.?\d+(e[+-]?\d+)?", text, re.IGNORECASE):
            return float(text)
        case _:
            return text
