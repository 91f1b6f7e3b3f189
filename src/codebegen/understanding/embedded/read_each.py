"""Data told for each of several: `for each article the list states a count`, `which part, how many, at what price`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Mention, Paired
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.read_data import data_share
from codebegen.understanding.embedded.reading import Setting, is_row, is_teller
from codebegen.understanding.embedded.text import Tokens

_MOSTLY = 0.5
_SAYING = verbs.STORE | frozenset("say tell write enter state specify give list show indicate choose pick".split())
_GIVING = (_SAYING | verbs.HAS | {"get", "receive", "pay", "need", "take"}) - {"want"}


def read_each(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The first form that fits; the readers of fields then leave the frame alone."""
    if frame.negated or frame.link in ("if", "unless", "purpose"):
        return
    for form in (_subject_for_each, _of_what_is_in, _which_how_many, _which_they):
        found = form(frame, setting)
        if found is not None:
            yield Mention(found.first, 2, "subject", found.first.start, found.first.end)
            if not found.asked:
                yield Mention(found.second, 2, "object", found.second.start, found.second.end)
            yield found
            return


def _subject_for_each(frame: Frame, _setting: Setting) -> Paired | None:
    """`For each article the stocktake lists a count`, `in every race each driver has a start number`."""
    about = [p for name, p in frame.lead if name in _FOR and p.det in words.EACH and is_row(p)]
    who = frame.subjects[-1] if frame.subjects else None
    if len(about) != 1 or who is None or is_teller(who) or not is_row(who) or frame.passive:
        return None
    told = frame.verb in _GIVING and who.key != about[0].key and data_share(frame.rest) >= _MOSTLY
    whole, part = (about[0], who) if who.is_person else (who, about[0])
    return _both(whole, part, frame.rest, frame) if told else None


_FOR = frozenset("for per in at on during with".split())


def _of_what_is_in(frame: Frame, _setting: Setting) -> Paired | None:
    """`Every film on a list has a rank and a remark`: what is on other lists too has a rank on each."""
    part = frame.subjects[-1] if len(frame.subjects) == 1 else None
    whole = [p for name, p in frame.lead if name in ("on", "in", "at") and p.det in ("a", "an") and is_row(p)]
    if part is None or part.det not in words.EACH or not is_row(part) or len(whole) != 1:
        return None
    told = frame.verb in verbs.HAS and whole[0].start > part.start and data_share(frame.rest) >= _MOSTLY
    return replace(_both(whole[0], part, frame.rest, frame), between=False, event=False) if told else None


def _both(first: Phrase, second: Phrase, listed: Tokens, frame: Frame) -> Paired:
    return Paired(first, second, read_items(listed), frame.start, frame.end, between=True, event=True)


def _which_how_many(frame: Frame, setting: Setting) -> Paired | None:
    """`(When a job is done) we write down which part, how many and at what price`: of a part in that job."""
    begin = next((i for i, t in enumerate(frame.rest) if t.tag not in ("A", "P")), len(frame.rest))
    found = read_phrase(frame.rest, begin + 1) if frame.rest[begin : begin + 1] else None
    asked = found is not None and frame.rest[begin].low == "which" and frame.verb in _SAYING
    if found is None or not asked or not is_row(found[0]) or found[0].is_person:
        return None
    items = read_items(frame.rest[found[1] :])
    lead = tuple(p for _, p in frame.lead if is_row(p))
    last = setting.last if setting.last is not None and not setting.last.plural else None
    spoken = (*lead, *setting.occasion, setting.made, setting.before, last)
    about = next((p for p in spoken if p is not None and is_row(p) and p.key != found[0].key), None)
    if about is None or not any(item.wh == "how_many" or item.name in _COUNTS for item in items):
        return None
    return Paired(about, found[0], items, frame.start, frame.end, between=True, asked=True)


_COUNTS = frozenset("quantity amount count number qty".split())


def _which_they(frame: Frame, _setting: Setting) -> Paired | None:
    """`I record which qualifications a volunteer holds and when each one expires`."""
    asked = bool(frame.rest) and frame.rest[0].low == "which"
    found = read_phrase(frame.rest, 1) if asked and frame.verb in _SAYING else None
    if found is None or not is_row(found[0]):
        return None
    doer = read_phrase(frame.rest, found[1])
    own = frame.rest[found[1]].tag == "R" if found[1] < len(frame.rest) else False
    at = found[1] + 1 if own else doer[1] if doer is not None else len(frame.rest)
    who = frame.subjects[-1] if own and frame.subjects else doer[0] if doer is not None else None
    if who is None or not is_row(who) or at >= len(frame.rest) or frame.rest[at].tag != "V":
        return None
    behind = next((i for i in range(at, len(frame.rest)) if frame.rest[i].tag == "W"), len(frame.rest))
    led = behind > at and frame.rest[behind - 1 : behind] and frame.rest[behind - 1].low in ("since", "until", "from")
    items = read_items(frame.rest[behind - 1 if led else behind :])
    return Paired(who, found[0], items, frame.start, frame.end, between=True) if items else None


def read_led(tokens: Tokens) -> Iterator[Fact]:
    """`Per concert and singer: attending yes/no, remark`: data of the two together."""
    colon = next((i for i, t in enumerate(tokens) if t.text in (":", "–", "—")), 0)
    if not colon or tokens[0].low not in ("per", "for", "of"):
        return
    found = read_phrase(tokens, 1)
    other = read_phrase(tokens, found[1] + 1) if found is not None and tokens[found[1]].low in _AND else None
    if found is None or other is None or other[1] != colon or not is_row(found[0]) or not is_row(other[0]):
        return
    if data_share(tokens[colon + 1 :]) >= _MOSTLY:
        for phrase in (found[0], other[0]):
            yield Mention(phrase, 2, "subject", phrase.start, phrase.end)
        items = read_items(tokens[colon + 1 :])
        yield Paired(found[0], other[0], items, tokens[0].start, tokens[-1].end, between=True)


_AND = frozenset(("and", "&", "+", "x", "×"))
