"""Prisma: models and enums enter, a schema leaves; what is about Prisma's client or the database is left over."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from codebegen.blueprint.fields import LARGEST
from codebegen.blueprint.model import Stack
from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats.prisma_relations import Model, Pointer, with_relations
from codebegen.understanding.formats.scan import Cursor, Token, scan, skip_braces
from codebegen.understanding.formats.schema import Column, FormatError, Leftover, Schema, Table, Unique

_TYPES: dict[str, dict[str, Any]] = {
    "String": {"type": "string"},
    "Int": {"type": "integer"},
    "BigInt": {"type": "integer", "max": LARGEST},
    "Float": {"type": "float"},
    "Decimal": {"type": "decimal"},
    "Boolean": {"type": "boolean"},
    "DateTime": {"type": "datetime"},
    "Json": {"type": "json"},
    "Bytes": {"type": "file"},
    "Unsupported": {"type": "string"},
}
_NATIVE: dict[str, dict[str, Any]] = {
    "Text": {"type": "text"},
    "LongText": {"type": "text"},
    "MediumText": {"type": "text"},
    "Uuid": {"type": "uuid"},
    "Date": {"type": "date"},
    "Time": {"type": "time"},
    "Timetz": {"type": "time"},
    "Money": {"type": "money"},
}
_ON_DELETE: dict[str, OnDelete] = {"Cascade": "cascade", "Restrict": "restrict", "SetNull": "set_null"}
_PROVIDER = re.compile(r"provider\s*=\s*\"(\w+)\"")
_STACKS: dict[str, Stack] = {
    "postgresql": "fastapi_postgres",
    "postgres": "fastapi_postgres",
    "sqlite": "fastapi_sqlite",
}
_SETTINGS = "it says how Prisma works, not what is kept"


@dataclass
class _Reader:
    cursor: Cursor
    models: dict[str, Model] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)


@dataclass
class _Attribute:
    """`@default(now())`: its name, and the tokens in its brackets."""

    name: str
    inside: list[Token]
    start: int
    end: int

    def named(self, key: str) -> list[Token]:
        """The tokens behind `key:`, up to the next comma outside brackets."""
        found: list[Token] = []
        depth, on = 0, False
        for at, token in enumerate(self.inside):
            depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
            if not depth and token.text == ",":
                on = False
            elif on and token.text != ":":
                found.append(token)
            elif token.text == key and at + 1 < len(self.inside) and self.inside[at + 1].text == ":":
                on = True
        return found


def read_prisma(text: str) -> Schema:
    """The schema of a Prisma file; raises `FormatError`."""
    reader = _Reader(Cursor(scan(text)))
    cursor, doc = reader.cursor, ""
    stack: Stack | None = None
    # Enums are used before they are told.
    while cursor.now.kind != "end":
        start = cursor.now
        if start.kind == "doc":
            doc = f"{doc} {cursor.take().text}".strip()
            continue
        if cursor.at("model", "type", "view") and cursor.peek().kind == "word":
            _model(reader, doc)
        elif cursor.at("enum"):
            _enum(reader)
        elif cursor.at("datasource", "generator"):
            cursor.take()
            cursor.name("a name")
            end = skip_braces(cursor)
            reader.leftovers.append(Leftover((start.start, end), _SETTINGS, loss=False))
            told = _PROVIDER.search(text, start.start, end) if start.text == "datasource" else None
            stack = _STACKS.get(told[1]) if told else stack
        elif start.kind == "newline":
            cursor.take()
        else:
            cursor.fail("`model` or `enum` is expected", "model Post {\n  id Int @id\n}")
        doc = doc if start.kind == "newline" else ""
    if not reader.models:
        raise FormatError("no model is made here", 0, "model Post {\n  id Int @id\n  title String\n}")
    return Schema("prisma", with_relations(reader.models, reader.enums, _TYPES), tuple(reader.leftovers), stack=stack)


def _model(reader: _Reader, doc: str) -> None:
    cursor = reader.cursor
    start = cursor.take()
    name = cursor.name("the name of a model")
    if name.text in reader.models:
        raise FormatError(f"the model {name.text} stands twice", name.start, "remove one of them")
    cursor.expect("{")
    model = Model(Table(name.text, (start.start, name.end), description=doc))
    remark = ""
    while not cursor.accept("}"):
        if cursor.now.kind == "newline":
            cursor.take()
        elif cursor.now.kind == "doc":
            remark = cursor.take().text
        elif cursor.at("@@"):
            _block_attribute(reader, model)
        else:
            _field(reader, model, remark)
            remark = ""
    model.table = replace(model.table, span=(start.start, cursor.last_end))
    reader.models[name.text] = model


def _attribute(reader: _Reader) -> _Attribute:
    cursor = reader.cursor
    start = cursor.take()
    name = cursor.name("the name of an attribute").text
    while cursor.accept("."):
        name = f"{name}.{cursor.name('a name').text}"
    inside: list[Token] = []
    if cursor.accept("("):
        depth = 1
        while True:
            token = cursor.take()
            if token.kind == "end":
                raise FormatError("a bracket does not end", start.start, "close it with )")
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
            if not depth:
                break
            if token.kind != "newline":
                inside.append(token)
    return _Attribute(name, inside, start.start, cursor.last_end)


def _block_attribute(reader: _Reader, model: Model) -> None:
    attribute = _attribute(reader)
    listed = attribute.named("fields") or attribute.inside
    columns = tuple(t.text for t in listed if t.kind == "word" and t.text not in ("map", "name", "sort", "Desc", "Asc"))
    span = (attribute.start, attribute.end)
    table = model.table
    if attribute.name == "id":
        model.table = replace(table, primary=columns)
    elif attribute.name == "unique" and len(columns) > 1:
        model.table = replace(table, unique=(*table.unique, Unique(columns, span)))
    elif attribute.name == "unique":
        model.columns.update({n: replace(c, unique=True) for n, c in model.columns.items() if n in columns})
    elif attribute.name != "map":
        reason = "the project makes its own indexes" if "index" in attribute.name.lower() else _SETTINGS
        reader.leftovers.append(Leftover(span, reason, loss=False))


def _field(reader: _Reader, model: Model, doc: str) -> None:
    cursor = reader.cursor
    name = cursor.name("the name of a field or `}`")
    kind = cursor.now
    if kind.kind != "word":
        cursor.fail(f"the type of {name.text} is expected", "String, Int, Boolean, DateTime, a model, …")
    cursor.take()
    if kind.text == "Unsupported" and cursor.accept("("):
        cursor.take()
        cursor.expect(")")
    many, optional = False, False
    if cursor.accept("["):
        cursor.expect("]")
        many = True
    if cursor.accept("?"):
        optional = True
    attributes = []
    while cursor.at("@"):
        attributes.append(_attribute(reader))
    note = cursor.take().text if cursor.now.kind == "doc" else ""
    span = (name.start, cursor.last_end if not note else max(kind.end, *(a.end for a in attributes), kind.end))
    if cursor.now.kind not in ("newline", "end") and not cursor.at("}"):
        cursor.fail("the line should end", f"{name.text} {kind.text} @unique")
    if kind.text not in _TYPES:
        relation = next((a for a in attributes if a.name == "relation"), None)
        model.pointers.append(_pointer(name, kind, relation, span, many=many, optional=optional, doc=doc or note))
    column = Column(name.text, span, required=not optional, description=doc or note, **_TYPES.get(kind.text, {}))
    for attribute in attributes:
        column = _marked(reader, model, column, attribute)
    if many:
        column = replace(column, type="list", item_type=column.type, required=False, max_length=None)
    model.columns[name.text] = column


def _pointer(
    name: Token,
    kind: Token,
    relation: _Attribute | None,
    span: tuple[int, int],
    *,
    many: bool,
    optional: bool,
    doc: str,
) -> Pointer:
    """A field whose type is a model (or an enum, as will be seen)."""
    columns = tuple(t.text for t in relation.named("fields") if t.kind == "word") if relation else ()
    targets = tuple(t.text for t in relation.named("references") if t.kind == "word") if relation else ()
    label = next((t.text for t in relation.inside if t.kind == "string"), "") if relation else ""
    deleted = next((t.text for t in relation.named("onDelete")), "") if relation else ""
    return Pointer(
        name.text, kind.text, kind.start, span, columns, targets, label, _ON_DELETE.get(deleted), many, optional, doc
    )


def _marked(reader: _Reader, model: Model, column: Column, attribute: _Attribute) -> Column:
    inside = attribute.inside
    first = inside[0] if inside else None
    match attribute.name:
        case "id":
            model.table = replace(model.table, primary=(column.name,))
        case "unique":
            return replace(column, unique=True)
        case "updatedAt":
            return replace(column, read_only=column.name not in ("updatedAt", "updated_at"), default="now")
        case "default" if first is not None:
            return _defaulted(reader, column, attribute)
        case "relation" | "map":
            pass
        case name if name.startswith("db."):
            return _native(column, name.removeprefix("db."), [t.text for t in inside if t.kind == "number"])
        case _:
            reader.leftovers.append(Leftover((attribute.start, attribute.end), _SETTINGS, loss=False))
    return column


def _defaulted(reader: _Reader, column: Column, attribute: _Attribute) -> Column:
    words = [t.text for t in attribute.inside]
    first = attribute.inside[0]
    negative = words[0] == "-"
    if words[1:2] == ["("]:
        if words[0] == "now":
            return replace(column, default="today" if column.type == "date" else "now")
        if words[0] == "uuid":
            return replace(column, type="uuid", generated=True)
        if words[0] in ("autoincrement", "cuid", "nanoid", "ulid", "auto", "sequence", "dbgenerated"):
            return replace(column, generated=True)
        reader.leftovers.append(Leftover((attribute.start, attribute.end), "the default is computed by the database"))
        return replace(column, required=False)
    if first.kind == "number" or negative:
        number = float("".join(words[:2]) if negative else words[0])
        return replace(column, default=int(number) if number == int(number) and column.type != "float" else number)
    if words[0] in ("true", "false") and column.type == "boolean":
        return replace(column, default=words[0] == "true")
    if first.kind == "string" or column.type not in ("json", "list"):
        return replace(column, default=words[0]) if words[0] != "[" else column
    return column


def _native(column: Column, name: str, numbers: list[str]) -> Column:
    if name in _NATIVE:
        return replace(column, **_NATIVE[name])
    if name in ("VarChar", "Char", "NVarChar", "NChar") and numbers:
        return replace(column, max_length=int(numbers[0]))
    if name in ("Decimal", "Numeric") and len(numbers) == 2:
        return replace(column, scale=min(10, int(numbers[1])))
    return column


def _enum(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    name = cursor.name("the name of an enum")
    cursor.expect("{")
    values: list[str] = []
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
        elif cursor.at("@", "@@"):
            attribute = _attribute(reader)
            mapped = next((t.text for t in attribute.inside if t.kind == "string"), "")
            if attribute.name == "map" and mapped and values:
                reason = f"the value is {values[-1]} here, as Prisma's clients call it"
                reader.leftovers.append(Leftover((attribute.start, attribute.end), reason, loss=False))
        else:
            values.append(cursor.name("a value or `}`").text)
    reader.enums[name.text] = tuple(dict.fromkeys(values))
