"""What a blueprint may ask for and the compiler can't make yet: said in the report and in the ledger, never ignored."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint.behaviour import Action
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.rules import Rule
from codebegen.compiler.features import LayerNames, missing_because
from codebegen.compiler.views.behaviour import is_local
from codebegen.compiler.views.computed import is_computable
from codebegen.compiler.views.documents import is_total
from codebegen.compiler.views.rules import rule_of

_OF_ROWS = frozenset({"owner", "member"})
"""Grants that ask whose a row is."""


@dataclass(frozen=True, slots=True)
class Unimplemented:
    """A place in the blueprint, and what is missing there."""

    place: str
    message: str


def feasible(blueprint: Blueprint) -> Blueprint:
    """The blueprint as far as its stack goes: some of what it may hold is there for SQL only."""
    return blueprint if blueprint.stack != "fastapi_mongo" else each_entity(blueprint, _on_documents)


def _on_documents(entity: Entity) -> Entity:
    totals = tuple(computed for computed in entity.computed if is_total(computed))
    acts = tuple(map(_without_steps, entity.actions))
    machines = tuple(
        changed(machine, transitions=tuple(changed(move, steps=()) for move in machine.transitions))
        for machine in entity.state_machines
    )
    return changed(entity, actions=acts, state_machines=machines, tallies=(), computed=totals, histories=())


def _without_steps(action: Action) -> Action:
    return changed(action, steps=()) if action.kind == "compound" else action


def unimplemented(blueprint: Blueprint, names: LayerNames) -> tuple[Unimplemented, ...]:
    """Everything that is missing, in reading order, in a template with these layers."""
    features = [
        Unimplemented(f"features.{feature.key}", reason)
        for feature in blueprint.features
        if (reason := missing_because(feature.key, blueprint, names))
    ]
    return (*features, *_silent(blueprint, names), *unkept(blueprint))


def unkept(blueprint: Blueprint) -> tuple[Unimplemented, ...]:
    """What is missing in every template for the blueprint's stack: known before anything is made."""
    made = feasible(blueprint)
    return (*_lost(blueprint, made), *(item for entity in made.entities for item in _entity(made, entity)))


def _silent(blueprint: Blueprint, names: LayerNames) -> Iterator[Unimplemented]:
    """Notices that were asked for, and that nothing delivers."""
    lacking = {key for key in ("notifications", "jobs") if missing_because(key, blueprint, names)}
    for entity in blueprint.entities:
        for notice in entity.notices:
            needed = {"notifications", "jobs"} if notice.event == "due" else {"notifications"}
            if notice.origin != "inferred" and needed & lacking:
                place = f"entities.{entity.name}.notices.{notice.name}"
                yield Unimplemented(place, f"nobody is told of {notice.name}")


def _lost(blueprint: Blueprint, made: Blueprint) -> Iterator[Unimplemented]:
    """Tallies, computed values, histories and what follows from moves: what the stack can't keep."""
    for entity in blueprint.entities:
        kept, place = made.entities_by_name[entity.name], f"entities.{entity.name}"
        for tally in entity.tallies if not kept.tallies else ():
            yield Unimplemented(f"{place}.tallies.{tally.name}", f"the tally {tally.name} is not kept")
        for history in entity.histories if not kept.histories else ():
            yield Unimplemented(f"{place}.histories.{history.field}", f"the history of {history.field} is not kept")
        for machine, left in zip(entity.state_machines, kept.state_machines, strict=True):
            for move in machine.transitions if machine != left else ():
                if move.steps:
                    where = f"{place}.state_machines.{machine.field}.{move.name}"
                    yield Unimplemented(where, f"{move.name} changes no other rows")
        for computed in entity.computed:
            if computed not in kept.computed:
                yield Unimplemented(f"{place}.computed.{computed.name}", f"{computed.name} is not computed")


def _entity(blueprint: Blueprint, entity: Entity) -> Iterator[Unimplemented]:
    place = f"entities.{entity.name}"
    for rule in entity.rules:
        if rule_of(blueprint, entity, rule) is None:
            yield Unimplemented(f"{place}.rules.{rule.name}", _unenforced(rule))
    for computed in entity.computed:
        if not is_computable(blueprint, entity, computed):
            yield Unimplemented(f"{place}.computed.{computed.name}", f"{computed.name} is not computed")
    for action in entity.actions:
        if action.kind == "custom" or (action.kind == "compound" and not action.steps):
            yield Unimplemented(f"{place}.actions.{action.name}", f"the action {action.name} is not implemented")
    yield from _guards(entity)
    yield from _marks(entity)


def _unenforced(rule: Rule) -> str:
    if rule.kind == "custom":
        return f"“{rule.text}” is kept in words, and not enforced"
    return f"the rule {rule.name} ({rule.kind}) is not enforced"


def _marks(entity: Entity) -> Iterator[Unimplemented]:
    """Rights to mark accounts that depend on the account: nobody gets these."""
    for action in entity.actions if entity.kind == "user" else ():
        permission = entity.permission(f"action:{action.name}") if action.kind == "toggle" else None
        if permission and any(grant.when is not None or grant.kind in _OF_ROWS for grant in permission.allow):
            where = f"entities.{entity.name}.permissions.{permission.operation}"
            yield Unimplemented(where, f"the right to {action.name} goes by roles only")


def _guards(entity: Entity) -> Iterator[Unimplemented]:
    """Conditions of moves that look into other rows."""
    for machine in entity.state_machines:
        for move in machine.transitions:
            if move.guard is not None and not is_local(move.guard):
                where = f"entities.{entity.name}.state_machines.{machine.field}"
                yield Unimplemented(where, f"the condition of {move.name} is not enforced")
