"""What rows go through: rules, transitions, toggles and computed values, spelled for the templates."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Computed, ToggleAction
from codebegen.blueprint.expressions import Expression, references
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.expressions import over_row
from codebegen.compiler.literals import prose, python
from codebegen.compiler.views.enums import EnumView
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.tables import LinkTableView, field_column


@dataclass(frozen=True, slots=True)
class TransitionView:
    """One move: from any of `sources` to `target`; `guard` must hold, `effects` are written with it."""

    name: str
    segment: str
    pascal: str
    constant: str
    attribute: str
    enum: str
    sources: tuple[str, ...]
    target: str
    says: str
    guard: str | None
    effects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToggleView:
    """On or off per account, kept in a link table, counted where asked."""

    name: str
    segment: str
    pascal: str
    undo: str
    words: str
    count: str
    counted: bool
    link: LinkTableView


@dataclass(frozen=True, slots=True)
class ComputedView:
    """A value that the database computes when a row is read: `expression` is a SQL expression."""

    attribute: str
    name: str
    python: str
    body: str
    rows: str
    table: str
    expression: str
    initial: str


def is_local(condition: Expression) -> bool:
    """Whether an expression is about one row only, and about some field of it."""
    paths = references(condition)
    return bool(paths) and not any("." in path for path in paths)


def transitions_of(blueprint: Blueprint, entity: Entity, enums: dict[str, EnumView]) -> tuple[TransitionView, ...]:
    """All moves of all state machines of an entity."""
    renderer = over_row(blueprint, entity, names_of(entity).var)
    views = []
    for machine in entity.state_machines:
        enum = enums[machine.field]
        for move in machine.transitions:
            sources = tuple(f"models.{enum.member(state)}" for state in move.from_)
            guard = renderer.render(move.guard) if move.guard is not None and is_local(move.guard) else None
            effects = tuple((naming.attribute(e.field), renderer.render(e.value)) for e in move.effects)
            views.append(
                TransitionView(
                    name=move.name,
                    segment=move.name,
                    pascal=naming.pascal(move.name),
                    constant=move.name.upper(),
                    attribute=naming.attribute(machine.field),
                    enum=enum.name,
                    sources=sources,
                    target=f"models.{enum.member(move.to)}",
                    says=prose(f"from {' or '.join(move.from_)} to {move.to}"),
                    guard=guard,
                    effects=effects,
                )
            )
    return tuple(views)


def toggles_of(blueprint: Blueprint, entity: Entity) -> tuple[ToggleView, ...]:
    """All toggles of an entity."""
    if not blueprint.has_accounts:
        return ()
    return tuple(_toggle(entity, action) for action in entity.actions if action.kind == "toggle")


def _toggle(entity: Entity, action: ToggleAction) -> ToggleView:
    singular = naming.snake(entity.name)
    own = f"{singular}_id" if entity.kind != "user" else "target_id"
    name = f"{singular}_{naming.plural(action.name)}"[:63]
    link = LinkTableView(name, name, own, entity.plural[:63], "user_id", "users")
    return ToggleView(
        name=action.name,
        segment=action.name,
        pascal=naming.pascal(action.name),
        undo=f"un{action.name}",
        words=naming.title(action.name).lower(),
        count=f"{action.name}_count",
        counted=action.counted,
        link=link,
    )


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
        rows=rows,
        table=f"sa.table({python(source.plural[:63])}, {', '.join(columns)})",
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
