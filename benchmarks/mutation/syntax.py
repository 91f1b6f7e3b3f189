"""Operators that know Python and nothing of what is generated: comparisons, conditions, calls, numbers.

What only decides what is logged, documented or how fast something is, is no place: no answer shows it. Nor is what asks
which database there is: the run knows one.
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from benchmarks.mutation.surgery import Defect, Files, defect_at, functions_in, narrows, trees_of

Node = TypeVar("Node", bound=ast.AST)
Place = tuple[ast.expr | ast.stmt, str]
"""A node, and the text that takes its place."""

CLOCKS = re.compile(r"\butcnow\(\)|\btime\.time\(\)|\btoday\(\)|\bnow\b|\bremaining\b")
LOGGED_OR_DOCUMENTED = ("app/core/logging.py", "app/core/openapi.py")
ONLY_SPEED_OR_WORDS = frozenset(
    {
        "description",
        "expire_on_flush",
        "include_in_schema",
        "index",
        "json_schema_extra",
        "lists_columns",
        "max_overflow",
        "memory_cost",
        "native_enum",
        "parallelism",
        "read",
        "skip_autocommit_rollback",
        "slots",
        "time_cost",
        "title",
    }
)
"""Names whose values no answer shows; `native_enum` and `read` (of a lock) are for databases that have them."""
OPPOSITE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(), ast.Is: ast.IsNot(), ast.IsNot: ast.Is(), ast.In: ast.NotIn(),
    ast.NotIn: ast.In(), ast.Lt: ast.GtE(), ast.GtE: ast.Lt(), ast.Gt: ast.LtE(), ast.LtE: ast.Gt(),
}  # fmt: skip
NEIGHBOUR: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
}
SWAPPED: dict[type[ast.operator], ast.operator] = {ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.Mult: ast.Add()}


def flip_comparison(tree: ast.AST) -> Iterator[Place]:
    """`==` becomes `!=`, `<` becomes `>=`, `in` becomes `not in`."""
    for node in _nodes(tree, ast.Compare):
        if len(node.ops) == 1:
            yield node, ast.unparse(ast.Compare(node.left, [OPPOSITE[type(node.ops[0])]], node.comparators))


def shift_bound(tree: ast.AST) -> Iterator[Place]:
    """`<` becomes `<=`: the edge itself falls on the other side.

    Nothing happens exactly now, so the clock has no edge.
    """
    for node in _nodes(tree, ast.Compare):
        if CLOCKS.search(ast.unparse(node)):
            continue
        for position, operator in enumerate(node.ops):
            if type(operator) in NEIGHBOUR:
                operators = [*node.ops]
                operators[position] = NEIGHBOUR[type(operator)]
                yield node, ast.unparse(ast.Compare(node.left, operators, node.comparators))


def negate_condition(tree: ast.AST) -> Iterator[Place]:
    """`if x` becomes `if not x`; comparisons are another operator's."""
    tests = [node.test for node in _nodes(tree, ast.If)] + [node.test for node in _nodes(tree, ast.IfExp)]
    for test in tests:
        if not isinstance(test, ast.Compare):
            yield test, f"not ({ast.unparse(test)})"


def swap_and_or(tree: ast.AST) -> Iterator[Place]:
    """`and` becomes `or`."""
    for node in _nodes(tree, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, f"({ast.unparse(ast.BoolOp(other, node.values))})"


def drop_operand(tree: ast.AST) -> Iterator[Place]:
    """`a and b` becomes `a`, or `b`."""
    for node in _nodes(tree, ast.BoolOp):
        for dropped in (value for value in node.values if not _is_unseen(value)):
            kept = [value for value in node.values if value is not dropped]
            yield node, f"({ast.unparse(kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept))})"


def drop_refusal(tree: ast.AST) -> Iterator[Place]:
    """A condition under which something is raised is not asked."""
    for node in _nodes(tree, ast.If):
        if isinstance(node.body[-1], ast.Raise) and not node.orelse:
            yield node, "pass"


def drop_call(tree: ast.AST) -> Iterator[Place]:
    """A function is not called: a check, a lock, a commit, a change."""
    for node in _nodes(tree, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and not _is_unheard(call):
            yield node, "pass"


def drop_where(tree: ast.AST) -> Iterator[Place]:
    """A query finds more: one of its conditions is gone."""
    for call in _nodes(tree, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("where", "filter_by"):
            for argument in call.args:
                yield argument, "*()" if isinstance(argument, ast.Starred) else "sa.true()"


def drop_conditions(tree: ast.AST) -> Iterator[Place]:
    """Something is called without the conditions that narrow it, where they do."""
    for call in _nodes(tree, ast.Call):
        queried = isinstance(call.func, ast.Attribute) and call.func.attr == "where"
        for argument in call.args:
            if isinstance(argument, ast.Starred) and not queried:
                yield argument, "*()"


def change_number(tree: ast.AST) -> Iterator[Place]:
    """A number in a comparison, in a named argument or in a constant is one more."""
    for value in _values(tree):
        if type(value.value) is int:
            yield value, str(value.value + 1)


def flip_boolean(tree: ast.AST) -> Iterator[Place]:
    """`True` becomes `False`, where it is returned, named or a constant."""
    returned = [node.value for node in _nodes(tree, ast.Return) if isinstance(node.value, ast.Constant)]
    for value in (*_values(tree), *returned):
        if type(value.value) is bool:
            yield value, str(not value.value)


def swap_arithmetic(tree: ast.AST) -> Iterator[Place]:
    """`+` becomes `-`; texts are not added up so."""
    for node in _nodes(tree, ast.BinOp):
        if type(node.op) in SWAPPED and not any(_is_text(side) for side in (node.left, node.right)):
            yield node, f"({ast.unparse(ast.BinOp(node.left, SWAPPED[type(node.op)], node.right))})"


OPERATORS: tuple[Callable[[ast.AST], Iterator[Place]], ...] = (
    flip_comparison, shift_bound, negate_condition, swap_and_or, drop_operand, drop_refusal, drop_call, drop_where,
    drop_conditions, change_number, flip_boolean, swap_arithmetic,
)  # fmt: skip


def defects(files: Files) -> dict[str, list[Defect]]:
    """Every defect of these kinds in the application; models are the business of operators that know migrations."""
    found: dict[str, list[Defect]] = {}
    for path, tree in trees_of(files, "app/"):
        if path in LOGGED_OR_DOCUMENTED or path.startswith("app/models/"):
            continue
        names = _names(tree)
        for operator in OPERATORS:
            kind = operator.__name__
            places = found.setdefault(kind, [])
            for node, text in operator(tree):
                if not isinstance(node, ast.Starred) or narrows(files, path, node):
                    places.append(defect_at(kind, files, path, names.get(node.lineno, ""), node, text=text))
    return {kind: places for kind, places in found.items() if places}


def _names(tree: ast.AST) -> dict[int, str]:
    """Line → innermost function around it."""
    lines: dict[int, str] = {}
    for function in functions_in(tree):
        lines.update(dict.fromkeys(range(function.lineno, (function.end_lineno or 0) + 1), function.name))
    return lines


def _nodes(tree: ast.AST, kind: type[Node]) -> Iterator[Node]:
    """Nodes of one type in code that runs and that answers show.

    Nodes inside f-strings have no places in the text.
    """
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.JoinedStr) or _is_unseen(child):
            continue
        if isinstance(child, kind):
            yield child
        yield from _nodes(child, kind)


def _values(tree: ast.AST) -> Iterator[ast.Constant]:
    """Constants that are compared with, passed by name, or given a name."""
    for node in _nodes(tree, ast.Compare):
        yield from (side for side in (node.left, *node.comparators) if isinstance(side, ast.Constant))
    for keyword in _nodes(tree, ast.keyword):
        if keyword.arg not in ONLY_SPEED_OR_WORDS and isinstance(keyword.value, ast.Constant):
            yield keyword.value
    given = [(node.targets[0], node.value) for node in _nodes(tree, ast.Assign)]
    for target, value in (*given, *((node.target, node.value) for node in _nodes(tree, ast.AnnAssign))):
        if isinstance(value, ast.Constant) and ast.unparse(target) not in ONLY_SPEED_OR_WORDS:
            yield value


def _is_unseen(node: ast.AST) -> bool:
    """Types, documents of types, what is only logged, how much is done at once, and which database there is."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "_log"
    if isinstance(node, ast.FunctionDef):
        return node.name in ("__get_pydantic_json_schema__", "_log", "_hashing")
    return isinstance(node, ast.Compare) and any(word in ast.unparse(node) for word in ("dialect", "backend"))


def _is_unheard(call: ast.Call) -> bool:
    """Logging, collecting garbage, and constructors of bases, without which nothing is made at all."""
    return ast.unparse(call.func).startswith(("logger.", "logging.", "gc.", "super()."))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
