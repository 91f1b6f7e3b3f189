"""Gates: what a caller has to pass to reach a row, one for each operation on a row."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.views.access import ConditionView, condition_of
from codebegen.compiler.views.behaviour import methods_of


@dataclass(frozen=True, slots=True)
class GateView:
    """A dependency that lets a caller through to a row for one operation: `PostToUpdate`, decided by `policy`.

    There is none where no path names the row (`in_path`): whoever finds it otherwise asks the policy.
    """

    name: str
    suffix: str
    says: str
    policy: str
    operation: str
    deleted: bool = False
    in_path: bool = True


def gates_of(blueprint: Blueprint, entity: Entity) -> tuple[GateView, ...]:
    """One dependency for each operation on a row."""
    gates = [
        GateView("update", "Update", "change", "updatable", "update"),
        GateView("delete", "Delete", "delete", "deletable", "delete"),
    ]
    if entity.soft_delete:
        gates.append(GateView("restore", "Restore", "restore", "deletable", "delete", deleted=True))
    moves = {move.name for machine in entity.state_machines for move in machine.transitions}
    elsewhere = {action.name for action in entity.compounds if "{id}" not in action.path}
    for name, method in methods_of(blueprint, entity).items():
        operation = f"{'transition' if name in moves else 'action'}:{name}"
        says = naming.title(name).lower()
        gates.append(
            GateView(method, naming.pascal(method), says, f"can_{method}", operation, in_path=name not in elsewhere)
        )
    return tuple(gates)


def policies_of(blueprint: Blueprint, entity: Entity, gates: tuple[GateView, ...]) -> list[ConditionView]:
    """What each gate asks; restoring is decided as deleting is."""
    return [
        condition_of(blueprint, entity, gate.operation, gate.policy, gate.says) for gate in gates if not gate.deleted
    ]
