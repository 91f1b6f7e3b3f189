"""SQL DDL: CREATE and ALTER statements enter, a schema leaves; sqlglot parses them, whatever the dialect.

A statement about tables that can't be parsed is an error; any other statement is left over with a reason.
"""

import logging
import re
from dataclasses import dataclass, field, replace

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from codebegen.understanding.formats.schema import UNKNOWN, FormatError, Leftover, Schema, Span, Table
from codebegen.understanding.formats.sql_tables import TableReader

# sqlglot says on its log what it keeps unparsed; here that is in the report.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())
logging.getLogger("sqlglot").propagate = False

_DIALECTS = (
    (
        "mysql",
        r"`|\bauto_increment\b|\bengine\s*=|\bunsigned\b|\btinyint\b|\bdatetime\b.*\bon\s+update\b|(?<!as\s)\benum\s*\(",
    ),
    ("tsql", r"\[\w+\]|\bidentity\s*\(|\bnvarchar\b|\buniqueidentifier\b|\bgetdate\b"),
    ("sqlite", r"\bautoincrement\b|\bwithout\s+rowid\b|\bpragma\b"),
)
_NEST = 120
_COPY = re.compile(r"copy\s[^;]*\sfrom\s+stdin\b[^;]*;\s*$", re.IGNORECASE)
_COMMAND = re.compile(r"\\[a-z]\w*\b")
_TABLE = re.compile(r"\s*(create\s+(\w+\s+){0,3}table|create\s+type|alter\s+table)\b", re.IGNORECASE)
_ROWS, _SERVER = "rows are no part of a blueprint", "it is about the database, not about what it holds"
_ASIDE = {
    **dict.fromkeys("INSERT COPY UPDATE DELETE SELECT LOCK UNLOCK".split(), _ROWS),
    **dict.fromkeys("SET USE BEGIN START COMMIT PRAGMA DROP GRANT REVOKE GO ANALYZE COMMENT ALTER".split(), _SERVER),
}
_HINT = "write it as `CREATE TABLE things (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL);`"

_DECIDED = {
    "INDEX": "the project makes its own indexes, for keys, unique values and what lists are sorted by",
    "SEQUENCE": "numbers of rows are the database's own",
    "SCHEMA": "the project has one database schema",
    "DATABASE": "the project makes its own database",
    "EXTENSION": "the project needs no extension of the database",
    "ROLE": "accounts of the database are no accounts of the application",
}
_MIGRATIONS = frozenset(
    "alembic_version django_migrations _prisma_migrations schema_migrations ar_internal_metadata migrations "
    "flyway_schema_history databasechangelog databasechangeloglock knex_migrations knex_migrations_lock".split()
)
_LOST = {
    "TRIGGER": "what a trigger does is no part of a blueprint",
    "VIEW": "a view is no part of a blueprint: lists are filtered and sorted instead",
    "FUNCTION": "what a function does is no part of a blueprint",
    "PROCEDURE": "what a procedure does is no part of a blueprint",
}


@dataclass
class _Statement:
    tokens: list[Token]
    span: Span


@dataclass
class _Reader:
    text: str
    dialect: Dialect
    tables: dict[str, Table] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)


def read_sql(text: str) -> Schema:
    """The schema of a script; raises `FormatError`."""
    first: FormatError | None = None
    for name in _dialects(text):
        try:
            return _read(_Reader(text, Dialect.get_or_raise(name)))
        except FormatError as problem:
            first = first or problem
    raise first or FormatError("no table is made here", 0, _HINT)


def _read(reader: _Reader) -> Schema:
    statements = [(statement, _parsed(reader, statement)) for statement in _statements(reader)]
    # Types and tables may be used before they are made.
    order = sorted(statements, key=lambda pair: _rank(pair[1]))
    for statement, node in order:
        _keep(reader, statement, node)
    if not reader.tables:
        raise FormatError("no table is made here", 0, _HINT)
    return Schema("sql", tuple(reader.tables.values()), tuple(sorted(reader.leftovers, key=lambda one: one.span)))


def _rank(node: exp.Expression | None) -> int:
    if isinstance(node, exp.Create):
        return 0 if node.kind == "TYPE" else 1
    return 2


def _dialects(text: str) -> list[str]:
    """The dialects to try: that of which the script has marks, then the others."""
    plain = re.sub(r"'[^'\n]*'|--[^\n]*", "", text)
    marked = [name for name, marks in _DIALECTS if re.search(marks, plain, re.IGNORECASE)]
    return list(dict.fromkeys((*marked, "postgres", *(name for name, _ in _DIALECTS))))


def _statements(reader: _Reader) -> list[_Statement]:
    """The script cut at its semicolons; data and commands of a dump are left out."""
    plain = _without_data(reader.text)
    try:
        tokens = reader.dialect.tokenize(plain)
    except SqlglotError as problem:
        line = re.search(r"from (\d+):\d+$", str(problem.__cause__))
        at = _offset(reader.text, int(line[1])) if line else max(0, plain.rfind("/*"))
        raise FormatError("a quoted text or a comment does not end", at, "close it") from None
    found: list[_Statement] = []
    current: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
        if depth > _NEST:
            raise FormatError(f"brackets are nested deeper than {_NEST}", token.start, "simplify the condition")
        if token.token_type != TokenType.SEMICOLON:
            current.append(token)
        elif current:
            found.append(_Statement(current, (current[0].start, token.end + 1)))
            current, depth = [], 0
    if current:
        found.append(_Statement(current, (current[0].start, current[-1].end + 1)))
    return found


def _without_data(text: str) -> str:
    """Blanks for the rows and the commands of a dump."""
    lines, inside = [], False
    for line in text.splitlines(keepends=True):
        data = inside or _COMMAND.match(line) is not None
        begins = _COPY.match(line) is not None
        inside = begins or (inside and line.rstrip() != "\\.")
        lines.append(re.sub(r"[^\n]", " ", line) if data or begins else line)
    return "".join(lines)


def _offset(text: str, line: int) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1]))


def _parsed(reader: _Reader, statement: _Statement) -> exp.Expression | None:
    """The tree of a statement; None for what sqlglot does not know and no table depends on."""
    about_tables = _TABLE.match(reader.text, *statement.span) is not None
    try:
        nodes = reader.dialect.parser().parse(statement.tokens, reader.text)
    except (SqlglotError, RecursionError) as problem:
        if not about_tables:
            return None
        raise _fault(reader, statement, problem) from None
    node = nodes[0] if nodes else None
    if about_tables and isinstance(node, exp.Command):
        if re.match(r"\s*alter", reader.text[statement.span[0] :], re.IGNORECASE):
            return None
        raise FormatError("this statement can't be read", statement.span[0], _HINT)
    return node if isinstance(node, exp.Expression) else None


def _fault(reader: _Reader, statement: _Statement, problem: Exception) -> FormatError:
    if isinstance(problem, ParseError) and problem.errors:
        first = problem.errors[0]
        line, column = first.get("line"), first.get("col")
        message = str(first.get("description") or "this can't be read").partition(" but got <")[0]
        if line and column:
            at = _offset(reader.text, line) + max(0, column - len(str(first.get("highlight") or "")))
            return FormatError(message[:1].lower() + message[1:], min(at, len(reader.text)), _HINT)
    return FormatError("this statement can't be read", statement.span[0], _HINT)


def _keep(reader: _Reader, statement: _Statement, node: exp.Expression | None) -> None:
    match node:
        case exp.Create(kind="TABLE") if isinstance(node.this, exp.Schema):
            _table(reader, statement, node)
        case exp.Create(kind="TYPE") if _enum(node) is not None:
            reader.enums[_last(node.this)] = _enum(node) or ()
        case exp.Create(kind="INDEX") if _index(reader, statement, node):
            pass
        case exp.Alter():
            _alter(reader, statement, node)
        case exp.Comment() if _comment(reader, node):
            pass
        case _:
            _leave(reader, statement, node)


def _table(reader: _Reader, statement: _Statement, node: exp.Create) -> None:
    if _last(node.this.this) in _MIGRATIONS:
        reason = "it keeps which migrations were run, and every project has its own"
        reader.leftovers.append(Leftover(statement.span, reason, loss=False))
        return
    made = TableReader(reader.text, statement.tokens, reader.enums)
    table = made.read(node)
    reader.leftovers += made.leftovers
    if table.name.lower() in reader.tables:
        raise FormatError(f"the table {table.name} is made twice", statement.span[0], "remove one of the statements")
    reader.tables[table.name.lower()] = replace(table, span=statement.span)


def _enum(node: exp.Create) -> tuple[str, ...] | None:
    kind = node.expression
    if isinstance(kind, exp.DataType) and kind.this == exp.DataType.Type.ENUM:
        return tuple(str(value.this) for value in kind.expressions)
    return None


def _last(node: exp.Expression) -> str:
    """The name of a table or type, without its schema, in small letters."""
    return str(node.name).lower()


def _index(reader: _Reader, statement: _Statement, node: exp.Create) -> bool:
    """`CREATE UNIQUE INDEX` on whole columns says what is unique; any other index is left to the project."""
    index = node.this
    table = reader.tables.get(_last(index.args["table"])) if index.args.get("table") else None
    parameters = index.args.get("params")
    if not node.args.get("unique") or table is None or parameters is None or parameters.args.get("where"):
        return False
    columns = tuple(
        part.this.name for part in parameters.args.get("columns") or () if isinstance(part.this, exp.Column)
    )
    if not columns or len(columns) != len(parameters.args["columns"]):
        return False
    reader.tables[table.name.lower()] = TableReader.with_unique(table, columns, statement.span)
    return True


def _alter(reader: _Reader, statement: _Statement, node: exp.Alter) -> None:
    table = reader.tables.get(_last(node.this))
    made = TableReader(reader.text, statement.tokens, reader.enums)
    changed = made.altered(table, node, statement.span) if table is not None else None
    reader.leftovers += made.leftovers
    if table is None or changed is None:
        _leave(reader, statement, node)
    else:
        reader.tables[table.name.lower()] = changed


def _comment(reader: _Reader, node: exp.Comment) -> bool:
    words, what = node.expression.name if node.expression else "", node.this
    if node.args.get("kind") == "TABLE" and (table := reader.tables.get(_last(what))):
        reader.tables[table.name.lower()] = replace(table, description=words)
        return True
    if node.args.get("kind") == "COLUMN" and (table := reader.tables.get(str(what.table).lower())):
        name = _last(what)
        columns = tuple(replace(c, description=words) if c.name.lower() == name else c for c in table.columns)
        reader.tables[table.name.lower()] = replace(table, columns=columns)
        return True
    return False


def _leave(reader: _Reader, statement: _Statement, node: exp.Expression | None) -> None:
    """What became nothing, with the reason."""
    words = reader.text[statement.span[0] : statement.span[0] + 80].split()
    first = words[0].upper()
    if words[0] not in (first, first.lower()) or (node is None and first not in ("CREATE", "ALTER", "COMMENT")):
        reader.leftovers.append(Leftover(statement.span, UNKNOWN))
        return
    upper = [word.upper() for word in words]
    told = node.kind if isinstance(node, exp.Create) else None
    kind = str(told or next((word for word in upper[1:] if word in _LOST | _DECIDED), "")).upper()
    if kind in _LOST:
        reader.leftovers.append(Leftover(statement.span, _LOST[kind], "say in a sentence what must hold or happen"))
    elif first == "ALTER" and "ADD" in upper:
        reason = "this change of a table has no counterpart in a blueprint"
        reader.leftovers.append(Leftover(statement.span, reason, "write it into CREATE TABLE"))
    elif kind in _DECIDED and first in ("CREATE", "COMMENT", "ALTER", "DROP"):
        reader.leftovers.append(Leftover(statement.span, _DECIDED[kind], loss=False))
    else:
        reader.leftovers.append(Leftover(statement.span, _ASIDE.get(first, UNKNOWN), loss=first not in _ASIDE))
