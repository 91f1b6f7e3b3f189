"""Places and pairs told by what is done: `put a parcel into a locker`, `a visit links a patient with a doctor`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Mention
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import english, nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_fields import JOINING
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing

_INTO = ("into", "onto", "in", "on", "at")
_NO_PLACING = (
    verbs.HAS
    | verbs.STORE
    | verbs.READ
    | verbs.UPDATE
    | verbs.DELETE
    | verbs.MANAGE
    | verbs.CREATE
    | verbs.STRUCTURAL
    | set(verbs.ASSOCIATION)
    | set(verbs.TOGGLE)
    | set(verbs.STATE)
    | {"be", "do", "let", "allow", "need", "want", "use", "integrate", "run", "work"}
) - {"put", "move", "keep"}


def read_placed(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A courier drops a parcel into a compartment`, `we catch birds at stations`: where rows of the one are."""
    if frame.passive or frame.negated or frame.link in ("if", "unless", "purpose") or frame.verb in _NO_PLACING:
        return
    acts = bool(frame.subjects) and (frame.subjects[-1].is_person or is_teller(frame.subjects[-1]))
    what = next((p for p in frame.objects if _is_row(p)), None)
    where = next((p for name, p in frame.preps if name in _INTO and _is_row(p)), None)
    if acts and what is not None and where is not None and what.key != where.key:
        yield Link(what, where, frame.start, frame.end, "placed", many_targets=False, many_sources=True)


def read_joined(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`An appointment links a patient with a doctor`, `a leg connects a departure airport with an arrival airport`."""
    if frame.verb not in JOINING or frame.passive or frame.negated or not frame.subjects or not frame.objects:
        return
    row = frame.subjects[-1]
    if row.is_person or is_teller(row) or not is_thing(row) or frame.modal:
        return
    sides = (frame.objects[0], *frame.prep("to"), *frame.objects[1:2], *frame.prep("with"))[:2]
    if len(sides) != 2 or not all(_is_row(side) for side in sides):
        return
    yield Mention(row, 3, "subject", row.start, row.end)
    behind = [i for i, t in enumerate(frame.rest) if t.low in ("with", "having") and t.start > sides[1].end - 1]
    for item in read_items(frame.rest[behind[0] + 1 :]) if behind else ():
        yield Holds(row, item, item.start, item.end)
    same = sides[0].head == sides[1].head
    for side in sides:
        yield Link(row, side, frame.start, frame.end, "belong", side.quantity.many, True, side.key if same else "")


def read_both(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Messages are exchanged between an owner and a sitter`: each of the two has its key."""
    if not frame.subjects or not is_thing(frame.subjects[-1]) or frame.subjects[-1].is_person:
        return
    sides = tuple(p for p in frame.prep("between") if is_thing(p))
    if len(sides) == 2 and sides[0].head != sides[1].head and not any(side.quantity.many for side in sides):
        for side in sides:
            yield Link(
                frame.subjects[-1], side, frame.start, frame.end, "belong", many_targets=False, many_sources=True
            )


def read_own(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A tenant sees his payments`: rows that are somebody's, whatever is done with them."""
    if not frame.subjects or not frame.subjects[-1].is_person or is_teller(frame.subjects[-1]) or frame.passive:
        return
    for what in frame.objects:
        own = what.det in ("their", "his", "her", "my", "your", "own") and what.plural and not what.is_person
        if own and what.head in nouns.THINGS - nouns.ATTRIBUTES - nouns.FIELDS_ONLY and len(what.words) == 1:
            yield Link(what, frame.subjects[-1], what.start, what.end, "own", many_targets=False, many_sources=True)


def _is_row(phrase: Phrase) -> bool:
    """Whether a phrase can speak of rows: no time, no field, no pronoun."""
    plain = phrase.words[-1].tag == "N" and not phrase.is_field and phrase.head not in english.TIMES
    return is_thing(phrase) and plain


PLACE_READERS = (read_placed, read_joined, read_both, read_own)
