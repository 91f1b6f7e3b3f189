"""What the templates know of steps: what an action or a move does to other rows, by what it is."""

from dataclasses import dataclass

from codebegen.compiler.views.counters import AdditionView, CounterView
from codebegen.compiler.views.names import EntityNames
from codebegen.compiler.views.rule import FetchView


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A condition without which nothing is done."""

    broken: str
    refusal: str


@dataclass(frozen=True, slots=True)
class MadeView:
    """A new row: `variable` where later ones point to it."""

    model: str
    variable: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LookupView:
    """Rows that the rows at hand point to, read at once: `product_by_id`, and one of them as `its_product`."""

    variable: str
    row: str
    key: str
    target: EntityNames


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move of a row that is not the one of the action: its constant, and the states that it leads from and to."""

    constant: str
    sources: str
    target: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What is written to a row; of a `move` only where `attribute` is in a state that it starts from."""

    row: str
    values: tuple[tuple[str, str], ...]
    move: MoveView | None = None
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class WriteView:
    """The row behind a key of the row of the action, which is locked and written."""

    variable: str
    model: str
    key: str
    optional: bool
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class LoopView:
    """What is done for each row that points to the row of the action; `required` where there has to be one."""

    names: EntityNames
    key: str
    required: bool
    additions: tuple[AdditionView, ...]
    lookups: tuple[LookupView, ...]
    requirements: tuple[RequirementView, ...]
    made: tuple[MadeView, ...]
    changes: tuple[ChangeView, ...]
    clear: bool

    @property
    def visits(self) -> bool:
        """Whether anything is done row by row, beyond additions."""
        return bool(self.requirements or self.made or self.changes or self.clear)


@dataclass(frozen=True, slots=True)
class StepsView:
    """Steps, by what they are."""

    fetches: tuple[FetchView, ...]
    requirements: tuple[RequirementView, ...]
    counters: tuple[CounterView, ...]
    additions: tuple[AdditionView, ...]
    made: tuple[MadeView, ...]
    loops: tuple[LoopView, ...]
    writes: tuple[WriteView, ...]

    @property
    def repositories(self) -> tuple[EntityNames, ...]:
        """Whose rows are read."""
        looked = [lookup.target for loop in self.loops for lookup in loop.lookups]
        return tuple({one.cls: one for one in (*(loop.names for loop in self.loops), *looked)}.values())

    @property
    def moves(self) -> tuple[MoveView, ...]:
        """The moves of other rows."""
        changes = [change for write in self.writes for change in write.changes]
        changes += [change for loop in self.loops for change in loop.changes]
        return tuple({change.move.constant: change.move for change in changes if change.move is not None}.values())

    @property
    def all_made(self) -> tuple[MadeView, ...]:
        """Every kind of row that is made."""
        return (*self.made, *(made for loop in self.loops for made in loop.made))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What is asked before anything is done."""
        loops = [requirement for loop in self.loops for requirement in loop.requirements]
        return tuple(requirement.broken for requirement in (*self.requirements, *loops))
