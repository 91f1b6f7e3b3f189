"""Fields: defaults that need no words."""

from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import DELETED_AT
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.rules import settled_by

_STATES = ("status", "state", "stage", "phase")


def complete_fields(blueprint: Blueprint) -> Blueprint:
    """Every field with its defaults; what was only inferred never rejects a request."""
    return each_entity(blueprint, _with_fields)


def _with_fields(entity: Entity) -> Entity:
    machines = {machine.field: machine for machine in entity.state_machines}
    settled = settled_by(entity.rules)
    fields = []
    for field in entity.fields:
        if entity.soft_delete and field.name == DELETED_AT.name:
            continue  # what is only hidden has it already
        machine = machines.get(field.name)
        moved = changed(field, default=machine.initial, required=False, read_only=True) if machine else field
        fields.append(changed(_complete(moved), immutable=moved.immutable or moved.name in settled))
    return changed(entity, fields=tuple(fields))


def _complete(field: Field) -> Field:
    default = field.default
    if default is None and field.type == "boolean":
        default = False
    if default is None and field.type == "enum" and field.values and field.name.endswith(_STATES):
        default = field.values[0]
    return changed(
        field,
        default=default,
        required=field.required and default is None and field.origin != "inferred" and not field.read_only,
        write_only=field.write_only or field.type == "password",
    )
