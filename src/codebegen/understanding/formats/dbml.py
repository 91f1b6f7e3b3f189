"""DBML: tables, enums and references enter, a schema leaves."""

from dataclasses import dataclass, field, replace
from typing import Any

from codebegen.blueprint.fields import Scalar
from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats.conditions import with_condition
from codebegen.understanding.formats.dbml_references import Reference, with_references
from codebegen.understanding.formats.dbml_settings import Setting, settings
from codebegen.understanding.formats.scan import Cursor, Token, scan, skip_braces
from codebegen.understanding.formats.schema import Column, FormatError, Leftover, Schema, Span, Table, Unique
from codebegen.understanding.formats.types import typed

_ON_DELETE: dict[str, OnDelete] = {"cascade": "cascade", "restrict": "restrict", "set null": "set_null"}
_SIGNS = ("<>", ">", "<", "-")


@dataclass
class _Reader:
    text: str
    cursor: Cursor
    tables: dict[str, Table] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    kinds: dict[tuple[str, str], tuple[str, Span]] = field(default_factory=dict)
    conditions: list[tuple[str, str, Span]] = field(default_factory=list)
    title: str = ""


def read_dbml(text: str) -> Schema:
    """The schema of a DBML text; raises `FormatError`."""
    reader = _Reader(text, Cursor(scan(text)))
    cursor = reader.cursor
    while cursor.now.kind != "end":
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
            continue
        handler = _STATEMENTS.get(cursor.now.text.lower())
        if handler is None:
            cursor.fail("`Table`, `Enum` or `Ref` is expected", "Table posts {\n  id integer [pk]\n}")
        else:
            handler(reader)
    if not reader.tables:
        raise FormatError("no table is made here", 0, "Table posts {\n  id integer [pk]\n}")
    tables = {name: _resolved(reader, table) for name, table in reader.tables.items()}
    for name, condition, span in reader.conditions:
        tables[name], lost = with_condition(tables[name], condition, span)
        reader.leftovers += lost
    related = with_references(tables, reader.aliases, reader.references)
    return Schema("dbml", related, tuple(reader.leftovers), title=reader.title)


def _name(cursor: Cursor, what: str) -> Token:
    """A name, without the schema before its dot."""
    token = cursor.name(what)
    while cursor.at(".") and cursor.peek().kind in ("word", "string"):
        cursor.take()
        token = cursor.take()
    return token


def _table(reader: _Reader) -> None:
    cursor = reader.cursor
    start = cursor.take()
    name = _name(cursor, "the name of a table")
    if cursor.accept("as"):
        reader.aliases[cursor.name("an alias").text] = name.text
    note = next((s.text for s in settings(reader.cursor) if s.name == "note"), "") if cursor.at("[") else ""
    table = Table(name.text, (start.start, name.end), description=note)
    if name.text.lower() in reader.tables:
        raise FormatError(f"the table {name.text} stands twice", name.start, "remove one of them")
    reader.tables[name.text.lower()] = table
    cursor.skip()
    cursor.expect("{")
    while not cursor.accept("}"):
        word = cursor.now.text.lower()
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
        elif word == "note" and cursor.peek().text in (":", "{"):
            table = replace(table, description=_note(reader))
        elif word in ("indexes", "checks") and cursor.peek().text == "{":
            table = _indexes(reader, table) if word == "indexes" else _checks(reader, table)
        elif cursor.at("~"):
            line = cursor.to_line_end()
            reason = "parts of tables are not read: write the columns out"
            raise FormatError(reason, line[0].start)
        else:
            table = _column(reader, table)
    reader.tables[name.text.lower()] = replace(table, span=(start.start, cursor.last_end))


def _note(reader: _Reader) -> str:
    cursor = reader.cursor
    cursor.take()
    if cursor.accept(":"):
        return " ".join(cursor.name("a text").text.split())
    cursor.expect("{")
    cursor.skip()
    text = cursor.name("a text").text
    cursor.skip()
    cursor.expect("}")
    return " ".join(text.split())


def _column(reader: _Reader, table: Table) -> Table:
    cursor = reader.cursor
    name = cursor.name("the name of a column or `}`")
    if table.column(name.text) is not None:
        raise FormatError(f"the column {name.text} stands twice in {table.name}", name.start, "remove one of them")
    if cursor.now.kind not in ("word", "string"):
        cursor.fail(f"the type of {name.text} is expected", "id integer [pk]")
    kind = _name(cursor, "a type")
    words, end = kind.text, kind.end
    sizes: tuple[int, ...] = ()
    if cursor.accept("("):
        inside = []
        while not cursor.at(")"):
            if cursor.now.kind in ("end", "newline"):
                cursor.fail("`)` is expected")
            inside.append(cursor.take())
        end = cursor.take().end
        sizes = tuple(int(t.text) for t in inside if t.text.isdigit())
    listed = False
    if cursor.at("[") and cursor.peek().text == "]":
        cursor.take()
        end, listed = cursor.take().end, True
    reader.kinds[table.name.lower(), name.text.lower()] = (words, (kind.start, end))
    column = Column(name.text, (name.start, end), **(typed(words, sizes) or {}))
    if listed:
        column = replace(column, type="list", item_type=column.type, max_length=None)
    if cursor.at("["):
        for setting in settings(reader.cursor):
            column, table = _set(reader, table, column, setting)
    column = replace(column, span=(name.start, cursor.last_end))
    return replace(table, columns=(*table.columns, column))


def _set(reader: _Reader, table: Table, column: Column, setting: Setting) -> tuple[Column, Table]:
    match setting.name:
        case "primary key" | "pk":
            return column, replace(table, primary=(*table.primary, column.name))
        case "not null":
            return replace(column, required=True), table
        case "null":
            return replace(column, required=False), table
        case "unique":
            return replace(column, unique=True), table
        case "increment":
            return replace(column, generated=True), table
        case "note":
            return replace(column, description=" ".join(setting.text.split())), table
        case "default":
            return _default(reader, column, setting), table
        case "check":
            reader.conditions.append((table.name.lower(), setting.text, setting.span))
        case "ref":
            _inline(reader, table, column, setting)
        case _:
            reader.leftovers.append(Leftover(setting.span, f"`{setting.name}` has no counterpart in a blueprint"))
    return column, table


def _default(reader: _Reader, column: Column, setting: Setting) -> Column:
    tokens = setting.tokens
    if not tokens:
        raise FormatError("a default is expected", setting.span[1], "default: 0")
    first, text = tokens[0], setting.text
    if first.kind == "expression":
        low = text.lower()
        if low.startswith(("now", "current")):
            moment: Scalar = "today" if column.type == "date" else "now"
            return replace(column, default=moment) if column.type in ("date", "datetime", "time") else column
        if "uuid" in low or "nextval" in low:
            return replace(column, generated=True)
        reader.leftovers.append(Leftover(setting.span, "the default is computed by the database"))
        return replace(column, required=False)
    if text in ("true", "false"):
        return replace(column, default=text == "true" if column.type == "boolean" else text)
    if text == "null":
        return column
    plain = text.replace(" ", "")
    if first.kind != "string" and plain.lstrip("-").replace(".", "", 1).isdigit():
        number = float(plain)
        return replace(column, default=int(number) if number == int(number) else number)
    return replace(column, default=text.rpartition(".")[2] if first.kind == "word" else text)


def _inline(reader: _Reader, table: Table, column: Column, setting: Setting) -> None:
    tokens = setting.tokens
    if not tokens or tokens[0].text not in _SIGNS:
        raise FormatError("a reference begins with > < - or <>", setting.span[0], "ref: > users.id")
    path = [t.text for t in tokens[1:] if t.kind in ("word", "string")]
    if len(path) < 2:
        raise FormatError("a reference names a table and a column", tokens[-1].start, "ref: > users.id")
    left = (table.name, (column.name,))
    reader.references.append(Reference(left, tokens[0].text, (path[-2], (path[-1],)), setting.span, None))


def _indexes(reader: _Reader, table: Table) -> Table:
    cursor = reader.cursor
    cursor.take()
    cursor.expect("{")
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
            continue
        start, names, plain = cursor.now, [], True
        if cursor.accept("("):
            while not cursor.accept(")"):
                if cursor.now.kind in ("end", "newline"):
                    cursor.fail("`)` is expected")
                token = cursor.take()
                plain = plain and token.kind != "expression"
                names += [token.text] if token.kind in ("word", "string") else []
        elif cursor.now.kind == "expression":
            cursor.take()
            plain = False
        else:
            names.append(cursor.name("a column or `}`").text)
        told = {s.name for s in settings(reader.cursor)} if cursor.at("[") else set()
        span = (start.start, cursor.last_end)
        if "pk" in told and plain:
            table = replace(table, primary=tuple(names))
        elif "unique" in told and plain and len(names) > 1:
            table = replace(table, unique=(*table.unique, Unique(tuple(names), span)))
        elif "unique" in told and plain:
            marked = tuple(replace(c, unique=True) if c.name == names[0] else c for c in table.columns)
            table = replace(table, columns=marked)
        else:
            reader.leftovers.append(Leftover(span, "the project makes its own indexes", loss=False))
    return table


def _checks(reader: _Reader, table: Table) -> Table:
    cursor = reader.cursor
    cursor.take()
    cursor.expect("{")
    while not cursor.accept("}"):
        if cursor.now.kind == "expression":
            token = cursor.take()
            reader.conditions.append((table.name.lower(), token.text, (token.start, token.end)))
        elif cursor.now.kind == "newline":
            cursor.take()
        elif cursor.at("["):
            settings(reader.cursor)
        else:
            cursor.fail("a condition in backticks or `}` is expected", "`price > 0`")
    return table


def _enum(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    name = _name(cursor, "the name of an enum")
    cursor.skip()
    cursor.expect("{")
    values: list[str] = []
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
        elif cursor.at("["):
            settings(reader.cursor)
        elif cursor.now.kind == "number":
            values.append(cursor.take().text)
        else:
            values.append(cursor.name("a value or `}`").text)
    reader.enums[name.text.lower()] = tuple(dict.fromkeys(values))


def _ref(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    if cursor.now.kind in ("word", "string"):
        cursor.take()
    if cursor.accept(":"):
        _reference(reader)
        return
    cursor.expect("{", "Ref: posts.user_id > users.id")
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc"):
            cursor.take()
        else:
            _reference(reader)


def _reference(reader: _Reader) -> None:
    cursor = reader.cursor
    start = cursor.now.start
    left = _endpoint(cursor)
    sign = cursor.accept(*_SIGNS)
    if sign is None:
        cursor.fail("`>`, `<`, `-` or `<>` is expected", "Ref: posts.user_id > users.id")
    right = _endpoint(cursor)
    told = settings(reader.cursor) if cursor.at("[") else []
    on_delete = next((_ON_DELETE.get(s.text.lower()) for s in told if s.name == "delete"), None)
    reader.references.append(Reference(left, sign.text if sign else "", right, (start, cursor.last_end), on_delete))


def _endpoint(cursor: Cursor) -> tuple[str, tuple[str, ...]]:
    """`schema.table.column` or `table.(a, b)`."""
    path = [cursor.name("a table").text]
    while cursor.accept("."):
        if cursor.accept("("):
            columns = [cursor.name("a column").text]
            while cursor.accept(","):
                columns.append(cursor.name("a column").text)
            cursor.expect(")")
            return path[-1], tuple(columns)
        path.append(cursor.name("a column").text)
    if len(path) < 2:
        cursor.fail("a reference names a table and a column", "Ref: posts.user_id > users.id")
    return path[-2], (path[-1],)


def _project(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    if cursor.now.kind in ("word", "string"):
        reader.title = cursor.take().text
    cursor.skip()
    skip_braces(cursor)


def _aside(reader: _Reader) -> None:
    """A group or a sticky note: it is about the drawing."""
    cursor = reader.cursor
    start = cursor.take()
    while not cursor.at("{"):
        if cursor.now.kind in ("newline", "end"):
            cursor.fail("`{` is expected")
        cursor.take()
    reader.leftovers.append(Leftover((start.start, skip_braces(cursor)), "it is about the drawing", loss=False))


_STATEMENTS = {
    "table": _table,
    "enum": _enum,
    "ref": _ref,
    "project": _project,
    "tablegroup": _aside,
    "note": _aside,
    "records": _aside,
}


def _resolved(reader: _Reader, table: Table) -> Table:
    """The table with its enums; a type that is not known is told."""
    columns = []
    for column in table.columns:
        word, span = reader.kinds[table.name.lower(), column.name.lower()]
        data: dict[str, Any] = {}
        if word.lower() in reader.enums:
            data = {"type": "enum", "values": reader.enums[word.lower()]}
        elif typed(word) is None:
            reason = f"the type {word} is not known here: it is kept as a text"
            reader.leftovers.append(Leftover(span, reason, f"use a type of SQL, or add: Enum {word} {{ … }}"))
        columns.append(replace(column, **data))
    return replace(table, columns=tuple(columns))
