"""What can happen to the rows of an entity, as programs and pages outside are told of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.features import catalogue, with_needs


@dataclass(frozen=True, slots=True)
class EventView:
    """One event: what it is called, and what is waited for, an `attribute` that becomes a `value` or a `kind`."""

    name: str
    kind: str
    attribute: str = ""
    value: str = ""

    @property
    def happening(self) -> str:
        """The Python of what is waited for."""
        return f'Becomes("{self.attribute}", value={self.value})' if self.attribute else f"{self.kind.capitalize()}()"


@dataclass(frozen=True, slots=True)
class WatchedView:
    """An entity with its events; its rows are deleted, or only hidden."""

    names: EntityNames
    events: tuple[EventView, ...]
    soft_delete: bool


def watchers_of(blueprint: Blueprint) -> int:
    """How many features are told of whatever happens to rows."""
    wanted = [spec for spec in with_needs(feature.key for feature in blueprint.features) if not spec.part]
    return sum(any(catalogue()[key].watches_rows for key in (spec.key, *spec.needs)) for spec in wanted)


def events_of(blueprint: Blueprint) -> tuple[WatchedView, ...]:
    """Every entity but accounts, which are nobody's business."""
    return tuple(
        WatchedView(names_of(entity), tuple(_events(blueprint, entity)), entity.soft_delete)
        for entity in blueprint.entities
        if entity.kind != "user"
    )


def _events(blueprint: Blueprint, entity: Entity) -> Iterator[EventView]:
    """`order.created`, `order.status.shipped`; the end comes last."""
    name = naming.snake(entity.name)
    for kind in ("created", "updated"):
        yield EventView(f"{name}.{kind}", kind)
    for machine in entity.state_machines:
        attribute, enum = naming.attribute(machine.field), enums_of(blueprint, entity)[machine.field]
        for state in dict.fromkeys(move.to for move in machine.transitions):
            value = f"models.{enum.member(state)}"
            yield EventView(f"{name}.{machine.field}.{naming.snake(state)}", "becomes", attribute, value)
    for kind in ("restored", "deleted") if entity.soft_delete else ("deleted",):
        yield EventView(f"{name}.{kind}", kind)
