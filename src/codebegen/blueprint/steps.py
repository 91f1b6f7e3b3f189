"""Steps: what an action over several rows, or a move, does in order and in one transaction, as a small closed list.

The row of the action is the one that it starts from, or that moves.
"""

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

    Where it points to none, nothing is added. The number never passes the bounds of that field, nor falls below 0 where
    it has none; otherwise all is refused with 409.
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
    """Does `steps` for each row of `entity` whose `relation` points to the row of the action.

    None at all is a 409 for an action, and nothing to do for a move. With `clear` these rows are deleted in the end.
    """

    kind: Literal["for_each"] = "for_each"
    entity: EntityName
    relation: Name
    steps: tuple["RowStep", ...] = ()
    clear: bool = False


class SetStep(Tagged):
    """Writes a field of the row at hand, or of the row that its `relation` points to.

    The value is a constant, the current moment, or another field of the row that is written.
    """

    kind: Literal["set"] = "set"
    field: Name
    value: Expression
    relation: Name | None = None


class MoveStep(Tagged):
    """Makes a move of a state machine.

    Of the row of the action: from any other state all is refused with 409. Of the row that `relation` points to, and of
    rows that something is done for each of: what is in another state stays as it is.
    """

    kind: Literal["move"] = "move"
    transition: Name
    relation: Name | None = None


RowStep = Annotated[RequireStep | AdjustStep | CreateStep | SetStep | MoveStep, PydanticField(discriminator="kind")]
"""A step that can be done for each of many rows."""

Step = Annotated[
    RequireStep | AdjustStep | CreateStep | ForEachStep | SetStep | MoveStep, PydanticField(discriminator="kind")
]

ForEachStep.model_rebuild()
