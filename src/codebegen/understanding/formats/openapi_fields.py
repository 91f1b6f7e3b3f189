"""Properties of OpenAPI schemas become columns; references and `allOf` are followed."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from codebegen.blueprint import FieldType
from codebegen.blueprint.fields import LARGEST, MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES
from codebegen.understanding.formats.schema import Column, Leftover
from codebegen.understanding.formats.tree import Node

_FORMATS: dict[str, FieldType] = {
    "date": "date",
    "date-time": "datetime",
    "time": "time",
    "email": "email",
    "idn-email": "email",
    "uri": "url",
    "url": "url",
    "uri-reference": "url",
    "uuid": "uuid",
    "password": "password",
    "binary": "file",
    "byte": "file",
    "phone": "phone",
    "decimal": "decimal",
    "money": "money",
    "duration": "string",
}
_FOLLOW = 20


def target_of(node: Node | None) -> str:
    """The name of the schema that a node refers to: by `$ref`, or as the one part of `allOf`, `oneOf`, `anyOf`."""
    for _ in range(_FOLLOW):
        if node is None:
            return ""
        if reference := node.text("$ref"):
            return reference.rpartition("/")[2]
        parts = next((found for word in ("allOf", "oneOf", "anyOf") if (found := node.get(word)) is not None), None)
        kept = [part for part in (parts.nodes if parts else ()) if part.text("type") != "null"]
        if len(kept) != 1:
            return ""
        node = kept[0]
    return ""


def plain_object(node: Node) -> Node | None:
    """The properties of an object that is written out in place."""
    properties = node.get("properties")
    return properties if properties is not None and properties.names else None


class Properties:
    """Properties of schemas, those that they take over from others included."""

    def __init__(self, schemas: Mapping[str, Node]) -> None:
        self._schemas = schemas
        self._known: dict[int, dict[str, Node] | None] = {}
        self._needed: dict[int, set[str]] = {}

    def of(self, node: Node) -> dict[str, Node] | None:
        """Name → schema; None for a schema that is no object, and for one that takes itself over."""
        if id(node) not in self._known:
            self._known[id(node)] = None
            self._known[id(node)] = self._collected(node)
        return self._known[id(node)]

    def _collected(self, node: Node) -> dict[str, Node] | None:
        found: dict[str, Node] = {}
        is_object = False
        for part in self._parts(node):
            inner = self.of(part)
            if inner is not None:
                is_object = True
                found |= inner
        own = node.get("properties")
        if own is not None and own.kind == "map":
            is_object = True
            found |= dict(own.items())
        return found if is_object and found else None

    def required(self, node: Node) -> set[str]:
        """The names that must be there."""
        if id(node) in self._needed:
            return self._needed[id(node)]
        self._needed[id(node)] = set()
        listed = node.get("required")
        found = {str(one.value) for one in listed.nodes} if listed is not None else set()
        for part in self._parts(node):
            found |= self.required(part)
        self._needed[id(node)] = found
        return found

    def _parts(self, node: Node) -> tuple[Node, ...]:
        reference = node.text("$ref").rpartition("/")[2]
        if reference:
            return (self._schemas[reference],) if reference in self._schemas else ()
        parts = node.get("allOf")
        return parts.nodes if parts is not None else ()


def column(name: str, node: Node, schemas: Mapping[str, Node], *, required: bool, leftovers: list[Leftover]) -> Column:
    """The column of a property that is no relation."""
    span = node.span
    inner = _resolved(node, schemas)
    kind, nullable = _type(inner)
    values = tuple(str(one.value) for one in _list(inner, "enum") if one.value is not None)
    result = Column(name, span, description=(node.text("description") or inner.text("description"))[:500])
    result = replace(result, type=kind, read_only=node.flag("readOnly"), write_only=node.flag("writeOnly"))
    if kind == "list":
        item = inner.get("items")
        item_kind = _type(_resolved(item, schemas))[0] if item is not None else "string"
        result = replace(result, item_type="string" if item_kind in ("list", "json", "enum") else item_kind)
    elif values and kind in TEXT_TYPES:
        result = replace(result, type="enum", values=values)
    else:
        result = replace(result, **_bounds(inner, kind))
    if inner.get("multipleOf") is not None and kind == "float":
        result = replace(result, type="decimal")
    elif inner.get("multipleOf") is not None:
        leftovers.append(Leftover(span, f"the step of {name} has no form in a blueprint"))
    default = inner.get("default") or node.get("default")
    if default is not None and default.kind == "scalar" and default.value is not None:
        result = replace(result, default=default.value)
    nullable = nullable or node.flag("nullable")
    return replace(result, required=required and not nullable and not result.read_only)


def _resolved(node: Node, schemas: Mapping[str, Node]) -> Node:
    for _ in range(_FOLLOW):
        name = target_of(node)
        if not name or name not in schemas:
            return node
        node = schemas[name]
    return node


def _list(node: Node, name: str) -> tuple[Node, ...]:
    found = node.get(name)
    return found.nodes if found is not None and found.kind == "list" else ()


def _type(node: Node) -> tuple[FieldType, bool]:
    """The type, and whether null is one of its values."""
    words = [str(one.value) for one in _list(node, "type")] or [node.text("type")]
    nullable = "null" in words or "None" in words
    parts = next((found for word in ("oneOf", "anyOf") if (found := _list(node, word))), ())
    if parts and words == [""]:
        kept = [part for part in parts if part.text("type") != "null"]
        inner = _type(kept[0])[0] if kept else "json"
        return inner, len(kept) < len(parts)
    word = next((w for w in words if w not in ("null", "None")), "")
    if not word and node.get("enum") is not None:
        word = "string"
    shape = node.text("format")
    match word:
        case "integer":
            return "integer", nullable
        case "number":
            return ("float" if shape in ("float", "double", "") else _FORMATS.get(shape, "float")), nullable
        case "boolean":
            return "boolean", nullable
        case "array":
            return "list", nullable
        case "string":
            return _FORMATS.get(shape, "string"), nullable
        case "file":
            return "file", nullable
        case _:
            return "json", nullable


def _bounds(node: Node, kind: FieldType) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind in NUMBER_TYPES:
        for side, word in (("min", "minimum"), ("max", "maximum")):
            bound, strict = node.get(word), node.get(f"exclusive{word.capitalize()}")
            if strict is not None and isinstance(strict.value, (int, float)) and not isinstance(strict.value, bool):
                found |= {side: strict.value, f"exclusive_{side}": True}
            elif bound is not None and isinstance(bound.value, (int, float)):
                found |= {side: bound.value, f"exclusive_{side}": strict is not None and strict.value is True}
        if node.text("format") == "int64" and "max" not in found:
            found["max"] = LARGEST
    elif kind in TEXT_TYPES and kind not in MOMENT_TYPES:
        for name, word in (("min_length", "minLength"), ("max_length", "maxLength")):
            bound = node.get(word)
            if bound is not None and isinstance(bound.value, int):
                found[name] = bound.value
        if node.text("pattern") and not re.search(r"\(\?[=!<]", node.text("pattern")):
            found["pattern"] = node.text("pattern")
    return found
