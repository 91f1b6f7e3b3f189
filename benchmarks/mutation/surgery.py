"""Finding and replacing parts of generated source files."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]
HIDING = re.compile(r"\bpresent\b.* = \(\w")
POLICY = re.compile(r"\*(?:(\w+)_)?policy\.(\w+)\(actor\)")


@dataclass(frozen=True)
class Defect:
    """One change of the application: where, the changed files, and the entity that it is about, if it is of one."""

    kind: str
    place: str
    changes: Files
    module: str | None

    def __str__(self) -> str:
        return f"{self.kind} in {self.place}"


def under(files: Files, folder: str) -> list[tuple[str, str]]:
    """Python files of a folder, without those that only make it a package."""
    return [(p, text) for p, text in files.items() if p.startswith(folder) and p.endswith(".py") and "__" not in p]


def trees_of(files: Files, folder: str) -> list[tuple[str, ast.Module]]:
    """The same, parsed."""
    return [(path, ast.parse(text)) for path, text in under(files, folder)]


def policies_of(files: Files) -> list[tuple[str, dict[str, ast.FunctionDef]]]:
    """Policy modules with their functions by name."""
    found = []
    for path, tree in trees_of(files, "app/policies/"):
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        if "visible" in functions:
            found.append((path, functions))
    return found


def hides(files: Files, service: str) -> bool:
    """Whether callers with an account see less than all of what a service is about."""
    functions = dict(policies_of(files)).get(service.replace("services", "policies"))
    return functions is not None and bool(narrow(functions["visible"]))


def answers_of(function: ast.FunctionDef) -> list[str]:
    """What a function does, as text."""
    return [ast.unparse(node) for node in function.body[1:]]


def narrow(function: ast.FunctionDef) -> list[ast.expr]:
    """The conditions that a policy returns for callers with an account who are not let through by their role."""
    found: list[ast.expr] = []
    for node in function.body:
        if isinstance(node, ast.Return) and node.value is not None:
            value = node.value.orelse if isinstance(node.value, ast.IfExp) else node.value
            if isinstance(value, ast.Tuple) and value.elts:
                found.append(value)
    return found


def narrows(files: Files, path: str, conditions: ast.Starred) -> bool:
    """Whether conditions keep anything out: not those of a policy that has none, or only what is seen anyway.

    Nor do those of what is present where nothing is only hidden.
    """
    if ast.unparse(conditions).endswith(".present"):
        return any(HIDING.search(text) for _, text in under(files, "app/repositories/"))
    asked = POLICY.fullmatch(ast.unparse(conditions))
    functions = dict(policies_of(files)).get(f"app/policies/{asked[1] or module_of(path)}.py") if asked else None
    if asked is None or functions is None:
        return True
    function, seen = functions[asked[2]], functions["visible"]
    return bool(narrow(function)) and (function is seen or answers_of(function) != answers_of(seen))


def functions_in(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods, those inside others too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """Calls of a function or method."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).split(".")[-1] == name]


def calling(function: ast.AST, name: str) -> list[ast.Expr]:
    """Statements that do nothing but call a function."""
    return [node for node in ast.walk(function) if isinstance(node, ast.Expr) and calls(node, name)]


def dropped_refusals(kind: str, files: Files, *marks: str) -> Iterator[Defect]:
    """Refusals of one kind, with the condition under which they are raised."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for node in (n for n in ast.walk(function) if isinstance(n, ast.If)):
                text = ast.unparse(node).replace("'", '"')
                if len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and all(mark in text for mark in marks):
                    yield defect_at(kind, files, path, function.name, node, text="pass")


def defect_at(kind: str, files: Files, path: str, place: str, node: ast.expr | ast.stmt, *, text: str) -> Defect:
    """The files with one node replaced."""
    lines = files[path].splitlines(keepends=True)
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start = sum(len(line.encode()) for line in lines[: node.lineno - 1]) + node.col_offset
    end = sum(len(line.encode()) for line in lines[: node.end_lineno - 1]) + node.end_col_offset
    source = files[path].encode()
    changed = (source[:start] + text.encode() + source[end:]).decode()
    return Defect(kind, f"{path}:{node.lineno} {place}", {path: changed}, module_of(path))


def module_of(path: str) -> str | None:
    """The entity that a file is about."""
    folder, _, name = path.removesuffix(".py").rpartition("/")
    return None if folder.endswith("core") else name
