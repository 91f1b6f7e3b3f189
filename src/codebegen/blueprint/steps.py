"""Steps: what an action over several rows does, in order and in one transaction, as a small closed list."""

from typing import Annotated, Literal

from pydantic import Field as PydanticField

from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.node import EntityName, Name, Node, Tagged


class Assignment(Node):
    """A field, or the name of a key, and its value: an expression over the row at hand (`product.price`)."""

    name: Name
    value: Expression


class RequireStep(Tagged):
    """`condition` holds of the row at hand, or all is refused with 409."""

    kind: Literal["require"] = "require"
    condition: Expression
    message: str = ""


class AdjustStep(Tagged):
    """Adds `amount`, made of fields of the row at hand, to the number `field` of the row that `relation` points to.

    It never passes the bounds of that field, nor falls below 0 where it has none; otherwise all is refused with 409.
    """

    kind: Literal["adjust"] = "adjust"
    relation: Name
    field: Name
    amount: Expression
    message: str = ""


class CreateStep(Tagged):
    """Makes a row of `entity`. Keys to rows that an earlier step made are filled by themselves."""

    kind: Literal["create"] = "create"
    entity: EntityName
    values: tuple[Assignment, ...] = ()


class ForEachStep(Tagged):
    """Does `steps` for each row of `entity` whose `relation` points to the row of the action; none at all is a 409.

    With `clear` these rows are deleted in the end.
    """

    kind: Literal["for_each"] = "for_each"
    entity: EntityName
    relation: Name
    steps: tuple["RowStep", ...] = ()
    clear: bool = False


class SetStep(Tagged):
    """Writes a field of the row of the action: a constant, the current moment, another of its fields."""

    kind: Literal["set"] = "set"
    field: Name
    value: Expression


class MoveStep(Tagged):
    """Makes a move of a state machine of the row of the action; from any other state all is refused with 409."""

    kind: Literal["move"] = "move"
    transition: Name


RowStep = Annotated[RequireStep | AdjustStep | CreateStep, PydanticField(discriminator="kind")]
"""A step that can be done for each of many rows."""

Step = Annotated[
    RequireStep | AdjustStep | CreateStep | ForEachStep | SetStep | MoveStep, PydanticField(discriminator="kind")
]

ForEachStep.model_rebuild()
