"""Blueprints of every kind that people, readers of descriptions and models may write; most of them are valid.

`blueprints()` draws one: names that are reserved somewhere, every type with its bounds and defaults, every kind of
relation, circles of optional keys, rights with conditions, state machines, toggles, rules and computed values.
"""

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Feature, Relation, Role, UniqueTogether, stated
from codebegen.blueprint.behaviour import Action, AssociationAction, CompoundAction, CustomAction, ToggleAction
from codebegen.blueprint.model import FEATURES, STACKS
from codebegen.blueprint.passes.edit import changed
from tests.compiler.drawing_actions import compounds, following, free_of_rules, tallies
from tests.compiler.drawing_behaviour import computed, histories, machines, permissions, rules
from tests.compiler.drawing_fields import fields
from tests.compiler.drawing_names import (
    ENTITY_NAMES,
    FIELD_NAMES,
    MANY_NAMES,
    RELATION_NAMES,
    ROLES,
    TOGGLES,
    names,
    prose,
)


@st.composite
def relations(draw: Any, owner: str, targets: list[str]) -> list[Relation]:
    """Keys and sets of one entity: to itself, to accounts, several to one target."""
    made = []
    for name in draw(names(RELATION_NAMES, 0, 3)):
        target = draw(st.sampled_from(targets))
        kind = draw(st.sampled_from(["many_to_one", "many_to_one", "one_to_one"]))
        earlier = target in targets[: targets.index(owner)] or target == "User"
        required = target != owner and earlier and draw(st.sampled_from([False, False, True]))
        rule = draw(st.sampled_from([None, "cascade", "restrict", *([] if required else ["set_null"])]))
        made.append(_relation(draw, name, kind, target, required=required, on_delete=rule))
    for name in draw(names([name for name in MANY_NAMES if name not in {r.name for r in made}], 0, 2)):
        target = draw(st.sampled_from(targets))
        made.append(_relation(draw, name, "many_to_many", target, required=False, on_delete=None))
    return made


def _relation(draw: Any, name: str, kind: Any, target: str, *, required: bool, on_delete: Any) -> Relation:
    return Relation(
        name=name,
        kind=kind,
        target=target,
        required=required,
        on_delete=on_delete,
        immutable=draw(st.sampled_from([False, False, True])),
        read_only=draw(st.sampled_from([False, False, False, not required])),
        provenance=stated(name),
    )


@st.composite
def blueprints(draw: Any, most: int = 5) -> Blueprint:
    """A whole blueprint, before the passes."""
    accounts = draw(st.sampled_from([True, True, False]))
    roles = draw(names(ROLES, 0, 3)) if accounts else []
    chosen = draw(names(ENTITY_NAMES, 1, most))
    if accounts and draw(st.booleans()):
        chosen.append("User")
    targets = [*chosen, *(["User"] if accounts and "User" not in chosen else [])]
    entities = {name: draw(_bare(name, targets if accounts else chosen, accounts)) for name in chosen}
    if accounts and "User" not in entities:
        entities["User"] = Entity(name="User", kind="user")
    finished = [draw(_behaving(entity, entities, roles, accounts)) for entity in entities.values()]
    wanted = draw(st.lists(st.sampled_from([f for f in FEATURES if f != "auth"]), max_size=5, unique=True))
    return Blueprint(
        name=draw(st.sampled_from(["shop", "my_project", "a1", "class", "x" * 63])),
        title=draw(prose()),
        description=draw(prose()),
        stack=draw(st.sampled_from([s for s in STACKS if s != "fastapi_mongo"])),
        features=tuple(Feature(key=key) for key in [*wanted, *(["auth"] if accounts else [])]),
        roles=tuple(Role(name=name, description=draw(prose()), provenance=stated(name)) for name in roles),
        entities=tuple(entity for entity in finished if accounts or entity.name != "User"),
    )


@st.composite
def _bare(draw: Any, name: str, targets: list[str], accounts: bool) -> Entity:
    taken = {"email", "password", "role", "is_active"} if name == "User" else set()
    pool = [field for field in FIELD_NAMES if field not in taken]
    made = [draw(fields(field)) for field in draw(names(pool, 0, 6))]
    keys = draw(relations(name, targets)) if name != "User" else []
    used = {f.name for f in made} | {naming.attribute(f.name) for f in made}
    keys = [r for r in keys if not used & {r.name, r.key, f"{naming.singular(r.name)}_ids", naming.attribute(r.key)}]
    person = accounts and name not in ("User", "Session") and draw(st.sampled_from([False, False, False, True]))
    if person:
        keys = [r for r in keys if r.name != "user"]
    columns = [f.name for f in made if f.type not in ("json", "geo", "list", "password")]
    columns += [r.name for r in keys if r.kind == "many_to_one"]
    together = (UniqueTogether(fields=tuple(columns[:2])),) if len(columns) > 1 and draw(st.booleans()) else ()
    return Entity(
        name=name,
        kind="user" if name == "User" else "profile" if person else "normal",
        description=draw(prose()),
        id_type="uuid" if len(made) % 3 == 1 else "integer",
        fields=tuple(made),
        relations=tuple(keys),
        soft_delete=name != "User" and draw(st.sampled_from([False, False, True])),
        unique_together=together if name != "User" else (),
        provenance=stated(name),
    )


@st.composite
def _behaving(draw: Any, entity: Entity, entities: dict[str, Entity], roles: list[str], accounts: bool) -> Entity:
    taken: set[str] = set()
    actions: list[Action] = []
    if accounts:
        toggles = draw(names(TOGGLES, 0, 2))
        actions = [ToggleAction(name=name, counted=draw(st.booleans())) for name in toggles]
        taken |= set(toggles)
    if draw(st.booleans()):
        actions.append(CustomAction(name="do_something", text=draw(prose())))
        actions.append(CompoundAction(name="settle", path="/settle", text=draw(prose())))
        actions.append(AssociationAction(name="rate", entity=draw(st.sampled_from(sorted(entities)))))
    actions += draw(compounds(entity, entities))
    owner = draw(_owner(entity, entities)) if accounts and entity.name != "User" else None
    states = tuple(draw(machines(entity, taken))) if entity.name != "User" else ()
    moved = {machine.field: machine.initial for machine in states}
    kept = (changed(f, default=moved[f.name], required=False) if f.name in moved else f for f in entity.fields)
    entity = changed(entity, fields=tuple(kept), actions=tuple(actions), state_machines=states, owner=owner)
    entity = changed(
        entity,
        permissions=tuple(draw(permissions(entity, roles, owner))) if accounts and entity.name != "User" else (),
        rules=tuple(draw(rules(entity, entities, owner))) if entity.name != "User" else (),
        computed=tuple(draw(computed(entity, entities))),
        tallies=tuple(draw(tallies(entity, entities))) if entity.name != "User" else (),
        histories=tuple(draw(histories(entity))) if entity.name != "User" else (),
    )
    return changed(
        entity,
        actions=tuple(free_of_rules(entity, action) for action in entity.actions),
        state_machines=tuple(draw(following(machine, entity, entities)) for machine in entity.state_machines),
    )


@st.composite
def _owner(draw: Any, entity: Entity, entities: dict[str, Entity]) -> str | None:
    """No owner, a key to the account, or a path over another entity."""
    paths: list[str | None] = [None]
    for relation in entity.relations:
        if relation.kind == "many_to_many":
            continue
        if relation.target == "User":
            paths.append(relation.name)
            continue
        other = entities[relation.target]
        paths += [
            f"{relation.name}.{r.name}" for r in other.relations if r.target == "User" and r.kind != "many_to_many"
        ]
        paths += [f"{relation.name}.user"] if other.kind == "profile" else []
    chosen: str | None = draw(st.sampled_from(paths))
    return "user" if entity.kind == "profile" else chosen


def drawing(examples: int) -> settings:
    """The same draws in every run; a blueprint takes too long to shrink."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
    )
