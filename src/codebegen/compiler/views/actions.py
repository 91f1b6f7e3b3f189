"""One compound action of a blueprint becomes its view."""

from codebegen import naming
from codebegen.blueprint.behaviour import CompoundAction, StateMachine, Transition
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.steps import MoveStep, SetStep
from codebegen.compiler.expressions import over_row, owned_by
from codebegen.compiler.views.access import condition_of
from codebegen.compiler.views.action import ActionView, Start
from codebegen.compiler.views.behaviour import methods_of
from codebegen.compiler.views.bodies import body_of
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.spelled_steps import steps_of


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


def _action(blueprint: Blueprint, entity: Entity, action: CompoundAction, module: str) -> ActionView:
    names = names_of(entity)
    method = methods_of(blueprint, entity)[action.name]
    start: Start = "caller" if entity.kind == "user" else "path" if "{id}" in action.path else "body"
    body = body_of(blueprint, entity, action)
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
        steps=steps_of(blueprint, entity, action.steps, body),
        changes=tuple(_changes(blueprint, entity, action)),
        transitions=tuple(_transitions(blueprint, entity, action)),
        members=body.members,
        references=body.references,
        result=names_of(result),
        creates=action.makes is not None,
        actor=blueprint.has_accounts,
    )


def _changes(blueprint: Blueprint, entity: Entity, action: CompoundAction) -> list[tuple[str, str]]:
    """What is written to the first row, but for its states: by steps, and by the moves that it makes."""
    renderer = over_row(blueprint, entity, names_of(entity).var)
    fields = entity.fields_by_name
    values = {effect.field: effect.value for _, move in _moves(entity, action) for effect in move.effects}
    own = [step for step in action.steps if isinstance(step, SetStep) and step.relation is None]
    values |= {step.field: step.value for step in own}
    return [(naming.attribute(name), renderer.assigned(value, fields[name])) for name, value in values.items()]


def _transitions(blueprint: Blueprint, entity: Entity, action: CompoundAction) -> list[tuple[str, str, str]]:
    """Attribute, states before and state after of every move of the first row."""
    enums = enums_of(blueprint, entity)
    found = []
    for machine, move in _moves(entity, action):
        enum = enums[machine.field]
        sources = ", ".join(f"models.{enum.member(state)}" for state in dict.fromkeys(move.from_))
        found.append((naming.attribute(machine.field), sources, f"models.{enum.member(move.to)}"))
    return found


def _moves(entity: Entity, action: CompoundAction) -> list[tuple[StateMachine, Transition]]:
    """The moves of the first row that it makes."""
    names = [step.transition for step in action.steps if isinstance(step, MoveStep) and step.relation is None]
    machines = entity.state_machines
    return [
        (machine, move) for name in names for machine in machines for move in machine.transitions if move.name == name
    ]
