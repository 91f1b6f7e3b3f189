"""What may not happen at once: `bookings of a court may not overlap`, `not two visits at the same time`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Limit, Link, Mention
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing


def read_overlap(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A dentist must not have overlapping visits`, `cannot have two appointments at the same time`.

    `bookings of a room may not overlap`.
    """
    lows = [t.low for t in frame.tokens]
    text = " ".join(lows)
    if not frame.subjects:
        return
    if "overlap" in text:
        thing = next((p for p in (*frame.objects, *frame.subjects) if is_thing(p) and not p.is_person), None)
        if thing is not None and frame.passive and frame.verb in verbs.ASSOCIATION:
            yield Limit("overlap", None, frame.start, frame.end, {"scope": thing, "verb": frame.verb})
        elif thing is not None:
            bare = Phrase(thing.words[-1:], thing.start, thing.end, of=thing.of)
            shared = _shared(frame, thing)
            scope = shared or (frame.subjects[-1] if frame.subjects[-1] is not thing else None)
            if shared is not None and is_thing(shared):
                yield Mention(shared, 2, "target", shared.start, shared.end)
                yield Link(replace(bare, of=None), shared, frame.start, frame.end, "belong", False, None)
            yield Limit("overlap", bare, frame.start, frame.end, {"scope": scope})
    elif _AT_ONCE.search(text):
        negated = frame.negated or "no" in lows
        if negated and frame.objects and frame.objects[0].head not in ("once", "twice"):
            yield Limit("overlap", frame.objects[0], frame.start, frame.end, {"scope": frame.subjects[-1]})
        elif negated:
            yield Limit("overlap", None, frame.start, frame.end, {"scope": frame.subjects[-1], "verb": frame.verb})


_AT_ONCE = re.compile(r"\bsame (?:time|period|slot|days|dates|nights|hours)\b")


def _shared(frame: Frame, thing: Phrase) -> Phrase | None:
    """What rows that must not overlap have in common: `bookings of a court`, `rehearsals in the same room`."""
    if thing.of is not None:
        return thing.of
    behind = next((i for i, t in enumerate(frame.tokens) if t.start >= thing.words[-1].end), len(frame.tokens))
    found = read_phrase(frame.tokens, behind + 1) if frame.tokens[behind : behind + 1] else None
    joined = found is not None and frame.tokens[behind].low in ("in", "for", "on", "at", "with", "by")
    return found[0] if found is not None and joined else None
