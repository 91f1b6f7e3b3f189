"""The `Item`: one thing that something has, and how it is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from codebegen import naming
from codebegen.understanding.embedded.lexicon import conjugation, words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, name_word, read_quantity
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Item:
    """One thing that something has: its name, how many, what was said about it, and what it has itself (`sub`).

    `wh` is `when`, `who`, `whether`, `how_many`, `where` for an embedded question; `prep` a preposition it began with.
    """

    name: str
    head: str
    phrase: Phrase
    spec: Spec
    start: int
    end: int
    sub: tuple["Item", ...] = ()
    apposition: Phrase | None = None
    wh: str = ""
    prep: str = ""


# Types that are no words for things: `number int unique` is a number.
PLAIN_TYPES = frozenset(
    "int integer string str varchar bool boolean decimal float datetime timestamp uuid bigint double".split()
)


def joined_moment(phrase: Phrase, tail: Sequence[Token]) -> tuple[str, str] | None:
    """`the date they joined` → `joined_at`, a date."""
    if phrase.head not in ("date", "time", "day", "moment") or len(tail) < 2 or len(phrase.words) > 1:
        return None
    verb = next((t for t in tail if t.tag in ("V", "VP")), None)
    if tail[0].tag not in ("R", "W", "D") or verb is None:
        return None
    return f"{participle(verb)}_at", phrase.head


def ending(phrase: Phrase, tail: Sequence[Token]) -> tuple[Token | None, Sequence[Token]]:
    """`fee offered`, `medication needed (yes/no)`: a participle at the end, which belongs to the name."""
    if not tail or tail[0].tag != "VP" or phrase.group is not None or phrase.of is not None:
        return None, tail
    ends = len(tail) == 1 or tail[1].kind == "group" or tail[1].low in _YES
    return (tail[0], tail[1:]) if ends else (None, tail)


# `breakfast included`: whether it is.
GRANTED = frozenset("include allow need require permit provide accept enable".split())
_YES = frozenset("yes y true optional".split())


def name_tail(tail: Sequence[Token]) -> tuple[Tokens, Sequence[Token]]:
    """`price per night`, `days to harvest`, `price at time of order` go on after the head."""
    if (
        len(tail) >= 2
        and tail[0].low in ("per", "to", "for", "at", "on", "by")
        and tail[1].tag in ("N", "V", "VG")
        and tail[1].low not in words.UNITS.keys() | {"least", "most"}
    ) or (len(tail) >= 2 and tail[0].low == "per" and tail[1].tag == "N"):
        end = 2
        while end < len(tail) and (tail[end].tag == "N" or tail[end].low == "of") and end < 5:
            end += 1
        return tuple(tail[:end]), tail[end:]
    return (), tail


def item_name(phrase: Phrase, tail: Sequence[Token] = ()) -> tuple[str, str]:
    """The snake_case name of a field and the word that tells its type."""
    owned = [token for token in phrase.possessor if token.tag == "N"]  # `janitor's phone`
    parts, head = [name_word(token) for token in (*owned, *phrase.words)], phrase.words[-1].low
    head = words.ABBREVIATIONS.get(head, head)
    if head == "day" and phrase.of is not None and phrase.of.head == "week":
        return "weekday", "weekday"
    if phrase.of is not None and not phrase.of.det:
        inner = [name_word(token) for token in phrase.of.words]
        if head in ("type", "kind") and len(phrase.words) == 1:
            return naming.snake(" ".join([*inner[:-1], phrase.of.head, head])), head
        if head == "number" and parts[0] in ("maximum", "max", "maximal", "minimum", "min"):
            return naming.snake(" ".join([parts[0][:3], *inner])), "count"
        return naming.snake(" ".join([*parts, "of", *inner])), "count" if head == "number" else head
    if tail:
        extra = [("per" if tail[0].low == "for" else tail[0].low), *(token.low for token in tail[1:])]
        return naming.snake(" ".join([*parts, *extra])), head
    if head in ("maximum", "minimum") and len(parts) > 1:
        return naming.snake(" ".join(parts)), parts[-2]
    return naming.snake(" ".join(parts)), head


def participle(token: Token) -> str:
    """The participle of a verb token, as fields are named: `took` → `taken`."""
    form = conjugation.forms().get(token.low)
    if form is None:
        return naming.snake(token.low)
    lemma = form[0]
    irregular = conjugation.IRREGULAR.get(lemma)
    if irregular is not None:
        return irregular[1]
    return next(
        (f for f, (base, kind) in conjugation.forms().items() if base == lemma and kind == "participle"), token.low
    )


def quantity_only(tokens: Sequence[Token]) -> Quantity:
    """The quantity at the start of some tokens."""
    return read_quantity(tokens, 0)[0]
