"""What makes code hard to live with: long, tangled, unexplained."""

import ast
from collections.abc import Iterator

from codebegen.review.model import Finding
from codebegen.review.source import FunctionNode, Source

MAX_MODULE_LINES = 500
MAX_FUNCTION_LINES = 60
MAX_COMPLEXITY = 12
_BRANCHES = (
    ast.If | ast.For | ast.AsyncFor | ast.While | ast.ExceptHandler | ast.IfExp | ast.match_case | ast.comprehension
)


def long_module(source: Source) -> Iterator[Finding]:
    """A file that no longer fits in a head."""
    lines = source.text.count("\n")
    if lines > MAX_MODULE_LINES:
        yield _finding("long-module", source, 0, f"{lines} lines (at most {MAX_MODULE_LINES})")


def long_function(source: Source) -> Iterator[Finding]:
    """A function that does more than one thing."""
    for function in source.functions:
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > MAX_FUNCTION_LINES:
            yield _finding(
                "long-function",
                source,
                function.lineno,
                f"`{function.name}` has {lines} lines (at most {MAX_FUNCTION_LINES})",
            )


def tangled_function(source: Source) -> Iterator[Finding]:
    """A function with more paths than a reader can hold."""
    for function in source.functions:
        paths = complexity(function)
        if paths > MAX_COMPLEXITY:
            yield _finding(
                "complex-function",
                source,
                function.lineno,
                f"`{function.name}` has {paths} paths (at most {MAX_COMPLEXITY})",
            )


def complexity(function: FunctionNode) -> int:
    """Cyclomatic complexity; functions inside it are counted on their own."""
    total, waiting = 1, list[ast.AST](function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, FunctionNode):
            continue
        total += isinstance(node, _BRANCHES)
        total += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        waiting.extend(ast.iter_child_nodes(node))
    return total


def missing_docstring(source: Source) -> Iterator[Finding]:
    """A public module, class or function that does not say what it is for."""
    if source.tree.body and not ast.get_docstring(source.tree):
        yield _finding("missing-docstring", source, 0, "the module does not say what it is for")
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef | FunctionNode) and node.name[0] != "_" and not ast.get_docstring(node):
            yield _finding("missing-docstring", source, node.lineno, f"`{node.name}` does not say what it is for")


def _finding(rule: str, source: Source, line: int, message: str) -> Finding:
    return Finding(rule, "maintainability", "warning", source.path, line, message)
