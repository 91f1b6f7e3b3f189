"""State machines, where moves are told.

Arrows, `move from pending to paid`, `can be reviewed`, `starts as submitted`.
"""

import itertools
from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Initial, Move
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Reader, Setting, is_thing
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import value

_MOVING = frozenset("move go change transition pass switch turn progress proceed advance flow".split())


def _state_words(tokens: Tokens) -> str:
    """A state from a few words: `in review`, `paid`."""
    kept = [
        t
        for t in tokens
        if t.tag not in ("D", "C", "A")
        and t.low not in ("status", "state", "the", "then", "either")
        and t.kind in ("word", "number")
    ]
    return value(kept[:3]) if kept else ""


def read_from_to(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Orders move from pending to paid, and from paid to refunded`; `can be moved from in review to done`."""
    if frame.verb not in _MOVING and not (frame.verb in verbs.STATE and any(t.low == "from" for t in frame.rest)):
        return
    lows = [t.low for t in frame.rest]
    at = 0
    what = _subject_thing(frame)
    while "from" in lows[at:]:
        begin = lows.index("from", at)
        end = next((i for i in range(begin + 1, len(lows)) if lows[i] in ("to", "into", "→", "->")), -1)
        if end < 0:
            return
        stop = next(
            (
                i
                for i in range(end + 1, len(lows))
                if lows[i] in (",", ";", "from", "when", "if", "after", "by", "once")
            ),
            len(lows),
        )
        source, targets = _state_words(frame.rest[begin + 1 : end]), _alternatives(frame.rest[end + 1 : stop])
        for target in targets:
            if source and target:
                yield Move(what, (source,), target, "", frame.rest[begin].start, frame.rest[stop - 1].end, _who(frame))
        if lows[stop + 1 : stop + 2] == ["then"]:
            further = next((i for i in range(stop + 2, len(lows)) if lows[i] in (",", ";")), len(lows))
            for later in _alternatives(frame.rest[stop + 2 : further]):
                for earlier in targets:
                    yield Move(
                        what, (earlier,), later, "", frame.rest[stop].start, frame.rest[further - 1].end, _who(frame)
                    )
            stop = further
        at = stop


def _alternatives(tokens: Tokens) -> list[str]:
    out: list[list[Token]] = [[]]
    for token in tokens:
        if token.low in ("or", "and", "/"):
            out.append([])
        else:
            out[-1].append(token)
    return [state for piece in out if (state := _state_words(tuple(piece)))]


def _who(frame: Frame) -> Phrase | None:
    return next((p for p in frame.subjects if p.is_person), None)


def _subject_thing(frame: Frame) -> Phrase | None:
    things = [p for p in (*frame.subjects, *frame.objects) if is_thing(p) and not p.is_person]
    if not things:
        return None
    first = things[0]
    if first.head in ("status", "state") and first.of is not None:
        return first.of
    if first.head in ("status", "state") and len(first.words) > 1:
        return Phrase(first.words[:-1], first.start, first.end)
    return first


def read_initial(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`An application starts as submitted`, `a request is pending at first`, `a parcel is registered first`."""
    if not frame.subjects or not is_thing(frame.subjects[-1]) or frame.subjects[-1].is_person:
        return
    lows = [t.low for t in frame.rest]
    what = frame.subjects[-1]
    if frame.verb in ("start", "begin", "be") and "as" in lows[:3]:
        at = lows.index("as")
        state = _state_words(frame.rest[at + 1 : at + 3])
        if state:
            yield Initial(what, state, frame.start, frame.end)
    elif (
        frame.verb in ("be", "create")
        and any(low in ("first", "initially") for low in lows)
        and frame.rest
        and frame.rest[0].tag in ("N", "J", "VP")
        and not frame.passive
    ):
        yield Initial(what, _state_words(frame.rest[:1]), frame.start, frame.end)


def read_passive_moves(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`It can be reviewed, and a reviewed application can be accepted or rejected`.

    `owners may cancel an appointment`.
    """
    if frame.verb not in verbs.STATE or frame.negated or frame.link not in ("main", "relative"):
        return
    target = verbs.STATE[frame.verb]
    if frame.passive and frame.subjects and frame.modal in ("can", "", "must"):
        what = frame.subjects[-1]
        by = next((p for p in frame.prep("by") if p.is_person), None)
        if is_thing(what) and not what.is_person:
            yield Move(_bare(what), _source_of(what, frame), target, frame.verb, frame.start, frame.end, by)
        return
    if not frame.passive and frame.objects:
        who = next((p for p in frame.subjects if p.is_person or is_thing(p)), None)
        for what in frame.objects:
            if who is not None and what.head not in nouns.ATTRIBUTES and (is_thing(what) or what.words[-1].tag == "R"):
                yield Move(_bare(what), _source_of(what, frame), target, frame.verb, frame.start, frame.end, who)


def _bare(what: Phrase) -> Phrase:
    """`a reviewed application` speaks of applications."""
    kept = tuple(t for t in what.words[:-1] if t.tag not in ("VP", "J")) + what.words[-1:]
    return Phrase(kept, what.start, what.end, what.det)


def _source_of(what: Phrase, frame: Frame) -> tuple[str, ...]:
    states = [
        t for t in what.words[:-1] if t.tag == "VP" or t.low in ("pending", "open", "active", "draft", "scheduled")
    ]
    if states:
        return (value((states[-1],)),)
    lows = [t.low for t in frame.rest]
    if "while" in lows:
        return ()
    return ()


STATE_READERS: tuple[Reader, ...] = (read_from_to, read_initial, read_passive_moves)


def arrow_moves(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`todo -> in progress -> done`, `Match status goes scheduled → live → finished`."""
    arrows = [i for i, t in enumerate(tokens) if t.kind == "arrow"]
    if len(arrows) < 1:
        return
    bounds = [-1, *arrows, len(tokens)]
    pieces = [tokens[bounds[i] + 1 : bounds[i + 1]] for i in range(len(bounds) - 1)]
    what = topic
    verb = next(
        (
            i
            for i, t in enumerate(pieces[0])
            if (t.tag in ("V", "VP", "B") and t.lemma in _MOVING | {"be", "follow"}) or t.text == ":"
        ),
        -1,
    )
    if verb >= 0:
        named = tuple(
            t
            for t in pieces[0][:verb]
            if t.tag in ("N", "J") and t.low not in ("status", "state", "workflow", "flow", "lifecycle")
        )
        what = Phrase(named, named[0].start, named[-1].end) if named else topic
        pieces[0] = pieces[0][verb + 1 :]
    states: list[list[str]] = []
    for piece in pieces:
        cut = next((i for i, t in enumerate(piece) if t.text in (",", ";", ".")), len(piece))
        kept = tuple(t for t in piece[:cut] if t.kind != "group")
        states.append([s for s in _alternatives(kept) if s])
    if any(len(piece) > 8 for piece in pieces) or not all(states):
        return
    for here, there in itertools.pairwise(states):
        for source in here:
            for target in there:
                yield Move(what, (source,), target, "", tokens[0].start, tokens[-1].end)


def then_moves(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`A claim is opened, then assessed by an adjuster and either approved or denied`."""
    lows = [t.low for t in tokens]
    if "then" not in lows or not any(t.tag in ("B", "M", "V") for t in tokens):
        return
    steps = _steps(tokens)
    if len(steps) < 2:
        return
    what = _first_thing(tokens) or topic
    begin = steps[0][0]
    yield Initial(what, begin, tokens[0].start, tokens[-1].end)
    for here, there in itertools.pairwise(steps):
        for source in here[-1:] if len(here) == 1 else here:
            for target in there:
                yield Move(what, (source,), target, "", tokens[0].start, tokens[-1].end)


def _first_thing(tokens: Tokens) -> Phrase | None:
    end = next((i for i, t in enumerate(tokens) if t.tag in ("B", "M", "V")), 0)
    found = [p for p in read_region(tokens[:end])[0] if is_thing(p)]
    return found[-1] if found else None


def _steps(tokens: Tokens) -> list[list[str]]:
    """Groups of states between `then`, `finally`, `after that`, `and either`."""
    out: list[list[str]] = []
    begin = next((i for i, t in enumerate(tokens) if t.tag in ("B", "M")), -1)
    if begin < 0:
        return []
    piece: list[Token] = []
    for token in (*tokens[begin:], None):
        if token is None or token.low in ("then", "finally", "either", "later", "afterwards", "eventually", "next"):
            states = _states_in(piece)
            if states:
                out.append(states)
            piece = []
        else:
            piece.append(token)
    return out


def _states_in(piece: list[Token]) -> list[str]:
    """Participles and places (`in transit`, `out for delivery`) of one step; `by …` is left out."""
    by = next((i for i, t in enumerate(piece) if t.low == "by"), len(piece))
    tail = next((i for i in range(by, len(piece)) if piece[i].low in ("and", "or", ",")), len(piece))
    kept = [
        t
        for t in (*piece[:by], *piece[tail:])
        if t.tag not in ("B", "M", "R", "D") and t.low not in ("first", "it", "directly", "immediately", "again")
    ]
    groups: list[list[Token]] = [[]]
    for token in kept:
        if token.low in ("or", "and") or token.text == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    out: list[str] = []
    for group in groups:
        if not group or len(group) > 4 or any(t.tag in ("V", "S", "W") for t in group):
            continue
        if group[0].tag in ("VP", "P", "A", "J", "N") and (
            group[0].tag in ("VP", "P") or group[0].low in ("out", "pending", "open", "active", "closed", "live")
        ):
            out.append(value(group if group[0].tag in ("P", "A") or group[0].low == "out" else group[:1]))
    return out
