"""JSON samples: objects under names enter, a schema leaves; types are guessed from the values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.blueprint import FieldType
from codebegen.understanding.embedded.types import by_name
from codebegen.understanding.formats.schema import Column, FormatError, Key, Leftover, Note, Schema, Span, Table
from codebegen.understanding.formats.tree import Node, read_json

_WRAPPERS = frozenset("items data results records rows content entries values docs documents list payload".split())
_PAGING = frozenset(
    "total count limit offset page pages size per_page page_size next previous prev has_more success status message "
    "meta links error errors code pagination".split()
)
_SHARED = frozenset("tag label category genre skill keyword topic role".split())
_FORMS: tuple[tuple[re.Pattern[str], FieldType], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"), "datetime"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d\d:\d\d(:\d\d)?"), "time"),
    (re.compile(r"[^@\s]+@[^@\s]+\.\w+"), "email"),
    (re.compile(r"https?://\S+"), "url"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE), "uuid"),
)
_NOISE = frozenset(
    "a an the example examples sample samples json object objects of for response request body payload schema model "
    "entity resource returns return looks look like this is are as follows each has have shape e.g eg such our one "
    "here data format structure record single something and".split()
)
_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s+(/[\w/{}:.-]+)")
_NOT_THINGS = frozenset(
    "auth login logout register signup signin token tokens refresh session sessions me password".split()
)
_LONG_TEXT = 120
_HINT = 'name it: {"products": [{"name": "Pen", "price": 1.5}]}'


@dataclass
class _Reader:
    tables: dict[str, Table] = field(default_factory=dict)
    samples: dict[str, list[Node]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    links: list[tuple[str, str, Key]] = field(default_factory=list)


def read_samples(text: str) -> Schema:
    """The schema of a JSON text whose objects have names; raises `FormatError`."""
    return with_context(text, "")


def with_context(text: str, before: str) -> Schema:
    """The schema of a JSON text; `before` is what stands before it, and may name it."""
    root = read_json(text)
    if root.get("properties") is not None or root.get("$schema") is not None:
        raise FormatError(
            "this is a JSON Schema, not a sample", 0, "put it under components.schemas of an OpenAPI document"
        )
    reader = _Reader()
    for name, node in _named(root, _context_name(before)):
        _collect(reader, name, node)
    if not reader.samples:
        if before:
            reason = "nothing says what this is a sample of: nothing was made of it"
            return Schema("json", leftovers=(Leftover(root.span, reason, "write its name before it: `Product:`"),))
        raise FormatError("nothing says what these objects are called", root.span[0], _HINT)
    names = {naming.singular(naming.snake(name)): name for name in reader.samples}
    for name, nodes in reader.samples.items():
        reader.tables[name] = _table(reader, name, nodes, names)
    for holder, _, key in reader.links:
        table = reader.tables[holder]
        if all(known.name != key.name for known in table.keys):
            reader.tables[holder] = replace(table, keys=(*table.keys, key))
    note = Note("", "types are guessed from the values of samples: check lengths, enums and what may be missing")
    return Schema("json", tuple(reader.tables.values()), tuple(reader.leftovers), (note,))


def _objects(node: Node) -> list[Node]:
    """The objects that a node is or lists."""
    nodes = node.nodes if node.kind == "list" else (node,)
    return [one for one in nodes if one.kind == "map" and one.names]


def _named(root: Node, name: str) -> list[tuple[str, Node]]:
    """Objects with what they are called: by the name they stand under, or by the words before the sample."""
    if root.kind == "list":
        return [(name, root)] if name and _objects(root) else []
    inner = [(key, node) for key, node in root.items() if node.kind in ("map", "list") and _objects(node)]
    rest = [key for key, node in root.items() if (key, node) not in inner]
    if inner and all(naming.snake(key) in _PAGING for key in rest):
        wrapped = [(key, node) for key, node in inner if naming.snake(key) in _WRAPPERS]
        named = [(key, node) for key, node in inner if naming.snake(key) not in _WRAPPERS | _PAGING]
        if wrapped and not named:
            return [(name, node) for _, node in wrapped if name]
        if not name or len(named) > 1 or any(node.kind == "list" for _, node in named):
            return named
    return [(name, root)] if name else []


def _context_name(before: str) -> str:
    """What a sample is called by the line before it: `Product:`, `### Example product`, `GET /products`."""
    lines = [line for line in before[-600:].splitlines() if line.strip() and not re.match(r"\s*[`~]{3}", line)]
    if not lines:
        return ""
    line = lines[-1].strip()
    call = _CALL.search(line)
    if call is not None:
        parts = [part for part in call[1].split("/") if part and not part.startswith(("{", ":"))]
        last = parts[-1] if parts else ""
        return "" if naming.snake(last) in _NOT_THINGS else naming.singular(naming.snake(last))
    words = re.findall(r"[^\W\d_][\w-]*", line.split(":")[0] if line.endswith(":") else line)
    kept = [word for word in words if word.lower() not in _NOISE]
    return naming.singular(naming.snake(" ".join(kept))) if 1 <= len(kept) <= 2 and len(words) <= 8 else ""


def _collect(reader: _Reader, name: str, node: Node) -> None:
    """Samples of a thing, and of the things inside it."""
    key = naming.singular(naming.snake(name))
    if not key or key == "id":
        return
    objects = _objects(node)
    reader.samples.setdefault(key, []).extend(objects)
    for one in objects:
        for inner_name, inner in one.items():
            if inner.kind in ("map", "list") and _objects(inner):
                _collect(reader, _inner_name(inner_name, key), inner)


def _inner_name(name: str, owner: str) -> str:
    """What an inner object is: `items` of an order are order items, an `author` is an author."""
    own = naming.singular(naming.snake(name))
    return f"{owner}_{own}" if own in ("item", "line", "entry", "detail", "option", "meta", "setting", "value") else own


def _table(reader: _Reader, name: str, nodes: Sequence[Node], names: dict[str, str]) -> Table:
    members: dict[str, list[Node]] = {}
    for node in nodes:
        for key, value in node.items():
            members.setdefault(key, []).append(value)
    columns: list[Column] = []
    keys: list[Key] = []
    for key, values in members.items():
        required = len(values) == len(nodes) and all(v.kind != "scalar" or v.value is not None for v in values)
        inner = [v for v in values if v.kind in ("map", "list") and _objects(v)]
        if inner:
            found = _relation(reader, name, key, inner, required=required)
            keys += [found] if found is not None else []
            continue
        column = _column(key, values, required=required)
        columns.append(column)
        target = names.get(re.sub(r"_id$", "", naming.snake(key))) if naming.snake(key).endswith("_id") else None
        if target is not None:
            keys.append(Key(target, column.span, (key,)))
    return Table(name, nodes[0].span, tuple(columns), tuple(keys))


def _relation(reader: _Reader, owner: str, key: str, values: Sequence[Node], *, required: bool) -> Key | None:
    """A nested object is pointed to; nested rows point back, unless they are shared by nature, as tags are."""
    target = naming.singular(naming.snake(_inner_name(key, owner)))
    span = values[0].span
    if values[0].kind == "map":
        return Key(target, span, name=naming.snake(key), required=required and target != owner)
    if target in _SHARED or naming.singular(naming.snake(key)) in _SHARED:
        return Key(target, span, name=naming.plural(target), kind="many_to_many")
    back = Key(owner, span, name=owner, required=target != owner, on_delete="cascade" if target != owner else None)
    reader.links.append((target, owner, back))
    return None


def _column(name: str, values: Sequence[Node], *, required: bool) -> Column:
    span: Span = values[0].span
    shown = [v.value for v in values if v.kind == "scalar" and v.value is not None]
    snake = naming.snake(name)
    column = Column(name, span, required=required)
    if any(v.kind == "list" for v in values):
        inner = [n.value for v in values for n in v.nodes if n.kind == "scalar"]
        kind = _kind(snake, inner) if inner else "string"
        return replace(
            column,
            type="list",
            item_type=kind if kind in ("integer", "float", "date", "url") else "string",
            required=False,
        )
    if any(v.kind == "map" for v in values):
        return replace(column, type="json", required=False)
    if not shown:
        return replace(column, type=_plain(by_name(snake)), required=False)
    kind = _kind(snake, shown)
    return replace(column, type=kind, required=required and kind != "boolean")


def _plain(kind: FieldType) -> FieldType:
    return "string" if kind in ("enum", "list", "json", "duration", "file", "image") else kind


def _kind(name: str, values: Sequence[object]) -> FieldType:
    """The type of some values that are not null."""
    if all(isinstance(value, bool) for value in values):
        return "boolean"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "decimal" if by_name(name) in ("decimal", "money") else "integer"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return (
            "float" if by_name(name) == "float" or name in ("lat", "lng", "lon", "latitude", "longitude") else "decimal"
        )
    texts = [str(value) for value in values]
    for pattern, kind in _FORMS:
        if all(pattern.fullmatch(text) for text in texts):
            return kind
    told = by_name(name)
    if told in ("phone", "slug", "password", "text"):
        return told
    if told == "decimal" and all(re.fullmatch(r"-?\d+(\.\d+)?", text) for text in texts):
        return "decimal"
    return "text" if max(map(len, texts)) > _LONG_TEXT else "string"
