"""Units: parts of a house that act like people: `prepress checks the artwork`, `released by the board`.

Whether a noun such as `kitchen` or `head` is one shows in what it does; a unit with data of its own is a thing again.
"""

from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase

# What only somebody with a will does: what else has it, holds or shows may be a thing.
_WILLED = (
    (verbs.UPDATE - {"move"})
    | verbs.DELETE
    | verbs.MANAGE
    | (verbs.CREATE - {"leave", "start", "open", "share", "hold", "generate", "produce"})
    | (verbs.READ - {"show", "display", "list", "get", "know", "print", "look", "read"})
    | (verbs.STATE.keys() - {"open", "start", "end", "close", "expire", "void", "block", "hold", "resume"})
    | frozenset("check grant assign examine mark decide take ask pick sort call clear set read log handle".split())
)


def with_units(frame: Frame) -> Frame:
    """The clause with its units marked: who does it, or by whom it is done."""
    if frame.link not in ("main", "relative", "if", "when", "once", "after", "until", "unless", "before", "as"):
        return frame
    willed = frame.verb in _WILLED or (frame.verb in verbs.READ and frame.modal in ("can", "must"))
    if frame.passive:
        by = tuple((n, _marked(p, willed=True) if n == "by" else p) for n, p in frame.preps)
        return replace(frame, preps=by) if by != frame.preps else frame
    if frame.verb in verbs.HAS | {"be", "belong"}:
        return frame
    told = bool(frame.objects) or bool(frame.modal)
    subjects = tuple(_marked(p, willed=told and (willed or p.head in nouns.POSTS)) for p in frame.subjects)
    return replace(frame, subjects=subjects) if subjects != frame.subjects else frame


def as_unit(phrase: Phrase) -> Phrase | None:
    """Who stands where only somebody can stand: a person or a unit; nothing where it is neither."""
    found = _marked(phrase, willed=True)
    return found if found.is_person else None


def _marked(phrase: Phrase, *, willed: bool) -> Phrase:
    if phrase.is_person or phrase.quantity.many or (phrase.det in ("a", "an", "each", "every") and not willed):
        return phrase
    as_one = not phrase.plural or phrase.words[-1].low in nouns.UNITS_IN_S
    sure = phrase.key in nouns.UNITS or (len(phrase.words) > 1 and phrase.head in nouns.UNIT_HEADS)
    acting = willed and phrase.head in nouns.UNITS_AT_TIMES | nouns.UNIT_HEADS
    is_unit = (as_one and (sure or acting)) or (willed and phrase.head in nouns.POSTS)
    return replace(phrase, unit=True) if is_unit else phrase
