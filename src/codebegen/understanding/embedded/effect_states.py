"""States that a move brings other rows to: `the copy becomes available`, `frees its seats`, `cancels its bookings`."""

import re
from collections.abc import Callable, Iterator

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Transition
from codebegen.blueprint.expressions import Value
from codebegen.blueprint.steps import MoveStep, SetStep, Step
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.reachable import Reach, is_called, reaches

_ITS = r"(?:(?:the|its|their|all|every|each|of) )*"
_WHAT = r"(?P<what>[a-z][a-z -]*?)"
_TOO = r"(?: again| automatically| too| as well)?"
_BECOMES = re.compile(
    rf"{_ITS}{_WHAT}(?:'s status)? (?:becomes?|is|are|gets?|turns?|goes?|returns?|changes?|switch(?:es)?)"
    r"(?: (?:set|marked|made|moved|put|changed))?(?: back)?(?: to| as)?(?: being)? (?:now |again )?"
    rf"(?P<state>[a-z][a-z -]*?){_TOO}"
)
_MAKES = re.compile(
    rf"(?:we |it )?(?:makes?|marks?|sets?) {_ITS}{_WHAT}(?: back)?(?: as| to)? (?P<state>[a-z-]+?(?: [a-z-]+?)??){_TOO}"
)
_STATUS = re.compile(rf"{_ITS}status of {_ITS}{_WHAT} (?:becomes|is set to|changes to) (?P<state>[a-z][a-z -]*)")
_FREES = re.compile(rf"(?:frees?|releases?)(?: up)? {_ITS}{_WHAT}(?: up| again)*")
_DOES = re.compile(rf"(?P<verb>[a-z]+) {_ITS}{_WHAT}{_TOO}")
_NEGATED = re.compile(r"^(?:not|no longer) |^un(?=[a-z]{4})")


def is_state(said: str, state: str) -> bool:
    """Whether a word is a state, however it is spelled."""
    return naming.snake(said).replace("canceled", "cancelled") == state.replace("canceled", "cancelled")


def state_step(blueprint: Blueprint, entity: Entity, words: str) -> Step | None:
    """The step that an effect of a move of an entity asks for; None where it speaks of no state of other rows."""
    for what, found in _asked(words):
        for reach in reaches(blueprint, entity):
            if is_called(reach.entity, what) and (step := found(reach)) is not None:
                return reach.step(step)
    return None


def _asked(words: str) -> Iterator[tuple[str, Callable[[Reach], SetStep | MoveStep | None]]]:
    """What words may speak of, and what they ask of it."""
    for form in (_STATUS, _BECOMES, _MAKES):
        if (match := form.fullmatch(words)) is not None:
            yield match["what"], _becoming(match["state"])
    if (match := _FREES.fullmatch(words)) is not None:
        yield match["what"], _becoming("free")
        yield match["what"], _becoming("available")
    if (match := _DOES.fullmatch(words)) is not None:
        lemma, _ = conjugation.forms().get(match["verb"], (match["verb"], ""))
        yield match["what"], lambda reach: _move(reach, lambda move: move.name == lemma)


def _becoming(state: str) -> Callable[[Reach], SetStep | MoveStep | None]:
    """A row in a state: by a move where there is one, else by its value, or by what is true of it."""

    def found(reach: Reach) -> SetStep | MoveStep | None:
        moved = _move(reach, lambda move: is_state(state, move.to))
        return moved if moved is not None or reach.entity.state_machines else _set(reach, state)

    return found


def _move(reach: Reach, wanted: Callable[[Transition], bool]) -> MoveStep | None:
    moves = [m for machine in reach.entity.state_machines for m in machine.transitions if wanted(m)]
    return MoveStep(transition=moves[0].name, relation=reach.relation) if len(moves) == 1 else None


def _set(reach: Reach, state: str) -> SetStep | None:
    for one in reach.entity.fields:
        values = [value for value in one.values if is_state(state, value)] if one.type == "enum" else []
        if values:
            return SetStep(field=one.name, value=Value(value=values[0]), relation=reach.relation)
    for name, truth in ((state, True), (_NEGATED.sub("", state), False)):
        called = (naming.snake(name), f"is_{naming.snake(name)}")
        for one in reach.entity.fields:
            if one.type == "boolean" and one.name in called:
                return SetStep(field=one.name, value=Value(value=truth), relation=reach.relation)
    return None
