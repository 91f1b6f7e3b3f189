"""The first migration: tables in the order in which they can be made, without anything of the application."""

from dataclasses import dataclass

from codebegen.blueprint.model import Blueprint
from codebegen.compiler.literals import identifier, python
from codebegen.compiler.views.behaviour import toggles_of
from codebegen.compiler.views.constraints import checks_of, living_index_name, unique_columns
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.links import LinkTableView
from codebegen.compiler.views.references import many_of
from codebegen.compiler.views.tables import ColumnView, TableView, creation_order, table_of

_STAMPS = (
    'sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)',
    'sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False)',
    'sa.Column("row_version", sa.Integer(), nullable=False)',
)
_ACCOUNT = (
    'sa.Column("email", sa.String(length=254), nullable=False, unique=True)',
    'sa.Column("password_hash", sa.String(length=255), nullable=False)',
    'sa.Column("role", sa.String(length=63), nullable=False)',
    'sa.Column("is_active", sa.Boolean(), nullable=False)',
)


@dataclass(frozen=True, slots=True)
class DeferredKeyView:
    """A foreign key that is made after all tables, since two tables point at each other."""

    name: str
    table: str
    column: str
    target: str
    on_delete: str


@dataclass(frozen=True, slots=True)
class MigrationTableView:
    """One `op.create_table`, and the partial indexes that follow it."""

    name: str
    lines: tuple[str, ...]
    indexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MigrationView:
    """Everything that the first migration does; undone in the opposite order."""

    tables: tuple[MigrationTableView, ...]
    deferred: tuple[DeferredKeyView, ...]


def migration_view(blueprint: Blueprint) -> MigrationView:
    """The first migration of a project."""
    tables: list[MigrationTableView] = []
    deferred: list[DeferredKeyView] = []
    links: list[LinkTableView] = []
    for entity, waiting in creation_order(blueprint):
        table = table_of(blueprint, entity, enums_of(blueprint, entity), waiting)
        account = _ACCOUNT if entity.kind == "user" else ()
        checks = [f"sa.CheckConstraint({python(text)}, name={python(name)})" for name, text in checks_of(entity)]
        uniques = [f"sa.UniqueConstraint({_names(u)})" for u in table.unique_together if not table.soft_delete]
        deleted = ['sa.Column("deleted_at", sa.DateTime(timezone=True))'] if table.soft_delete else []
        columns = [column_line(column) for column in table.columns]
        key = f'sa.Column("id", {ids_of(entity).column}, primary_key=True)'
        lines = (key, *account, *columns, *deleted, *_STAMPS, *checks, *uniques)
        tables.append(MigrationTableView(table.name, lines, _living(table, unique_columns(entity))))
        deferred += _deferred(table)
        links += [m.link for m in many_of(blueprint, entity)] + [t.link for t in toggles_of(blueprint, entity)]
    return MigrationView((*tables, *(_link(link) for link in links)), tuple(deferred))


def column_line(column: ColumnView) -> str:
    """`sa.Column(…)` for `op.create_table`."""
    parts = [column.spelled, column.migration]
    if column.foreign is not None and not column.foreign.deferred:
        parts.append(column.foreign.constraint)
    parts += [] if column.nullable else ["nullable=False"]
    parts += ["unique=True"] if column.unique else []
    parts += ["index=True"] if column.index else []
    return f"sa.Column({', '.join(parts)})"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(python(column) for column in columns)


def _living(table: TableView, unique: list[str]) -> tuple[str, ...]:
    """Partial indexes: unique among the rows that are not deleted."""
    if not table.soft_delete:
        return ()
    living = 'sa.text("deleted_at IS NULL")'
    return tuple(
        f"op.create_index({python(living_index_name(table, columns))}, {python(table.name)}, [{_names(columns)}], "
        f"unique=True, sqlite_where={living}, postgresql_where={living})"
        for columns in [*table.unique_together, *((column,) for column in unique)]
    )


def _deferred(table: TableView) -> list[DeferredKeyView]:
    return [
        DeferredKeyView(
            name=identifier(f"fk_{table.name}_{column.name}"),
            table=table.name,
            column=column.name,
            target=column.foreign.table,
            on_delete=column.foreign.on_delete,
        )
        for column in table.columns
        if column.foreign is not None and column.foreign.deferred
    ]


def _link(link: LinkTableView) -> MigrationTableView:
    keys = (
        (python(link.left), link.left_column, link.left_table, ""),
        (python(link.right), link.right_column, link.right_table, ", index=True"),
    )
    start = 'sa.Column({}, {}, sa.ForeignKey("{}.id", ondelete="CASCADE"), primary_key=True{})'
    lines = tuple(start.format(*key) for key in keys)
    return MigrationTableView(link.name, lines, ())
