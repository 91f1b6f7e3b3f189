"""SQL conditions: the tree of a CHECK enters, a blueprint expression or a bound of one column leaves."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlglot import exp

from codebegen import naming
from codebegen.blueprint import expressions as tree
from codebegen.blueprint.fields import NUMBER_TYPES, TEXT_TYPES, Scalar
from codebegen.understanding.formats.schema import Check, Column, Leftover, Span, Table

_COMPARE: dict[type[exp.Expression], tree.CompareOperator] = {
    exp.EQ: "==",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_MIRRORED: dict[tree.CompareOperator, tree.CompareOperator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ARITHMETIC: dict[type[exp.Expression], tree.ArithmeticOperator] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}


class UntranslatableError(Exception):
    """A condition that has no form in a blueprint."""


def conjuncts(node: exp.Expression) -> list[exp.Expression]:
    """The parts of `a AND b AND c`, without brackets and casts around them."""
    found: list[exp.Expression] = []
    open_nodes = [node]
    while open_nodes:
        part = bare(open_nodes.pop())
        if isinstance(part, exp.And):
            open_nodes += [part.expression, part.this]
        else:
            found.append(part)
    return found


def bare(node: exp.Expression) -> exp.Expression:
    """A node without brackets and casts, which a database writes around everything."""
    while isinstance(node, (exp.Paren, exp.Cast)):
        node = node.this
    return node


def constant(node: exp.Expression) -> Scalar | None:
    """The constant that a node is; raises `UntranslatableError` for one that is none."""
    node = bare(node)
    match node:
        case exp.Null():
            return None
        case exp.Boolean():
            return bool(node.this)
        case exp.Literal(is_string=True):
            return str(node.this)
        case exp.Literal():
            return number(str(node.this))
        case exp.Neg():
            inner = constant(node.this)
            if isinstance(inner, (int, float)) and not isinstance(inner, bool):
                return -inner
    raise UntranslatableError


def number(text: str) -> int | float:
    """A number as SQL writes it; raises `UntranslatableError` beyond what clients can read."""
    try:
        found = float(text)
    except ValueError:
        raise UntranslatableError from None
    if abs(found) > 1e15:
        raise UntranslatableError
    return int(found) if found == int(found) else found


def narrowed(column: Column, node: exp.Expression) -> Column | None:
    """The column with a condition that bounds it alone, or None if the condition is not of that kind."""
    try:
        for rule in (_bound, _between, _among, _pattern):
            change = rule(column, node)
            if change is not None:
                return replace(column, **change)
    except UntranslatableError:
        return None
    return None


def _is(node: exp.Expression, column: Column) -> bool:
    node = bare(node)
    return isinstance(node, exp.Column) and node.name.lower() == column.name.lower()


def _sized(node: exp.Expression, column: Column) -> bool:
    """`length(column)`."""
    node = bare(node)
    return isinstance(node, exp.Length) and _is(node.this, column)


def _bound(column: Column, node: exp.Expression) -> dict[str, Any] | None:
    operator = _COMPARE.get(type(node))
    if operator is None or not isinstance(node, exp.Binary):
        return None
    left, right = bare(node.this), bare(node.expression)
    if _is(right, column) or _sized(right, column):
        left, right, operator = right, left, _MIRRORED.get(operator, operator)
    if operator == "!=" and _is(left, column) and constant(right) == "" and column.type in TEXT_TYPES:
        return {"min_length": 1}
    if operator not in _MIRRORED:
        return None
    value = constant(right)
    if isinstance(value, (bool, str)) or value is None:
        return None
    if _sized(left, column):
        return _length(operator, int(value))
    if not _is(left, column) or column.type not in NUMBER_TYPES:
        return None
    side = "min" if operator.startswith(">") else "max"
    if column.type == "integer" and len(operator) == 1 and isinstance(value, int):
        return {side: value + (1 if side == "min" else -1)}
    return {side: value, f"exclusive_{side}": len(operator) == 1}


def _length(operator: str, value: int) -> dict[str, Any]:
    match operator:
        case ">=":
            return {"min_length": value}
        case ">":
            return {"min_length": value + 1}
        case "<=":
            return {"max_length": value}
        case _:
            return {"max_length": value - 1}


def _between(column: Column, node: exp.Expression) -> dict[str, Any] | None:
    if not isinstance(node, exp.Between):
        return None
    low, high = constant(node.args["low"]), constant(node.args["high"])
    if _sized(node.this, column) and isinstance(low, int) and isinstance(high, int):
        return {"min_length": low, "max_length": high}
    if _is(node.this, column) and column.type in NUMBER_TYPES:
        return {"min": low, "max": high}
    return None


def _among(column: Column, node: exp.Expression) -> dict[str, Any] | None:
    """`status IN ('a', 'b')`, also as PostgreSQL keeps it: `status = ANY (ARRAY['a', 'b'])`."""
    listed = listing(node)
    if listed is None or not _is(listed[0], column) or column.type not in (*TEXT_TYPES, "enum"):
        return None
    values = [constant(item) for item in listed[1]]
    if not values or not all(isinstance(value, str) for value in values):
        return None
    return {"type": "enum", "values": tuple(dict.fromkeys(map(str, values))), "max_length": None, "min_length": None}


def listing(node: exp.Expression) -> tuple[exp.Expression, list[exp.Expression]] | None:
    """What is compared with which list of values, if a node does that."""
    if isinstance(node, exp.In) and node.expressions:
        return node.this, list(node.expressions)
    if isinstance(node, exp.EQ) and isinstance(bare(node.expression), exp.Any):
        array = bare(bare(node.expression).this)
        if isinstance(array, exp.Array):
            return node.this, list(array.expressions)
    return None


def _pattern(column: Column, node: exp.Expression) -> dict[str, Any] | None:
    if isinstance(node, exp.RegexpLike) and _is(node.this, column) and column.type in TEXT_TYPES:
        found = constant(node.expression)
        return {"pattern": found} if isinstance(found, str) else None
    return None


def condition(node: exp.Expression, columns: Mapping[str, Column]) -> tree.Expression:
    """The expression of a condition over `columns` (by small name); raises `UntranslatableError`."""
    node = bare(node)
    match node:
        case exp.And() | exp.Or():
            parts = tuple(condition(part, columns) for part in (node.this, node.expression))
            return tree.All(of=parts) if isinstance(node, exp.And) else tree.AnyOf(of=parts)
        case exp.Not():
            return tree.Not(of=condition(node.this, columns))
        case exp.Is() if isinstance(bare(node.expression), exp.Null):
            field = _value(node.this, columns)
            if isinstance(field, tree.FieldRef):
                return tree.IsNull(of=field)
        case exp.Between():
            value = _value(node.this, columns)
            low, high = _value(node.args["low"], columns), _value(node.args["high"], columns)
            return tree.All(of=(_compared(">=", value, low), _compared("<=", value, high)))
        case exp.Column() if _boolean(node, columns):
            return _compared("==", _value(node, columns), tree.Value(value=True))
    listed = listing(node)
    if listed is not None:
        value = _value(listed[0], columns)
        return tree.AnyOf(of=tuple(_compared("==", value, _value(item, columns)) for item in listed[1]))
    operator = _COMPARE.get(type(node))
    if operator is None or not isinstance(node, exp.Binary):
        raise UntranslatableError
    return _compared(operator, _value(node.this, columns), _value(node.expression, columns))


def _compared(operator: tree.CompareOperator, left: tree.Expression, right: tree.Expression) -> tree.Compare:
    return tree.Compare(operator=operator, left=left, right=right)


def _boolean(node: exp.Column, columns: Mapping[str, Column]) -> bool:
    known = columns.get(node.name.lower())
    return known is not None and known.type == "boolean"


def apply(table: Table, node: exp.Expression, span: Span) -> tuple[Table, list[Leftover]]:
    """The table with a condition, as bounds of columns and as rules; what has no form here is left over."""
    lost: list[Leftover] = []
    for part in conjuncts(node):
        found = next(((c, n) for c in table.columns if (n := narrowed(c, part)) is not None), None)
        if found is not None:
            table = replace(table, columns=tuple(found[1] if c is found[0] else c for c in table.columns))
            continue
        try:
            made = condition(part, {column.name.lower(): column for column in table.columns})
        except UntranslatableError:
            reason = "this condition has no form in a blueprint"
            lost.append(Leftover(span, reason, "say it in a sentence: `<field> must be after <field>`"))
        else:
            table = replace(table, checks=(*table.checks, Check(made, span, part.sql().replace('"', ""))))
    return table, lost


def _value(node: exp.Expression, columns: Mapping[str, Column]) -> tree.Expression:
    node = bare(node)
    match node:
        case exp.Column():
            if node.name.lower() not in columns:
                raise UntranslatableError
            return tree.FieldRef(path=naming.snake(node.name))
        case exp.CurrentTimestamp() | exp.CurrentDate():
            return tree.Now()
    operator = _ARITHMETIC.get(type(node))
    if operator is not None and isinstance(node, exp.Binary):
        left, right = _value(node.this, columns), _value(node.expression, columns)
        return tree.Arithmetic(operator=operator, left=left, right=right)
    return tree.Value(value=constant(node))
