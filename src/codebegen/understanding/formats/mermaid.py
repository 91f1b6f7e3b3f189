"""Mermaid ER diagrams: entities with their attributes and relationships enter, a schema leaves."""

import re
from dataclasses import dataclass, field, replace

from codebegen import naming
from codebegen.understanding.embedded.build_fields import is_later
from codebegen.understanding.formats.schema import Column, FormatError, Key, Leftover, Schema, Span, Table
from codebegen.understanding.formats.types import typed

_NAME = r"\"[^\"\n]+\"|[^\W\d][\w-]*"
_LEFT = {"|o": (False, True), "||": (False, False), "}o": (True, True), "}|": (True, False)}
_RIGHT = {"o|": (False, True), "||": (False, False), "o{": (True, True), "|{": (True, False)}
_WORDS = {
    "zero or one": (False, True),
    "one or zero": (False, True),
    "only one": (False, False),
    "zero or more": (True, True),
    "zero or many": (True, True),
    "many(0)": (True, True),
    "one or more": (True, False),
    "one or many": (True, False),
    "many(1)": (True, False),
    "1+": (True, False),
    "0+": (True, True),
    "1": (False, False),
    "one": (False, False),
    "many": (True, True),
}
_SIGNS = re.compile(
    rf"\s*(?P<left>{_NAME})\s*(?P<a>\|o|\|\||\}}o|\}}\|)(?P<line>--|\.\.|-\.|\.-)(?P<b>o\||\|\||o\{{|\|\{{)\s*(?P<right>{_NAME})"
    r"\s*(?::\s*(?P<label>.*?))?\s*$"
)
_CARDINAL = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_SPOKEN = re.compile(
    rf"\s*(?P<left>{_NAME})\s+(?P<a>{_CARDINAL})\s+(?:optionally )?to\s+(?P<b>{_CARDINAL})\s+(?P<right>{_NAME})"
    r"\s*(?::\s*(?P<label>.*?))?\s*$"
)
_OPEN = re.compile(rf"\s*(?P<name>{_NAME})\s*(?:\[(?P<alias>[^\]\n]*)\])?\s*(?P<brace>\{{)?\s*(?P<rest>.*?)\s*$")
_ATTRIBUTE = re.compile(
    r"\s*(?P<type>[^\W\d][\w-]*(?:\([^)\n]*\))?(?P<list>\[\])?)\s+(?P<name>\*?[^\W\d][\w-]*(?:\([^)\n]*\))?)"
    r"(?:\s+(?P<keys>(?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*))?(?:\s+\"(?P<note>[^\"\n]*)\")?\s*$"
)
_ASIDE = re.compile(r"\s*(direction|title|accTitle|accDescr|classDef|class|style|linkStyle)\b")


@dataclass(frozen=True)
class _Link:
    left: str
    right: str
    a: tuple[bool, bool]
    b: tuple[bool, bool]
    label: str
    span: Span


@dataclass
class _Reader:
    tables: dict[str, Table] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    links: list[_Link] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    open: str = ""
    opened_at: int = 0


def read_mermaid(text: str) -> Schema:
    """The schema of a diagram; raises `FormatError`."""
    reader = _Reader()
    at, begun = 0, False
    for raw in text.splitlines(keepends=True):
        line = raw.split("%%", maxsplit=1)[0].rstrip()
        start = at + len(line) - len(line.lstrip())
        if line.strip() and begun:
            _line(reader, line, (start, at + len(line)))
        elif re.match(r"\s*erDiagram\b", line):
            begun = True
            rest = line.split("erDiagram", maxsplit=1)[1]
            if rest.strip():
                raise FormatError("a new line is expected behind `erDiagram`", start + 9, "one statement a line")
        at += len(raw)
    if reader.open:
        raise FormatError(f"the attributes of {reader.open} do not end", reader.opened_at, "close them with }")
    if not reader.tables:
        hint = "erDiagram\n  CUSTOMER ||--o{ ORDER : places"
        raise FormatError("no entity is drawn here", 0, hint)
    for link in reader.links:
        _relate(reader, link)
    for name, columns in reader.foreign.items():
        _unmatched(reader, name, columns)
    return Schema("mermaid", tuple(reader.tables.values()), tuple(reader.leftovers))


def _line(reader: _Reader, line: str, span: Span) -> None:
    if reader.open:
        _inside(reader, line, span)
        return
    match = _SIGNS.match(line) or _SPOKEN.match(line)
    if match is not None:
        _link(reader, match, span)
    elif _ASIDE.match(line):
        reader.leftovers.append(Leftover(span, "it is about the drawing", loss=False))
    else:
        _entity(reader, line, span)


def _clean(name: str) -> str:
    return name.strip('"')


def _ensure(reader: _Reader, name: str, span: Span) -> str:
    name = _clean(name)
    if name.lower() not in reader.tables:
        reader.tables[name.lower()] = Table(name, span)
    return name.lower()


def _link(reader: _Reader, match: re.Match[str], span: Span) -> None:
    signs = match.re is _SIGNS
    a = _LEFT[match["a"]] if signs else _WORDS[match["a"]]
    b = _RIGHT[match["b"]] if signs else _WORDS[match["b"]]
    left, right = (_ensure(reader, match[side], span) for side in ("left", "right"))
    reader.links.append(_Link(left, right, a, b, (match["label"] or "").strip(' "'), span))


def _entity(reader: _Reader, line: str, span: Span) -> None:
    match = _OPEN.match(line)
    if match is None or (match["rest"] and not match["brace"]):
        hint = "CUSTOMER ||--o{ ORDER : places   or   CUSTOMER {"
        raise FormatError("this is neither an entity nor a relationship", span[0], hint)
    name = _ensure(reader, match["name"], span)
    if match["alias"]:
        table = reader.tables[name]
        reader.tables[name] = replace(table, description=match["alias"].strip('"'))
    if not match["brace"]:
        return
    reader.tables[name] = replace(reader.tables[name], span=span)
    reader.open, reader.opened_at = name, span[0]
    rest = match["rest"]
    if rest.endswith("}"):
        reader.open = ""
        rest = rest[:-1].strip()
    if rest:
        raise FormatError("attributes stand on lines of their own", span[0], "one attribute a line")


def _inside(reader: _Reader, line: str, span: Span) -> None:
    name = reader.open
    table = reader.tables[name]
    if line.strip() == "}":
        reader.tables[name] = replace(table, span=(table.span[0], span[1]))
        reader.open = ""
        return
    match = _ATTRIBUTE.match(line)
    if match is None:
        raise FormatError("an attribute is a type and a name", span[0], 'string title "what it is called"')
    keys = re.findall(r"PK|FK|UK", match["keys"] or "")
    column_name = match["name"].removeprefix("*").partition("(")[0]
    if table.column(column_name) is not None:
        raise FormatError(f"{column_name} stands twice in {table.name}", span[0], "remove one of them")
    word = match["type"].removesuffix("[]")
    sizes = tuple(int(size) for size in re.findall(r"\d+", word.partition("(")[2]))
    kind = typed(word.partition("(")[0], sizes)
    if kind is None and word.lower() not in ("enum", "varchar"):
        reason = f"the type {word} is not known here: it is kept as a text"
        reader.leftovers.append(Leftover(span, reason, "use string, text, int, decimal, boolean, date, datetime, …"))
    required = not is_later(naming.snake(column_name))
    note = (match["note"] or "").strip()
    column = Column(column_name, span, required=required, unique="UK" in keys, description=note, **(kind or {}))
    if (
        word.lower() == "enum"
        and (values := [v for v in re.split(r"[,|/]\s*|\s+or\s+", note) if v.strip()])
        and len(values) > 1
    ):
        column = replace(column, type="enum", values=tuple(v.strip() for v in values), description="")
    if match["list"]:
        column = replace(column, type="list", item_type=column.type, required=False, max_length=None)
    primary = (*table.primary, column_name) if "PK" in keys or match["name"].startswith("*") else table.primary
    if "FK" in keys:
        reader.foreign.setdefault(name, []).append(column_name)
    reader.tables[name] = replace(table, columns=(*table.columns, column), primary=primary)


def _relate(reader: _Reader, link: _Link) -> None:
    """The key of a relationship, on the many side; of two single sides, on the one that may be missing."""
    many_left, many_right = link.a[0], link.b[0]
    if many_left and many_right:
        target = reader.tables[link.right]
        name = naming.plural(naming.singular(naming.snake(target.name)))
        key = Key(target.name, link.span, name=name, kind="many_to_many")
        table = reader.tables[link.left]
        reader.tables[link.left] = replace(table, keys=(*table.keys, key))
        return
    right_holds = many_right or (not many_left and (link.b[1] or not link.a[1]))
    if link.left == link.right:
        right_holds = True
    holder, target_name = (link.right, link.left) if right_holds else (link.left, link.right)
    optional = link.a[1] if right_holds else link.b[1]
    table, target = reader.tables[holder], reader.tables[target_name]
    column = _column(reader, holder, target.name)
    key = Key(
        target.name,
        link.span,
        (column,) if column else (),
        name="" if column else _called(table, target, link),
        kind="many_to_one" if many_left or many_right else "one_to_one",
        required=not optional,
        description=link.label,
    )
    reader.tables[holder] = replace(table, keys=(*table.keys, key))


def _called(table: Table, target: Table, link: _Link) -> str:
    """The name of a key without a column; the verb of the second one between the same two entities."""
    known = [key for key in table.keys if key.target == target.name]
    if table is target or table.name == target.name:
        return f"parent_{naming.snake(target.name)}" if not known else naming.snake(link.label)
    return naming.snake(link.label) if known and link.label else naming.snake(target.name)


def _column(reader: _Reader, holder: str, target: str) -> str:
    """The attribute marked FK that holds a relationship: by its name, else the only one that is left."""
    free = reader.foreign.get(holder, [])
    stem = naming.singular(naming.snake(target))
    exact = [c for c in free if naming.snake(c).removesuffix("_id") == stem]
    near = [c for c in free if stem in naming.snake(c) or stem.split("_")[-1] in naming.snake(c).split("_")]
    links = [one for one in reader.links if holder in (one.left, one.right)]
    found = next(iter(exact + near), free[0] if len(free) == 1 and len(links) == 1 else "")
    if found:
        free.remove(found)
    return found


def _unmatched(reader: _Reader, holder: str, columns: list[str]) -> None:
    """Attributes marked FK without a relationship: by their name they may tell where they lead."""
    for column in columns:
        table = reader.tables[holder]
        stem = re.sub(r"_(id|uuid|fk)$", "", naming.snake(column))
        words = {naming.singular(naming.snake(other.name)): other for other in reader.tables.values()}
        target = words.get(stem) or words.get(stem.split("_")[-1])
        known = table.column(column)
        span = known.span if known else table.span
        if target is None:
            reader.leftovers.append(Leftover(span, f"nothing says where {column} leads", "draw the relationship"))
        else:
            key = Key(target.name, span, (column,))
            reader.tables[holder] = replace(table, keys=(*table.keys, key))
