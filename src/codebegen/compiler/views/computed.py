"""Values that the database computes when a row is read: from the row itself, and from the rows that point to it."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.blueprint.expressions import mentions_caller, references
from codebegen.blueprint.lookup import ROW_FIELDS
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.expressions import over_columns
from codebegen.compiler.literals import python
from codebegen.compiler.views.numbers import Number, number_of
from codebegen.compiler.views.tables import field_column, table_name


@dataclass(frozen=True, slots=True)
class ComputedView:
    """A value that the database computes when a row is read: `expression` is a SQL expression.

    It is computed from `table`, which is called `rows`, or from the row itself where there is none.
    """

    attribute: str
    name: str
    python: str
    body: str
    alias: str | None
    rows: str | None
    table: str
    expression: str
    initial: str | None

    @property
    def is_arithmetic(self) -> bool:
        """Whether numbers are computed with."""
        return any(f"{name}(" in self.expression for name in ("exact", "whole", "divide", "wide"))


def computed_of(blueprint: Blueprint, entity: Entity) -> tuple[ComputedView, ...]:
    """All values that can be computed."""
    views = (computed_view(blueprint, entity, computed) for computed in entity.computed)
    return tuple(view for view in views if view is not None)


def is_computable(blueprint: Blueprint, entity: Entity, computed: Computed) -> bool:
    """Whether the compiler can spell it."""
    return computed_view(blueprint, entity, computed) is not None


def computed_view(blueprint: Blueprint, entity: Entity, computed: Computed) -> ComputedView | None:
    """One value; None where it can't be spelled."""
    if computed.function == "expression":
        return _own(entity, computed)
    source = blueprint.entities_by_name[computed.entity or ""]
    if computed.condition is not None and not _is_near(source, computed):
        return None
    rows = f"_{computed.name}_rows"
    number = _aggregated(source, computed, rows)
    if computed.expression is not None and number is None:
        return None
    kind = _type(source, computed, number)
    return ComputedView(
        attribute=naming.attribute(computed.name),
        name=computed.name,
        python=kind,
        body=_body(source, computed, kind, number),
        alias=_alias(computed),
        rows=rows,
        table=f"sa.table({python(table_name(source))}, {', '.join(_columns(source, computed))})",
        expression=_aggregate(blueprint, source, computed, rows, number),
        initial=_initial(kind),
    )


def _own(entity: Entity, computed: Computed) -> ComputedView | None:
    """What is computed from the row itself; accounts have none."""
    if computed.expression is None or entity.kind == "user":
        return None
    number = number_of(entity, computed.expression, naming.attribute, computed.scale)
    if number is None:
        return None
    kind = f"{number.python} | None" if number.nullable else number.python
    body = kind
    if number.places is not None:
        body = kind.replace("Decimal", f"Annotated[Decimal, types.Fixed(28, {number.places})]")
    name = naming.attribute(computed.name)
    return ComputedView(name, computed.name, kind, body, _alias(computed), None, "", number.typed(), None)


def _alias(computed: Computed) -> str | None:
    return computed.name if naming.attribute(computed.name) != computed.name else None


def _is_near(source: Entity, computed: Computed) -> bool:
    """Whether a condition is about fields of the aggregated rows alone."""
    condition = computed.condition
    if condition is None or mentions_caller(condition):
        return False
    return all(path in source.fields_by_name or path in ROW_FIELDS for path in references(condition))


def _aggregated(source: Entity, computed: Computed, rows: str) -> Number | None:
    """The number of each row that is aggregated, where it is computed itself."""
    if computed.expression is None:
        return None
    return number_of(source, computed.expression, lambda path: f"{rows}.c[{python(path)}]", computed.scale)


def _columns(source: Entity, computed: Computed) -> list[str]:
    """The columns of the aggregated rows that are looked at, each once."""
    key = source.relations_by_name[computed.relation or ""].key
    names = [computed.field] if computed.field else []
    names += references(computed.expression) if computed.expression is not None else ()
    names += references(computed.condition) if computed.condition is not None else ()
    columns = [f"sa.column({python(key)})", *(_typed_column(source, name) for name in dict.fromkeys(names))]
    return columns + (['sa.column("deleted_at")'] if source.soft_delete else [])


def _aggregate(blueprint: Blueprint, source: Entity, computed: Computed, rows: str, number: Number | None) -> str:
    """The subquery."""
    key = source.relations_by_name[computed.relation or ""].key
    value = _counted(computed, rows) if number is None else _of_number(computed, number)
    conditions = [f"{rows}.c[{python(key)}] == id"]
    conditions += [f'{rows}.c["deleted_at"].is_(None)'] if source.soft_delete else []
    if computed.condition is not None:
        renderer = over_columns(blueprint, source, lambda path: f"{rows}.c[{python(path)}]")
        conditions.append(renderer.render(computed.condition))
    return f"sa.select({value}).select_from({rows}).where({', '.join(conditions)}).scalar_subquery()"


def _counted(computed: Computed, rows: str) -> str:
    column = f"{rows}.c[{python(computed.field)}]"
    return {
        "count": "sa.func.count()",
        "sum": f"sa.func.coalesce(sa.func.sum({column}), 0)",
        "average": f"sa.func.avg(sa.cast({column}, sa.Float))",
        "min": f"sa.func.min({column})",
        "max": f"sa.func.max({column})",
    }[computed.function]


def _of_number(computed: Computed, number: Number) -> str:
    """An aggregate of numbers that are computed themselves."""
    if computed.function == "count":
        return "sa.func.count()"
    if computed.function == "average":
        spelled = number.spelled if number.spelled.startswith("(") else f"({number.spelled})"
        return f"sa.cast(sa.func.avg{spelled}, sa.Float)"
    inner = number.spelled[1:-1] if number.spelled.startswith("(") else number.spelled
    value = f"sa.func.{computed.function}({inner})"
    return number.typed(f"sa.func.coalesce({value}, 0)" if computed.function == "sum" else value)


def _typed_column(source: Entity, name: str) -> str:
    """A column that comes back in its own type also from an aggregate."""
    if name in ROW_FIELDS:
        return f"sa.column({python(name)}{', UtcDateTime' if name != 'id' else ''})"
    field = source.fields_by_name[name]
    kind = "sa.String" if field.type == "enum" else field_column(field, {}).column
    return f"sa.column({python(name)}, {kind})"


def _initial(kind: str) -> str:
    """The value of a row that nothing points to yet."""
    return {"int": "0", "float": "0.0", "Decimal": "Decimal(0)"}.get(kind, "None")


def _body(source: Entity, computed: Computed, kind: str, number: Number | None) -> str:
    """The type in answers; amounts keep their scale."""
    if "Decimal" not in kind:
        return kind
    places = source.fields_by_name[computed.field or ""].places or 0 if number is None else number.places
    return kind.replace("Decimal", f"Annotated[Decimal, types.Fixed(28, {places})]")


def _type(source: Entity, computed: Computed, number: Number | None) -> str:
    if computed.function == "count":
        return "int"
    if computed.function == "average":
        return "float | None"
    if number is not None:
        plain = number.python
    else:
        field = source.fields_by_name[computed.field or ""]
        kind = {"integer": "int", "duration": "int", "money": "Decimal", "decimal": "Decimal", "float": "float"}
        plain = kind.get(field.type, f"dt.{field.type}" if field.type in ("date", "datetime", "time") else "str")
    return plain if computed.function == "sum" else f"{plain} | None"
