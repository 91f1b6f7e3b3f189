"""Items told as questions or events: `when it was borrowed`, `who took it`, `planted on`, `max 20 people`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.item import Item, participle
from codebegen.understanding.embedded.item_groups import read_group
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase, name_word
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
        return None
    if len(tokens) > 2 and tokens[2].tag != "GROUP" and tokens[2].low not in ("optional", "unique", "required"):
        return None
    phrase = Phrase((tokens[0], tokens[1]), tokens[0].start, tokens[1].end)
    name = naming.snake(f"{name_word(tokens[0])} {tokens[1].low}")
    return Item(name, tokens[1].low, phrase, Spec(), tokens[0].start, tokens[1].end)


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


def yes_or_no(piece: Sequence[Token]) -> Item | None:
    """`is it neutered`, `if they have a garden or not`."""
    rest = [t for t in piece[2:] if t.tag not in ("D", "A", "X", "C", "B", "R")]
    if not rest:
        return None
    has = rest[0].lemma == "have" and len(rest) > 1
    named = rest[1:2] if has else rest[:1]
    name = f"has_{naming.snake(named[0].low)}" if has else participle(named[0])
    return Item(
        name,
        "flag",
        Phrase((named[0],), piece[0].start, piece[-1].end),
        Spec(type="boolean"),
        piece[0].start,
        piece[-1].end,
    )


_HOW = {
    "urgent": "urgency",
    "long": "duration",
    "big": "size",
    "far": "distance",
    "old": "age",
    "heavy": "weight",
    "tall": "height",
    "high": "height",
    "often": "frequency",
    "expensive": "price",
    "hard": "difficulty",
    "difficult": "difficulty",
}


def read_question(piece: Sequence[Token]) -> Item | None:
    """`when it was borrowed` → `borrowed_at`, `who took it` → `taken_by`, `whether it was paid` → `paid`.

    `how many seats`.
    """
    lead = piece[0].low
    if lead == "how" and len(piece) > 1 and piece[1].low in _HOW:
        group = next((t for t in piece if t.kind == "group"), None)
        word = piece[1].tagged("N", _HOW[piece[1].low])
        named = Phrase((word,), piece[0].start, piece[-1].end)
        spec = read_group(group, named, Spec()).spec if group is not None else Spec()
        return Item(_HOW[piece[1].low], _HOW[piece[1].low], named, spec, piece[0].start, piece[-1].end)
    rest = [t for t in piece[1:] if t.tag not in ("R", "B", "D", "A", "M", "DO", "P", "TO") or t.low == "due"]
    if not rest:
        return None
    phrase = Phrase((rest[-1],), piece[0].start, piece[-1].end)
    verb = next((t for t in rest if t.tag in ("V", "VP", "J")), rest[-1])
    base = {"start": piece[0].start, "end": piece[-1].end, "phrase": phrase}
    if lead == "when":
        return Item(f"{participle(verb)}_at", "at", spec=Spec(type="datetime"), wh="when", **base)  # type: ignore[arg-type]
    if lead in ("who", "whom"):
        return Item(f"{participle(verb)}_by", "by", spec=Spec(), wh="who", **base)  # type: ignore[arg-type]
    if lead == "whether":
        return Item(participle(verb), "flag", spec=Spec(type="boolean"), wh="whether", **base)  # type: ignore[arg-type]
    if (lead == "how" and rest[0].low in ("many", "much")) or (len(piece) > 1 and piece[1].low in ("many", "much")):
        noun = next((t for t in rest if t.tag == "N"), None)
        if noun is None:
            return None
        return Item(naming.snake(f"{noun.lemma} count"), "count", spec=Spec(type="integer"), wh="how_many", **base)  # type: ignore[arg-type]
    if lead == "where":
        return Item("location", "location", spec=Spec(), wh="where", **base)  # type: ignore[arg-type]
    return None
