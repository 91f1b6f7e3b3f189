"""Tables of SQL: one CREATE TABLE (and the ALTER TABLE statements that add to it) enters, a `Table` leaves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from codebegen.blueprint.fields import Scalar
from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats import sql_checks
from codebegen.understanding.formats.schema import Column, FormatError, Key, Leftover, Span, Table, Unique
from codebegen.understanding.formats.types import typed

_TRAILING = re.compile(r"[^\S\n]*,?[^\S\n]*--+[^\S\n]*([^\n]*)")
_ON_DELETE: dict[str, OnDelete] = {"CASCADE": "cascade", "SET NULL": "set_null", "RESTRICT": "restrict"}
_ROUND = re.compile(r"\bon\s+delete\s+(cascade|set\s+null|restrict)", re.IGNORECASE)


class TableReader:
    """Reads the parts of one statement; what becomes nothing is in `leftovers`."""

    def __init__(self, text: str, tokens: Sequence[Token], enums: Mapping[str, tuple[str, ...]]) -> None:
        self.text = text
        self.enums = enums
        self.leftovers: list[Leftover] = []
        self._tokens = tokens

    def read(self, node: exp.Create) -> Table:
        """The table of a CREATE TABLE."""
        name = node.this.this
        table = Table(name.name, self._span(self._tokens[0], self._tokens[-1]), description=_table_comment(node))
        parts = list(zip(node.this.expressions, self._segments(), strict=False))
        for part, span in sorted(parts, key=lambda pair: not isinstance(pair[0], exp.ColumnDef)):
            table = self._part(table, part, span)
        if not table.columns:
            raise FormatError(f"the table {table.name} has no columns", self._tokens[0].start, "list them in brackets")
        return self._checked(table, node)

    def altered(self, table: Table, node: exp.Alter, span: Span) -> Table | None:
        """The table after an ALTER TABLE that adds to it; None for one that does something else."""
        for action in node.args.get("actions") or ():
            match action:
                case exp.AddConstraint():
                    for part in action.expressions:
                        table = self._checked(self._part(table, part, span), action)
                case exp.ColumnDef():
                    table = self._checked(self._part(table, action, span), action)
                case _:
                    return None
        return table

    @staticmethod
    def with_unique(table: Table, columns: tuple[str, ...], span: Span) -> Table:
        """The table with a column, or a combination of them, that is unique."""
        if len(columns) == 1:
            name = columns[0].lower()
            marked = tuple(replace(c, unique=True) if c.name.lower() == name else c for c in table.columns)
            return replace(table, columns=marked)
        return replace(table, unique=(*table.unique, Unique(columns, span)))

    def _span(self, first: Token, last: Token) -> Span:
        return first.start, last.end + 1

    def _segments(self) -> list[Span]:
        """Where the parts between the commas of the outermost brackets stand."""
        found: list[Span] = []
        depth, current = 0, list[Token]()
        for token in self._tokens:
            kind = token.token_type
            closes = kind == TokenType.R_PAREN and depth == 1
            if (closes or (kind == TokenType.COMMA and depth == 1)) and current:
                found.append(self._span(current[0], current[-1]))
                current = []
            elif depth >= 1:
                current.append(token)
            depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(kind, 0)
            if closes:
                break
        return found

    def _part(self, table: Table, part: exp.Expression, span: Span) -> Table:
        """The table with one line of its definition; conditions wait until all columns are known."""
        match part:
            case exp.ColumnDef():
                return self._column(table, part, span)
            case exp.Constraint():
                for inner in part.expressions:
                    table = self._part(table, inner, span)
                return table
            case exp.PrimaryKey() | exp.PrimaryKeyColumnConstraint():
                return replace(table, primary=_names(part.expressions) or self._bracketed(span) or table.primary)
            case exp.UniqueColumnConstraint():
                columns = _names(part.this.expressions) if part.this else self._bracketed(span)
                return self.with_unique(table, columns, span)
            case exp.ForeignKey():
                reference = part.args.get("reference")
                columns = _names(part.expressions)
                return self._referring(table, columns, reference, span) if reference else table
            case exp.CheckColumnConstraint():
                return table  # read when all columns are there
            case exp.IndexColumnConstraint():
                reason = "the project makes its own indexes"
                self.leftovers.append(Leftover(span, reason, loss=False))
            case exp.ClusteredColumnConstraint() | exp.NonClusteredColumnConstraint():
                pass
            case _:
                self.leftovers.append(Leftover(span, "this line of a table has no counterpart in a blueprint"))
        return table

    def _bracketed(self, span: Span) -> tuple[str, ...]:
        """The names in the first brackets of a line, as T-SQL writes keys: `([id] ASC)`."""
        inside = re.search(r"\(([^()]*)\)", self.text[span[0] : span[1]])
        return tuple(part.split()[0].strip('[]"`') for part in inside[1].split(",") if part.split()) if inside else ()

    def _referring(self, table: Table, columns: tuple[str, ...], node: exp.Expression, span: Span) -> Table:
        target = node.this
        named = target.this if isinstance(target, exp.Schema) else target
        inner = _names(target.expressions) if isinstance(target, exp.Schema) else ()
        options = " ".join(str(option) for option in node.args.get("options") or ())
        said = _ROUND.search(options)
        on_delete = _ON_DELETE[" ".join(said[1].upper().split())] if said else None
        key = Key(named.name, span, columns, on_delete=on_delete, target_columns=inner)
        return replace(table, keys=(*table.keys, key))

    def _column(self, table: Table, node: exp.ColumnDef, span: Span) -> Table:
        column = Column(node.name, span, description=self._trailing(span))
        column = replace(column, **self._typed(node, span))
        for constraint in node.args.get("constraints") or ():
            kind = constraint.args.get("kind")
            if isinstance(kind, exp.Reference):
                table = self._referring(table, (node.name,), kind, span)
            elif isinstance(kind, exp.PrimaryKeyColumnConstraint):
                table = replace(table, primary=(node.name,))
            else:
                column = self._constrained(column, kind, span)
        if table.column(column.name) is not None:
            raise FormatError(f"the column {column.name} stands twice in {table.name}", span[0], "remove one")
        return replace(table, columns=(*table.columns, column))

    def _trailing(self, span: Span) -> str:
        found = _TRAILING.match(self.text, span[1])
        return found[1].strip()[:200] if found else ""

    def _typed(self, node: exp.ColumnDef, span: Span) -> dict[str, Any]:
        kind = node.args.get("kind")
        if not isinstance(kind, exp.DataType):
            return {}  # SQLite needs no types
        name = kind.this.name if isinstance(kind.this, exp.DataType.Type) else ""
        if name == "ENUM":
            return {"type": "enum", "values": _literals(kind)}
        if name == "SET":
            return {"type": "list", "item_type": "string"}
        if name in ("ARRAY", "LIST", "VECTOR"):
            inner = kind.expressions[0] if kind.expressions else None
            item = self._word(inner) if isinstance(inner, exp.DataType) else {"type": "float"}
            return {"type": "list", "item_type": (item or {}).get("type", "string")}
        found = self._word(kind)
        if found is None:
            words = self.text[span[0] : span[1]]
            reason = f"the type of {node.name} is not known here: it is kept as a text"
            self.leftovers.append(
                Leftover(span, reason, f"use a type of the standard in `{' '.join(words.split())[:60]}`")
            )
        return found or {}

    def _word(self, kind: exp.DataType) -> dict[str, Any] | None:
        name = kind.this.name if isinstance(kind.this, exp.DataType.Type) else str(kind.this)
        if name == "USERDEFINED":
            own = kind.args.get("kind")
            word = str(own.name if isinstance(own, exp.Expression) else own or "").rpartition(".")[2]
            if word.lower() in self.enums:
                return {"type": "enum", "values": self.enums[word.lower()]}
            return typed(word)
        sizes = tuple(int(part.name) for part in kind.expressions if part.name.isdigit())
        return typed(name, sizes)

    def _constrained(self, column: Column, kind: exp.Expression, span: Span) -> Column:
        match kind:
            case exp.NotNullColumnConstraint():
                return replace(column, required=not kind.args.get("allow_null"))
            case exp.UniqueColumnConstraint():
                return replace(column, unique=True)
            case exp.AutoIncrementColumnConstraint() | exp.GeneratedAsIdentityColumnConstraint():
                return replace(column, generated=True)
            case exp.DefaultColumnConstraint():
                return self._default(column, kind.this, span)
            case exp.CommentColumnConstraint():
                return replace(column, description=kind.name)
            case exp.ComputedColumnConstraint() | exp.GeneratedAsRowColumnConstraint():
                reason = f"{column.name} is computed by the database; here it is a value that is only read"
                self.leftovers.append(Leftover(span, reason, "say in a sentence what it is computed from"))
                return replace(column, read_only=True, required=False)
        return column

    def _default(self, column: Column, node: exp.Expression, span: Span) -> Column:
        node = sql_checks.bare(node)
        words = node.sql().lower()
        if isinstance(node, (exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime)) or "'now'" in words:
            moment: Scalar = "today" if column.type == "date" else "now"
            return replace(column, default=moment) if column.type in ("date", "datetime", "time") else column
        if isinstance(node, exp.Uuid) or re.search(r"nextval|uuid|newid|randomblob|\bkey\b", words):
            return replace(column, generated=True)
        try:
            value = sql_checks.constant(node)
        except sql_checks.UntranslatableError:
            self.leftovers.append(Leftover(span, f"the default of {column.name} is computed: the application has none"))
            return replace(column, required=False)
        return replace(column, default=fitting(column, value))

    def _checked(self, table: Table, node: exp.Expression) -> Table:
        """The table with its conditions: as bounds of one column where they are that, else as rules."""
        for check in node.find_all(exp.CheckColumnConstraint):
            table, lost = sql_checks.apply(table, check.this, self._around(check))
            self.leftovers += lost
        return table

    def _around(self, node: exp.Expression) -> Span:
        """The line of the definition that a condition stands in."""
        places = [i.meta["start"] for i in node.find_all(exp.Identifier) if "start" in i.meta]
        for start, end in self._segments():
            if places and start <= places[0] < end:
                return start, end
        return self._span(self._tokens[0], self._tokens[-1])


def fitting(column: Column, value: Scalar | None) -> Scalar | None:
    """A default as its type writes it: 0 of a boolean is false, `'10'` of a number is 10."""
    if value is None:
        return None
    if column.type == "boolean":
        return {"0": False, "1": True, "false": False, "true": True, "f": False, "t": True}.get(str(value).lower())
    if column.type in ("integer", "float", "decimal", "money") and isinstance(value, str):
        try:
            return sql_checks.number(value)
        except sql_checks.UntranslatableError:
            return None
    if column.type in ("date", "datetime", "time") and re.match(r"current|now", str(value).lower()):
        return "today" if column.type == "date" else "now"
    return value if column.type not in ("json", "list", "geo", "uuid") else None


def _names(nodes: Sequence[exp.Expression]) -> tuple[str, ...]:
    return tuple(name for node in nodes if (name := node.name or getattr(node.this, "name", "")))


def _literals(kind: exp.DataType) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value.this) for value in kind.expressions))


def _table_comment(node: exp.Create) -> str:
    found = node.find(exp.SchemaCommentProperty)
    return found.this.name if found is not None else ""
