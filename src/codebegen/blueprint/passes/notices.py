"""Notices: who is told about what, where people are to be told and the text leaves it open."""

from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint.lookup import user_paths
from codebegen.blueprint.model import Blueprint, Entity, Feature, FeatureKey
from codebegen.blueprint.node import inferred
from codebegen.blueprint.notices import Notice
from codebegen.blueprint.passes.edit import assume, changed, each_entity
from codebegen.blueprint.passes.owners import NOT_OWNERS
from codebegen.blueprint.tenancy import is_membership

_REASON = inferred("people are to be told, and the text does not say of what")


def complete_notices(blueprint: Blueprint) -> Blueprint:
    """Notices bring the features that deliver them, and the features bring notices where there are none."""
    told = [notice for entity in blueprint.entities for notice in entity.notices]
    if not told and not (blueprint.has("notifications") or blueprint.has("email")):
        return blueprint
    blueprint = _with_feature(blueprint, "notifications", "somebody is told about something")
    if any(notice.event == "due" for notice in told):
        blueprint = _with_feature(blueprint, "jobs", "people are reminded when the time comes")
    if any(notice.email for notice in told):
        return _with_feature(blueprint, "email", "somebody is told by mail")
    if told:
        return each_entity(blueprint, _by_mail) if blueprint.has("email") else blueprint
    return _with_usual(blueprint)


def _with_feature(blueprint: Blueprint, key: FeatureKey, reason: str) -> Blueprint:
    if blueprint.has(key):
        return blueprint
    return changed(blueprint, features=(*blueprint.features, Feature(key=key, provenance=inferred(reason))))


def _by_mail(entity: Entity) -> Entity:
    return changed(entity, notices=tuple(changed(notice, email=True) for notice in entity.notices))


def _with_usual(blueprint: Blueprint) -> Blueprint:
    """What people want to know most often: of moves of what is theirs, of what comes to it, of what they are to do."""
    usual = {e.name: tuple(_usual(blueprint, e)) for e in blueprint.entities if _is_told_of(blueprint, e)}
    if not any(usual.values()):
        usual = {e.name: (_to_administrators(e),) for e in blueprint.entities if e.owner and _is_told_of(blueprint, e)}
    if not any(usual.values()):
        return assume(blueprint, "features.notifications", "nobody is told of anything")
    made = each_entity(blueprint, lambda e: changed(e, notices=usual.get(e.name, ())))
    if blueprint.has("email"):
        made = each_entity(made, _by_mail)
    names = [notice.name.replace("_", " ") for e in made.entities for notice in e.notices]
    return assume(made, "features.notifications", f"people are told of: {', '.join(names)}")


def _is_told_of(blueprint: Blueprint, entity: Entity) -> bool:
    return entity.kind in ("normal", "association") and not is_membership(blueprint, entity)


def _usual(blueprint: Blueprint, entity: Entity) -> Iterator[Notice]:
    name = naming.snake(entity.name)
    if entity.owner:
        for machine in entity.state_machines:
            for state in dict.fromkeys(move.to for move in machine.transitions):
                event = f"{name}_{naming.snake(state)}"
                yield _notice(event, event="becomes", field=machine.field, value=state, to=entity.owner)
    for relation in entity.relations:
        target = blueprint.entities_by_name.get(relation.target)
        if target is None or relation.kind == "many_to_many":
            continue
        theirs = f"{relation.name}.{target.owner}"
        if target.owner and entity.owner not in (None, theirs):
            yield _notice(f"new_{name}_of_{relation.name}", event="created", to=theirs)
        if relation.name in NOT_OWNERS and target.kind in ("user", "profile"):
            to = relation.name if target.kind == "user" else f"{relation.name}.{next(user_paths(blueprint, target))}"
            yield _notice(f"{name}_{relation.name}", event="assigned", field=relation.name, to=to)


def _to_administrators(entity: Entity) -> Notice:
    return _notice(f"new_{naming.snake(entity.name)}", event="created", role="admin")


def _notice(name: str, **values: object) -> Notice:
    return Notice.model_validate({"name": name[:63], "provenance": _REASON, **values})
