"""Who alone sees something: `drafts are visible only to their seller`, `nobody reads the notes of others`.

Read over all clauses of a sentence, for what narrows it may stand in another one: `only the doctor who ordered it`,
`rooms that are free`. What is told here is withheld from everybody else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Right
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.read_conditions import PAST_ACTS
from codebegen.understanding.embedded.read_left_out import right_without
from codebegen.understanding.embedded.read_rights import is_person_like, operations_of
from codebegen.understanding.embedded.reading import is_thing, possessive
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Tokens, tokenize

_READING = ("list", "read")
_SEEN = frozenset("visible accessible available readable viewable open".split())
_SECRET = frozenset("private confidential secret".split())
BEING = frozenset("be stay remain keep".split())
"""With these a right says how something is: `visible`, `private`."""
_ONLY = frozenset("only just exclusively solely alone".split())
_NOBODY = frozenset("nobody none".split())
_EXCEPT = frozenset("except but besides than".split())
_SIGHT = verbs.READ | {"access", "open"}
_OTHERS = re.compile(
    r"\b(?:of|from|by) (?:the )?others?\b|\b(?:other|another) \w+ '|\b(?:each other|one another|others|else) '"
    r"|\b(?:any|some)(?:one|body) else\b|\bof (?:other|another) \w+"
    r"|\b(?:except|but|than) (?:for )?(?:their|his|her) own"
)
_POSSIBLE = frozenset("possible allowed permitted".split())
_FORBIDDEN = frozenset("forbidden prohibited impossible disallowed".split())
_LATER = frozenset("after before when once if unless until while till without".split())


def everybody(start: int, end: int) -> Phrase:
    """Each account, where the text names nobody in particular."""
    return Phrase(tag(tokenize("users")), start, end)


def read_privacy(frames: Sequence[Frame]) -> Iterator[Right]:
    """What each clause withholds; nothing where a sentence says when it may be done."""
    for frame in frames:
        if frame.link == "main":
            told = (*_visible(frame), *_secret(frame), *_of_others(frame), *_seen_by(frame), *_made_by(frame, frames))
            yield from (right_without(right, frame) for right in (*told, *_forbidden(frame)))
    for index, frame in enumerate(frames):
        yield from _impossible(frame, frames[index + 1] if index + 1 < len(frames) else None)


def tells_when(text: str, start: int) -> bool:
    """Whether a right holds at times only, or is about what is other people's, by the rest of its sentence."""
    lows = [t.low for t in tokenize(re.split(r"[.;!?\n]", text[start:], maxsplit=1)[0])]
    return bool(_LATER & set(lows)) or _OTHERS.search(" ".join(lows)) is not None


def _operations(verb: str) -> tuple[str, ...]:
    return _READING if verb in _SIGHT else operations_of(verb)


def _text(tokens: Tokens) -> str:
    return " ".join(t.low for t in tokens)


def _right(
    who: Phrase,
    operations: tuple[str, ...],
    what: Phrase,
    frame: Frame,
    *,
    own: bool = False,
    only: bool = False,
    negated: bool = False,
) -> Right:
    start, end = min(frame.start, what.start), max(frame.end, what.end)
    return Right(who, operations, what, start, end, own, only, negated, frame.verb)


def _told_thing(frame: Frame) -> Phrase | None:
    what = frame.subjects[-1] if frame.subjects else None
    return what if what is not None and _may_have_rows(what) and not what.is_person else None


def _may_have_rows(what: Phrase) -> bool:
    """Any noun: `records` is no thing in general, and one where records are kept. Who has rows is known later."""
    return is_thing(what) or what.words[-1].tag == "N"


def _visible(frame: Frame) -> Iterator[Right]:
    """`Drafts are visible only to their seller`, `open to members only`, `not visible to visitors`."""
    lows = [t.low for t in frame.rest]
    what = _told_thing(frame)
    if frame.verb not in BEING or what is None or not _SEEN & set(lows):
        return
    only = frame.only or bool(_ONLY & set(lows))
    told = frame.prep("to", "for", "by")
    spared = _spared(frame.tokens) if frame.negated else []
    if frame.negated and _OTHERS.search(f"of {_text(frame.rest).partition(' to ')[2]}"):
        others = [who for who in told if who.is_person] or [everybody(what.start, what.end)]
        yield _right(others[0], _READING, what, frame, own=True, only=True)
    elif spared:
        yield from (_right(who, _READING, what, frame, own=possessive(who), only=True) for who in spared)
    elif only or frame.negated or frame.but:
        for who in told:
            if _somebody(who):
                own = possessive(who) and not frame.negated
                yield _right(who, _READING, what, frame, own=own, only=only, negated=frame.negated)


def _somebody(who: Phrase) -> bool:
    return is_person_like(who) or who.head in nouns.RELATIONAL_PERSONS


def _secret(frame: Frame) -> Iterator[Right]:
    """`Entries are private`, `notes stay confidential to their author`; a word of a list is a value."""
    lows = [t.low for t in frame.rest]
    what = _told_thing(frame)
    if frame.verb not in BEING or frame.negated or frame.modal == "can" or what is None or {"or", "either"} & set(lows):
        return
    if not lows or next(iter(low for low in lows if low not in ("strictly", "always", "kept")), "") not in _SECRET:
        return
    told = [who for who in frame.prep("to", "for", "between") if _somebody(who)]
    for who in told or [everybody(what.start, what.end)]:
        yield _right(who, _READING, what, frame, own=not told or possessive(who), only=True)


def _of_others(frame: Frame) -> Iterator[Right]:
    """`Nobody sees the notes of others`, `tenants can't see defects of other tenants`: each sees their own."""
    nobody = _is_nobody(frame)
    who = everybody(frame.start, frame.end) if nobody or not frame.subjects else frame.subjects[-1]
    denied = frame.negated or "nothing" in {t.low for t in frame.rest}
    if frame.passive or frame.verb not in _SIGHT or not _OTHERS.search(_text(frame.rest)):
        return
    if not (nobody or (denied and frame.subjects and is_person_like(who))):
        return
    for what in (*frame.objects, *frame.prep("but", "except", "than"))[-1:]:
        if _may_have_rows(what):
            bare = replace(what, of=None if what.of is not None and what.of.key == who.key else what.of)
            yield _right(who, _READING, bare, frame, own=True, only=True)


def _is_nobody(frame: Frame) -> bool:
    lows = [t.low for t in frame.tokens[:3]]
    return bool(lows) and (lows[0] in _NOBODY or lows[:2] in (["no", "one"], ["no", "user"], ["no", "other"]))


def _seen_by(frame: Frame) -> Iterator[Right]:
    """`A letter is seen by its sender and its receiver only`: told as it is, without a `can`."""
    only = frame.only or bool(_ONLY & {t.low for t in frame.tokens})
    what = _told_thing(frame)
    if frame.passive and frame.verb in _SIGHT and not frame.negated and only and what is not None:
        for who in frame.prep("by", "to"):
            if _somebody(who):
                yield _right(who, _READING, what, frame, own=possessive(who), only=True)


def _made_by(frame: Frame, frames: Sequence[Frame]) -> Iterator[Right]:
    """`Only the doctor who ordered it may see the result`: who made a row, and not whoever has that role."""
    operations = _operations(frame.verb)
    if frame.passive or frame.negated or not frame.subjects or not set(operations) & {*_READING, "update", "delete"}:
        return
    who = frame.subjects[-1]
    past = next((f for f in frames if f.link == "relative" and f.start <= frame.start and f is not frame), None)
    if not (frame.only or who.only) or past is None or past.passive or past.modal or past.negated or not frame.objects:
        return
    about = past.objects[-1] if past.objects else None
    what = frame.objects[-1]
    same = about is not None and (about.words[0].tag == "R" or about.key in (what.key, what.of.key if what.of else ""))
    made = past.verb in verbs.CREATE | PAST_ACTS.keys()
    if who.is_person and made and (same or (about is not None and frame.verb in _SIGHT)) and _may_have_rows(what):
        yield Right(
            who, operations, what, min(past.start, frame.start), frame.end, own=True, only=True, verb=frame.verb
        )


def _forbidden(frame: Frame) -> Iterator[Right]:
    """`Invoices can't be deleted`, `nobody may edit a vote`, `no one but the author can open a letter`."""
    operations = tuple(op for op in _operations(frame.verb) if op != "create")
    lows = {t.low for t in frame.tokens}
    if not operations or _LATER & lows or "twice" in lows or _OTHERS.search(_text(frame.tokens)):
        return
    if frame.passive:
        what = _told_thing(frame)
        spared = _spared(frame.tokens) if frame.negated and what is not None else []
        for who in spared:
            yield _right(who, operations, what or who, frame, own=possessive(who), only=True)
        by = frame.prep("by") if not spared else ()
        told = frame.negated and frame.modal in ("can", "must") and not spared
        if told and what is not None and set(operations) != set(_READING):
            for who in by or [everybody(what.start, what.end)]:
                yield _right(who, operations, what, frame, negated=True)
    elif _is_nobody(frame) and frame.objects and _may_have_rows(frame.objects[-1]):
        spared = _spared(frame.tokens)
        for who in spared or [everybody(frame.start, frame.end)]:
            own = possessive(who)
            yield _right(who, operations, frame.objects[-1], frame, own=own, only=bool(spared), negated=not spared)


def _impossible(frame: Frame, following: Frame | None) -> Iterator[Right]:
    """`Deleting a bid is not possible`, `it is forbidden to delete bids`."""
    tokens, deeds = frame.tokens, list[str]()
    if following is not None and following.link == "purpose" and [t.low for t in tokens[:1]] == ["it"]:
        tokens, deeds = (*tokens, *following.tokens), [following.verb]
        found = following.objects[-1] if following.objects else None
    else:
        at = next((i for i, t in enumerate(tokens) if t.tag not in ("VG", "C") and t.text != ","), 0)
        deeds = [token.lemma for token in tokens[:at] if token.tag == "VG"]
        read = read_phrase(tokens, at)
        found = read[0] if read is not None else None
    lows = {token.low for token in tokens}
    denied = _FORBIDDEN & lows or (frame.negated and _POSSIBLE & lows)
    if not denied or found is None or not _may_have_rows(found) or _LATER & lows or _OTHERS.search(_text(tokens)):
        return
    operations = tuple(dict.fromkeys(o for deed in deeds for o in operations_of(deed) if o in ("update", "delete")))
    if operations:
        yield Right(everybody(found.start, found.end), operations, found, tokens[0].start, tokens[-1].end, negated=True)


def _spared(tokens: Tokens) -> list[Phrase]:
    """`nobody except the author and editors`: those who may."""
    at = next((i for i, t in enumerate(tokens) if t.low in _EXCEPT), -1)
    found: list[Phrase] = []
    while 0 <= at < len(tokens) - 1:
        at += next((i for i, t in enumerate(tokens[at + 1 :]) if t.low not in ("by", "to", "for", "from")), 0)
        read = read_phrase(tokens, at + 1)
        if read is None or not _somebody(read[0]):
            break
        found.append(read[0])
        at = read[1] if read[1] < len(tokens) and tokens[read[1]].low in ("and", "or", ",") else -1
    return found
