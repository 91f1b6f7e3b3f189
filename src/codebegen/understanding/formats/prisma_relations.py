"""Relations of Prisma: fields whose type is a model, on both sides, become keys on the side that holds them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from codebegen.blueprint.relations import OnDelete
from codebegen.understanding.formats.schema import Column, FormatError, Key, Span, Table


@dataclass(frozen=True)
class Pointer:
    """A field of a type that is no basic one; `label` is the name of its relation, where two models share several."""

    name: str
    type: str
    at: int
    span: Span
    columns: tuple[str, ...]
    targets: tuple[str, ...]
    label: str
    on_delete: OnDelete | None
    many: bool
    optional: bool
    description: str


@dataclass
class Model:
    """A model while it is read: all its fields, and those of them that point elsewhere."""

    table: Table
    columns: dict[str, Column] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)


def with_relations(
    models: Mapping[str, Model], enums: Mapping[str, tuple[str, ...]], basic: Collection[str]
) -> tuple[Table, ...]:
    """The tables, with keys for pointers and values for enums; raises `FormatError` for a type that is not there."""
    tables = []
    seen: set[frozenset[tuple[str, str]]] = set()
    for name, model in models.items():
        columns = dict(model.columns)
        keys: list[Key] = []
        for pointer in model.pointers:
            if pointer.type in enums:
                columns[pointer.name] = _enum(columns[pointer.name], enums[pointer.type], pointer)
                continue
            if pointer.type not in models:
                hint = f"use one of {', '.join(basic)}, or add: model {pointer.type}"
                raise FormatError(f"there is no type {pointer.type}", pointer.at, hint)
            columns.pop(pointer.name)
            key = _key(name, pointer, models, seen)
            keys += [key] if key is not None else []
        tables.append(replace(model.table, columns=tuple(columns.values()), keys=tuple(keys)))
    return tuple(tables)


def _enum(column: Column, values: tuple[str, ...], pointer: Pointer) -> Column:
    if pointer.many:
        return replace(column, type="list", item_type="string", default=None)
    return replace(column, type="enum", values=values)


def _key(name: str, pointer: Pointer, models: Mapping[str, Model], seen: set[frozenset[tuple[str, str]]]) -> Key | None:
    """The key of a pointer, if its side holds one."""
    others = [
        other
        for other in models[pointer.type].pointers
        if other.type == name and other.label == pointer.label and (pointer.type != name or other.name != pointer.name)
    ]
    if pointer.columns:
        return Key(
            pointer.type,
            pointer.span,
            pointer.columns,
            name=pointer.name,
            required=not pointer.optional,
            on_delete=pointer.on_delete,
            inverse=others[0].name if others else "",
            target_columns=pointer.targets,
            description=pointer.description,
        )
    if not pointer.many:
        if not any(other.columns for other in others):
            hint = f"{pointer.name} {pointer.type} @relation(fields: [{pointer.name}Id], references: [id])"
            raise FormatError(f"nothing says which fields hold {pointer.name}", pointer.span[0], hint)
        return None
    if any(not other.many for other in others):
        return None  # the other side holds it
    pair = frozenset({(name, pointer.name), *((pointer.type, other.name) for other in others[:1])})
    if pair in seen:
        return None
    seen.add(pair)
    if not others:
        hint = f"add to {pointer.type}: {name[:1].lower()}{name[1:]} {name} @relation(…)"
        raise FormatError(f"{pointer.type} has no field that leads back to {name}", pointer.span[0], hint)
    return Key(pointer.type, pointer.span, name=pointer.name, kind="many_to_many", inverse=others[0].name)
