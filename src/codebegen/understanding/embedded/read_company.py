"""Who and what is in company: `several nurses respond to a call`, `each vase in a kiln belongs to a member`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link, Mention
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.reading import Setting, is_row, is_teller

JOINING_IN = frozenset("participate attend join take".split())
_NO_COMPANY = (
    verbs.HAS | verbs.STORE | verbs.READ | verbs.UPDATE | verbs.DELETE | verbs.CREATE | verbs.STRUCTURAL | verbs.BELONG
) | ((set(verbs.ASSOCIATION) | set(verbs.TOGGLE) | set(verbs.STATE) | {"be", "do"}) - JOINING_IN)
_PLACES = frozenset("in on from".split())
_ONE = frozenset("a an the each every one".split())


def read_several(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Several nurses respond to a call`: many of the one with each of the other, and the other way round."""
    who = frame.subjects[-1] if frame.subjects else None
    if who is None or frame.passive or frame.negated or frame.link not in ("main", "relative"):
        return
    acts = who.is_person or who.head.endswith(("er", "or"))
    if not acts or not who.quantity.many or frame.verb in _NO_COMPANY:
        return
    told = (*(p for p in frame.objects if p.head != "part"), *frame.prep("to", "in", "on", "at"))
    for what in told:
        if is_row(what) and what.det in _ONE and not what.is_person:
            yield Mention(what, 2, "object", what.start, what.end)
            yield Mention(who, 2, "subject", who.start, who.end)
            yield Link(what, who, frame.start, frame.end, "between", True, True)
            return


def read_within(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Each vase in a kiln belongs to a member`: where the subject is, said beside it."""
    row = frame.subjects[-1] if frame.subjects else None
    if row is None or row.is_person or is_teller(row) or not is_row(row) or frame.link not in ("main", "relative"):
        return
    words = [t for t in frame.tokens if t.start >= row.end] if row.start >= frame.start else []
    for name, place in frame.lead:
        beside = bool(words) and words[0].low == name and words[0].end <= place.start
        if beside and name in _PLACES and is_row(place) and place.det in _ONE and place.key != row.key:
            yield Link(row, place, row.start, place.end, "belong", False, True)
