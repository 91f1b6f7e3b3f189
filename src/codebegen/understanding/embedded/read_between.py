"""Relations to several others, or to the same kind: `between two teams`, `with one drone`, `to another tweet`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing


def read_transfer(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A transfer goes from one wallet to another`: two keys to the same kind of thing."""
    lows = [t.low for t in frame.rest]
    if (
        "from" not in lows
        or not ({"another", "other"} & set(lows))
        or not frame.subjects
        or not is_thing(frame.subjects[-1])
    ):
        return
    source = next(iter(frame.prep("from")), None)
    moved = next((p for p in frame.objects if is_thing(p)), frame.subjects[-1])
    if source is not None and is_thing(source) and source.quantity.one:
        for side in ("from", "to"):
            yield Link(moved, source, frame.start, frame.end, "between", False, True, f"{side}_{source.key}")


def read_beside(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A flight carries one parcel with one drone`: the second belongs to the row too."""
    if frame.negated or frame.modal or not frame.subjects or frame.verb == "be":
        return
    subject = frame.subjects[-1]
    done = next(iter(frame.prep("by") if frame.passive else frame.objects), None)
    single = done is not None and (done.quantity.one or (frame.passive and done.det in ("a", "an")))
    if subject.is_person or is_teller(subject) or not is_thing(subject) or not single:
        return
    for name, used in frame.preps:
        if name in ("with", "in", "on", "to", "from") and used.quantity.one and not used.is_field:
            yield Link(subject, used, frame.start, frame.end, "belong", False, None)


def read_between(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A match is played between two teams, home team and away team`."""
    if not frame.subjects or not is_thing(frame.subjects[-1]):
        return
    if frame.objects and frame.subjects[-1].is_person and frame.objects[0].det in ("a", "an"):
        frame = replace(frame, subjects=frame.objects[:1])  # `a clerk proposes a match between an item and a report`
    found = (*frame.prep("between"), *(p for name, p in frame.lead if name == "between"))
    if not found or frame.verb in ("choose", "move"):
        return
    others = [
        p
        for p in (*found[1:], *frame.objects)
        if p.head == found[0].head and len(p.words) > 1 and p.start > found[0].start
    ]
    for name, place in frame.preps:
        if name in ("within", "in", "at", "during") and is_thing(place) and not place.is_field:
            yield Link(frame.subjects[-1], place, frame.start, frame.end, "belong", False, None)
    for other in others:
        yield Link(frame.subjects[-1], other, other.start, other.end, "between", False, True, other.key)
    beside = [p for p in found[1:] if p.head != found[0].head and is_thing(p) and not p.is_field]
    for joined in (found[0], *beside) if beside else ():
        yield Link(frame.subjects[-1], joined, frame.start, frame.end, "belong", False, True)
    if not others and (found[0].quantity.high or 0) == 2:
        for side in ("first", "second"):
            yield Link(
                frame.subjects[-1], found[0], frame.start, frame.end, "between", False, True, f"{side}_{found[0].key}"
            )


def read_identity(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Guests bring a companion who is a guest too`: one of the same kind, by another name."""
    if frame.link != "relative" or frame.verb != "be" or not frame.subjects or not frame.objects or not setting.last:
        return
    named, same = frame.subjects[-1], frame.objects[0]
    if same.key == setting.last.key != named.key and is_thing(named) and same.det in ("a", "an", "another"):
        yield Link(setting.last, same, frame.start, frame.end, "self", False, True, named.key, optional=True)


def read_nested(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Comments can be nested`, `categories nest`: each may stand under another of its kind."""
    nested = frame.verb in ("nest", "nested", "thread", "threaded") and (frame.passive or not frame.objects)
    for what in frame.subjects if nested and not frame.negated else ():
        if is_thing(what) and not what.is_person:
            yield Link(what, what, frame.start, frame.end, "self", False, True, "parent", optional=True)


def read_self(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A tweet may be a reply to another tweet`, `a category can have a parent category`."""
    if frame.verb != "be" or not frame.subjects or not frame.objects:
        return
    subject, told = frame.subjects[-1], frame.objects[0]
    for target in frame.prep("to", "of"):
        if target.key == subject.key and is_thing(subject):
            yield Link(
                subject,
                target,
                frame.start,
                frame.end,
                "self",
                False,
                True,
                f"{told.key}_to" if told.key == "reply" else told.key,
                optional=True,
            )
