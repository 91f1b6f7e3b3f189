"""What rows go through: transitions and toggles, spelled for the templates."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import ToggleAction
from codebegen.blueprint.expressions import Expression, Not, mentions_caller, references
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.expressions import over_row
from codebegen.compiler.literals import shortened
from codebegen.compiler.memo import of_blueprint
from codebegen.compiler.views.access import role_right
from codebegen.compiler.views.enums import EnumView
from codebegen.compiler.views.links import LinkTableView, toggle_link
from codebegen.compiler.views.names import method_of, names_of
from codebegen.compiler.views.spelled_steps import steps_of
from codebegen.compiler.views.steps import StepsView


@dataclass(frozen=True, slots=True)
class TransitionView:
    """One move: from any of `sources` to `target`; refused where `blocked` holds.

    `effects` are written with it, `steps` done in the same transaction.
    """

    name: str
    method: str
    segment: str
    pascal: str
    constant: str
    attribute: str
    enum: str
    sources: tuple[str, ...]
    target: str
    says: str
    blocked: str | None
    effects: tuple[tuple[str, str], ...]
    steps: StepsView | None
    needs_actor: bool


@dataclass(frozen=True, slots=True)
class ToggleView:
    """On or off per account, kept in a link table, counted where asked.

    `by_role` is the test of who may mark accounts, where not everybody may; other rows have a policy for it.
    """

    name: str
    method: str
    segment: str
    pascal: str
    undo: str
    words: str
    count: str
    counted: bool
    link: LinkTableView
    by_role: str | None = None


def is_local(condition: Expression) -> bool:
    """Whether an expression is about one row only, and about some field of it."""
    paths = references(condition)
    return bool(paths) and not any("." in path for path in paths)


def transitions_of(blueprint: Blueprint, entity: Entity, enums: dict[str, EnumView]) -> tuple[TransitionView, ...]:
    """All moves of all state machines of an entity."""
    renderer = over_row(blueprint, entity, names_of(entity).var)
    names = methods_of(blueprint, entity)
    views = []
    for machine in entity.state_machines:
        enum = enums[machine.field]
        for move in machine.transitions:
            sources = tuple(f"models.{enum.member(state)}" for state in dict.fromkeys(move.from_))
            guard = move.guard if move.guard is not None and is_local(move.guard) else None
            effects = tuple(
                (naming.attribute(e.field), renderer.assigned(e.value, entity.fields_by_name[e.field]))
                for e in move.effects
            )
            steps = steps_of(blueprint, entity, move.steps, moving=True) if move.steps else None
            asked = steps is not None and any("actor." in condition for condition in steps.conditions)
            views.append(
                TransitionView(
                    name=move.name,
                    method=names[move.name],
                    segment=move.name,
                    pascal=naming.pascal(names[move.name]),
                    constant=names[move.name].upper(),
                    attribute=naming.attribute(machine.field),
                    enum=enum.name,
                    sources=sources,
                    target=f"models.{enum.member(move.to)}",
                    says=shortened(f"from {' or '.join(move.from_)} to {move.to}", 70),
                    blocked=renderer.test(Not(of=guard)) if guard is not None else None,
                    effects=effects,
                    steps=steps,
                    needs_actor=asked or (guard is not None and mentions_caller(guard)),
                )
            )
    return tuple(views)


def toggles_of(blueprint: Blueprint, entity: Entity) -> tuple[ToggleView, ...]:
    """All toggles of an entity."""
    if not blueprint.has_accounts:
        return ()
    names = methods_of(blueprint, entity)
    return tuple(_toggle(blueprint, entity, action, names) for action in entity.actions if action.kind == "toggle")


def methods_of(blueprint: Blueprint, entity: Entity) -> dict[str, str]:
    """What the methods of moves and actions are called, by their names: nothing that a service has already."""
    moves = [move.name for machine in entity.state_machines for move in machine.transitions]
    taken = _attributes(blueprint)
    names = (*moves, *(action.name for action in entity.acts))
    return {name: f"do_{name}" if name in taken else method_of(name) for name in names}


@of_blueprint
def _attributes(blueprint: Blueprint) -> frozenset[str]:
    """Repositories that a service may hold."""
    return frozenset(names_of(entity).many for entity in blueprint.entities)


def _toggle(blueprint: Blueprint, entity: Entity, action: ToggleAction, names: dict[str, str]) -> ToggleView:
    undo = f"un{action.name}"
    return ToggleView(
        name=action.name,
        method=names[action.name],
        segment=action.name,
        pascal=naming.pascal(names[action.name]),
        undo=f"undo_{action.name}" if undo in names else undo,
        words=naming.title(action.name).lower(),
        count=f"{action.name}_count",
        counted=action.counted,
        link=toggle_link(blueprint, entity, action.name),
        by_role=role_right(entity, f"action:{action.name}") if entity.kind == "user" else None,
    )
