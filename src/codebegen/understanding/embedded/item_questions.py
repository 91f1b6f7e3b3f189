"""Items told as questions: `when it was borrowed`, `who took it`, `how much`, `which ring was seen`, `what for`."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.item import Item, participle
from codebegen.understanding.embedded.item_groups import read_group
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.spec import read_spec
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import read_values


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
    "large": "size",
    "far": "distance",
    "old": "age",
    "heavy": "weight",
    "tall": "height",
    "high": "height",
    "deep": "depth",
    "wide": "width",
    "fast": "speed",
    "often": "frequency",
    "expensive": "price",
    "hard": "difficulty",
    "difficult": "difficulty",
    "sure": "confidence",
    "certain": "confidence",
    "well": "level",
    "bad": "severity",
    "serious": "severity",
    "important": "importance",
    "hot": "temperature",
    "satisfied": "satisfaction",
    "severe": "severity",
    "good": "quality",
}
# `how much it can carry`, `what it costs`: the verb says what is measured.
_MEASURED = {
    "carry": "capacity",
    "hold": "capacity",
    "fit": "capacity",
    "weigh": "weight",
    "cost": "price",
    "last": "duration",
    "measure": "size",
    "earn": "salary",
    "owe": "debt",
}
_NUMBERS = frozenset(_MEASURED.values()) - {"size"}
_LEADS = ("P", "C", "A", "PUNCT")


def is_question(piece: Sequence[Token]) -> bool:
    """`when …`, `by whom`, `on which day`, `from where`."""
    if not piece:
        return False
    led = len(piece) > 1 and (piece[0].tag == "P" or piece[0].low in _ENDS) and piece[1].tag == "W"
    return piece[0].tag == "W" or led


def with_shared_verb(pieces: Sequence[Tokens]) -> list[Tokens]:
    """`which ring was seen, by whom, where and when`: the verb of the first question is that of all."""
    verb: Token | None = None
    out: list[Tokens] = []
    for piece in pieces:
        if is_question(piece):
            told = next((t for t in reversed(piece) if t.tag in ("VP", "V") and t.lemma != "have"), None)
            bare = all(t.tag in ("W", "P") for t in piece)
            verb = told or verb
            out.append((*piece, verb) if bare and verb is not None and piece[-1].tag == "W" else piece)
        else:
            out.append(piece)
    return out


def read_question(piece: Sequence[Token]) -> Item | None:
    """The item that a question asks for; nothing where it asks for nothing that a row could hold."""
    at = 0 if piece[0].tag == "W" else 1
    asked = _READERS.get(piece[at].low)
    plain = asked(_Question(piece, at)) if asked is not None else None
    return _with_values(plain, piece, piece[at].low)


def _with_values(plain: Item | None, piece: Sequence[Token], wh: str) -> Item | None:
    """`what is broken (lamp, sign)`, `how it was obtained (radio, customer)`: what may be answered."""
    group = next((t for t in piece if t.kind == "group"), None)
    listed = read_values(group.inside) if group is not None else None
    name = plain.name if plain is not None and plain.name != "description" else _CHOSEN.get(wh, "")
    if group is None or listed is None or not name or (plain is not None and plain.spec.values):
        return plain
    word = Token(name, name, piece[0].start, piece[-1].end, "word", "N", name)
    spec = Spec(type="enum", values=listed[0])
    return Item(name, name, Phrase((word,), word.start, word.end), spec, word.start, word.end)


_CHOSEN = {"what": "type", "how": "method", "which": "type"}


class _Question:
    """The words of a question: what leads it, the verb, the nouns."""

    def __init__(self, piece: Sequence[Token], at: int) -> None:
        self.piece, self.prep = piece, piece[0].low if at else ""
        self.rest = tuple(piece[at + 1 :])
        self.said = [t for t in self.rest if t.tag not in ("R", "B", "D", "A", "M", "DO", "P", "TO", "GROUP", "POSS")]
        self.verb = next((t for t in self.said if t.tag in ("V", "VP", "VG", "J") or t.low == "due"), None)
        self.noun = next((t for t in self.said if t.tag == "N"), None)

    @property
    def ends_in(self) -> str:
        """The preposition at the end: `where to`, `what for`; or the one in front."""
        return self.prep or (self.rest[-1].low if self.rest and self.rest[-1].tag in ("P", "TO") else "")

    def item(self, name: str, head: str, spec: Spec, wh: str = "") -> Item:
        """An item of this name with the place of the whole question."""
        first, last = self.piece[0], self.piece[-1]
        word = Token(name, name, first.start, last.end, "word", "N", name)
        words = (self.said[-1],) if wh in ("who", "when") and self.said else (word,)
        return Item(name, head, Phrase(words, first.start, last.end), spec, first.start, last.end, wh=wh)


def _when(asked: _Question) -> Item | None:
    word = asked.verb or (asked.said[-1] if asked.said else None)
    name = f"{participle(word)}_at" if word is not None else "date"
    return asked.item(_ENDS.get(asked.prep, name), "at", Spec(type="datetime"), "when")


# `from when until when`: the two ends of a span.
_ENDS = {"from": "starts_at", "since": "since", "until": "ends_at", "till": "ends_at", "to": "ends_at"}


def _who(asked: _Question) -> Item | None:
    """`who took it` → `taken_by`, `who is the backup (an engineer)` → `backup`."""
    word = asked.verb or (asked.said[-1] if asked.said else None)
    if word is None or (word.tag in ("N", "J") and any(t.tag == "B" for t in asked.rest)):
        name = word.low if word is not None else "person"
    else:
        name = f"{participle(word)}_by"
    group = next((t for t in asked.piece if t.kind == "group"), None)
    plain = asked.item(name, "by", Spec(), "who")
    among = read_phrase(asked.rest, 1) if asked.rest[:1] and asked.rest[0].low == "of" else None
    if among is not None:  # `who of the staff dealt with it`
        return replace(plain, apposition=among[0])
    return plain if group is None else replace(plain, apposition=read_group(group, plain.phrase, Spec()).apposition)


def _whether(asked: _Question) -> Item | None:
    """`whether it was paid` → `paid`, `whether pets are allowed` → `pets_allowed`."""
    if not asked.said:
        return None
    word = asked.verb or asked.said[-1]
    subject = read_phrase(asked.rest, 0)
    new = subject is not None and subject[0].det in ("", "a", "an") and subject[0].words[-1].end < word.start
    told = f"{'_'.join(t.low for t in subject[0].words)}_" if new and subject is not None else ""
    return asked.item(naming.snake(f"{told}{participle(word)}"), "flag", Spec(type="boolean"), "whether")


def _where(asked: _Question) -> Item | None:
    name = {"from": "origin", "to": "destination", "into": "destination"}.get(asked.ends_in, "location")
    return asked.item(name, name, Spec(), "where")


def _how(asked: _Question) -> Item | None:
    first = asked.rest[0].low if asked.rest else ""
    if asked.verb is not None and asked.verb.lemma == "relate":
        return asked.item("relationship", "relationship", Spec(), "how")
    if first in _HOW:
        group = next((t for t in asked.piece if t.kind == "group"), None)
        plain = asked.item(_HOW[first], _HOW[first], _range_behind(asked))
        return (
            plain if group is None else asked.item(plain.name, plain.head, read_group(group, plain.phrase, Spec()).spec)
        )
    if first == "many":
        name = naming.snake(f"{asked.noun.lemma} count") if asked.noun is not None else "quantity"
        return asked.item(name, "count", Spec(type="integer"), "how_many")
    return _much(asked, asked.noun) if first == "much" else None


def _range_behind(asked: _Question) -> Spec:
    """`how sure she is from 1 to 100`: the numbers are those of what is asked for."""
    number = next((i for i, t in enumerate(asked.rest) if t.kind in ("number", "range")), 0)
    begin = number - 1 if number and asked.rest[number - 1].low in ("from", "between") else number
    return read_spec(asked.rest[begin:]) if number else Spec()


def _much(asked: _Question, noun: Token | None) -> Item:
    """`how much it can carry` → `capacity`, `how much water` → `water_amount`, `how much (was paid)` → `amount`."""
    measured = _MEASURED.get(asked.verb.lemma, "") if asked.verb is not None else ""
    direct = noun is not None and len(asked.rest) > 1 and asked.rest[1] is noun
    name = measured or (f"{noun.low}_amount" if noun is not None and direct else "amount")
    return asked.item(naming.snake(name), "amount", Spec(type="decimal"), "how_many")


def _which(asked: _Question) -> Item | None:
    """`which ring was seen`, `on which day`: what is asked for is the noun."""
    found = read_phrase(asked.rest, 0)
    if found is None or asked.rest[0].tag not in ("N", "J"):
        return None
    phrase = found[0]
    name, head = naming.snake(" ".join(t.low for t in phrase.words)), phrase.words[-1].low
    first, last = asked.piece[0], asked.piece[-1]
    return Item(name, head, phrase, Spec(), first.start, last.end)


def _what(asked: _Question) -> Item | None:
    """`what it costs` → `price`, `what for` → `purpose`, `what (was done)` → `description`."""
    if (named := _which(asked)) is not None and asked.rest:
        return named
    measured = _MEASURED.get(asked.verb.lemma, "") if asked.verb is not None else ""
    if measured in _NUMBERS:
        return asked.item(measured, measured, Spec(type="decimal"), "what")
    name = "purpose" if asked.ends_in == "for" else "description"
    return asked.item(measured or name, measured or name, Spec(), "what")


def _why(asked: _Question) -> Item | None:
    return asked.item("reason", "reason", Spec(), "why")


_READERS: dict[str, Callable[[_Question], Item | None]] = {
    "when": _when,
    "who": _who,
    "whom": _who,
    "whether": _whether,
    "where": _where,
    "how": _how,
    "which": _which,
    "what": _what,
    "why": _why,
}
