"""The course of one thing through its states, as far as it was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from codebegen.understanding.embedded.facts import Move
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_vocabulary import Vocabulary

_OVER = frozenset("turned_down missed lost rejected refused declined denied cancelled withdrawn expired".split())


@dataclass(frozen=True)
class Step:
    """The verb of a move (none where a state alone is told), the words it stands in, and who makes it."""

    at: int
    end: int
    verb: str = ""
    who: Phrase | None = None


@dataclass(frozen=True)
class Hint:
    """A state that something was told to be in before its story began, and in which sentence.

    `sure`: what was done to it then makes it, so that it begins there (`it is proposed`).
    """

    state: str
    sentence: int
    sure: bool = False


@dataclass
class Course:
    """How far the story of one thing is: where it is now, where the last step started."""

    thing: Phrase
    known: Vocabulary
    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    order: list[str] = field(default_factory=list)
    hint: Hint | None = None
    waiting: list[Move] = field(default_factory=list)

    @property
    def alive(self) -> tuple[str, ...]:
        """Where it can go on from: not where it was turned down, if it may be somewhere else."""
        return tuple(state for state in self.now if state not in _OVER) or self.now

    def before_state(self, state: str) -> tuple[str, ...]:
        """The states that come before one."""
        return tuple(self.order[: self.order.index(state)]) if state in self.order else ()

    def step(self, sources: tuple[str, ...], targets: Sequence[str]) -> None:
        """A step was told."""
        self.known.add(self.thing, (*sources, *targets))
        other = bool(self.now) and sources == self.before and not set(targets) - _OVER
        if not other:  # `it becomes listed, or is turned down`: whatever follows goes on from the list
            self.before, self.now = sources, tuple(targets)
        self.order.extend(state for state in (*sources, *targets) if state not in self.order)


class Story:
    """What was told of all things so far; `last` is what was spoken of last."""

    def __init__(self, known: Vocabulary | None = None) -> None:
        self.known = known or Vocabulary()
        self.courses: dict[str, Course] = {}
        self.last: Phrase | None = None
