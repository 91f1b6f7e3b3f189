"""What the templates know of one compound action."""

from dataclasses import dataclass
from typing import Literal

from codebegen.compiler.views.names import EntityNames
from codebegen.compiler.views.references import ReferenceView
from codebegen.compiler.views.schemas import MemberView
from codebegen.compiler.views.steps import StepsView

Start = Literal["path", "body", "caller"]
"""Who says from which row an action starts."""


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
    steps: StepsView
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
        return tuple(one for one in self.steps.repositories if one.cls != self.names.cls)

    @property
    def asks_actor(self) -> bool:
        """Whether what it does depends on who is calling."""
        own = self.start != "path" or any(reference.needs_actor for reference in self.references)
        spelled = (*self._assigned, *self.steps.conditions)
        return self.actor and (own or any("actor." in text for text in spelled))

    @property
    def uses_row(self) -> bool:
        """Whether anything is asked of the row of the action, beyond that it is there."""
        steps = self.steps
        spelled = [*self._assigned, *steps.conditions, *(fetch.key for fetch in steps.fetches)]
        spelled += [addition.key + addition.amount for addition in steps.additions]
        named = any(f"{self.names.var}." in text for text in spelled)
        written = steps.loops or steps.writes or self.changes or self.transitions
        return named or bool(written) or self.start == "path" or not self.creates

    @property
    def _assigned(self) -> tuple[str, ...]:
        """The values that it writes."""
        made = [value for one in self.steps.all_made for _, value in one.values]
        return (*made, *(value for _, value in self.changes))

    @property
    def is_tallied(self) -> bool:
        """Whether it adds to numbers of other rows."""
        return bool(self.steps.counters)
