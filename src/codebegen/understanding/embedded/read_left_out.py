"""Rights and moves of a clause that leaves somebody out: `anyone but interns may edit documents`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Mention, Move, Right
from codebegen.understanding.embedded.lexicon import nouns, words

_OTHER = frozenset(("other", "another", "others"))


def without_left_out(fact: Fact, frame: Frame) -> Fact:
    """A right or a move with those whom its clause leaves out."""
    if isinstance(fact, Right):
        return right_without(fact, frame)
    return replace(fact, but=frame.but) if isinstance(fact, Move) and not frame.negated else fact


def right_without(right: Right, frame: Frame) -> Right:
    """Some people but not others are these people only; `but not other patients`: each their own."""
    if not frame.but or frame.negated:
        return right
    if any(who.det in _OTHER and who.key == right.who.key for who in frame.but):
        others = tuple(who for who in frame.but if who.key != right.who.key)
        return replace(right, own=True, only=True, but=others)
    return replace(right, but=frame.but, only=right.only or right.who.words[-1].low not in words.ANYONE)


def actors_left_out(frame: Frame) -> Iterator[Mention]:
    """Whoever is left out is somebody with an account, unless it is the owner of a row, or a visitor."""
    for who in frame.but:
        if who.head not in nouns.RELATIONAL_PERSONS and who.words[-1].low not in words.ANYONE:
            yield Mention(who, 0, "actor", who.start, who.end)
