"""Join tables: a table that only pairs rows of two others becomes a many-to-many of one of them."""

from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.understanding.formats.naming_rules import USER, join_name, safe
from codebegen.understanding.formats.schema import Key, Table

_ROW = frozenset({"id", "created_at", "updated_at", "created_on", "updated_on"})


@dataclass(frozen=True)
class Join:
    """`holder` (a table) writes the keys of `key.target`."""

    table: Table
    holder: str
    key: Key


def split_joins(tables: tuple[Table, ...], names: dict[str, str]) -> tuple[tuple[Table, ...], tuple[Join, ...]]:
    """The tables that are things of their own, and the pairs."""
    targets = {key.target.lower() for table in tables for key in table.keys}
    joins = [_join(table, names) for table in tables if table.name.lower() not in targets and _is_join(table, names)]
    gone = {join.table.name for join in joins}
    return tuple(table for table in tables if table.name not in gone), tuple(joins)


def _is_join(table: Table, names: dict[str, str]) -> bool:
    """Two keys to different things, each pair once, and nothing else to tell."""
    keys = [key for key in table.keys if key.kind == "many_to_one" and key.columns]
    if len(keys) != 2 or len(table.keys) != 2 or any(key.target.lower() not in names for key in keys):
        return False
    if keys[0].target.lower() == keys[1].target.lower() or table.checks:
        return False
    held = {column.lower() for key in keys for column in key.columns}
    rest = [c for c in table.columns if c.name.lower() not in held]
    if any(safe(c.name) not in _ROW for c in rest):
        return False
    pair = {c.lower() for c in table.primary} == held
    once = any({c.lower() for c in unique.columns} == held for unique in table.unique)
    own_key = any(safe(c.name) == "id" for c in rest)
    named_after_both = _named_after(table, keys, names)
    return pair or (named_after_both and (once or not own_key))


def _named_after(table: Table, keys: list[Key], names: dict[str, str]) -> bool:
    """`post_tags`, `tag_post`, `PostTag`, `PostToTag`."""
    words = [
        naming.singular(word)
        for word in naming.words(table.name)
        if word not in ("to", "map", "link", "join", "rel", "x")
    ]
    both = [naming.words(names[key.target.lower()]) for key in keys]
    return words in ([*both[0], *both[1]], [*both[1], *both[0]])


def _join(table: Table, names: dict[str, str]) -> Join:
    first, second = table.keys
    left, right = names[first.target.lower()], names[second.target.lower()]
    stem = naming.snake(table.name)
    named_first = stem.startswith((naming.snake(right), naming.plural(naming.snake(right))))
    if left == USER or (right != USER and named_first and not stem.startswith(naming.snake(left))):
        first, second, left, right = second, first, right, left
    key = replace(
        second,
        span=table.span,
        name=join_name(table, left, right),
        columns=(),
        kind="many_to_many",
        on_delete=None,
    )
    return Join(table, first.target, key)
