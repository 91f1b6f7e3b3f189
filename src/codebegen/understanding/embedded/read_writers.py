"""Who writes what: `HR manages payslips`, `grades are entered by teachers`, told as it is or as what may be done."""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Writes
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.read_rights import is_person_like, operations_of
from codebegen.understanding.embedded.reading import is_teller, is_thing

_WRITING = ("create", "update", "delete")
_MAKING = (
    verbs.CREATE
    | verbs.STORE
    | {"assign", "allocate", "award", "prescribe", "keep", "fill", "type", "calculate", "prepare", "sign"}
) - frozenset("know need remember want share pay answer leave sell hold perform host announce".split())
_BOTH = frozenset("enter put grade mark".split())
_UNTOLD = ("if", "unless", "until", "before")
"""Clauses of what may not come to be."""


def read_writers(frames: Sequence[Frame]) -> Iterator[Writes]:
    """The persons of each clause that write its objects; for which operations."""
    for frame in frames:
        operations = _operations(frame.verb)
        if not operations or frame.negated or frame.link in _UNTOLD:
            continue
        for who in frame.prep("by") if frame.passive else frame.subjects:
            if is_person_like(who) and not is_teller(who):
                for what in frame.subjects if frame.passive else frame.objects:
                    if is_thing(what) and not what.is_person:
                        yield Writes(who, operations, what, frame.start, frame.end)


def _operations(verb: str) -> tuple[str, ...]:
    if verb in verbs.READ - {"list"} or verb in verbs.HAS:
        return ()
    if verb == "moderate" or verb in verbs.DELETE:
        return ()  # who takes down what others wrote leaves it theirs
    if verb in _MAKING | _BOTH:
        return ("create",)
    return tuple(operation for operation in operations_of(verb) if operation in _WRITING)
