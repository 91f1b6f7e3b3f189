"""What is halted and goes on: `can be paused and resumed` leads there and back."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from codebegen.understanding.embedded.facts import Move
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.phrases import Phrase

_HALTED = frozenset("paused suspended blocked deactivated frozen locked stopped disabled halted interrupted".split())
_RESUMED = frozenset("running active resumed reactivated continued unpaused unblocked reinstated restarted".split())


def halt_of(states: Sequence[str]) -> tuple[str, str] | None:
    """The state in which something is halted, and the one next to it, in which it goes on; none if there are none."""
    return next(((a, b) for a, b in pairwise(states) if a in _HALTED and b in _RESUMED), None)


def first_before(targets: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    """Where something is that can be halted, where nothing else is told: where the list begins, else active."""
    return (listed[0] if listed and listed[0] not in targets else "active",)


def way_back(
    thing: Phrase, halt: tuple[str, str], sources: Sequence[str], place: tuple[int, int], who: Phrase | None
) -> Iterator[Move]:
    """From where it is halted to where it was, by the verb that the second state is made of."""
    halted, resumed = halt
    form = conjugation.forms().get(resumed)
    verb = form[0] if form is not None and form[1] in ("participle", "past") else ""
    yield from (Move(thing, (halted,), state, verb, *place, who) for state in [s for s in sources if s != halted][:1])
