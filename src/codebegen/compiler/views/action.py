"""What the templates know of one compound action."""

from dataclasses import dataclass
from typing import Literal

from codebegen.compiler.views.counters import AdditionView, CounterView
from codebegen.compiler.views.names import EntityNames
from codebegen.compiler.views.references import ReferenceView
from codebegen.compiler.views.rule import FetchView
from codebegen.compiler.views.schemas import MemberView

Start = Literal["path", "body", "caller"]
"""Who says from which row an action starts."""


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
class LoopView:
    """What is done for each row that points to the row of the action."""

    names: EntityNames
    key: str
    additions: tuple[AdditionView, ...]
    lookups: tuple[LookupView, ...]
    requirements: tuple[RequirementView, ...]
    made: tuple[MadeView, ...]
    clear: bool

    @property
    def uses_rows(self) -> bool:
        """Whether they have to be there for more than to be there."""
        return self.visits or self.clear or bool(self.additions)

    @property
    def visits(self) -> bool:
        """Whether anything is done row by row, beyond additions."""
        return bool(self.requirements or self.made)


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action: how it is reached (`start`), what it does, what its body says, and what it answers with."""

    name: str
    words: str
    module: str
    cls: str
    path: str
    start: Start
    names: EntityNames
    gate: str
    role_test: str | None
    policy: str
    finds_own: str | None
    fetches: tuple[FetchView, ...]
    requirements: tuple[RequirementView, ...]
    counters: tuple[CounterView, ...]
    additions: tuple[AdditionView, ...]
    made: tuple[MadeView, ...]
    loops: tuple[LoopView, ...]
    changes: tuple[tuple[str, str], ...]
    transitions: tuple[tuple[str, str, str], ...]
    members: tuple[MemberView, ...]
    references: tuple[ReferenceView, ...]
    result: EntityNames
    creates: bool
    actor: bool

    @property
    def has_body(self) -> bool:
        """Whether a request says anything."""
        return bool(self.members)

    @property
    def needs_body(self) -> bool:
        """Whether a request has to say something."""
        return any(member.default is None and member.factory is None for member in self.members)

    @property
    def repositories(self) -> tuple[EntityNames, ...]:
        """Whose rows it reads, without the row of the action and what it answers with."""
        looked = [lookup.target for loop in self.loops for lookup in loop.lookups]
        found = {one.cls: one for one in (*(loop.names for loop in self.loops), *looked)}
        return tuple(one for cls, one in found.items() if cls != self.names.cls)

    @property
    def asks_actor(self) -> bool:
        """Whether what it does depends on who is calling."""
        spelled = [value for made in self.all_made for _, value in made.values]
        spelled += [value for _, value in self.changes]
        spelled += [requirement.broken for requirement in self.requirements]
        own = self.start != "path" or any(reference.needs_actor for reference in self.references)
        return self.actor and (own or any("actor." in text for text in spelled))

    @property
    def uses_row(self) -> bool:
        """Whether anything is asked of the row of the action, beyond that it is there."""
        spelled = [value for made in self.all_made for _, value in made.values]
        spelled += [addition.key + addition.amount for addition in self.additions]
        spelled += [requirement.broken for requirement in self.requirements]
        spelled += [fetch.key for fetch in self.fetches]
        named = any(f"{self.names.var}." in text for text in spelled)
        return named or bool(self.loops or self.changes or self.transitions) or self.start == "path" or not self.creates

    @property
    def all_made(self) -> tuple[MadeView, ...]:
        """Every kind of row that it makes."""
        return (*self.made, *(made for loop in self.loops for made in loop.made))

    @property
    def is_tallied(self) -> bool:
        """Whether it adds to numbers of other rows."""
        return bool(self.counters)
