"""Python files of a tree, parsed once for all checks."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.filetree import FileTree

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the application (not of its tests or migrations)."""

    path: str
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[FunctionNode]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, FunctionNode))

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def sources(tree: FileTree) -> tuple[tuple[Source, ...], tuple[tuple[str, SyntaxError], ...]]:
    """The files below `app/` that parse, and those that don't with the reason."""
    parsed: list[Source] = []
    broken: list[tuple[str, SyntaxError]] = []
    for path, file in tree.items():
        if not path.startswith("app/") or not path.endswith(".py"):
            continue
        try:
            parsed.append(Source(path, file.content, ast.parse(file.content)))
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
