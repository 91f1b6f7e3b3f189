"""Who gets what somebody makes: `members send notes to each other`, `a player gives a medal to another player`."""

from collections.abc import Iterator
from itertools import pairwise

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Tokens

_GIVING = verbs.CREATE | frozenset("award hand pass lend show grant assign direct address dedicate".split())
_OTHERS = frozenset("another other others".split())
_GIVERS = {"give": "giver", "lend": "lender"}
RECIPIENT = "recipient"
GIVERS = frozenset({"sender", *_GIVERS.values()})


def read_recipients(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """The row that is made points to whoever gets it, by a name of its own."""
    giver = frame.subjects[-1] if frame.subjects else None
    if giver is None or not giver.is_person or is_teller(giver) or frame.passive or frame.negated:
        return
    if frame.verb not in _GIVING or frame.link in ("if", "unless", "purpose"):
        return
    made = next((p for p in frame.objects if is_thing(p) and not p.is_person and not p.is_field), None)
    if made is not None and (_to_each_other(frame.rest) or _to_another(frame, giver)):
        yield Link(made, giver, frame.start, frame.end, "create", False, True, _GIVERS.get(frame.verb, "sender"))
        yield Link(made, giver, frame.start, frame.end, "between", False, True, RECIPIENT)


def _to_each_other(rest: Tokens) -> bool:
    """`to each other`, `each other messages`."""
    lows = [t.low for t in rest]
    pairs = list(pairwise(lows))
    return ("each", "other") in pairs or ("one", "another") in pairs


def _to_another(frame: Frame, giver: Phrase) -> bool:
    """`to another member`, `to other users`."""
    return any(p.key == giver.key and p.det in _OTHERS for p in frame.prep("to"))
