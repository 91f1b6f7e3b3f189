"""One rule as a service checks it, and how its refusal is spelled."""

from dataclasses import dataclass
from typing import Literal

from codebegen.compiler.literals import prose, python
from codebegen.compiler.views.names import EntityNames


@dataclass(frozen=True, slots=True)
class FetchView:
    """A row behind a key, loaded before a condition can be asked: `event = … models.Event, ticket.event_id`."""

    variable: str
    model: str
    key: str


@dataclass(frozen=True, slots=True)
class LockView:
    """The row that others must not count on at the same time."""

    target: EntityNames
    repository: str
    model: str
    key: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule. `refusal` is how it is refused where `broken` holds (or, with `rows`, where too many exist).

    `when` says on which operations it is asked; where one of `skipped` holds of the row itself, it is not asked. Where
    `beyond` holds, it can't be asked, and the row is refused with `out_of_range`.
    """

    name: str
    kind: Literal["row", "count"]
    says: str
    when: tuple[str, ...]
    refusal: str
    broken: str = ""
    beyond: str = ""
    out_of_range: str = ""
    skipped: tuple[str, ...] = ()
    fetches: tuple[FetchView, ...] = ()
    lock: LockView | None = None
    rows: tuple[str, ...] = ()
    limit: str = "0"
    optional_limit: bool = False
    exists: str | None = None
    needs_actor: bool = False

    @property
    def constant(self) -> str | None:
        """The name of a limit that is a plain number."""
        return f"{self.name.upper()}_LIMIT" if self.limit.isdecimal() and int(self.limit) > 1 else None

    @property
    def judges_input(self) -> bool:
        """Whether what breaks it is a mistake in the body (422), which is said before anything else."""
        return self.refusal.startswith("Invalid(")

    @property
    def slows_down(self) -> bool:
        """Whether what breaks it may be tried again later (429)."""
        return self.refusal.startswith("TooManyRequests(")

    def needs_row(self, variable: str) -> bool:
        """Whether the check looks at the row itself."""
        spelled = [self.broken, self.beyond, *self.skipped, *self.rows, self.lock.key if self.lock else ""]
        spelled += [fetch.key for fetch in self.fetches]
        return (self.again and self.kind == "count") or any(f"{variable}." in text for text in spelled)

    @property
    def again(self) -> bool:
        """Whether it is asked of rows that are there already, which must not count themselves."""
        return self.when != ("create",)


def refusal(error: str, words: str, *more: str) -> str:
    """`Conflict("This is full.")`: an error with its message and further arguments."""
    message = python(prose(words))
    if not more and message.startswith("("):
        return error + message  # the parentheses of its pieces are those of the call
    return f"{error}({', '.join([message, *more])})"


def invalid(field: str, words: str) -> str:
    """A field of the body that does not go with the rest."""
    return f'Invalid("body", {python(field)}, message={python(prose(words))}, kind="rule")'
