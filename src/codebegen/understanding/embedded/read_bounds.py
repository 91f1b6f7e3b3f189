"""Bounds told by clauses: `the capacity must not exceed 8`, `titles are limited to 120 characters`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.bound_asides import BOUNDS
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Limit
from codebegen.understanding.embedded.item import item_name
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Tokens

_BOUNDING = frozenset(
    "be exceed have range lie run go contain consist limit cap span vary restrict fall stay last take".split()
)
_FEW = 2
_SIDES = ("min", "max", "min_length", "max_length")
_REFUSED = frozenset("allowed accepted permitted possible valid".split())


def field_of(phrase: Phrase, setting: Setting) -> tuple[Phrase | None, str]:
    """Owner and name of a field: `issue numbers`, `the code of a course`, `the room's number`."""
    if phrase.of is not None:
        return phrase.of, phrase.key
    if phrase.possessor:
        return Phrase(phrase.possessor, phrase.start, phrase.end), phrase.key
    if len(phrase.words) > 1:
        owner = Phrase(phrase.words[:-1], phrase.words[0].start, phrase.words[-2].end)
        return owner, Phrase(phrase.words[-1:], phrase.start, phrase.end).key
    return setting.topic, phrase.key


def read_negative(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Prices can't be negative`, `the amount cannot be zero`, `quantity must be positive`."""
    if frame.verb != "be" or not frame.subjects:
        return
    lows = {t.low for t in frame.rest}
    owner, name = field_of(frame.subjects[-1], setting)
    if frame.negated and "negative" in lows:
        yield Limit("range", owner, frame.start, frame.end, {"name": name, "min": "0"})
    elif not frame.negated and "positive" in lows:
        yield Limit("range", owner, frame.start, frame.end, {"name": name, "min": "0", "exclusive": True})
    elif frame.negated and lows & {"zero", "0"} and not lows & {"below", "under", "less"}:
        yield Limit("nonzero", owner, frame.start, frame.end, {"name": name})


def read_bounds(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """A bound of a field, in numbers: whatever the verb, and whether it is denied or not."""
    if frame.verb not in _BOUNDING or not frame.subjects:
        return
    subject = frame.subjects[-1]
    stretch = tuple(t for t in frame.tokens if t.start >= subject.end)
    if _is_age(frame, subject):
        spec = read_spec(stretch)
        yield Limit("range", subject, frame.start, frame.end, {"name": "age", "min": spec.min, "max": spec.max})
        return
    itself = is_thing(subject) and len(subject.words) <= _FEW and _of_itself(frame, stretch)
    if subject.head not in nouns.ATTRIBUTES and subject.of is None and not subject.possessor and not itself:
        return
    stretch, further = _parted(stretch)
    for piece in further:
        yield from _further(piece, frame)
    found = read_spec(_without_subject_of(stretch))
    sides = {side: getattr(found, side) for side in _SIDES if getattr(found, side) is not None}
    if not sides or _compares(frame):
        return
    owner, name = field_of(subject, setting)
    told = subject.possessor or subject.of is not None or subject.det in ("its", "their")
    data: dict[str, object] = {
        **sides,
        "name": name,
        "exclusive": found.exclusive_min,
        "under": found.exclusive_max,
        "told": bool(told),
        "full": subject.key,
        "unit": found.unit,
        "itself": subject,
        "alone": not read_spec(_first_piece(frame.rest)).unknown,
    }
    yield Limit("range", owner or setting.last, frame.start, frame.end, data)


def _first_piece(rest: Tokens) -> Tokens:
    """What stands before the first comma."""
    return rest[: next((i for i, t in enumerate(rest) if t.text == ","), len(rest))]


def _of_itself(frame: Frame, stretch: Tokens) -> bool:
    """Whether a row can be bounded so: by being something, by how long it lasts, by how many letters it has."""
    found = read_spec(stretch)
    lasting = frame.verb in ("last", "take") and found.unit in words.TIME_UNITS
    worded = (found.max_length is not None or found.min_length is not None) and not read_spec(frame.rest).unknown
    return frame.verb in ("be", "range", "lie") or lasting or worded


def read_sized(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`suggest a correction of at least 10 characters`: what is spoken of, with its bounds in a bracket."""
    for phrase in (*frame.subjects, *frame.objects, *(p for _, p in (*frame.preps, *frame.lead))):
        if phrase.group is None or phrase.group.text != BOUNDS or phrase.is_person or not is_thing(phrase):
            continue
        found = read_spec(phrase.group.inside)
        sides = {side: getattr(found, side) for side in _SIDES if getattr(found, side) is not None}
        if sides and not phrase.many:
            data: dict[str, object] = {**sides, "name": phrase.key, "unit": found.unit, "itself": phrase}
            data.update(alone=True, loose=True)
            yield Limit("range", None, phrase.start, phrase.end, data)


def _parted(stretch: Tokens) -> tuple[Tokens, list[Tokens]]:
    """`is 200 to 500 ml, the weight from 50 to 90`: what is said of the subject, and of other fields behind commas."""
    cuts = [i for i, t in enumerate(stretch) if t.text == "," or t.low == "and"]
    for cut in cuts:
        end = next((i for i in range(cut + 1, len(stretch)) if stretch[i].tag not in ("D", "N", "J")), len(stretch))
        bounded = end < len(stretch) and (
            stretch[end].low in ("from", "between", "at", "up", BOUNDS) or stretch[end].tag == "#"
        )
        if bounded and end > cut + 1 and stretch[end - 1].tag == "N":
            first, rest = stretch[:cut], stretch[cut + 1 :]
            whole, further = _parted(rest)
            return first, [whole, *further]
    return stretch, []


def _further(piece: Tokens, frame: Frame) -> Iterator[Fact]:
    read = read_phrase(piece, 0)
    group = read[0].group if read is not None else None
    found = read_spec((*(group.inside if group else ()), *piece[read[1] :])) if read is not None else Spec()
    sides = {side: getattr(found, side) for side in _SIDES if getattr(found, side) is not None}
    if read is not None and sides and not found.unknown:
        yield Limit("range", None, frame.start, frame.end, {**sides, "name": item_name(read[0])[0]})


def bounds_field(label: Tokens, body: Tokens) -> bool:
    """`Minimum age: at least 12, at most 21`: behind the name of a field, bounds and nothing else."""
    counted = label[0].low in ("number", "amount", "length")
    named = counted or (label[-1].lemma in nouns.ATTRIBUTES and label[-1].lemma not in nouns.THINGS)
    found = read_spec(tuple(t for t in body if t.text != ","))
    return named and not found.unknown and any(getattr(found, side) is not None for side in _SIDES)


def read_labelled(tokens: Tokens, setting: Setting) -> Iterator[Fact]:
    """The bounds behind such a label."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":"), 0)
    if not colon or not bounds_field(tokens[:colon], tokens[colon + 1 :]):
        return
    found = read_spec(tuple(t for t in tokens[colon + 1 :] if t.text != ","))
    sides = {side: getattr(found, side) for side in _SIDES if getattr(found, side) is not None}
    name = naming.snake(" ".join(t.low for t in tokens[:colon] if t.tag != "D"))
    exclusive = {"exclusive": found.exclusive_min, "under": found.exclusive_max}
    yield Limit("range", setting.topic, tokens[0].start, tokens[-1].end, {**sides, **exclusive, "name": name})


def _is_age(frame: Frame, subject: Phrase) -> bool:
    """`Members must be at least 18 years old`, `a driver must be at least 18`."""
    told = any(t.low in ("old", "older", "age", "younger") for t in frame.rest)
    alone = bool(frame.modal) and not any(t.tag == "N" for t in frame.rest) and not read_spec(frame.rest).unknown
    return subject.is_person and frame.verb == "be" and (told or alone)


def _without_subject_of(stretch: Tokens) -> Tokens:
    """`is between 1 and 8`: what the bound is of has been read."""
    return tuple(t for t in stretch if t.low not in ("a", "an", "the", "value"))


def _compares(frame: Frame) -> bool:
    """Whether it is bounded by another field: `must not exceed the capacity`."""
    return any(p.head in nouns.ATTRIBUTES and p.det == "the" for p in frame.objects)


def read_refused(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A price below zero is not allowed`: what is refused bounds the rest."""
    refused = frame.verb == "be" or frame.passive
    lows = [t.low for t in frame.tokens]
    if not refused or not frame.negated or not set(lows) & (_REFUSED | {"accepted", "permitted"}):
        return
    at = next((i for i, t in enumerate(frame.tokens) if t.low in _REFUSED), 0)
    spec = read_spec(frame.tokens[:at])
    subject = next((p for p in frame.subjects if p.head in nouns.ATTRIBUTES), None)
    if subject is None or (spec.min is None) == (spec.max is None):
        return
    turned = replace(Spec(), min=spec.max, max=spec.min)
    owner, name = field_of(subject, setting)
    data: dict[str, object] = {"name": name, "min": turned.min, "max": turned.max}
    yield Limit("range", owner, frame.start, frame.end, data)
