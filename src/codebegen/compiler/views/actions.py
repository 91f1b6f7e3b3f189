"""One compound action of a blueprint becomes its view."""

from dataclasses import dataclass, field

from codebegen import naming
from codebegen.blueprint.behaviour import CompoundAction, StateMachine, Transition
from codebegen.blueprint.expressions import Arithmetic, Caller, Expression, FieldRef, Not, references
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, RequireStep, RowStep, SetStep
from codebegen.compiler.expressions import Renderer, model_of, over_row, owned_by, row_path
from codebegen.compiler.views.access import condition_of
from codebegen.compiler.views.action import ActionView, LookupView, LoopView, MadeView, RequirementView, Start
from codebegen.compiler.views.behaviour import methods_of
from codebegen.compiler.views.bodies import Body, body_of
from codebegen.compiler.views.counters import AdditionView, CounterView, amount_of, counter_of, within
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.rule import FetchView, refusal


def actions_of(blueprint: Blueprint) -> tuple[ActionView, ...]:
    """Every compound action that says what it does."""
    taken = {naming.module_name(entity.name) for entity in blueprint.entities}
    views = []
    for entity in blueprint.entities:
        for action in entity.compounds:
            module = naming.snake(f"{entity.name}_{action.name}")
            while module in taken:
                module += "_action"
            taken.add(module)
            views.append(_action(blueprint, entity, action, module))
    return tuple(views)


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


def _action(blueprint: Blueprint, entity: Entity, action: CompoundAction, module: str) -> ActionView:
    names = names_of(entity)
    method = methods_of(blueprint, entity)[action.name]
    start: Start = "caller" if entity.kind == "user" else "path" if "{id}" in action.path else "body"
    scene = _Scene(blueprint, entity, entity, names.var)
    counters: dict[str, CounterView] = {}
    body = body_of(blueprint, entity, action)
    made, loops, additions, requirements, values = [], [], [], [], list[Expression]()
    for step in action.steps:
        match step:
            case ForEachStep():
                loops.append(_loop(scene, step, counters))
                values += [FieldRef(path=path) for path in _back(step)]
            case CreateStep():
                made.append(_made(scene, step, body))
                values += [value.value for value in step.values]
            case AdjustStep():
                additions.append(_addition(scene, step, counters))
            case RequireStep():
                requirements.append(_requirement(scene, step))
                values.append(step.condition)
            case _:
                continue
    result = blueprint.entities_by_name[action.makes] if action.makes else entity
    may = condition_of(blueprint, entity, f"action:{action.name}", "", "")
    return ActionView(
        name=action.name,
        words=" ".join(naming.words(action.name)),
        module=module,
        cls=naming.pascal(module),
        path=action.path.replace("{id}", f"{{{names.id}}}"),
        start=start,
        names=names,
        gate=f"{names.cls}To{naming.pascal(method)}",
        policy=f"can_{method}",
        role_test=may.role_test if start == "caller" and not may.everybody else None,
        finds_own=owned_by(blueprint, entity, entity.owner) if entity.owner and blueprint.has_accounts else None,
        fetches=_fetches(blueprint, entity, values),
        requirements=tuple(requirements),
        counters=tuple(counters.values()),
        additions=tuple(additions),
        made=tuple(made),
        loops=tuple(loops),
        changes=tuple(_changes(scene, action)),
        transitions=tuple(_transitions(scene, action)),
        members=body.members,
        references=body.references,
        result=names_of(result),
        creates=action.makes is not None,
        actor=blueprint.has_accounts,
    )


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


def _loop(scene: _Scene, step: ForEachStep, counters: dict[str, CounterView]) -> LoopView:
    entity = scene.blueprint.entities_by_name[step.entity]
    names = names_of(entity)
    inner = _Scene(scene.blueprint, scene.subject, entity, names.var, step.relation, dict(scene.made))
    additions = [_addition(inner, one, counters) for one in step.steps if isinstance(one, AdjustStep)]
    looked = [value for one in step.steps if not isinstance(one, AdjustStep) for value in _expressions(one)]
    paths = [path for value in looked for path in references(value) if "." in path]
    keys = dict.fromkeys(path.partition(".")[0] for path in paths if path.partition(".")[0] != step.relation)
    lookups = []
    for name in keys:
        relation = entity.relations_by_name[name]
        target = names_of(scene.blueprint.entities_by_name[relation.target])
        lookups.append(LookupView(f"{name}_by_id", f"its_{name}", naming.attribute(relation.key), target))
    return LoopView(
        names=names,
        key=naming.attribute(entity.relations_by_name[step.relation].key),
        additions=tuple(additions),
        lookups=tuple(lookups),
        requirements=tuple(_requirement(inner, one) for one in step.steps if isinstance(one, RequireStep)),
        made=tuple(_made(inner, one, Body()) for one in step.steps if isinstance(one, CreateStep)),
        clear=step.clear,
    )


def _addition(scene: _Scene, step: AdjustStep, counters: dict[str, CounterView]) -> AdditionView:
    relation = scene.row.relations_by_name[step.relation]
    target = scene.blueprint.entities_by_name[relation.target]
    counter = counter_of(target, target.fields_by_name[step.field], step.message)
    counters.setdefault(counter.constant, counter)
    renderer = scene.renderer()
    return AdditionView(counter.constant, _key(scene.variable, relation), amount_of(renderer, step.amount, scene.row))


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


def _changes(scene: _Scene, action: CompoundAction) -> list[tuple[str, str]]:
    """What is written to the first row, but for its states: by steps, and by the moves that it makes."""
    renderer = scene.renderer()
    fields = scene.row.fields_by_name
    values = {effect.field: effect.value for _, move in _moves(scene, action) for effect in move.effects}
    values |= {step.field: step.value for step in action.steps if isinstance(step, SetStep)}
    return [(naming.attribute(name), renderer.assigned(value, fields[name])) for name, value in values.items()]


def _transitions(scene: _Scene, action: CompoundAction) -> list[tuple[str, str, str]]:
    """Attribute, states before and state after of every move of the first row."""
    enums = enums_of(scene.blueprint, scene.row)
    found = []
    for machine, move in _moves(scene, action):
        enum = enums[machine.field]
        sources = ", ".join(f"models.{enum.member(state)}" for state in dict.fromkeys(move.from_))
        found.append((naming.attribute(machine.field), sources, f"models.{enum.member(move.to)}"))
    return found


def _moves(scene: _Scene, action: CompoundAction) -> list[tuple[StateMachine, Transition]]:
    """The moves of the first row that it makes."""
    names = [step.transition for step in action.steps if isinstance(step, MoveStep)]
    machines = scene.row.state_machines
    return [
        (machine, move) for name in names for machine in machines for move in machine.transitions if move.name == name
    ]
