"""What could let somebody in: built-up SQL, secrets in the code, dangerous calls, open doors."""

import ast
import re
from collections.abc import Iterator

from codebegen.filetree import FileTree
from codebegen.review.model import Finding
from codebegen.review.source import Source, dotted, is_true, keyword

_SQL_CALLS = frozenset({"text", "execute", "exec_driver_sql", "scalar", "scalars"})
_DANGEROUS = frozenset(
    {"eval", "exec", "os.system", "pickle.loads", "pickle.load", "yaml.load", "marshal.loads", "subprocess.getoutput"}
)
_SECRET_NAME = re.compile(r"(secret|passw|token|api_?key|private_?key)", re.IGNORECASE)
_SECRET_VALUE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\bsk_live_[A-Za-z0-9]{16,}"
    r"|\bxox[abp]-[A-Za-z0-9-]{10,}|://[^/\s:@]+:(?!password@)[^/\s:@${}]{6,}@(?!localhost|127\.)"
)
_LOOKS_SECRET = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{16,}")


def built_sql(source: Source) -> Iterator[Finding]:
    """SQL text put together from parts, where a value could become code."""
    for call in source.calls:
        if dotted(call.func).rpartition(".")[2] in _SQL_CALLS and call.args and _is_built(call.args[0]):
            yield Finding(
                "built-sql", "security", "error", source.path, call.lineno, "SQL is put together from text; bind values"
            )


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        # A PRAGMA takes no bound values, and SQLite's settings come from nobody outside.
        if isinstance(node.values[0], ast.Constant) and str(node.values[0].value).startswith("PRAGMA "):
            return False
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))
    return isinstance(node, ast.Call) and dotted(node.func).endswith(".format")


def dangerous_calls(source: Source) -> Iterator[Finding]:
    """Calls that run text as code, or start a shell."""
    for call in source.calls:
        name = dotted(call.func)
        if name in _DANGEROUS or is_true(keyword(call, "shell")):
            yield Finding(
                "dangerous-call", "security", "error", source.path, call.lineno, f"`{name}` runs what it is given"
            )


def open_doors(source: Source) -> Iterator[Finding]:
    """Settings that switch a protection off."""
    for call in source.calls:
        where = (source.path, call.lineno)
        if is_true(keyword(call, "debug")):
            yield Finding("debug", "security", "error", *where, "debug shows the code to everyone")
        if _every_origin(call) and is_true(keyword(call, "allow_credentials")):
            yield Finding("open-cors", "security", "error", *where, "every site may act for whoever is logged in")
        if dotted(call.func) == "jwt.decode" and len(call.args) < 3 and keyword(call, "algorithms") is None:
            yield Finding("jwt-algorithms", "security", "error", *where, "a token may choose how it is checked")


def _every_origin(call: ast.Call) -> bool:
    origins = keyword(call, "allow_origins")
    return isinstance(origins, ast.List) and any(
        isinstance(item, ast.Constant) and item.value == "*" for item in origins.elts
    )


def named_secrets(source: Source) -> Iterator[Finding]:
    """A literal that looks like a secret, bound to a name that says so."""
    for node in source.nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(value))):
                pass
            case _:
                continue
        if _SECRET_NAME.search(name) and _LOOKS_SECRET.fullmatch(value):
            yield Finding("secret", "security", "error", source.path, node.lineno, f"`{name}` holds a secret")


def known_secrets(tree: FileTree) -> Iterator[Finding]:
    """Keys and passwords of well-known shapes, in any file."""
    for path, file in tree.items():
        for number, line in enumerate(file.content.splitlines(), 1):
            if _SECRET_VALUE.search(line):
                yield Finding("secret", "security", "error", path, number, "this reads like a key or a password")
