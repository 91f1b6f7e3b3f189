"""From when to when: `book a room for a date range`, `reserve a court for a time slot`, `rent between two dates`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token

_DAYS = frozenset("date_range range_of_date dates date_period".split())
_TIMES = frozenset("time_slot timeslot time_range time_period time_window period period_of_time time_span".split())
_NAMES = {"date": ("start_date", "end_date"), "datetime": ("starts_at", "ends_at")}


def read_spans(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """The two moments of a row that an act leaves or makes."""
    if frame.negated or frame.link == "purpose":
        return
    row, said = _row(frame), _span(frame)
    if row is None or said is None:
        return
    kind, place = said
    for name in _NAMES[kind]:
        spec = Spec(type="date" if kind == "date" else "datetime")
        item = Item(name, name.rsplit("_", 1)[-1], place, spec, place.start, place.end)
        yield Holds(row, item, place.start, place.end)


def _row(frame: Frame) -> Phrase | None:
    """What lasts: the booking of `book a room`, the reservation that is made."""
    if frame.verb in verbs.CREATE | {"make"} and not frame.passive:
        return next((p for p in frame.objects if is_thing(p) and p.head in nouns.ASSOCIATION_NOUNS), None)
    noun = verbs.ASSOCIATION.get(frame.verb)
    if noun is None or not (frame.subjects if frame.passive else frame.objects):
        return None
    token = Token(noun, noun, frame.start, frame.end, "word", "N", noun)
    return Phrase((token,), frame.start, frame.end)


def _span(frame: Frame) -> tuple[str, Phrase] | None:
    """Whether days or times are told, and where."""
    for name, phrase in frame.preps:
        if name in ("for", "over", "during", "in") and phrase.key in _DAYS | _TIMES:
            return ("date" if phrase.key in _DAYS else "datetime"), phrase
        two = phrase.head == "date" and (phrase.quantity.high == 2 or phrase.quantity.one)
        if two and (name == "between" or (name == "from" and "to" in [told for told, _ in frame.preps])):
            return "date", phrase
    return None
