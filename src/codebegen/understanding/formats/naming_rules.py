"""Names: what tables, columns and keys are called in a blueprint."""

import re
from collections.abc import Sequence

from codebegen import naming
from codebegen.understanding.formats.schema import Key, Table

LONGEST = 60
USER = "User"
_ACCOUNTS = frozenset({"user", "app_user", "auth_user", "jhi_user", "user_account", "account_user"})
_LOGINS = frozenset({"account", "login", "auth_account"})
_PASSWORDS = frozenset(
    "password password_hash hashed_password encrypted_password password_digest passwd pwd pass_hash pwd_hash".split()
)
_PREFIX = re.compile(r"^(tbl|tb|t|app)_(?=[a-z]{3})")
_KEY_ENDS = ("_id", "_uuid", "_guid", "_key", "_fk", "_ref")


def safe(text: str) -> str:
    """A snake_case name that a blueprint takes; empty if there is no letter or digit in it."""
    name = naming.snake(text)[:LONGEST].strip("_")
    return name if not name or name[0].isalpha() else f"n{name}"[:LONGEST]


def is_password(name: str) -> bool:
    """Whether a column keeps what people log in with."""
    return safe(name) in _PASSWORDS


def entity_names(tables: Sequence[Table]) -> dict[str, str]:
    """Table (in small letters) → entity: the singular, unless two tables would share it."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    stems = [_PREFIX.sub("", naming.snake(table.name)) for table in tables]
    prefixed = len(tables) > 1 and all(stem != naming.snake(t.name) for stem, t in zip(stems, tables, strict=True))
    accounts = [t.name for t in tables if _is_account(t, _ACCOUNTS)] or [
        t.name for t in tables if _is_account(t, _LOGINS) and any(is_password(c.name) for c in t.columns)
    ]
    for table, stem in zip(tables, stems, strict=True):
        name = _entity(table.name, stem if prefixed else naming.snake(table.name))
        if table.name in accounts[:1]:
            name = USER
        number = 2
        wish = name if name not in taken else _pascal(naming.snake(table.name))
        name = wish
        while name in taken:
            name, number = f"{wish[: LONGEST - 3]}{number}", number + 1
        taken.add(name)
        found[table.name.lower()] = name
    return found


def _is_account(table: Table, names: frozenset[str]) -> bool:
    return naming.singular(naming.snake(table.name)) in names


def _entity(name: str, stem: str) -> str:
    """`order_items` → `OrderItem`; `Address`, written as a class, is one thing already."""
    is_class = re.fullmatch(r"[A-Z]\w*[a-z]\w*", name) is not None and "_" not in name
    return _pascal(stem if is_class else naming.singular(stem))


def _pascal(snake: str) -> str:
    name = naming.pascal(snake)[: LONGEST - 4]
    if not name:
        return "Thing"
    return name if name[0].isalpha() else f"N{name}"


def relation_name(key: Key, target: str) -> str:
    """What a key is called: `author_id` → `author`; a key of several columns is called after what it leads to."""
    if key.name:
        name = safe(key.name)
        return name or naming.snake(target)
    if len(key.columns) != 1:
        return naming.snake(target)[:LONGEST]
    name = safe(key.columns[0])
    ends = (*_KEY_ENDS, *(f"_{safe(column)}" for column in key.target_columns))
    for end in ends:
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    for start in ("id_", "fk_"):
        if name.startswith(start) and len(name) > len(start):
            return name.removeprefix(start)
    return naming.snake(target)[:LONGEST] if name in ("id", "uuid", "") else name


def join_name(table: Table, left: str, right: str) -> str:
    """How one side of a join table sees the other: `project_members` → `members` of a project, else the plural."""
    stem, own = naming.snake(table.name), naming.snake(left)
    for start in (own, naming.plural(own)):
        rest = stem.removeprefix(f"{start}_")
        if (
            rest != stem
            and naming.singular(rest) != naming.snake(right)
            and naming.plural(naming.singular(rest)) == rest
        ):
            return rest[:LONGEST]
    return naming.plural(naming.snake(right))[:LONGEST]
