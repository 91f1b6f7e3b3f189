"""Items told as events and measures: `planted on`, `member since`, `max 20 people`, `1-5 stars`, `lies on a shelf`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase, name_word, read_quantity
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token

_EVENT_ENDS = frozenset("at on by since until from to".split())


def read_event(tokens: Sequence[Token]) -> Item | None:
    """`planted on`, `closes at`, `member since`: a moment or a person, named by its preposition."""
    if (
        len(tokens) > 2
        and tokens[0].low in ("last", "next", "first")
        and tokens[2].low in _EVENT_ENDS
        and tokens[1].tag in ("VP", "V")
    ):
        inner = read_event(tokens[1:])
        return None if inner is None else replace(inner, name=f"{tokens[0].low}_{inner.name}", start=tokens[0].start)
    if len(tokens) < 2 or tokens[1].low not in _EVENT_ENDS or tokens[0].kind != "word":
        return _moved(tokens)
    if len(tokens) > 2 and tokens[2].tag != "GROUP" and tokens[2].low not in ("optional", "unique", "required"):
        return None
    phrase = Phrase((tokens[0], tokens[1]), tokens[0].start, tokens[1].end)
    name = naming.snake(f"{name_word(tokens[0])} {tokens[1].low}")
    return Item(name, tokens[1].low, phrase, Spec(), tokens[0].start, tokens[1].end)


def _moved(tokens: Sequence[Token]) -> Item | None:
    """`moved in`, `handed out (optional)`: the day on which it happened."""
    apart = len(tokens) == 2 or (len(tokens) > 2 and tokens[2].tag == "GROUP")
    if not apart or len(tokens) < 2 or tokens[0].tag != "VP" or tokens[1].low not in ("in", "out", "off"):
        return None
    if tokens[0].lemma in ("check", "opt", "log", "sign", "sell"):
        return None
    phrase = Phrase((tokens[0], tokens[1]), tokens[0].start, tokens[1].end)
    name = naming.snake(f"{name_word(tokens[0])} {tokens[1].low}")
    return Item(name, "on", phrase, Spec(type="date"), tokens[0].start, tokens[1].end)


def lasting(tokens: Sequence[Token]) -> Item | None:
    """`last 30 minutes by default`, `takes 2 hours`: a duration, with its default."""
    if len(tokens) < 3 or tokens[0].low not in ("last", "lasts", "take", "takes") or not tokens[1].text.isdigit():
        return None
    unit = words.UNITS.get(tokens[2].low)
    if unit not in words.TIME_UNITS:
        return None
    noun = Token("duration", "duration", tokens[0].start, tokens[2].end, "word", "N", "duration")
    spec = Spec(type="duration", unit=unit, default=tokens[1].text)
    return Item("duration", "duration", Phrase((noun,), noun.start, noun.end), spec, noun.start, tokens[-1].end)


def bound_in_name(tokens: Sequence[Token]) -> Item | None:
    """`max 20 people`: a bound that is a field of its own, with its number as default."""
    if (
        len(tokens) != 3
        or tokens[0].low not in ("max", "maximum", "min", "minimum")
        or tokens[1].kind != "number"
        or tokens[2].tag != "N"
    ):
        return None
    if tokens[2].low in words.UNITS or not tokens[1].text.isdigit():
        return None
    phrase = Phrase((tokens[2],), tokens[0].start, tokens[2].end)
    name = f"{tokens[0].low[:3]}_{naming.snake(tokens[2].low)}"
    return Item(name, "count", phrase, Spec(type="integer", default=tokens[1].text), tokens[0].start, tokens[2].end)


def counted_range(tokens: Sequence[Token]) -> Item | None:
    """`1-5 stars`, `from 0 to 100 points`: a number of its own between two bounds, named by what is counted."""
    quantity, at = read_quantity(tokens, 1 if tokens and tokens[0].low in ("from", "between") else 0)
    if at != len(tokens) - 1 or quantity.low is None or quantity.high is None or quantity.low >= quantity.high:
        return None
    noun = tokens[-1]
    if noun.tag != "N" or noun.lemma not in _COUNTED:
        return None
    phrase = Phrase((noun,), tokens[0].start, noun.end)
    spec = Spec(type="integer", min=str(quantity.low), max=str(quantity.high))
    return Item(naming.snake(noun.low), noun.lemma, phrase, spec, tokens[0].start, noun.end)


_COUNTED = frozenset("star point".split())
