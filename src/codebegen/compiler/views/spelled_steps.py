"""Steps of a blueprint become their view: what is read first, what is asked, added, made and written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from codebegen import naming
from codebegen.blueprint.expressions import Arithmetic, Caller, Expression, FieldRef, Not, references
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, RequireStep, RowStep, SetStep, Step
from codebegen.compiler.expressions import Renderer, model_of, over_row, row_path
from codebegen.compiler.views.bodies import Body
from codebegen.compiler.views.counters import AdditionView, CounterView, amount_of, counter_of, within
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.rule import FetchView, refusal
from codebegen.compiler.views.steps import (
    ChangeView,
    LookupView,
    LoopView,
    MadeView,
    MoveView,
    RequirementView,
    StepsView,
    WriteView,
)


@dataclass
class _Scene:
    """What is at hand while steps are spelled: the row, its name, and variables of rows that were made."""

    blueprint: Blueprint
    subject: Entity
    row: Entity
    variable: str
    key: str = ""
    made: dict[str, str] = field(default_factory=dict)

    def renderer(self) -> Renderer:
        """Spells expressions over the row at hand; the way back to the first row is that row itself."""
        known = over_row(self.blueprint, self.row, self.variable)
        return Renderer(self.blueprint, self.row, self._field, known.spelling)

    def _field(self, path: str) -> str:
        subject = names_of(self.subject).var
        if self.key and path == self.key:
            return f"{subject}.id"
        if self.key and path.startswith(f"{self.key}."):
            return row_path(self.blueprint, self.subject, subject, path.partition(".")[2])
        return row_path(self.blueprint, self.row, self.variable, path)


def steps_of(
    blueprint: Blueprint, entity: Entity, steps: tuple[Step, ...], body: Body | None = None, *, moving: bool = False
) -> StepsView:
    """The view of steps that start from a row of an entity; `body` says more of the first row that they make.

    Rows that a move (`moving`) does something for need not be there.
    """
    scene = _Scene(blueprint, entity, entity, names_of(entity).var)
    counters: dict[str, CounterView] = {}
    made, loops, additions, requirements, values = [], [], [], [], list[Expression]()
    for step in steps:
        match step:
            case ForEachStep():
                loops.append(_loop(scene, step, counters, required=not moving))
                values += [FieldRef(path=path) for path in _back(step)]
            case CreateStep():
                made.append(_made(scene, step, body or Body()))
                values += [value.value for value in step.values]
            case AdjustStep():
                additions.append(_addition(scene, step, counters))
            case RequireStep():
                requirements.append(_requirement(scene, step))
                values.append(step.condition)
            case SetStep() | MoveStep():
                continue
    return StepsView(
        fetches=_fetches(blueprint, entity, values),
        requirements=tuple(requirements),
        counters=tuple(counters.values()),
        additions=tuple(additions),
        made=tuple(made),
        loops=tuple(loops),
        writes=tuple(_writes(scene, steps)),
    )


def _writes(scene: _Scene, steps: tuple[Step, ...]) -> Iterator[WriteView]:
    """The rows behind keys that are written, each with all that is written to it."""
    written = [step for step in steps if isinstance(step, SetStep | MoveStep)]
    for name in dict.fromkeys(step.relation for step in written if step.relation is not None):
        relation = scene.row.relations_by_name[name]
        target = scene.blueprint.entities_by_name[relation.target]
        variable = f"its_{name}"
        yield WriteView(
            variable=variable,
            model=model_of(target),
            key=_key(scene.variable, relation),
            optional=not relation.required,
            changes=tuple(_change(scene, step, variable) for step in written if step.relation == name),
        )


def _change(scene: _Scene, step: SetStep | MoveStep, row: str) -> ChangeView:
    """What a step writes to the row in a variable: the row at hand, or one that it points to."""
    relation = scene.row.relations_by_name.get(step.relation or "")
    entity = scene.row if relation is None else scene.blueprint.entities_by_name[relation.target]
    renderer = over_row(scene.blueprint, entity, row)
    if isinstance(step, SetStep):
        value = renderer.assigned(step.value, entity.fields_by_name[step.field])
        return ChangeView(row, ((naming.attribute(step.field), value),))
    moves = [(machine, move) for machine in entity.state_machines for move in machine.transitions]
    machine, move = next((machine, move) for machine, move in moves if move.name == step.transition)
    enum = enums_of(scene.blueprint, entity)[machine.field]
    constant = f"{naming.snake(entity.name)}_{naming.snake(move.name)}_move".upper()
    sources = ", ".join(f"models.{enum.member(state)}" for state in dict.fromkeys(move.from_))
    view = MoveView(constant, sources, f"models.{enum.member(move.to)}")
    attribute = naming.attribute(machine.field)
    effects = [
        (naming.attribute(one.field), renderer.assigned(one.value, entity.fields_by_name[one.field]))
        for one in move.effects
    ]
    return ChangeView(row, ((attribute, f"{constant}.target"), *effects), view, attribute)


def _back(step: ForEachStep) -> list[str]:
    """What the rows at hand ask of rows that the first row points to, as paths from there."""
    prefix = f"{step.relation}."
    paths = [path for one in step.steps for value in _expressions(one) for path in references(value)]
    return [path.removeprefix(prefix) for path in paths if path.startswith(prefix)]


def _expressions(step: RowStep) -> list[Expression]:
    match step:
        case RequireStep(condition=condition):
            return [condition]
        case AdjustStep(amount=amount):
            return [amount]
        case CreateStep(values=values):
            return [value.value for value in values]
        case SetStep() | MoveStep():
            return []


def _fetches(blueprint: Blueprint, entity: Entity, values: list[Expression]) -> tuple[FetchView, ...]:
    """Rows that the first row points to, where something is asked of them."""
    names = dict.fromkeys(p.partition(".")[0] for value in values for p in references(value) if "." in p)
    row = names_of(entity).var
    return tuple(
        FetchView(f"its_{name}", model_of(blueprint.entities_by_name[relation.target]), _key(row, relation))
        for name in names
        if (relation := entity.relations_by_name.get(name)) is not None
    )


def _key(row: str, relation: Relation) -> str:
    return f"{row}.{naming.attribute(relation.key)}"


def _loop(scene: _Scene, step: ForEachStep, counters: dict[str, CounterView], *, required: bool) -> LoopView:
    entity = scene.blueprint.entities_by_name[step.entity]
    names = names_of(entity)
    inner = _Scene(scene.blueprint, scene.subject, entity, names.var, step.relation, dict(scene.made))
    additions = [_addition(inner, one, counters) for one in step.steps if isinstance(one, AdjustStep)]
    looked = [value for one in step.steps if not isinstance(one, AdjustStep) for value in _expressions(one)]
    paths = [path for value in looked for path in references(value) if "." in path]
    written = [one for one in step.steps if isinstance(one, SetStep | MoveStep)]
    looked_at = [path.partition(".")[0] for path in paths] + [one.relation for one in written if one.relation]
    keys = dict.fromkeys(name for name in looked_at if name != step.relation)
    lookups = []
    for name in keys:
        relation = entity.relations_by_name[name]
        target = names_of(scene.blueprint.entities_by_name[relation.target])
        lookups.append(LookupView(f"{name}_by_id", f"its_{name}", naming.attribute(relation.key), target))
    return LoopView(
        names=names,
        key=naming.attribute(entity.relations_by_name[step.relation].key),
        required=required,
        additions=tuple(additions),
        lookups=tuple(lookups),
        requirements=tuple(_requirement(inner, one) for one in step.steps if isinstance(one, RequireStep)),
        made=tuple(_made(inner, one, Body()) for one in step.steps if isinstance(one, CreateStep)),
        changes=tuple(_change(inner, one, f"its_{one.relation}" if one.relation else names.var) for one in written),
        clear=step.clear,
    )


def _addition(scene: _Scene, step: AdjustStep, counters: dict[str, CounterView]) -> AdditionView:
    relation = scene.row.relations_by_name[step.relation]
    target = scene.blueprint.entities_by_name[relation.target]
    counter = counter_of(target, target.fields_by_name[step.field], step.message)
    counters.setdefault(counter.constant, counter)
    renderer = scene.renderer()
    amount = amount_of(renderer, step.amount, scene.row)
    return AdditionView(counter.constant, _key(scene.variable, relation), amount, optional=not relation.required)


def _requirement(scene: _Scene, step: RequireStep) -> RequirementView:
    broken = scene.renderer().test(Not(of=step.condition))
    return RequirementView(broken, refusal("Conflict", step.message or "This is not possible now."))


def _made(scene: _Scene, step: CreateStep, body: Body) -> MadeView:
    target = scene.blueprint.entities_by_name[step.entity]
    names = names_of(target)
    renderer = scene.renderer()
    values: dict[str, str] = {}
    for value in step.values:
        relation = target.relations_by_name.get(value.name)
        if relation is not None:
            spelled = "actor.id" if isinstance(value.value, Caller) else renderer.render(value.value)
            values[naming.attribute(relation.key)] = spelled
        else:
            known = target.fields_by_name[value.name]
            spelled = renderer.assigned(value.value, known)
            exact = isinstance(value.value, Arithmetic) and known.type != "float"
            values[naming.attribute(value.name)] = within(known, spelled) if exact else spelled
    for relation in target.relations:
        key = naming.attribute(relation.key)
        if relation.kind == "many_to_many" or key in values:
            continue
        if relation.target in scene.made:
            values[key] = f"{scene.made[relation.target]}.id"
        elif relation.name == target.owner and scene.blueprint.has_accounts:
            values[key] = "actor.id"
    values |= {name: f"data.{name}" for name in body.spelled}
    variable = names.var if names.var not in (scene.variable, names_of(scene.subject).var) else f"new_{names.var}"
    if not scene.key:
        scene.made[step.entity] = variable
    return MadeView(model_of(target), variable, tuple(values.items()))
