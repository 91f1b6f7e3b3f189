"""Survey: every noun of a description, and in which ways it is spoken of."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from codebegen.understanding.embedded.clauses import Frame, parse
from codebegen.understanding.embedded.outline_parts import Definition, Outline
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import read_region

_DETERMINERS = frozenset("a an each every the our their his its my this no any all other".split())


@dataclass
class Spoken:
    """A noun: how often it is spoken of, how often in the plural, and each way with its count."""

    phrase: Phrase | None = None
    times: int = 0
    plural: int = 0
    ways: Counter[str] = field(default_factory=Counter)


Survey = defaultdict[str, Spoken]


def survey(told: Outline) -> Survey:
    """Every noun by the key of its phrase; those that only stand inside other phrases too."""
    found: Survey = defaultdict(Spoken)
    for part in told.parts:
        if isinstance(part, Definition):
            _see(found, part.head, "defined")
            continue
        frames = parse(part.tokens)
        for frame in frames:
            _see_frame(found, frame)
        if not frames:
            things, places = read_region(part.tokens)
            for thing in things:
                _see(found, thing, "named")
            for name, place in places:
                _see(found, place, f"named {name}")
    return found


def _see_frame(found: Survey, frame: Frame) -> None:
    for subject in frame.subjects:
        _see(found, subject, "suffers" if frame.passive else "does")
        found[subject.key].ways[f"does {frame.verb}"] += 1
    for thing in frame.objects:
        _see(found, thing, "object")
        found[thing.key].ways[f"object {frame.verb}"] += 1
    for name, place in frame.preps:
        _see(found, place, f"behind {name}")
    for name, place in frame.lead:
        _see(found, place, f"leads {name}")


def _see(found: Survey, phrase: Phrase, way: str) -> None:
    if phrase.words[-1].tag == "R":
        return
    spoken = found[phrase.key]
    spoken.phrase = spoken.phrase or phrase
    spoken.times += 1
    spoken.plural += phrase.plural
    spoken.ways.update((way, f"det {_determiner(phrase)}", *_marks(phrase)))
    if phrase.of is not None:
        _see(found, phrase.of, "of")
    if phrase.possessor:
        found["_".join(t.lemma or t.low for t in phrase.possessor)].ways["possesses"] += 1
    for token in phrase.words[:-1]:
        if token.tag == "N":
            found[token.lemma or token.low].ways["adorns"] += 1


def _determiner(phrase: Phrase) -> str:
    return phrase.det if phrase.det in _DETERMINERS else "other" if phrase.det else "none"


def _marks(phrase: Phrase) -> list[str]:
    """What stands at a noun: how many, a bracket, a whole, a possessor."""
    quantity = phrase.quantity
    marks = {
        "many": quantity.many,
        "one": quantity.one,
        "counted": quantity.high is not None or quantity.low is not None,
        "bracket": phrase.group is not None,
        "whole": phrase.of is not None,
        "possessed": bool(phrase.possessor),
    }
    return [mark for mark, there in marks.items() if there]
