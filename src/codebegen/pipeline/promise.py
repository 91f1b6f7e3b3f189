"""What a blueprint promises of its API, in the form that verification compares with the running app."""

from collections.abc import Iterable

from codebegen.blueprint import Blueprint, Entity
from codebegen.blueprint.endpoints import PREFIX, endpoints
from codebegen.features import FeatureSpec
from codebegen.verify.expected import ExpectedApi, ExpectedEntity, ExpectedOperation


def promise(blueprint: Blueprint, features: Iterable[FeatureSpec] = ()) -> ExpectedApi:
    """Every operation, and for each collection the fields that must be shown and taken."""
    operations = tuple(ExpectedOperation(e.method, e.path, e.access) for e in endpoints(blueprint, features))
    entities = tuple(_entity(entity) for entity in blueprint.entities if entity.kind != "user")
    return ExpectedApi(operations, entities, f"{PREFIX}/auth/login" if blueprint.has_accounts else "")


def _entity(entity: Entity) -> ExpectedEntity:
    keys = [r.key for r in entity.relations if r.kind != "many_to_many"]
    sets = [r.name for r in entity.relations if r.kind == "many_to_many"]
    moved = {machine.field for machine in entity.state_machines}
    shown = [field.name for field in entity.fields if not field.write_only and field.type != "password"]
    taken = [field.name for field in entity.fields if not field.read_only and field.name not in moved]
    readable = ("id", "created_at", "updated_at", *shown, *keys, *sets)
    return ExpectedEntity(entity.name, PREFIX + entity.path, readable, tuple(taken))
