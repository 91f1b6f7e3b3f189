"""Stamps: what is noted when something happens: `when an order is shipped, shipped_at is set`."""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Holds
from codebegen.understanding.embedded.item import Item, item_name
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import is_thing
from codebegen.understanding.embedded.spec_model import Spec

_NOTING = frozenset("set record store save note fill log stamp write keep remember".split())
_MOMENTS = frozenset("time timestamp moment date day".split())
_WHEN = ("when", "whenever", "once", "after", "as")


def read_stamps(frames: Sequence[Frame]) -> Iterator[Holds]:
    """The moment of what happens in one clause of a sentence, where another says that it is noted."""
    event = next((f for f in frames if f.link in _WHEN and _is_event(f)), None)
    if event is None:
        return
    what = event.subjects[-1]
    for frame in frames:
        noted = _noted(frame)
        name = _name(noted, event) if noted is not None else None
        if noted is not None and name is not None:
            day = noted.head in ("date", "day") or name.endswith("_on")
            spec = Spec(type="date" if day else "datetime")
            item = Item(name, name.rpartition("_")[2], noted, spec, noted.start, noted.end)
            yield Holds(what, item, min(frame.start, event.start), max(frame.end, event.end))


def _is_event(frame: Frame) -> bool:
    """`When an order is shipped`."""
    done = frame.passive and not frame.negated and bool(frame.subjects)
    return done and is_thing(frame.subjects[-1]) and not frame.subjects[-1].is_person


def _noted(frame: Frame) -> Phrase | None:
    """What is set or recorded: `shipped_at`, `the time`."""
    if frame.link != "main" or frame.negated or frame.verb not in _NOTING:
        return None
    return next(iter(frame.subjects if frame.passive else frame.objects), None)


def _name(noted: Phrase, event: Frame) -> str | None:
    """The name of the moment, if it is that of the event: `shipped_at` of what is shipped."""
    done = next((token.low for token in event.tokens if token.tag == "VP" and token.lemma == event.verb), None)
    if done is None:
        return None
    if noted.head in _MOMENTS:
        return f"{done}_at"
    name = item_name(noted)[0]
    return name if name in (f"{done}_at", f"{done}_on") else None
