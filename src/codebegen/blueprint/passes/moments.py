"""Moments: a move to `shipped` notes the time in `shipped_at`, where rows have such a field."""

from codebegen.blueprint.behaviour import SetField, Transition
from codebegen.blueprint.expressions import Now, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import assume, changed, each_entity
from codebegen.blueprint.rules import CheckRule, NoOverlapRule, RequiredIfRule

_MOMENTS = ("datetime", "date")


def note_moments(blueprint: Blueprint) -> Blueprint:
    """Every move writes when it was made, if there is a field for it that nobody else has a say in."""
    made = each_entity(blueprint, _with_moments)
    for entity in blueprint.entities:
        for move in (move for machine in entity.state_machines for move in machine.transitions):
            field = _moment(entity, move)
            if field is not None:
                element = f"entities.{entity.name}.fields.{field.name}"
                made = assume(made, element, f"{move.name} writes the time of the move into {field.name}")
    return made


def _with_moments(entity: Entity) -> Entity:
    machines = tuple(
        changed(machine, transitions=tuple(_noting(entity, move) for move in machine.transitions))
        for machine in entity.state_machines
    )
    return changed(entity, state_machines=machines) if machines != entity.state_machines else entity


def _noting(entity: Entity, move: Transition) -> Transition:
    field = _moment(entity, move)
    if field is None:
        return move
    return changed(move, effects=(*move.effects, SetField(field=field.name, value=Now())))


def _moment(entity: Entity, move: Transition) -> Field | None:
    """The field that a move writes, unless it does so already."""
    written = {effect.field for effect in move.effects}
    free = (field for field in entity.fields if _is_free(field) and _tells(field, move))
    return next((field for field in free if field.name not in written | _ruled(entity)), None)


def _tells(field: Field, move: Transition) -> bool:
    """Whether a field says when a move was made: `shipped_at`, `closed_on`, and `completed_at` of one to `done`."""
    name, _, ending = field.name.rpartition("_")
    return ending in ("at", "on") and name in {move.to, *_participles(move.name)}


def _participles(verb: str) -> tuple[str, ...]:
    """The regular ways to say that it was done: `close` → `closed`, `apply` → `applied`, `stop` → `stopped`."""
    return f"{verb}d", f"{verb}ed", f"{verb[:-1]}ied", f"{verb}{verb[-1]}ed"


def _is_free(field: Field) -> bool:
    """Whether a move may write it: an empty moment that clients may set or not."""
    kept = field.required or field.unique or field.immutable or field.write_only or field.default is not None
    bounded = field.min is not None or field.max is not None
    return field.type in _MOMENTS and not kept and not bounded


def _ruled(entity: Entity) -> set[str]:
    """Fields that some rule over a row is about: the time of a move could break it."""
    found: set[str] = set()
    for rule in entity.rules:
        match rule:
            case CheckRule(condition=condition):
                found.update(references(condition))
            case RequiredIfRule(condition=condition, field=name):
                found.update((name, *references(condition)))
            case NoOverlapRule(start=start, end=end):
                found.update((start, end or ""))
            case _:
                continue
    return found
