"""Tables: columns and constraints, as the models declare them and as the first migration makes them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import is_account_field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.compiler.literals import decimal, python
from codebegen.compiler.moments import moment
from codebegen.compiler.views.enums import EnumView
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.types import types_of

OWN_TABLES = ("auth_sessions", "login_failures", "idempotency_keys", "alembic_version")
"""Tables that every project may have beside those of its entities."""
_ON_DELETE = {"cascade": "CASCADE", "restrict": "RESTRICT", "set_null": "SET NULL", None: "RESTRICT"}


_QUOTED = frozenset({"format"})  # `format JSON` begins a clause
_MOMENTS = {
    "types.utcnow": "utcnow()",
    "types.today": "utcnow().date()",
    "types.time_of_day": "utcnow().time().replace(microsecond=0)",
}


@dataclass(frozen=True, slots=True)
class ForeignView:
    """What a key points to. `deferred`: the target's table is made later, so the constraint comes after it."""

    table: str
    on_delete: str
    deferred: bool = False

    @property
    def constraint(self) -> str:
        """The foreign key as SQLAlchemy spells it; a deferred one is made after all tables."""
        rule = "" if self.on_delete == "RESTRICT" else f', ondelete="{self.on_delete}"'
        return f'sa.ForeignKey("{self.table}.id"{rule}{", use_alter=True" if self.deferred else ""})'


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column: `attribute` in Python, `name` in the database and in JSON."""

    attribute: str
    name: str
    python: str
    column: str
    migration: str
    nullable: bool
    unique: bool = False
    index: bool = False
    default: str | None = None
    foreign: ForeignView | None = None

    @property
    def annotation(self) -> str:
        """What `orm.Mapped` holds."""
        return f"{self.python} | None" if self.nullable else self.python

    @property
    def value(self) -> str | None:
        """The default as a service spells it, which knows models as `models`."""
        if self.default is None or self.default in _MOMENTS:
            return _MOMENTS.get(self.default or "")
        return f"models.{self.default}" if self.column.startswith("enum_type(") else self.default

    @property
    def spelled(self) -> str:
        """The name in the database; quoted where PostgreSQL reads something else and SQLAlchemy does not know."""
        return f"sa.quoted_name({python(self.name)}, quote=True)" if self.name in _QUOTED else python(self.name)

    @property
    def arguments(self) -> str:
        """What `orm.mapped_column` is given."""
        parts = [self.spelled] if self.name != self.attribute or self.name in _QUOTED else []
        if self.foreign is not None:
            parts.append(self.foreign.constraint)
        else:
            parts.append(self.column.removesuffix("()"))
        parts += [f"default={self.default}"] if self.default is not None else []
        parts += ["unique=True"] if self.unique else []
        parts += ["index=True"] if self.index else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of an entity."""

    name: str
    columns: tuple[ColumnView, ...]
    unique_together: tuple[tuple[str, ...], ...]
    soft_delete: bool


def table_name(entity: Entity) -> str:
    """The table of an entity; names of PostgreSQL end after 63 characters."""
    return f"{entity.plural}_records" if entity.plural in OWN_TABLES else entity.plural[:63]


def field_column(field: Field, enums: dict[str, EnumView]) -> ColumnView:
    """The column of a field."""
    enum = enums.get(field.name)
    types = types_of(field, enum.name if enum else "")
    return ColumnView(
        attribute=naming.attribute(field.name),
        name=field.name,
        python=types.python,
        column=types.column,
        migration=types.migration,
        nullable=field.nullable,
        unique=field.unique,
        index=field.type == "enum" and not field.unique,
        default=default_of(field, enum),
    )


def default_of(field: Field, enum: EnumView | None) -> str | None:
    """The default as a Python expression, None where there is none; moments have a callable."""
    value = field.default
    if value is None:
        return None
    if enum is not None:
        return enum.member(str(value))
    if field.type in ("datetime", "date", "time") and value in ("now", "today"):
        return {"datetime": "types.utcnow", "date": "types.today", "time": "types.time_of_day"}[field.type]
    if field.type in ("datetime", "date", "time"):
        return moment(field.type, value)
    if field.type in ("decimal", "money"):
        return decimal(Decimal(str(value)))
    if field.type in ("integer", "duration"):
        return str(int(float(value)))
    return python(value)


def key_column(relation: Relation, target: Entity, *, deferred: bool = False) -> ColumnView:
    """The column of a many-to-one or one-to-one."""
    ids = ids_of(target)
    return ColumnView(
        attribute=naming.attribute(relation.key),
        name=relation.key,
        python=ids.python,
        column=ids.column,
        migration=ids.column,
        nullable=not relation.required,
        unique=relation.unique,
        index=not relation.unique,
        foreign=ForeignView(table_name(target), _ON_DELETE[relation.on_delete], deferred),
    )


def table_of(
    blueprint: Blueprint, entity: Entity, enums: dict[str, EnumView], waiting: frozenset[str] = frozenset()
) -> TableView:
    """The table of one entity; keys named in `waiting` point to tables that are made later."""
    columns = [field_column(f, enums) for f in entity.fields if not is_account_field(entity, f)]
    for relation in entity.relations:
        if relation.kind != "many_to_many":
            target = blueprint.entities_by_name[relation.target]
            columns.append(key_column(relation, target, deferred=relation.name in waiting))
    together = tuple(tuple(_column_name(entity, name) for name in unique.fields) for unique in entity.unique_together)
    if entity.soft_delete:
        # Unique among the living: a partial index takes the place of the constraint.
        columns = [
            replace(column, unique=False, index=column.index or column.foreign is not None) for column in columns
        ]
    return TableView(table_name(entity), tuple(columns), together, entity.soft_delete)


def _column_name(entity: Entity, name: str) -> str:
    relation = entity.relations_by_name.get(name)
    return relation.key if relation else name


def creation_order(blueprint: Blueprint) -> list[tuple[Entity, frozenset[str]]]:
    """Entities so that targets come first, each with its keys (names) that must wait for a table made later."""
    order: list[tuple[Entity, frozenset[str]]] = []
    done: set[str] = set()
    waiting = list(blueprint.entities)
    while waiting:
        ready = next((e for e in waiting if not _blocking(e, done)), None)
        entity = ready or next((e for e in waiting if not _blocking(e, done, required=True)), waiting[0])
        order.append((entity, frozenset(_blocking(entity, done))))
        done.add(entity.name)
        waiting.remove(entity)
    return order


def _blocking(entity: Entity, done: set[str], *, required: bool = False) -> list[str]:
    return [
        r.name
        for r in entity.relations
        if r.kind != "many_to_many"
        and r.target not in done
        and r.target != entity.name
        and (r.required or not required)
    ]
