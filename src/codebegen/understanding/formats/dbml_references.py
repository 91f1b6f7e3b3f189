"""References of DBML: `posts.user_id > users.id` becomes a key of the side that holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats.schema import FormatError, Key, Span, Table

End = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reference:
    """Two ends, each a table and its columns, with the sign between them."""

    left: End
    sign: str
    right: End
    span: Span
    on_delete: OnDelete | None


def with_references(
    tables: Mapping[str, Table], aliases: Mapping[str, str], references: Sequence[Reference]
) -> tuple[Table, ...]:
    """The tables with their keys; raises `FormatError` for an end that is not there."""
    found = dict(tables)
    for reference in references:
        left, right = (_known(found, aliases, end, reference) for end in (reference.left, reference.right))
        match reference.sign:
            case ">":
                holder, target = left, right
            case "<":
                holder, target = right, left
            case "<>":
                key = Key(right[0].name, reference.span, kind="many_to_many", name=_plural(right[0].name))
                found[left[0].name.lower()] = replace(left[0], keys=(*left[0].keys, key))
                continue
            case _:
                holder, target = (right, left) if _is_key(left) and not _is_key(right) else (left, right)
        key = Key(
            target[0].name,
            reference.span,
            holder[1],
            kind="one_to_one" if reference.sign == "-" else "many_to_one",
            on_delete=reference.on_delete,
            target_columns=target[1],
        )
        found[holder[0].name.lower()] = replace(holder[0], keys=(*holder[0].keys, key))
    return tuple(found.values())


def _plural(table: str) -> str:
    return naming.plural(naming.singular(naming.snake(table)))


def _known(
    tables: Mapping[str, Table], aliases: Mapping[str, str], end: End, reference: Reference
) -> tuple[Table, tuple[str, ...]]:
    name = aliases.get(end[0], end[0])
    table = tables.get(name.lower())
    if table is None:
        raise FormatError(f"there is no table {end[0]}", reference.span[0], f"add: Table {end[0]} {{ … }}")
    for column in end[1]:
        if table.column(column) is None:
            raise FormatError(f"{table.name} has no column {column}", reference.span[0], "name a column of the table")
    return table, end[1]


def _is_key(end: tuple[Table, tuple[str, ...]]) -> bool:
    return set(end[1]) == set(end[0].primary)
