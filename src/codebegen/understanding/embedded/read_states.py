"""State machines, where moves are told.

Arrows, `move from pending to paid`, `can be reviewed`; stories of several sentences are read in `lifecycle`.
"""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Move
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Reader, Setting, is_thing
from codebegen.understanding.embedded.state_words import KIND, PARTICLES
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import value

MOVING = frozenset("move go change transition pass switch turn progress proceed advance flow".split())


def state_words(tokens: Tokens) -> str:
    """A state from a few words: `in review`, `paid`."""
    begin = next((i for i, t in enumerate(tokens) if t.tag not in ("D", "A") or t.low in ("no", "not")), 0)
    kept = [
        t
        for i, t in enumerate(tokens[begin:], begin)
        if (t.tag not in ("C", "A") or (i > begin and t.low in PARTICLES))
        and t.low not in ("status", "state", "then", "either")
        and t.kind in ("word", "number", KIND)
    ]
    return value(kept[:3]) if kept else ""


def read_from_to(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Orders move from pending to paid, and from paid to refunded`; `can be moved from in review to done`."""
    if frame.verb not in MOVING and not (frame.verb in verbs.STATE and any(t.low == "from" for t in frame.rest)):
        return
    if any(t.kind == "arrow" for t in frame.rest):
        return  # a path of arrows is read as a whole
    what = _subject_thing(frame)
    for here, there, place in _path(frame.rest):
        for source in here:
            for target in there:
                if source not in ("there", "then", "here"):
                    yield Move(what, (source,), target, "", *place, _who(frame))


_SIDES = {"from": "from", "to": "to", "into": "to", "then": "to", "finally": "to"}
_PATH_ENDS = frozenset(("when", "if", "after", "by", "once", "only", "because", ";"))


def _path(tokens: Tokens) -> Iterator[tuple[list[str], list[str], tuple[int, int]]]:
    """`from a to b, from b to c or d and finally to e`: the states before and after each step, and its place."""
    here: list[str] = []
    side = ""
    taken: list[Token] = []
    for token in (*tokens, None):
        low = token.low if token is not None else ";"
        if low not in _SIDES and low not in _PATH_ENDS and token is not None:
            taken.append(token)
            continue
        states = alternatives(tuple(taken)) if side else []
        if states and side == "to" and here:
            yield here, states, (taken[0].start, taken[-1].end)
        here = states or here
        side, taken = _SIDES.get(low, ""), []


def alternatives(tokens: Tokens) -> list[str]:
    """States joined by `or`, `and` or a slash."""
    out: list[list[Token]] = [[]]
    for token in tokens:
        if token.low in ("or", "and", "/", "|", ","):
            out.append([])
        else:
            out[-1].append(token)
    return [state for piece in out if (state := state_words(tuple(piece)))]


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


def read_passive_moves(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`It can be reviewed, and a reviewed application can be accepted or rejected`.

    `owners may cancel an appointment`.
    """
    if frame.verb not in verbs.STATE or frame.negated or frame.link not in ("main", "relative"):
        return
    target = "opened" if frame.passive and frame.verb == "open" else verbs.STATE[frame.verb]
    if frame.passive and frame.subjects and frame.modal in ("can", "", "must"):
        what = frame.subjects[-1]
        by = next((p for p in frame.prep("by") if p.is_person), None)
        if is_thing(what) and not what.is_person:
            sources = _source_of(what, frame) + _source_words(frame.subjects[:-1])
            yield Move(_bare(what), sources, target, frame.verb, frame.start, frame.end, by)
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


def _source_words(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    """`a pending or paid order`: what stands alone before the noun is a state of it too."""
    return tuple(value(p.words) for p in phrases if len(p.words) == 1 and p.words[0].tag in ("J", "VP"))


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


_MARKING = frozenset("mark set flag declare".split())


def _with_particles(tokens: Tokens) -> Tokens:
    """`handed out` is one state: what has a particle behind it is a participle."""
    pairs = zip(tokens, (*tokens[1:], None), strict=True)
    return tuple(t.tagged("VP", t.lemma) if n is not None and n.low in PARTICLES else t for t, n in pairs)


def read_marked(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Only clerks may mark a rental as picked up or returned`: who alone makes these moves."""
    by = next((p for p in (*frame.prep("by"), *(() if frame.passive else frame.subjects)) if p.is_person), None)
    sign = next((i for i, t in enumerate(frame.rest) if t.low in ("as", "to")), -1)
    only = frame.only or any(t.low == "only" for t in frame.rest)
    if frame.verb not in _MARKING or frame.negated or by is None or sign < 0 or not only:
        return
    behind = _with_particles(frame.rest[sign + 1 :])
    end = next((i for i, t in enumerate(behind) if t.low in (*_PATH_ENDS, "only")), len(behind))
    what = _subject_thing(frame)
    for target in alternatives(behind[:end]):
        if what is not None:
            yield Move(_bare(what), (), target, "", frame.start, frame.end, by)


STATE_READERS: tuple[Reader, ...] = (read_from_to, read_passive_moves, read_marked)
