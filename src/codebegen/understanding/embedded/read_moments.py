"""When something begins and ends, told by verbs: `each heat starts at a time and ends at a time`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.spec_model import Spec

_MOMENTS = {
    **dict.fromkeys(("start", "begin", "commence"), "start"),
    **dict.fromkeys(("end", "finish", "stop"), "end"),
    **dict.fromkeys(("happen", "occur"), ""),
}
_DAYS = frozenset("date day".split())
_TIMES = frozenset("time date day datetime hour moment".split())
_ANY = frozenset("a an some".split())
_GENERAL = frozenset("a an each every".split())


def read_moments(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """A date or a time of the subject, which no other field says in other words."""
    yield from _expires(frame)
    row = frame.subjects[-1] if frame.subjects else None
    if row is None or frame.verb not in _MOMENTS or frame.passive or frame.negated or frame.modal:
        return
    if row.is_person or is_teller(row) or not is_thing(row) or not (row.plural or row.det in _GENERAL):
        return
    for name, when in frame.preps:
        general = when.det in _ANY and when.head in _TIMES
        if name in ("at", "on") and general:
            day = when.head in _DAYS
            word = "date" if day else "time"
            side = _MOMENTS[frame.verb]
            spec = Spec(type="date" if day else "datetime")
            yield Mention(row, 3, "subject", row.start, row.end)
            label = f"{side}_{word}" if side else word
            yield Holds(row, Item(label, word, when, spec, when.start, when.end), when.start, when.end)


def _expires(frame: Frame) -> Iterator[Fact]:
    """`Volunteers hold licences, which expire`: a day of each."""
    row = frame.subjects[-1] if frame.subjects else None
    told = frame.link == "relative" and frame.verb == "expire" and not frame.objects and not frame.negated
    if row is not None and told and is_thing(row) and not row.is_person:
        yield Mention(row, 2, "subject", row.start, row.end)
        item = Item("expires_at", "date", row, Spec(type="date"), frame.start, frame.end)
        yield Holds(row, item, frame.start, frame.end)
