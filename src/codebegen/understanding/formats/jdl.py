"""JHipster JDL: entities, enums and relationships enter, a schema leaves; options of JHipster's own are left over."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from codebegen import naming
from codebegen.blueprint.fields import LARGEST
from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats.scan import Cursor, Token, scan, skip_braces
from codebegen.understanding.formats.schema import Column, FormatError, Key, Leftover, Schema, Span, Table

_TYPES: dict[str, dict[str, Any]] = {
    "String": {"type": "string"},
    "Integer": {"type": "integer"},
    "Long": {"type": "integer", "max": LARGEST},
    "BigDecimal": {"type": "decimal"},
    "Float": {"type": "float"},
    "Double": {"type": "float"},
    "Boolean": {"type": "boolean"},
    "LocalDate": {"type": "date"},
    "LocalTime": {"type": "time"},
    "ZonedDateTime": {"type": "datetime"},
    "Instant": {"type": "datetime"},
    "Duration": {"type": "duration", "unit": "seconds"},
    "UUID": {"type": "uuid"},
    "Blob": {"type": "file"},
    "AnyBlob": {"type": "file"},
    "ImageBlob": {"type": "image"},
    "TextBlob": {"type": "text"},
    "ByteBuffer": {"type": "file"},
}
_REGEX = re.compile(r"\bpattern\s*\(\s*/((?:[^/\\\n]|\\.)*)/\s*\)")
_OPTIONS = frozenset(
    "dto paginate service filter search skipClient skipServer angularSuffix microservice clientRootFolder readOnly "
    "embedded noFluentMethod use changelogDate".split()
)
_WHY = "it is an option of JHipster: lists, layers and clients are the same in every project here"
_KINDS = ("OneToOne", "OneToMany", "ManyToOne", "ManyToMany")
_LENGTHS = {"minlength": "min_length", "maxlength": "max_length", "min": "min", "max": "max"}


@dataclass(frozen=True)
class _Side:
    entity: str
    name: str = ""
    required: bool = False
    on_delete: OnDelete | None = None


@dataclass
class _Reader:
    cursor: Cursor
    patterns: dict[int, str]
    tables: dict[str, Table] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    keys: list[tuple[str, Key]] = field(default_factory=list)
    doc: str = ""


def read_jdl(text: str) -> Schema:
    """The schema of a JDL text; raises `FormatError`."""
    patterns: dict[int, str] = {}

    def hide(match: re.Match[str]) -> str:
        start, end = match.start(1) - 1, match.end(1) + 1
        patterns[start] = match[1]
        return text[match.start() : start] + "0" * (end - start) + text[end : match.end()]

    reader = _Reader(Cursor(scan(_REGEX.sub(hide, text))), patterns)
    while reader.cursor.now.kind != "end":
        _statement(reader)
    return _finished(reader)


def _statement(reader: _Reader) -> None:
    cursor = reader.cursor
    start = cursor.now
    if start.kind == "newline":
        cursor.take()
    elif start.kind == "doc":
        reader.doc = cursor.take().text
    elif cursor.at("@"):
        _annotation(reader)
    elif cursor.at("entity"):
        _entity(reader)
    elif cursor.at("enum"):
        _enum(reader)
    elif cursor.at("relationship"):
        _relationships(reader)
    elif cursor.at("application", "deployment"):
        cursor.take()
        reader.leftovers.append(Leftover((start.start, skip_braces(cursor)), _WHY, loss=False))
    elif start.kind == "word" and (start.text in _OPTIONS or cursor.peek().text in ("*", "=", "with", "all")):
        line = cursor.to_line_end()
        if len(line) >= 3 and line[1].text == "=":
            reader.constants[line[0].text] = line[2].text
        else:
            reader.leftovers.append(Leftover((start.start, line[-1].end), _WHY, loss=False))
    else:
        cursor.fail("`entity`, `enum` or `relationship` is expected", "entity Post { title String required }")


def _annotation(reader: _Reader) -> tuple[str, str]:
    """`@dto(mapstruct)`: its name and what is in its brackets."""
    cursor = reader.cursor
    start = cursor.expect("@")
    name = cursor.name("the name of an annotation").text
    words = ""
    if cursor.accept("("):
        while not cursor.at(")"):
            if cursor.now.kind == "end":
                cursor.fail("`)` is expected")
            words += cursor.take().text
        cursor.take()
    if name.lower() not in ("ondelete", "onupdate", "id"):
        reader.leftovers.append(Leftover((start.start, cursor.last_end), _WHY, loss=False))
    return name.lower(), words


def _entity(reader: _Reader) -> None:
    cursor = reader.cursor
    start = cursor.take()
    name = cursor.name("the name of an entity")
    if cursor.accept("("):
        cursor.name("the name of a table")
        cursor.expect(")")
    table = Table(name.text, (start.start, name.end), description=reader.doc)
    reader.doc = ""
    if name.text in reader.tables:
        raise FormatError(f"the entity {name.text} stands twice", name.start, "remove one of them")
    if cursor.accept("{"):
        columns: list[Column] = []
        while not cursor.accept("}"):
            _member(reader, columns)
        table = replace(table, columns=tuple(columns), span=(start.start, cursor.last_end))
    reader.tables[name.text] = table


def _member(reader: _Reader, columns: list[Column]) -> None:
    cursor = reader.cursor
    if cursor.now.kind == "doc":
        reader.doc = cursor.take().text
    elif cursor.now.kind == "newline" or cursor.at(","):
        cursor.take()
    elif cursor.at("@"):
        _annotation(reader)
    else:
        name = cursor.name("the name of a field or `}`")
        if any(column.name == name.text for column in columns):
            raise FormatError(f"the field {name.text} stands twice", name.start, "remove one of them")
        kind = cursor.now
        if kind.kind != "word":
            cursor.fail(f"the type of {name.text} is expected", "String, Integer, BigDecimal, Boolean, LocalDate, …")
        cursor.take()
        column = Column(
            name.text, (name.start, kind.end), description=reader.doc, **_TYPES.get(kind.text, {"pattern": kind.text})
        )
        reader.doc = ""
        columns.append(_validated(reader, column, unresolved=kind.text not in _TYPES, at=kind))


def _validated(reader: _Reader, column: Column, *, unresolved: bool, at: Token) -> Column:
    """The column with its validations; one of a type that is no basic one is an enum, found when all are read."""
    cursor = reader.cursor
    data: dict[str, Any] = {}
    while cursor.now.kind == "word":
        word = cursor.take()
        if word.text == "required":
            data["required"] = True
        elif word.text == "unique":
            data["unique"] = True
        elif word.text in ("minbytes", "maxbytes"):
            _argument(cursor)
            reader.leftovers.append(Leftover((word.start, cursor.last_end), "the size of files is not bounded here"))
        elif word.text in _LENGTHS:
            data[_LENGTHS[word.text]] = _number(reader, _argument(cursor))
        elif word.text == "pattern":
            token = _argument(cursor)
            data["pattern"] = reader.patterns.get(token.start, token.text)
        else:
            raise FormatError(
                f"`{word.text}` is no validation",
                word.start,
                "required, unique, min, max, minlength, maxlength, pattern",
            )
    doc = f"{column.description} {cursor.take().text}".strip() if cursor.now.kind == "doc" else column.description
    if unresolved:
        data.pop("pattern", None)
    span = (column.span[0], max(column.span[1], cursor.last_end))
    kept = replace(column, span=span, description=doc, **data)
    return replace(kept, pattern=f"{at.text}@{at.start}", type="enum") if unresolved else kept


def _argument(cursor: Cursor) -> Token:
    cursor.expect("(", "a number in brackets: maxlength(80)")
    sign = cursor.accept("-")
    token = cursor.take()
    if token.kind not in ("number", "word", "string"):
        raise FormatError("a number is expected in the brackets", token.start, "maxlength(80)")
    cursor.expect(")")
    return replace(token, text=f"-{token.text}") if sign else token


def _number(reader: _Reader, token: Token) -> int | float:
    text = reader.constants.get(token.text, token.text)
    try:
        found = float(text)
    except ValueError:
        raise FormatError(f"`{token.text}` is no number", token.start, "write a number") from None
    return int(found) if found == int(found) else found


def _enum(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    name = cursor.name("the name of an enum")
    cursor.expect("{")
    values: list[str] = []
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc") or cursor.at(","):
            cursor.take()
            continue
        values.append(cursor.name("a value or `}`").text)
        if cursor.accept("("):
            cursor.name("a text")
            cursor.expect(")")
    reader.enums[name.text] = tuple(dict.fromkeys(values))


def _relationships(reader: _Reader) -> None:
    cursor = reader.cursor
    cursor.take()
    kind = cursor.take()
    if kind.text not in _KINDS:
        raise FormatError("a kind of relationship is expected", kind.start, ", ".join(_KINDS))
    cursor.expect("{")
    while not cursor.accept("}"):
        if cursor.now.kind in ("newline", "doc") or cursor.at(","):
            cursor.take()
            continue
        start = cursor.now.start
        left = _side(reader)
        cursor.expect("to", "Blog{posts} to Post{blog}")
        right = _side(reader)
        while cursor.accept("with"):
            option = cursor.name("an option")
            reader.leftovers.append(Leftover((option.start, option.end), _WHY, loss=False))
        _relate(reader, kind.text, left, right, (start, cursor.last_end))


def _side(reader: _Reader) -> _Side:
    cursor = reader.cursor
    on_delete: OnDelete | None = None
    while cursor.at("@"):
        name, words = _annotation(reader)
        if name == "ondelete":
            on_delete = {"cascade": "cascade", "set null": "set_null", "setnull": "set_null"}.get(words.lower())  # type: ignore[assignment]
    entity = cursor.name("the name of an entity").text
    name, required = "", False
    if cursor.accept("{"):
        name = cursor.name("the name of the relationship").text
        while not cursor.accept("}"):
            if cursor.accept("required"):
                required = True
            elif opening := cursor.accept("("):
                cursor.name("a field")
                cursor.expect(")")
                reason = "it only says what JHipster's pages show"
                reader.leftovers.append(Leftover((opening.start, cursor.last_end), reason, loss=False))
            else:
                cursor.fail("`}` is expected", "{author required}")
    if cursor.accept("required"):
        required = True
    return _Side(entity, name, required, on_delete)


def _relate(reader: _Reader, kind: str, left: _Side, right: _Side, span: Span) -> None:
    """The key of a relationship, on the side that holds it."""
    holder, target = (right, left) if kind == "OneToMany" else (left, right)
    key = Key(
        target.entity,
        span,
        name=holder.name or (naming.plural(naming.snake(target.entity)) if kind == "ManyToMany" else target.entity),
        kind={"OneToOne": "one_to_one", "ManyToMany": "many_to_many"}.get(kind, "many_to_one"),  # type: ignore[arg-type]
        required=holder.required,
        on_delete=target.on_delete or holder.on_delete,
        inverse=target.name,
    )
    reader.keys.append((holder.entity, key))


def _finished(reader: _Reader) -> Schema:
    if not reader.tables:
        raise FormatError("no entity is made here", 0, "entity Post { title String required }")
    for holder, key in reader.keys:
        table = reader.tables.get(holder)
        if table is None:
            raise FormatError(f"there is no entity {holder}", key.span[0], f"add: entity {holder}")
        if key.target not in reader.tables and key.target != "User":
            raise FormatError(f"there is no entity {key.target}", key.span[0], f"add: entity {key.target}")
        reader.tables[holder] = replace(table, keys=(*table.keys, key))
    tables = tuple(
        replace(table, columns=tuple(_resolved(reader, column) for column in table.columns))
        for table in reader.tables.values()
    )
    return Schema("jdl", tables, tuple(reader.leftovers))


def _resolved(reader: _Reader, column: Column) -> Column:
    if column.type != "enum" or column.pattern is None:
        return column
    name, _, at = column.pattern.rpartition("@")
    if name not in reader.enums:
        raise FormatError(f"there is no type {name}", int(at), f"use String, Integer, … or add: enum {name} {{ A, B }}")
    return replace(column, values=reader.enums[name], pattern=None)
