"""Repeats: what may not happen or occur again: `nobody may score a film twice`, `one state for every flag and site`."""

from collections.abc import Iterator

from codebegen import naming
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Limit, Unique
from codebegen.understanding.embedded.item import item_name
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.text import Token, Tokens

_OCCURRING = frozenset("occur appear exist repeat be use give come assign happen take".split())
_AGAIN = frozenset("twice again".split())


def repeated(frame: Frame) -> bool:
    """Whether a clause forbids a second time: `not … twice`, `nobody … twice`, `never … more than once`."""
    lows = [t.low for t in frame.tokens]
    again = bool(_AGAIN & set(lows)) or ("times" in lows and "two" in lows) or "more than once" in " ".join(lows)
    nobody = any(p.head in ("nobody", "none", "no-one") or p.det == "no" for p in frame.subjects)
    return again and (frame.negated or nobody or "not" in lows or "never" in lows)


def read_repeated_field(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`The number may not occur twice in the same apiary`: unique, in a scope where one is told."""
    if frame.verb not in _OCCURRING or not frame.subjects:
        return
    lows = [t.low for t in frame.tokens]
    scope = tuple(p.key for name, p in frame.preps if name in _WITHIN and is_thing(p) and p.head not in _AGAIN)
    single = "once" in lows or lows[-2:] == ["one", "time"]
    only = single and ("only" in lows or bool(scope))
    again = repeated(frame) or (frame.negated and frame.verb == "repeat") or only
    # `it may repeat in another locker, not in the same one`
    elsewhere = frame.verb == "repeat" and "same" in lows and "not" in lows and bool(scope)
    if not (again or elsewhere):
        return
    subject = frame.subjects[-1]
    known = subject.head in nouns.ATTRIBUTES
    names = (
        [item_name(p)[0] for p in frame.subjects if p.head in nouns.ATTRIBUTES] if known else [item_name(subject)[0]]
    )
    about = subject.of or setting.topic or setting.last if known else None
    yield Unique(about, tuple(names), tuple(dict.fromkeys(scope)), frame.start, frame.end)


_WITHIN = frozenset("in within inside per for on".split())


def read_one_for_each(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`For every flag and site there is one state`: unique for both."""
    if frame.verb != "be" or frame.subjects or not frame.objects or not frame.objects[0].quantity.one:
        return
    scope = tuple(p.key for name, p in frame.lead if name in ("for", "per") and is_thing(p))
    if len(scope) == 2:
        yield Unique(frame.objects[0], (), scope, frame.start, frame.end)


_RESTORING = frozenset("restore recover undelete undo".split())
_REALLY = frozenset("really physically actually truly hard permanently".split())


def read_soft_delete(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Invoices are soft deleted`, `deleted pages can be restored`, `notes are never really deleted`."""
    lows = {t.low for t in frame.tokens}
    what = next(iter(frame.subjects if frame.passive or frame.verb == "be" else frame.objects), None)
    if what is None or not is_thing(what) or what.is_person:
        return
    soft = ({"soft", "deleted"} <= lows or "soft-deleted" in lows) and not frame.negated
    kept = frame.verb == "delete" and bool(_REALLY & lows) and (frame.negated or "never" in lows)
    back = frame.verb in _RESTORING and frame.modal == "can" and bool({"deleted", "deletion", "deleting"} & lows)
    if soft or kept or back:
        yield Limit("soft_delete", what, frame.start, frame.end)


def read_unique_group(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`unique (employee, month, year) on payslips`, `Unique: (sensor, measured_at)`."""
    for i, token in enumerate(tokens):
        behind = tokens[i + 1 : i + 3]
        group = next((t for t in behind if t.kind == "group"), None)
        colon = (bool(behind) and behind[0].text in (":", "together")) or group is (behind[0] if behind else None)
        if token.low != "unique" or group is None or not colon:
            continue
        names = tuple(_names(group.inside))
        at = tokens.index(group) + 1
        told = read_phrase(tokens, at + 1) if at < len(tokens) and tokens[at].low in ("on", "for", "in", "of") else None
        if len(names) >= 2:
            yield Unique(told[0] if told is not None else topic, names, (), tokens[0].start, tokens[-1].end)


def _names(tokens: Tokens) -> Iterator[str]:
    """`employee, measured at`: the names in a bracket."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in (",", "+", "/") or token.low == "and":
            pieces.append([])
        else:
            pieces[-1].append(token)
    for piece in pieces:
        found = read_phrase(tuple(piece), 0)
        if found is not None and found[1] == len(piece):
            yield item_name(found[0])[0]
        elif piece:
            yield naming.snake(" ".join(t.low for t in piece))
