"""Cycles: rows that each need the other to exist first can't be made; the weakest key of a cycle becomes optional."""

from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint import Entity, Relation


def break_cycles(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The same entities, with no cycle of required keys left."""
    current = {entity.name: entity for entity in entities}
    while (cycle := next(_cycles(current), None)) is not None:
        name, relation = max(cycle, key=lambda edge: _weakness(edge[1], edge[0]))
        entity = current[name]
        changed = tuple(
            r.model_copy(update={"required": False, "on_delete": None}) if r.name == relation.name else r
            for r in entity.relations
        )
        current[name] = entity.model_copy(update={"relations": changed})
    return tuple(current.values())


def _weakness(relation: Relation, holder: str) -> tuple[bool, bool, bool, str]:
    """Keys that are not contained, and that have a name of their own (`head`, `manager`), give way first."""
    return (
        relation.on_delete is None,
        relation.name != naming.snake(relation.target),
        relation.origin != "stated",
        holder,
    )


def _cycles(entities: dict[str, Entity]) -> Iterator[list[tuple[str, Relation]]]:
    """Cycles over required keys, one at a time."""
    state: dict[str, int] = {}
    for start in entities:
        if start in state:
            continue
        stack: list[tuple[str, int]] = [(start, 0)]
        path: list[tuple[str, Relation]] = []
        state[start] = 1
        while stack:
            name, index = stack.pop()
            needed = [
                r for r in entities[name].relations if r.required and r.kind != "many_to_many" and r.target in entities
            ]
            if index >= len(needed):
                state[name] = 2
                if path:
                    path.pop()
                continue
            relation = needed[index]
            stack.append((name, index + 1))
            mark = state.get(relation.target)
            if mark == 1:
                names = [edge[0] for edge in path]
                begin = names.index(relation.target) if relation.target in names else len(path)
                yield [*path[begin:], (name, relation)]
                return
            if mark is None:
                state[relation.target] = 1
                path.append((name, relation))
                stack.append((relation.target, 0))
