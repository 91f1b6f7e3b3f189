"""Values that the database computes from the rows that point to a row."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.literals import python
from codebegen.compiler.views.tables import field_column, table_name


@dataclass(frozen=True, slots=True)
class ComputedView:
    """A value that the database computes when a row is read: `expression` is a SQL expression."""

    attribute: str
    name: str
    python: str
    body: str
    alias: str | None
    rows: str
    table: str
    expression: str
    initial: str


def computed_of(blueprint: Blueprint, entity: Entity) -> tuple[ComputedView, ...]:
    """Values aggregated over the rows that point here."""
    views = (_aggregate(blueprint, computed) for computed in entity.computed)
    return tuple(view for view in views if view is not None)


def is_aggregate(computed: Computed) -> bool:
    """Whether the compiler can spell it."""
    return computed.function != "expression" and computed.condition is None and computed.expression is None


def _aggregate(blueprint: Blueprint, computed: Computed) -> ComputedView | None:
    if not is_aggregate(computed):
        return None
    source = blueprint.entities_by_name[computed.entity or ""]
    key = source.relations_by_name[computed.relation or ""].key
    columns = [f"sa.column({python(key)})"]
    columns += [_typed_column(source, computed.field)] if computed.field else []
    columns += ['sa.column("deleted_at")'] if source.soft_delete else []
    rows = f"_{computed.name}_rows"
    column = f"{rows}.c[{python(computed.field)}]"
    value = {
        "count": "sa.func.count()",
        "sum": f"sa.func.coalesce(sa.func.sum({column}), 0)",
        "average": f"sa.func.avg(sa.cast({column}, sa.Float))",
        "min": f"sa.func.min({column})",
        "max": f"sa.func.max({column})",
    }[computed.function]
    living = f', {rows}.c["deleted_at"].is_(None)' if source.soft_delete else ""
    points_here = f"{rows}.c[{python(key)}] == id"
    kind = _type(source, computed)
    return ComputedView(
        attribute=naming.attribute(computed.name),
        name=computed.name,
        python=kind,
        body=_body(source, computed, kind),
        alias=computed.name if naming.attribute(computed.name) != computed.name else None,
        rows=rows,
        table=f"sa.table({python(table_name(source))}, {', '.join(columns)})",
        expression=f"sa.select({value}).select_from({rows}).where({points_here}{living}).scalar_subquery()",
        initial=_initial(kind),
    )


def _typed_column(source: Entity, name: str) -> str:
    """A column that comes back in its own type also from an aggregate."""
    return f"sa.column({python(name)}, {field_column(source.fields_by_name[name], {}).column})"


def _initial(kind: str) -> str:
    """The value of a row that nothing points to yet."""
    return {"int": "0", "float": "0.0", "Decimal": "Decimal(0)"}.get(kind, "None")


def _body(source: Entity, computed: Computed, kind: str) -> str:
    """The type in answers; amounts keep their scale."""
    if "Decimal" not in kind:
        return kind
    places = source.fields_by_name[computed.field or ""].places or 0
    return kind.replace("Decimal", f"Annotated[Decimal, types.Fixed(28, {places})]")


def _type(source: Entity, computed: Computed) -> str:
    if computed.function == "count":
        return "int"
    if computed.function == "average":
        return "float | None"
    field = source.fields_by_name[computed.field or ""]
    kind = {"integer": "int", "duration": "int", "money": "Decimal", "decimal": "Decimal", "float": "float"}
    plain = kind.get(field.type, f"dt.{field.type}" if field.type in ("date", "datetime", "time") else "str")
    return plain if computed.function == "sum" else f"{plain} | None"
