"""Facts: what readers take from clauses and layout, each with its place in the description; `resolve` weighs them."""

from dataclasses import dataclass, field

from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.phrases import Phrase


@dataclass(frozen=True)
class Mention:
    """A noun that may be an entity: `weight` says how much speaks for it, `kind` why."""

    phrase: Phrase
    weight: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Holds:
    """`owner` has `item`: a field, or a relation if the item is an entity."""

    owner: Phrase
    item: Item
    start: int
    end: int
    defined: bool = False
    modal: str = ""
    contained: bool = False


@dataclass(frozen=True)
class Link:
    """`source` and `target` are related.

    `many_targets`: a source has many; `many_sources`: a target has many; None: not said. `kind`: `belong`, `has`,
    `contain`, `create`, `agent`, `structural`, `between`, `self`, `buy`. `name`: what the target is to the source.
    """

    source: Phrase
    target: Phrase
    start: int
    end: int
    kind: str = "belong"
    many_targets: bool | None = None
    many_sources: bool | None = None
    name: str = ""
    optional: bool = False
    single: bool = False


@dataclass(frozen=True)
class Paired:
    """`items` are data of `first` and `second` together; `between` says so outright, `noun` names such a row.

    `event`: only because the one does something to the other; data of the first where the second is no entity.
    `also`: what else each of those rows points to.
    `asked`: the second is only asked for (`which part`): a column of the row where nothing else is known of it.
    """

    first: Phrase
    second: Phrase
    items: tuple[Item, ...]
    start: int
    end: int
    between: bool = False
    noun: str = ""
    event: bool = False
    asked: bool = False
    also: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Act:
    """`who` does something to `what`; what rows that leaves, if any, is not said here."""

    verb: str
    who: Phrase | None
    what: tuple[Phrase, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Association:
    """`who` does something to `what` that leaves a row: `noun` is that row, `items` its data.

    `between`: nobody names that row; `noun` is what stands between the two. `own`: who has the data where the two are
    not known, or the data may be its own.
    """

    noun: str
    verb: str
    who: Phrase | None
    what: tuple[Phrase, ...]
    start: int
    end: int
    items: tuple[Item, ...] = ()
    once: bool = False
    between: bool = False
    own: Phrase | None = None


@dataclass(frozen=True)
class Toggle:
    """`who` can like, follow, bookmark `what`."""

    name: str
    who: Phrase | None
    what: Phrase
    start: int
    end: int


@dataclass(frozen=True)
class Right:
    """`who` may (or may not) do `operations` to `what`. `own` narrows it to their own rows, `only` shuts others out.

    `limits`: `only` may stand for the rows instead (`guests see only rooms that are free`); `states` are theirs.
    `but`: who is left out.
    """

    who: Phrase
    operations: tuple[str, ...]
    what: Phrase | None
    start: int
    end: int
    own: bool = False
    only: bool = False
    negated: bool = False
    verb: str = ""
    limits: bool = False
    states: tuple[str, ...] = ()
    but: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Writes:
    """`who` is told to write `what`, whether or not as a right: which of creating, changing and deleting that is."""

    who: Phrase
    operations: tuple[str, ...]
    what: Phrase
    start: int
    end: int


@dataclass(frozen=True)
class Move:
    """A state change: `sources` may be empty where the text leaves them open; it may be told `until` which state.

    `but`: who is left out of those who may make it.
    """

    what: Phrase | None
    sources: tuple[str, ...]
    target: str
    verb: str
    start: int
    end: int
    who: Phrase | None = None
    until: str = ""
    but: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Initial:
    """Rows of `what` begin in `state`."""

    what: Phrase | None
    state: str
    start: int
    end: int


@dataclass(frozen=True)
class Unique:
    """`names` of `what` are unique, together with `scope`."""

    what: Phrase | None
    names: tuple[str, ...]
    scope: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Limit:
    """A number on something: `kind` names the rule, `data` its parts."""

    kind: str
    what: Phrase | None
    start: int
    end: int
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Together:
    """A line under an entity that says what is unique together: `unique (ward_id, label)`."""

    names: tuple[str, ...]
    start: int
    end: int


Fact = Mention | Holds | Link | Paired | Act | Association | Toggle | Right | Writes | Move | Initial | Unique | Limit
