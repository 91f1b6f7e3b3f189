"""Endpoints that the blueprint protects and that never ask who is calling.

FastAPI finds what an endpoint depends on through the annotations of its parameters; this follows the same way, from
module to module, to the functions of `app/core/auth.py` that insist on an account (`current_…`).
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from codebegen.review.model import Finding
from codebegen.review.source import FunctionNode, Source, dotted, keyword

AUTH = "app/core/auth.py"
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})

Operation = tuple[str, str]
"""Method in capitals, and path without prefix, with `{}` for every parameter."""


@dataclass(frozen=True, slots=True)
class _Module:
    imported: Mapping[str, tuple[str, str]]
    functions: Mapping[str, FunctionNode]
    aliases: Mapping[str, ast.expr]


def anonymous(path: str) -> str:
    """`/posts/{post_id}` → `/posts/{}`."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def unguarded(sources: tuple[Source, ...], protected: Collection[Operation]) -> Iterator[Finding]:
    """Protected operations whose endpoint reaches no `current_…` of the authentication module."""
    modules = {source.path: _module(source) for source in sources}
    for source in sources:
        if not source.path.startswith("app/routers/"):
            continue
        prefix = _prefix(source)
        for function in modules[source.path].functions.values():
            for method, path in _routes(function):
                wanted = (method, anonymous(prefix + path)) in protected
                if wanted and not _asks(modules, source.path, function, set()):
                    message = f"`{method} {prefix + path}` never asks who is calling"
                    yield Finding("no-account-asked", "security", "error", source.path, function.lineno, message)


def _module(source: Source) -> _Module:
    imported = {
        alias.asname or alias.name: (f"{node.module.replace('.', '/')}.py", alias.name)
        for node in source.tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    functions = {node.name: node for node in source.tree.body if isinstance(node, FunctionNode)}
    aliases = {
        target.id: node.value
        for node in source.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return _Module(imported, functions, aliases)


def _prefix(source: Source) -> str:
    """The prefix of the module's `APIRouter`."""
    for call in source.calls:
        value = keyword(call, "prefix")
        if dotted(call.func) == "APIRouter" and isinstance(value, ast.Constant):
            return str(value.value)
    return ""


def _routes(function: FunctionNode) -> Iterator[tuple[str, str]]:
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr=method), args=[ast.Constant(value=str(path)), *_]) if (
                method in _METHODS
            ):
                yield method.upper(), path


def _asks(modules: Mapping[str, _Module], path: str, function: FunctionNode, seen: set[tuple[str, str]]) -> bool:
    """Whether a parameter of the function leads to an account."""
    arguments = (*function.args.args, *function.args.kwonlyargs)
    return any(
        _leads(modules, path, node.id, seen)
        for argument in arguments
        if argument.annotation is not None
        for node in ast.walk(argument.annotation)
        if isinstance(node, ast.Name)
    )


def _leads(modules: Mapping[str, _Module], path: str, name: str, seen: set[tuple[str, str]]) -> bool:
    if (path, name) in seen or path not in modules:
        return False
    seen.add((path, name))
    module = modules[path]
    if path == AUTH and name in module.functions and name.startswith("current_"):
        return True
    if name in module.functions:
        return _asks(modules, path, module.functions[name], seen)
    if name in module.aliases:
        inner = (node.id for node in ast.walk(module.aliases[name]) if isinstance(node, ast.Name))
        return any(_leads(modules, path, other, seen) for other in inner)
    return name in module.imported and _leads(modules, *module.imported[name], seen)
