"""What rows can go through: states, computed values, actions."""

from typing import Annotated, Literal

from pydantic import ConfigDict
from pydantic import Field as PydanticField

from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.node import Element, EntityName, Name, Node, Path, Tagged
from codebegen.blueprint.steps import CreateStep, Step


class SetField(Node):
    """A transition writes `field`: a constant, or the current moment."""

    field: Name
    value: Expression


class Transition(Element):
    """A move of a state machine, named by its verb; it is `POST /<collection>/{id}/<name>`.

    `effects` are written to the row itself; `steps` are what happens to other rows in the same transaction.
    """

    name: Name
    from_: tuple[str, ...] = PydanticField(alias="from", serialization_alias="from")
    to: str
    guard: Expression | None = None
    effects: tuple[SetField, ...] = ()
    steps: tuple[Step, ...] = ()

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class StateMachine(Element):
    """Declared moves of an enum field. Whoever may make a move stands in the permissions (`transition:<name>`)."""

    field: Name
    initial: str
    transitions: tuple[Transition, ...] = ()


class History(Element):
    """Every change of the enum `field` leaves a row: what it was and became, when, and by whom.

    It is written with the change, and read at `GET /<collection>/{id}/history` by whoever may read the row.
    """

    field: Name


class Computed(Element):
    """A value made from others, right on every path that changes its inputs.

    `count`, `sum`, `average`, `min`, `max` aggregate `field` over the rows of `entity` whose `relation` points here;
    `expression` computes from this row, and in a `sum` from each aggregated row.
    """

    name: Name
    function: Literal["count", "sum", "average", "min", "max", "expression"]
    entity: EntityName | None = None
    relation: Name | None = None
    field: Name | None = None
    expression: Expression | None = None
    condition: Expression | None = None
    scale: int | None = None


class Tally(Element):
    """A row adds `amount` to the number `field` of the row at `relation`, as long as it is there and `condition` holds.

    "A booking takes a seat of its event": `relation=event, field=seats_left, amount=-1`. It holds on every path that
    makes, changes, moves, deletes or restores a row. The number never leaves its own bounds, nor falls below 0 where it
    has none: what would is refused with 409.
    """

    name: Name
    relation: Name
    field: Name
    amount: Expression
    condition: Expression | None = None
    message: str = ""


class ToggleAction(Element, Tagged):
    """On or off per account: `PUT` and `DELETE /<collection>/{id}/<name>`, counted as `<name>_count`."""

    kind: Literal["toggle"] = "toggle"
    name: Name
    counted: bool = True


class AssociationAction(Element, Tagged):
    """An act that leaves a row with data (rate, enrol, book): `entity` is that row, with a collection of its own."""

    kind: Literal["association"] = "association"
    name: Name
    entity: EntityName


class CompoundAction(Element, Tagged):
    """An act over several rows in one transaction (checkout): `POST <path>`, all of it or nothing.

    It starts from one row of its entity: the one in the path (`/carts/{id}/checkout`, which is also meant where there
    is no path), else one that the body names, or the caller's own. `text` says it in words; without `steps` it is
    reported and listed in the ledger as not implemented.
    """

    kind: Literal["compound"] = "compound"
    name: Name
    path: str = ""
    text: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def makes(self) -> str | None:
        """The entity of which it makes one row, which is its answer."""
        return next((step.entity for step in self.steps if isinstance(step, CreateStep)), None)


class CustomAction(Element, Tagged):
    """An act in words that has no form here yet; reported and listed in the ledger as not implemented."""

    kind: Literal["custom"] = "custom"
    name: Name
    text: str
    source: Path | None = None


Action = Annotated[
    ToggleAction | AssociationAction | CompoundAction | CustomAction, PydanticField(discriminator="kind")
]
