"""The view of the tests of an entity's fields, each at its edges."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing import edges
from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.endpoints import Import
from codebegen.compiler.testing.laws import lawful, written_fields
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.timing import slots
from codebegen.compiler.testing.values import Value, plain, spell

Rows = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class UniqueView:
    """A field whose value only one row has."""

    name: str
    test: str
    first: str
    second: str | None
    again: str


@dataclass(frozen=True, slots=True)
class FieldsView:
    """Everything that `tests/fields` says of one entity; rows are field, case and value."""

    module: str
    var: str
    article: str
    words: str
    path: str
    poster: str
    editor: str
    make: str
    body: str
    rough: str
    refused: Rows
    accepted: Rows
    spellings: tuple[tuple[str, str, str, str], ...]
    hidden: tuple[str, ...]
    required: tuple[str, ...]
    never_null: tuple[str, ...]
    wrong_changes: str
    wrong_names: tuple[str, ...]
    never_cleared: tuple[str, ...]
    cleared: tuple[str, ...]
    unique: tuple[UniqueView, ...]
    imports: tuple[Import, ...]


def fields_view(planner: Planner, entity: Entity) -> FieldsView:
    """The view of one entity."""
    plan = planner.plan(entity.name)
    fields = written_fields(entity)
    changeable = [field for field in fields if not field.immutable]
    wrong: Row = {field.name: edges.refused(field)[-1][1] for field in changeable}
    keys = [key for key in plan.keys if key.source == "plain" and key.written]
    never_null = [f.name for f in fields if not f.nullable]
    return FieldsView(
        module=plan.module,
        var=plan.var,
        article=plan.article,
        words=plan.words,
        path=entity.path,
        poster=plan.sender_name,
        editor=plan.editor,
        make=plan.make_call(),
        body=plan.body_call(f"people.{plan.maker.attribute}"),
        rough=_rough(plan),
        refused=tuple((f.name, case, spell(value)) for f in fields for case, value in edges.refused(f)),
        accepted=tuple(_accepted(plan)),
        spellings=tuple(_spellings(plan)),
        hidden=tuple(f.name for f in fields if f.write_only),
        required=(*(f.name for f in fields if f.required), *(key.name for key in keys if key.relation.required)),
        never_null=(*never_null, *(key.name for key in keys if key.relation.required)),
        wrong_changes=spell(dict(wrong)),
        wrong_names=tuple(wrong),
        never_cleared=tuple(f.name for f in changeable if not f.nullable),
        cleared=_cleared(plan),
        unique=tuple(_unique(plan)),
        imports=((plan.module, f"make_{plan.var}"), (plan.module, f"{plan.var}_body")),
    )


def _rough(plan: Plan) -> str:
    """A body of the right shape that asks nothing of the application: keys point anywhere."""
    keys: dict[str, Value] = {reference.key.name: 1 for reference in plan.references}
    values = {name: plan.facts[name] if name in slots(plan.entity) else value for name, value in plan.body.items()}
    return spell({**keys, **values})


def _accepted(plan: Plan) -> list[tuple[str, str, str]]:
    """Edges with what the rules ask for besides, as whole changes of a body."""
    found = []
    for field in written_fields(plan.entity):
        for case, value in edges.accepted(field):
            changes = lawful(plan.entity, plan.facts, {field.name: value})
            if changes is not None:
                found.append((field.name, case, spell(dict(changes))))
    return found


def _spellings(plan: Plan) -> list[tuple[str, str, str, str]]:
    """The same value said in another way, as a change of a body, and as it is shown."""
    found = []
    for field in written_fields(plan.entity):
        for case, said, shown in edges.spellings(field):
            changes = lawful(plan.entity, plan.facts, {field.name: shown})
            if changes is not None and not field.write_only:
                found.append((field.name, case, spell({**changes, field.name: said}), spell(shown)))
    return found


def _cleared(plan: Plan) -> tuple[str, ...]:
    """Fields that may be cleared, all at once; only those that no rule is about, if the rules forbid that."""
    names = [f.name for f in written_fields(plan.entity) if f.nullable and not f.immutable]
    ruled = plan.ruled
    changes = lawful(plan.entity, plan.facts, dict.fromkeys(names))
    lawful_as_it_is = changes is not None and changes.keys() <= set(names)
    return tuple(name for name in names if lawful_as_it_is or name not in ruled)


def _unique(plan: Plan) -> list[UniqueView]:
    if plan.single:
        return []
    found = []
    for field in written_fields(plan.entity):
        value = spell(plain(field)[0])
        given = (
            f"{field.name}={value}" if naming.attribute(field.name) == field.name else f'**{{"{field.name}": {value}}}'
        )
        if field.unique:
            found.append(
                UniqueView(
                    field.name,
                    naming.snake(field.name),
                    plan.make_call(given=given),
                    None if field.immutable else plan.make_call(),
                    value,
                )
            )
    return found
