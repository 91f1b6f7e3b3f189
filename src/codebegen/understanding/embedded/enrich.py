"""Completes what a description leaves thin with what is usual, from the catalogue.

`enrich(blueprint, prompt)` takes what was stated and gives back the same and more: typed fields for entities that were
named without any, and, where next to nothing is said ("a blog API"), the entities of the domain. All that it adds is
`inferred`, optional, and says why; what is stated is never changed, and the more is said, the less is added.
"""

from collections.abc import Callable

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Field, Relation, inferred
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.passes.relations import is_part
from codebegen.understanding.embedded.browsing import infer_reading
from codebegen.understanding.embedded.catalogue import CatalogueEntity, domain, entity
from codebegen.understanding.embedded.scene import Scene, look
from codebegen.understanding.embedded.topic import name_topic

_ROW_NAMES = frozenset({"id", "created_at", "updated_at"})


def enrich(blueprint: Blueprint, prompt: str) -> Blueprint:
    """The blueprint, completed by what a practitioner expects where nothing is said."""
    scene = look(blueprint, prompt)
    for step in STEPS:
        blueprint = step(blueprint, scene)
    return blueprint


def choose_domain(blueprint: Blueprint, scene: Scene) -> Blueprint:
    """The mission's domain, unless one is chosen already."""
    if blueprint.domain != "general" or scene.sure is None:
        return blueprint
    return changed(blueprint, domain=domain(scene.sure.domain).mission)


def add_entities(blueprint: Blueprint, scene: Scene) -> Blueprint:
    """The entities that make up the domain, where the description is thin."""
    if not scene.thin or scene.best is None:
        return blueprint
    usual = {name: entity(scene.best.domain, name) for name in domain(scene.best.domain).entities}
    known = scene.parts(blueprint, scene.best.domain)
    core = {name for name, e in usual.items() if e.core}
    anchors = set(known) | {name for name, e in usual.items() if scene.mentions(e)}
    wanted = anchors | (core if scene.tells_more_than(known.values()) else _around(anchors, usual))
    taken = {e.name for e in blueprint.entities}
    added = [
        Entity(name=scene.called(e), kind=e.kind, provenance=inferred(_why(e)))
        for name, e in usual.items()
        if name in wanted and name not in known and scene.called(e) not in taken
    ]
    return changed(blueprint, entities=(*blueprint.entities, *added))


def _around(anchors: set[str], usual: dict[str, CatalogueEntity]) -> set[str]:
    """What goes with the named entities: their parts (`RecipeIngredient` of `Recipe`), and what both point to."""
    parts = {name for name in usual for anchor in anchors if name != anchor and name.startswith(anchor)}
    whole = anchors | parts
    return parts | {relation.target for name in whole for relation in usual[name].relations} & usual.keys()


def fill_fields(blueprint: Blueprint, scene: Scene) -> Blueprint:
    """The few typed fields that are usual, for every entity that was named without any."""
    names = {naming.snake(e.name) for e in blueprint.entities}
    return each_entity(blueprint, lambda e: _filled(e, scene.usual(e.name), names) if _is_bare(e) else e)


def _is_bare(found: Entity) -> bool:
    return not found.fields and found.kind != "user" and found.name != "User"


def _filled(found: Entity, usual: CatalogueEntity | None, names: set[str]) -> Entity:
    if usual is None:
        return found
    taken = _taken(found) | names
    fields = tuple(field.as_field(_why(usual)) for field in usual.fields if not _clashes(field.name, taken))
    return changed(found, fields=fields)


def _taken(found: Entity) -> set[str]:
    """Names that a new field of the entity must not have."""
    relations = {name for r in found.relations for name in (r.name, r.key, naming.snake(r.target))}
    made = {c.name for c in found.computed} | {f"{a.name}_count" for a in found.actions}
    return relations | made | {f.name for f in found.fields} | _ROW_NAMES


def _clashes(name: str, taken: set[str]) -> bool:
    """Whether the name, or what it is the name of (`guest_name` where there is a `guest`), is there already."""
    return name in taken or name.removesuffix("_name") in taken


def relate(blueprint: Blueprint, scene: Scene) -> Blueprint:
    """The usual keys between what is there: of everything in a thin description, else of what stands alone."""
    key = scene.best.domain if scene.best else None
    players = scene.parts(blueprint, key) if key else {}
    if scene.accounts:
        players["User"] = "User"
    pairs = {frozenset((e.name, r.target)) for e in blueprint.entities for r in e.relations}
    together = {name for pair in pairs for name in pair}
    entities = []
    for found in blueprint.entities:
        usual = scene.usual(found.name)
        alone = scene.thin or found.name not in together
        added = _usual_relations(found, usual, players, pairs) if usual and usual.domain == key and alone else ()
        pairs |= {frozenset((found.name, r.target)) for r in added}
        entities.append(changed(found, relations=(*found.relations, *added)) if added else found)
    return changed(blueprint, entities=tuple(entities))


def _usual_relations(
    found: Entity, usual: CatalogueEntity, players: dict[str, str], pairs: set[frozenset[str]]
) -> tuple[Relation, ...]:
    taken = {f.name for f in found.fields} | {r.name for r in found.relations}
    added = []
    for relation in usual.relations:
        target = players.get(relation.target)
        if target is None or frozenset((found.name, target)) in pairs or relation.name in taken:
            continue
        new = relation.as_relation(target, _why(usual))
        if new.kind == "many_to_one" and is_part(found, new):
            new = changed(new, on_delete="cascade")
        added.append(new)
    return tuple(added)


def name_the_rest(blueprint: Blueprint, _: Scene) -> Blueprint:
    """A `name` for what still has no field, unless it only joins other things."""
    return each_entity(blueprint, lambda e: _named(e) if _is_bare(e) and not _joins(e) else e)


def _joins(found: Entity) -> bool:
    keys = [relation for relation in found.relations if relation.kind != "many_to_many"]
    return found.kind == "association" or len(keys) > 1


def _named(found: Entity) -> Entity:
    if "name" in _taken(found):
        return found
    reason = f"nothing is said about what a {naming.title(found.name).lower()} holds"
    return changed(found, fields=(Field(name="name", required=False, provenance=inferred(reason)),))


def _why(usual: CatalogueEntity) -> str:
    return f"usual for {naming.title(usual.name).lower()} ({domain(usual.domain).title.lower()})"


Step = Callable[[Blueprint, Scene], Blueprint]
STEPS: tuple[Step, ...] = (choose_domain, add_entities, name_topic, fill_fields, relate, infer_reading, name_the_rest)
"""In order: what there is, what it holds, how it hangs together, who may read it."""
