"""Python files of a tree, parsed once for all checks."""

import ast
from dataclasses import dataclass

from codebegen.filetree import FileTree

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the application (not of its tests or migrations), walked once for all checks.

    `functions` are all functions and methods, nested ones too; `calls` every call.
    """

    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    functions: tuple[FunctionNode, ...]
    calls: tuple[ast.Call, ...]


def parse(path: str, text: str) -> Source:
    """The file, parsed; raises `SyntaxError`."""
    tree = ast.parse(text)
    nodes = tuple(ast.walk(tree))
    functions = tuple(node for node in nodes if isinstance(node, FunctionNode))
    return Source(path, text, tree, nodes, functions, tuple(node for node in nodes if isinstance(node, ast.Call)))


def sources(tree: FileTree) -> tuple[tuple[Source, ...], tuple[tuple[str, SyntaxError], ...]]:
    """The files below `app/` that parse, and those that don't with the reason."""
    parsed: list[Source] = []
    broken: list[tuple[str, SyntaxError]] = []
    for path, file in tree.items():
        if not path.startswith("app/") or not path.endswith(".py"):
            continue
        try:
            parsed.append(parse(path, file.content))
        except SyntaxError as problem:
            broken.append((path, problem))
    return tuple(parsed), tuple(broken)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute, else nothing."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            base = dotted(value)
            return f"{base}.{attr}" if base else f"?.{attr}"
        case _:
            return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument."""
    return next((k.value for k in call.keywords if k.arg == name), None)


def is_true(node: ast.expr | None) -> bool:
    """Whether it is the literal `True`."""
    return isinstance(node, ast.Constant) and node.value is True
