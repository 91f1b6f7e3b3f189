"""Noun phrases: tagged tokens enter, `Phrase` values leave: determiner, quantity, words, bracket, `of` part.

`at most five copies (printed)` → many, high 5, words `copies`, bracket `printed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from codebegen import naming
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.lexicon.british import BRITISH
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Quantity:
    """How many: `low`, `high` where a number is said; `many` and `one` only where the words say so."""

    low: int | None = None
    high: int | None = None
    many: bool = False
    one: bool = False


@dataclass(frozen=True)
class Phrase:
    """One noun phrase; `words` are its modifiers and its head, the head last."""

    words: Tokens
    start: int
    end: int
    det: str = ""
    quantity: Quantity = Quantity()
    group: Token | None = None
    possessor: Tokens = ()
    of: "Phrase | None" = None
    only: bool = False
    unit: bool = False

    @cached_property
    def key(self) -> str:
        """snake_case with a singular head: what two mentions of one thing have in common."""
        words = self.words
        while len(words) > 1 and (words[0].low in _IN_STATE or (words[0].tag == "J" and words[0].low in _GENERIC)):
            words = words[1:]
        if self.unit and words[-1].low in nouns.UNITS_IN_S:
            return naming.snake(" ".join(name_word(token) for token in words))
        return key_of(words)

    @property
    def head(self) -> str:
        """The singular head noun."""
        return self.words[-1].lemma or self.words[-1].low

    @property
    def plural(self) -> bool:
        """Whether the head is written as a plural."""
        return is_plural_token(self.words[-1])

    @property
    def many(self) -> bool:
        """Whether it speaks of more than one: `at least one item` does."""
        if self.quantity.low and self.quantity.high is None:
            return True
        if self.quantity.one or self.quantity.high == 1 or self.det in ("each", "every", "a", "an"):
            return False
        return self.quantity.many or self.plural or (self.quantity.high or 0) > 1

    @property
    def is_person(self) -> bool:
        """Whether it is a person, or acts like one."""
        return self.unit or self.head in nouns.PERSONS

    @property
    def is_field(self) -> bool:
        """Whether its head is hardly ever a thing, and none in this description."""
        return self.head in nouns.FIELDS_ONLY and not self.words[-1].named

    @property
    def text(self) -> str:
        """Its words as written."""
        return " ".join(token.text for token in self.words)


# Adjectives that tell which rows are meant and not what kind of thing they are.
_GENERIC = frozenset(
    "monthly weekly daily yearly annual new own different upcoming past future active inactive simple small "
    "big main current real whole entire good little short brief quick "
    "best available public private unique inappropriate related corresponding actual previous next other same optional required registered logged single".split()  # noqa: E501
)


# The same of words that are nouns as well: a ready order is an order.
_IN_STATE = frozenset("ready pending overdue unpaid unread done expired cancelled canceled closed finished".split())


def key_of(tokens: Sequence[Token]) -> str:
    """`Order Items` → `order_item`."""
    lows = [name_word(token) for token in tokens]
    return naming.singular(naming.snake(" ".join(lows)))


def name_word(token: Token) -> str:
    """The word as it goes into a name: abbreviations spelled out, compounds with a dash split, CamelCase kept."""
    if token.low == "no":
        return "number"
    if token.text.lower() in BRITISH:
        return token.text.lower()
    if token.low in words.ABBREVIATIONS and token.low not in nouns.THINGS:  # a cat has a name
        return words.ABBREVIATIONS[token.low]
    return token.text if any(c.isupper() for c in token.text[1:]) and not token.text.isupper() else token.low


def is_plural_token(token: Token) -> bool:
    """Whether a noun token is written in its plural."""
    low = token.low.rpartition("-")[2]
    return bool(token.lemma) and token.lemma != token.low and token.tag == "N" and naming.singular(low) != low


_LIMIT_LEADS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("at", "most"), "high"),
    (("up", "to"), "high"),
    (("no", "more", "than"), "high"),
    (("not", "more", "than"), "high"),
    (("a", "maximum", "of"), "high"),
    (("maximum", "of"), "high"),
    (("max",), "high"),
    (("maximum",), "high"),
    (("maximal",), "high"),
    (("less", "than"), "high"),
    (("at", "least"), "low"),
    (("a", "minimum", "of"), "low"),
    (("minimum", "of"), "low"),
    (("min",), "low"),
    (("minimum",), "low"),
    (("more", "than"), "low"),
    (("exactly",), "both"),
    (("only",), "both"),
    (("precisely",), "both"),
)
_MANY_PHRASES: tuple[tuple[str, ...], ...] = (
    ("one", "or", "more"),
    ("one", "or", "several"),
    ("one", "or", "many"),
    ("zero", "or", "more"),
    ("zero", "to", "many"),
    ("zero", "or", "many"),
    ("any", "number", "of"),
    ("a", "number", "of"),
    ("a", "list", "of"),
    ("list", "of"),
    ("lists", "of"),
    ("a", "set", "of"),
    ("a", "lot", "of"),
    ("lots", "of"),
    ("a", "collection", "of"),
    ("a", "series", "of"),
    ("a", "couple", "of"),
    ("a", "few"),
    ("1", "or", "more"),
    ("0", "or", "more"),
    ("multiple",),
    ("the", "list", "of"),
    ("a", "variety", "of"),
    ("as", "many"),
)
_ONE_PHRASES: tuple[tuple[str, ...], ...] = (
    ("zero", "or", "one"),
    ("at", "most", "one"),
    ("one", "and", "only", "one"),
    ("none", "or", "one"),
    ("0", "or", "1"),
    ("a", "single"),
    ("just", "one"),
    ("only", "one"),
    ("exactly", "one"),
)


_QUANTITY_STARTS = frozenset(lows[0] for lows in (*_ONE_PHRASES, *_MANY_PHRASES, *(lead for lead, _ in _LIMIT_LEADS)))
_ONE_BY_START = {first: tuple(p for p in _ONE_PHRASES if p[0] == first) for first in _QUANTITY_STARTS}
_MANY_BY_START = {first: tuple(p for p in _MANY_PHRASES if p[0] == first) for first in _QUANTITY_STARTS}
_LEADS_BY_START = {first: tuple(p for p in _LIMIT_LEADS if p[0][0] == first) for first in _QUANTITY_STARTS}


def _matches(tokens: Sequence[Token], at: int, lows: tuple[str, ...]) -> bool:
    return len(tokens) >= at + len(lows) and all(tokens[at + i].low == low for i, low in enumerate(lows))


def number_of(token: Token) -> int | None:
    """The whole number of a token in digits or letters."""
    if token.kind == "number":
        digits = token.text.replace(",", "")
        return int(digits) if digits.isdigit() and len(digits) < 10 else None
    return words.NUMBERS.get(token.low)


def read_quantity(tokens: Sequence[Token], at: int) -> tuple[Quantity, int]:
    """The quantity that starts at `at`, and where it ends."""
    if at >= len(tokens) or tokens[at].low not in _QUANTITY_STARTS:
        return _plain_number(tokens, at)
    for lows in _ONE_BY_START[tokens[at].low]:
        if _matches(tokens, at, lows):
            return Quantity(0 if lows[0] in ("zero", "at", "none", "0") else 1, 1, one=True), at + len(lows)
    for several in _MANY_BY_START[tokens[at].low]:
        if _matches(tokens, at, several) and at + len(several) < len(tokens):
            return Quantity(many=True), at + len(several)
    for lead, side in _LEADS_BY_START[tokens[at].low]:
        end = at + len(lead)
        number = number_of(tokens[end]) if _matches(tokens, at, lead) and end < len(tokens) else None
        if number is not None:
            low = number if side in ("low", "both") else None
            high = number if side in ("high", "both") else None
            return Quantity(low, high, many=number > 1, one=number == 1 and side != "low"), end + 1
    return _plain_number(tokens, at)


def _plain_number(tokens: Sequence[Token], at: int) -> tuple[Quantity, int]:
    if at >= len(tokens):
        return Quantity(), at
    if tokens[at].low == "between" and at + 4 < len(tokens) and tokens[at + 2].low == "and":
        low, high = number_of(tokens[at + 1]), number_of(tokens[at + 3])
        if low is not None and high is not None and tokens[at + 4].tag in ("N", "J"):
            return Quantity(low, high, many=True), at + 4
    if tokens[at].tag == "Q":
        step = 2 if _matches(tokens, at + 1, ("of",)) else 1
        return Quantity(many=True), at + step
    number = number_of(tokens[at]) if tokens[at].tag == "#" else None
    if number is None:
        return Quantity(), at
    if _matches(tokens, at + 1, ("or", "more")):
        return Quantity(number, None, many=True), at + 3
    if at + 2 < len(tokens) and tokens[at + 1].low in ("-", "–", "to", "or", ".."):
        second = number_of(tokens[at + 2])
        if second is not None:
            return Quantity(number, second, many=second > 1, one=second == 1), at + 3
    return Quantity(number, number, many=number > 1, one=number == 1), at + 1


# `date received`, `year built`: these keep a participle behind them.
_DATED = frozenset("date year time day month amount quantity price hours points distance".split())
_FLAG_WORDS = frozenset("unique optional required mandatory nullable".split())
_PARTICLES = frozenset("in out up on off".split())


def is_mark(phrase: Phrase) -> bool:
    """`1-5 stars` say how good something is."""
    return phrase.head in ("star", "point") and phrase.quantity.high is not None


def read_phrase(tokens: Sequence[Token], at: int) -> tuple[Phrase, int] | None:
    """The noun phrase that starts at `at`, and where it ends; nothing if there is none."""
    begin, only = at, False
    if at < len(tokens) and tokens[at].low == "only":
        only, at = True, at + 1
    quantity, after = read_quantity(tokens, at)
    at, det = after, ""
    while (at < len(tokens) and tokens[at].tag == "D") or (
        at < len(tokens) and tokens[at].low in ("own", "other", "same")
    ):
        det, at = det if det in words.EACH else tokens[at].low, at + 1
    if quantity == Quantity():
        quantity, at = read_quantity(tokens, at)
    at = _skip_partitive(tokens, at)
    while at + 1 < len(tokens) and tokens[at].low in _FLAG_WORDS and tokens[at + 1].tag in ("N", "J", "VP", "VG"):
        at += 1
    taken, at, possessor = _read_words(tokens, at)
    if not taken:
        return None
    phrase = Phrase(tuple(taken), tokens[begin].start, taken[-1].end, det, quantity, None, tuple(possessor), None, only)
    if at < len(tokens) and tokens[at].tag == "GROUP":
        phrase, at = replace(phrase, group=tokens[at], end=tokens[at].end), at + 1
    return _with_of(phrase, tokens, at)


def _skip_partitive(tokens: Sequence[Token], at: int) -> int:
    """`one of the gardeners` speaks of gardeners."""
    if (
        _matches(tokens, at, ("of", "the"))
        or _matches(tokens, at, ("of", "its"))
        or _matches(tokens, at, ("of", "their"))
    ):
        return at + 2
    return at


def _with_of(phrase: Phrase, tokens: Sequence[Token], at: int) -> tuple[Phrase, int]:
    if at < len(tokens) and tokens[at].low == "of" and phrase.group is None and not _bounds(tokens, at + 1):
        inner = read_phrase(tokens, at + 1)
        if inner is not None:
            # The bracket of `type of frame (a, b)` is about the type.
            lifted = inner[0].group if not inner[0].det else None
            kept = replace(inner[0], group=None) if lifted is not None else inner[0]
            return replace(phrase, of=kept, end=inner[0].end, group=lifted), inner[1]
    return phrase, at


def _bounds(tokens: Sequence[Token], at: int) -> bool:
    """`a price of at least 20 euros`, `a code of 6 to 15 digits`: what is measured, not what it is made of."""
    quantity, end = read_quantity(tokens, at)
    measured = end < len(tokens) and (tokens[end].low in words.UNITS or tokens[end].low in words.LENGTH_WORDS)
    ends = end >= len(tokens) or tokens[end].tag in ("PUNCT", "C")
    return quantity != Quantity() and tokens[at].tag != "Q" and (measured or (ends and end > at + 1))


def _read_words(tokens: Sequence[Token], at: int) -> tuple[list[Token], int, list[Token]]:
    """Modifiers and head from `at` on."""
    taken: list[Token] = []
    possessor: list[Token] = []
    while at < len(tokens):
        token = tokens[at]
        if token.tag == "POSS":
            possessor, taken, at = taken, [], at + 1
        elif token.tag == "N" or (token.tag == "J" and _adjective_fits(tokens, at, taken)):
            taken.append(token)
            at += 1
        elif token.tag in ("VP", "VG") and _modifies(tokens, at, taken):
            taken.append(token)
            at += 1
            if at < len(tokens) and tokens[at].low in _PARTICLES and at + 1 < len(tokens):
                taken.append(tokens[at])
                at += 1
        elif token.tag == "#" and taken and token.kind == "number" and _is_suffix(tokens, at):
            taken.append(token)
            at += 1
        else:
            break
    while taken and taken[-1].tag == "J" and len(taken) > 1 and taken[-1].low in _FLAG_WORDS:
        taken.pop()
        at -= 1
    return taken, at, possessor


def _adjective_fits(tokens: Sequence[Token], at: int, taken: list[Token]) -> bool:
    """Adjectives go before a noun; `quantity available` keeps one behind it, `plate unique` does not."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    before_noun = following is not None and following.tag in ("N", "J", "VP", "VG", "#")
    if tokens[at].low in _FLAG_WORDS:
        return before_noun and not taken
    if not taken:
        return True
    return before_noun or following is None or following.tag in ("PUNCT", "C", "GROUP")


def _modifies(tokens: Sequence[Token], at: int, taken: list[Token]) -> bool:
    """A participle inside a phrase: `expected close date`, `checked in flag`, `followed users`."""
    if tokens[at].lemma in ("log", "sign") and [t.low for t in tokens[at + 1 : at + 2]] == ["in"]:
        return at + 2 < len(tokens) and tokens[at + 2].tag == "N"
    if (
        taken
        and tokens[at].tag == "VP"
        and taken[-1].low in _DATED
        and (at + 1 >= len(tokens) or tokens[at + 1].tag in ("PUNCT", "C", "GROUP"))
    ):
        return True
    if at + 1 >= len(tokens) or (taken and tokens[at].tag == "VP" and taken[-1].tag == "N"):
        return False
    following = tokens[at + 1]
    if following.tag in ("N", "J") or (
        following.tag in ("VP", "VG") and at + 2 < len(tokens) and tokens[at + 2].tag == "N"
    ):
        return True
    return (
        following.low in _PARTICLES
        and at + 2 < len(tokens)
        and tokens[at + 2].tag == "N"
        and tokens[at + 2].low in ("flag", "date", "time", "status", "at")
    )


def _is_suffix(tokens: Sequence[Token], at: int) -> bool:
    """`address line 2` keeps its number, `priority 1-5` and `max 20 people` don't."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        len(tokens[at].text) == 1
        and (
            tokens[at - 1].low in ("line", "address", "phone", "part", "option")
            or tokens[at - 1].lemma in nouns.PERSONS
        )
        and (following is None or following.low not in ("-", "–", "to", ".."))
    )
