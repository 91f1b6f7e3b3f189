"""Relations: targets that exist, keys that can be filled."""

from collections import Counter
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint.model import Blueprint
from codebegen.blueprint.relations import Relation
from codebegen.diagnostics import Diagnostic, error


def check_relations(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every relation, and the inverse names that meet on one target."""
    inverses: Counter[tuple[str, str]] = Counter()
    for entity in blueprint.entities:
        for relation in entity.relations:
            place = f"entities.{entity.name}.relations.{relation.name}"
            if relation.target not in blueprint.entities_by_name:
                hint = "add the entity, or point to one of " + ", ".join(blueprint.entities_by_name)
                yield error("unknown-entity", place, f"there is no entity {relation.target}", hint)
                continue
            if relation.inverse:
                inverses[relation.target, relation.inverse] += 1
                if inverses[relation.target, relation.inverse] == 2:
                    message = f"{relation.target} would see two kinds of rows as {relation.inverse}"
                    yield error("duplicate-inverse", place, message, "give one of them another `inverse`")
            for code, message, hint in _problems(entity.name, relation):
                yield error(code, place, message, hint)
    yield from _cycles(blueprint)


def _problems(entity: str, relation: Relation) -> Iterator[tuple[str, str, str]]:
    if relation.on_delete == "set_null" and relation.required:
        yield "on-delete", "a required key can't become null", "use cascade or restrict, or make it optional"
    if relation.required and relation.target == entity and relation.kind != "many_to_many":
        yield "first-row", "the first row would need another one before it", "make the relation optional"
    if (
        relation.kind == "many_to_many"
        and naming.singular(relation.name) == relation.name
        and relation.name.endswith("_id")
    ):
        yield "many-name", f"{relation.name} is the name of a key", "name a many-to-many in the plural: tags"


def _cycles(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Required keys in a circle: no row could ever be the first."""
    needs = {
        e.name: {r.target for r in e.relations if r.required and r.kind != "many_to_many" and r.target != e.name}
        for e in blueprint.entities
    }
    while free := [name for name, targets in needs.items() if not targets & needs.keys()]:
        for name in free:
            del needs[name]
    for name in (n for n in needs if _reaches_itself(n, needs)):
        message = f"{name} needs {', '.join(sorted(needs[name]))} to exist first, and they need {name}"
        yield error("required-cycle", f"entities.{name}.relations", message, "make one of the relations optional")


def _reaches_itself(name: str, needs: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    frontier = set(needs[name])
    while frontier:
        if name in frontier:
            return True
        seen |= frontier
        frontier = {t for n in frontier for t in needs.get(n, ())} - seen
    return False
