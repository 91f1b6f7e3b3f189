"""Constraints of a table beyond its columns, as SQLAlchemy spells them in a model."""

from codebegen.blueprint.model import Entity
from codebegen.compiler.literals import identifier, python
from codebegen.compiler.views.tables import TableView

_RANGED = frozenset({"integer", "decimal", "money", "float", "duration"})


def constraints_of(entity: Entity, table: TableView) -> tuple[str, ...]:
    """Ranges of numbers, and what must be unique; among the living where rows are only hidden."""
    lines = [f"sa.CheckConstraint({python(text)}, name={python(name)})" for name, text in checks_of(entity)]
    lines += [_unique(table, columns) for columns in table.unique_together]
    if table.soft_delete:
        lines += [_unique(table, (column,)) for column in unique_columns(entity)]
    return tuple(lines)


def checks_of(entity: Entity) -> list[tuple[str, str]]:
    """Name and SQL text of every range."""
    checks = []
    for field in entity.fields:
        if field.type not in _RANGED:
            continue
        if field.min is not None:
            checks.append((f"{field.name}_min", f'"{field.name}" {">" if field.exclusive_min else ">="} {field.min}'))
        if field.max is not None:
            checks.append((f"{field.name}_max", f'"{field.name}" {"<" if field.exclusive_max else "<="} {field.max}'))
    return checks


def unique_columns(entity: Entity) -> list[str]:
    """Columns that are unique on their own."""
    keys = [relation.key for relation in entity.relations if relation.unique]
    return [field.name for field in entity.fields if field.unique] + keys


def living_index_name(table: TableView, columns: tuple[str, ...]) -> str:
    """The name of a partial index; names of PostgreSQL end after 63 characters."""
    return identifier(f"uq_{table.name}_{'_'.join(columns)}_living")


def _unique(table: TableView, columns: tuple[str, ...]) -> str:
    names = ", ".join(python(column) for column in columns)
    if not table.soft_delete:
        return f"sa.UniqueConstraint({names})"
    living = 'sa.text("deleted_at IS NULL")'
    name = python(living_index_name(table, columns))
    return f"sa.Index({name}, {names}, unique=True, sqlite_where={living}, postgresql_where={living})"
