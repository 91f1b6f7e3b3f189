"""What gets slow as rows come in: queries in loops, keys without an index, lists without a bound, a blocked loop."""

import ast
from collections.abc import Iterator

from codebegen.review.model import Finding
from codebegen.review.source import FunctionNode, Source, dotted, is_true, keyword

_QUERIES = frozenset({"execute", "scalar", "scalars", "get", "stream", "refresh"})
_BLOCKING = frozenset({"time.sleep", "requests.get", "requests.post", "urllib.request.urlopen", "subprocess.run"})


def query_in_loop(source: Source) -> Iterator[Finding]:
    """One query a row, where one for all would do."""
    for loop in source.nodes:
        if isinstance(loop, ast.For | ast.AsyncFor):
            for line in sorted({line for statement in loop.body for line in _queries(statement)}):
                yield _finding("query-in-loop", source, line, "a query runs once for every row of a loop")


def _queries(statement: ast.stmt) -> Iterator[int]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
            owner, _, method = dotted(node.value.func).rpartition(".")
            if method in _QUERIES and owner.endswith("session"):
                yield node.lineno


def key_without_index(source: Source) -> Iterator[Finding]:
    """A foreign key by which rows can only be found by reading all of them."""
    if not source.path.startswith("app/models"):
        return
    for model in source.nodes:
        if isinstance(model, ast.ClassDef):
            led = _leading_columns(model)
            for name, call in _columns(model):
                if _is_key(call) and name not in led and not _indexed(call):
                    yield _finding("key-without-index", source, call.lineno, f"`{model.name}.{name}` has no index")


def _columns(model: ast.ClassDef) -> Iterator[tuple[str, ast.Call]]:
    for node in model.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Call):
            yield node.target.id, node.value


def _is_key(call: ast.Call) -> bool:
    return any(isinstance(arg, ast.Call) and dotted(arg.func).endswith("ForeignKey") for arg in call.args)


def _indexed(call: ast.Call) -> bool:
    return any(is_true(keyword(call, name)) for name in ("index", "unique", "primary_key"))


def _leading_columns(model: ast.ClassDef) -> set[str]:
    """First columns of every index, unique and primary key constraint of the table."""
    led = set[str]()
    for node in ast.walk(model):
        if isinstance(node, ast.Call):
            kind = dotted(node.func).rpartition(".")[2]
            first = {"Index": 1, "UniqueConstraint": 0, "PrimaryKeyConstraint": 0}.get(kind)
            if first is not None and len(node.args) > first:
                led.add(_column_name(node.args[first]))
    return led


def _column_name(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else dotted(node).rpartition(".")[2]


def blocked_loop(source: Source) -> Iterator[Finding]:
    """A call that makes every other request wait."""
    for function in source.functions:
        if isinstance(function, ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and dotted(node.func) in _BLOCKING:
                    yield _finding("blocked-loop", source, node.lineno, f"`{dotted(node.func)}` blocks all requests")


def unbounded_list(source: Source) -> Iterator[Finding]:
    """A route that answers with a list and takes no bound for it."""
    if not source.path.startswith("app/routers"):
        return
    for function in source.functions:
        if _answers_with_list(function) and not _takes_bound(function):
            yield _finding("unbounded-list", source, function.lineno, f"`{function.name}` may answer with every row")


def _answers_with_list(function: FunctionNode) -> bool:
    is_get = any(isinstance(d, ast.Call) and dotted(d.func).endswith(".get") for d in function.decorator_list)
    returns = ast.unparse(function.returns) if function.returns else ""
    return is_get and returns.startswith(("list[", "Sequence[", "tuple["))


def _takes_bound(function: FunctionNode) -> bool:
    names = [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)]
    return any(word in name for name in names for word in ("limit", "page", "paging"))


def _finding(rule: str, source: Source, line: int, message: str) -> Finding:
    return Finding(rule, "performance", "warning", source.path, line, message)
