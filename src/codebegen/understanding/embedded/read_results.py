"""Results: what somebody gets for what they did: `students take quizzes and get a score`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention, Paired
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_row

_GETTING = frozenset("get receive earn obtain achieve have".split())
_RESULTS = frozenset("score grade mark point result rank place percentage rating time medal evaluation".split())


def read_results(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """Data of the row that the deed before left, else of a row between who did it and what it was done to."""
    own = frame.verb in _GETTING and not frame.passive and not frame.negated and frame.link == "main"
    given = all(p.head in _RESULTS or (setting.made is not None and p.is_field) for p in frame.objects)
    if not own or frame.modal or not frame.objects or not given:
        return
    who = frame.subjects[-1] if frame.subjects else None
    about = next((p for name, p in frame.preps if name in ("for", "in", "on", "per") and is_row(p)), None)
    deed = setting.deed or ((who, about) if who is not None and about is not None and who.is_person else None)
    if deed is None or who is None or deed[0].key != who.key:
        return
    end = min((p.start for name, p in frame.preps), default=frame.end)
    items = read_items(tuple(t for t in frame.rest if t.end <= end and not (t.tag == "P" and t.low != "of")))
    if setting.made is not None:
        for item in items:
            yield Holds(setting.made, item, item.start, item.end)
        return
    yield Mention(deed[0], 2, "subject", deed[0].start, deed[0].end)
    yield Mention(deed[1], 3, "object", deed[1].start, deed[1].end)
    noun = f"{deed[1].key}_result"
    yield Paired(*deed, items, frame.start, frame.end, between=True, noun=noun)


def deed_of_people(frame: Frame) -> tuple[Phrase, Phrase] | None:
    """Who did what, where a clause tells a deed."""
    who = frame.subjects[-1] if frame.subjects else None
    what = next((p for p in (*frame.objects, *(q for _, q in frame.preps)) if is_row(p)), None)
    if who is None or what is None or not who.is_person or frame.passive or frame.negated or frame.verb in _NO_DEED:
        return None
    return who, what


_NO_DEED = verbs.HAS | verbs.STORE | verbs.READ | verbs.MANAGE | _GETTING | {"be", "need", "want"}
