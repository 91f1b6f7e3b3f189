"""The settings of a generated project, read from its own `app/core/config.py`, so that the table can't be wrong."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from codebegen.features import FeatureSpec
from codebegen.filetree import FileTree

CONFIG = "app/core/config.py"

# What a setting is for. A setting without a line here still gets its row.
_MEANING = {
    "ENVIRONMENT": "`development` migrates at start; `production` does not, and wants its secrets",
    "DATABASE_URL": "where the data is: `sqlite:///./app.db`, `postgresql://user:password@host/name`",
    "DATABASE_POOL_SIZE": "connections kept open to PostgreSQL",
    "DATABASE_TIMEOUT_SECONDS": "how long a statement may take on PostgreSQL, and the wait for a connection; then 503",
    "SECRET_KEY": "signs tokens; at least 32 characters in production. Without one, logins end with the process",
    "ACCESS_TOKEN_MINUTES": "how long an access token is good for",
    "REFRESH_TOKEN_DAYS": "how long a login lasts without being used",
    "FIRST_ADMIN_EMAIL": "the first administrator, created at start where there is no such account",
    "FIRST_ADMIN_PASSWORD": "their password",
    "CORS_ORIGINS": "sites whose pages may call the API, comma-separated",
    "LOG_LEVEL": "`DEBUG`, `INFO`, `WARNING`, `ERROR`",
    "MAX_BODY_BYTES": "the largest request body that is read",
}


_ON_SQLITE = {
    "DATABASE_URL": "where the data is: `sqlite:///./app.db`",
    "DATABASE_POOL_SIZE": "connections kept open for reading",
}


_OF_DOCUMENTS = {
    "ENVIRONMENT": "`development` makes the indexes at start; `production` does not, and wants its secrets",
    "DATABASE_URL": "where the data is: `mongodb://user:password@host:27017/name`",
    "DATABASE_POOL_SIZE": "connections kept open to the database",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable."""

    name: str
    default: str
    meaning: str


def has_postgres(tree: FileTree) -> bool:
    """Whether the project has a driver for PostgreSQL, or says nothing of its drivers."""
    return "pyproject.toml" not in tree or "asyncpg" in tree["pyproject.toml"].content


def settings(tree: FileTree, features: Iterable[FeatureSpec] = ()) -> tuple[Setting, ...]:
    """Every field of the project's `Settings`, in its order."""
    if CONFIG not in tree:
        return ()
    meanings = (
        _MEANING
        | ({} if has_postgres(tree) else _ON_SQLITE)
        | (_OF_DOCUMENTS if "mongodb://" in tree[CONFIG].content else {})
        | {name: meaning for spec in features for name, meaning in spec.settings.items()}
    )
    module = ast.parse(tree[CONFIG].content)
    found = (node for node in module.body if isinstance(node, ast.ClassDef) and node.name == "Settings")
    return tuple(
        Setting(node.target.id.upper(), _default(node.value), meanings.get(node.target.id.upper(), ""))
        for model in found
        for node in model.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _is_read(node)
    )


def _is_read(node: ast.AnnAssign) -> bool:
    return "init=False" not in ast.unparse(node.annotation)


def _default(node: ast.expr | None) -> str:
    """What the code says it is without the variable, as one would write it there."""
    match node:
        case None:
            return "(required)"
        case ast.Call(func=ast.Name(id="SecretStr"), args=[ast.Constant(value="")]):
            return ""
        case ast.Call(keywords=keywords):
            return next((_default(k.value) for k in keywords if k.arg == "default"), "")
        case ast.Attribute(attr=name):
            return f"`{name.lower()}`"
        case ast.Constant(value=None | "") | ast.Tuple(elts=[]):
            return ""
        case ast.Constant(value=str(text)):
            return f"`{text}`"
        case _:
            return f"`{ast.unparse(node)}`"
