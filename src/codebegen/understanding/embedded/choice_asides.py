"""Choices beside what they are of: `a grade - poor, fair or good -`, `the quality, it can be A, B or C`.

Also scales that are told by their ends (`size from XS to XXL`, `priority from low to critical`) and values without any
sign between them (`sizes XS S M L XL`, `size 7, 10 or 12 inch`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import attribute_share

_DASHES = frozenset(("-", "–", "—"))
_SIGNS = frozenset((",", "/", "|"))
_JOINS = frozenset(("or", "and"))
_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "it can be either",
        "it can be",
        "it may be",
        "they can be",
        "they may be",
        "it is either",
        "it is",
        "they are",
        "one of",
        "either",
    )
)
_LONGEST_ASIDE, _LONGEST_VALUE, _FEWEST, _MOSTLY = 24, 3, 2, 0.5


@dataclass(frozen=True)
class Choice:
    """The values, and where reading goes on behind them."""

    inside: Tokens
    resume: int


def aside(tokens: Tokens, at: int) -> Choice | None:
    """`material - zirconia, gold or PMMA -, shade`; `how often it is paid - weekly or monthly - and …`."""
    if not _is_dash(tokens, at) or tokens[at - 1].tag not in ("N", "VP", "V", "J", "B"):
        return None
    begin = _behind_lead(tokens, at + 1)
    stop = min(len(tokens), begin + _LONGEST_ASIDE)
    closing = next((i for i in range(begin, stop) if _is_dash(tokens, i)), -1)
    closed = closing > 0 or tokens[at - 1].lemma in nouns.ENUM_NOUNS
    found = _values(tokens, begin, closing if closing > 0 else len(tokens), closed=closed)
    if found is None or (closing > 0 and found.resume != closing):
        return None
    if closing < 0 and found.resume < len(tokens) and tokens[found.resume].text not in (".", ";"):
        return None
    return replace(found, resume=closing + 1) if closing > 0 else found


def told_after(tokens: Tokens, at: int) -> Choice | None:
    """`the quality, it can be A, B or C`."""
    if at == 0 or tokens[at].text != "," or tokens[at - 1].tag != "N":
        return None
    begin = _behind_lead(tokens, at + 1)
    if begin == at + 1 or tokens[at + 1].low not in ("it", "they"):
        return None
    found = _values(tokens, begin, len(tokens), closed=False)
    kinds = found is not None and any(t.text in ("a", "an") for t in tokens[begin : found.resume])
    return None if kinds else found


def behind_colon(tokens: Tokens, at: int) -> Choice | None:
    """`and an approach: behavioural, systemic or depth psychology`: what one noun behind an article can be."""
    named = at > 1 and tokens[at].text == ":" and tokens[at - 1].tag == "N"
    first = next((i for i in range(at - 1, -1, -1) if tokens[i].tag == "D"), -1) if named else -1
    whole = first > 0 and all(t.tag in ("N", "J") for t in tokens[first + 1 : at])
    led = whole and tokens[first].low in ("a", "an", "the", "its", "their")
    noun = tokens[at - 1]
    thing = noun.lemma in nouns.THINGS and (not led or tokens[first].low not in ("a", "an"))
    data = at + 1 < len(tokens) and tokens[at + 1].low in nouns.ENUM_NOUNS  # `on a flight: severity minor or major`
    if not led or thing or data or noun.lemma != noun.low:
        return None
    found = _values(tokens, at + 1, len(tokens), closed=False)
    ends = found is not None and (found.resume >= len(tokens) or tokens[found.resume].text in (".", ";", ","))
    return found if ends else None


def last_in_list(tokens: Tokens, at: int) -> Choice | None:
    """`title, length, level: children, general, expert`: what the last field of a list can be.

    Between semicolons the sign may be missing: `name; category dairy, meat, other`.
    """
    signed = tokens[at].text == ":"
    begin = at
    while begin > 0 and tokens[begin - 1].kind == "word" and tokens[begin - 1].tag in ("N", "J", "VG"):
        begin -= 1
    before = tokens[begin - 1].text if begin else ""
    named = begin < at <= begin + _LONGEST_NAME and tokens[at - 1].tag in ("N", "VG")
    known = named and tokens[at - 1].low in nouns.ENUM_NOUNS
    one = named and tokens[at - 1].lemma == tokens[at - 1].low and tokens[at - 1].lemma not in nouns.THINGS
    if not named or not (
        (one or known) and before in (",", ";") if signed else known and before == ";" and begin == at - 1
    ):
        return None
    end = next((i for i in range(at, len(tokens)) if tokens[i].text in (".", ";")), len(tokens))
    begin = at + 1 if signed else at
    pieces = _cut(tokens[begin:end])
    plain = all(
        0 < len(p) <= 2 and all(t.kind == "word" and (_in_value(t) or t.low == "other") for t in p) for p in pieces
    )
    fields = sum(p[-1].low in nouns.ATTRIBUTES for p in pieces) if plain else 0
    if not plain or len(pieces) < _LISTED or fields > (1 if known else 0):
        return None
    return Choice(tokens[begin:end], end)


def _cut(tokens: Tokens) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.low in _SIGNS | _JOINS:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


_LONGEST_NAME, _LISTED = 2, 3


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    """A dash with a blank before it."""
    return 0 < at < len(tokens) and tokens[at].text in _DASHES and tokens[at - 1].end < tokens[at].start


def _behind_lead(tokens: Sequence[Token], at: int) -> int:
    lows = tuple("is" if t.low == "'s" else t.low for t in tokens[at : at + 4])
    if lows[:1] == ("it's",):
        return at + 1
    return at + next((len(lead) for lead in _LEADS if lows[: len(lead)] == lead), 0)


def _values(tokens: Tokens, begin: int, stop: int, *, closed: bool) -> Choice | None:
    """A list of short values, the last behind `or`; between two dashes commas are enough."""
    pieces: list[list[Token]] = [[]]
    at, joined = begin, False
    while at < stop:
        token = tokens[at]
        if token.low in _SIGNS | _JOINS:
            if joined and token.text == ",":
                break
            joined = joined or token.low in ("or", "/", "|")
            pieces.append([])
        elif token.text in ("a", "an") and not pieces[-1]:
            pass
        elif not _in_value(token) or (pieces[-1] and pieces[-1][-1].tag == "N" and token.tag == "V"):
            break
        else:
            pieces[-1].append(token)
        at += 1
    told = [piece for piece in pieces if piece]
    plain = len(told) >= _FEWEST and all(len(piece) <= _LONGEST_VALUE for piece in told)
    several = joined or (closed and len(told) > _FEWEST)
    inside = tuple(t for t in tokens[begin:at] if t.text not in ("a", "an"))
    if not plain or not several or attribute_share(inside) >= _MOSTLY:
        return None
    kinds = all(piece[-1].tag == "N" and piece[-1].lemma != piece[-1].low for piece in told)
    return None if kinds else Choice(inside, at)


def _in_value(token: Token) -> bool:
    return token.kind in ("word", "number") and token.tag not in ("P", "S", "M", "B", "W", "R", "X", "TO", "D")


_SIZES = tuple("xxs xs s m l xl xxl xxxl".split())
_SCALES = (
    _SIZES,
    tuple("abcdefgh"),
    tuple("a1 a2 b1 b2 c1 c2 native".split()),
    tuple("lowest low medium high critical".split()),
    tuple("beginner intermediate advanced expert".split()),
    tuple("minor moderate major critical".split()),
    tuple("monday tuesday wednesday thursday friday saturday sunday".split()),
)
_CODE = re.compile(r"([A-Za-z]{1,3}-?)(\d{1,2})")
_MANY = 20


def scale(tokens: Tokens, at: int) -> Choice | None:
    """`size from XS to XXL`, `energy class A to G`, `a level between C1 and native`, `priority from low to high`."""
    if at == 0 or tokens[at - 1].tag not in ("N", "V", "VP"):
        return None
    led = tokens[at].low in ("from", "between")
    first = at + led
    if first + 2 >= len(tokens) or tokens[first + 1].low not in (("and",) if tokens[at].low == "between" else _TO):
        return None
    steps = _steps(tokens[first], tokens[first + 2])
    comma = replace(tokens[first], text=",", low=",", kind="punct", tag="PUNCT")
    inside = [t for step in steps for t in (replace(tokens[first], text=step, low=step.lower(), tag="N"), comma)]
    return Choice(tuple(inside[:-1]), first + 3) if len(steps) >= _FEWEST else None


_TO = frozenset(("to", "-", "–", "until", "through", "up"))


def _steps(first: Token, last: Token) -> list[str]:
    begin, end = (_CODE.fullmatch(t.text) for t in (first, last))
    if begin and end and begin[1] == end[1] and 0 < int(end[2]) - int(begin[2]) < _MANY:
        return [f"{begin[1]}{n}" for n in range(int(begin[2]), int(end[2]) + 1)]
    for known in _SCALES:
        if first.low in known and last.low in known and known.index(first.low) < known.index(last.low):
            found = known[known.index(first.low) : known.index(last.low) + 1]
            short = len(first.low) == 1 or known is _SIZES
            if short and (not first.text.isupper() or not last.text.isupper()):
                return []
            return [step.upper() if first.text.isupper() and step != "native" else step for step in found]
    return []


def unsigned(tokens: Tokens, at: int) -> Choice | None:
    """`shirt size XS S M L XL`, `size 7 10 or 12 inch`, `warranty 6, 12 or 24 months`: beside a field's name."""
    noun = tokens[at - 1] if at else None
    if noun is None or noun.tag != "N" or (noun.lemma or noun.low) not in nouns.ATTRIBUTES | nouns.ENUM_NOUNS | _TERMS:
        return None
    sizes = at
    while sizes < len(tokens) and tokens[sizes].low in _SIZES and tokens[sizes].text.isupper():
        sizes += 1
    if sizes - at > _FEWEST:
        return Choice(_with_commas(tokens[at:sizes]), sizes)
    return _numbers(tokens, at)


_TERMS = frozenset("warranty guarantee term voltage wattage".split())


def _numbers(tokens: Tokens, at: int) -> Choice | None:
    numbers: list[Token] = []
    end, joined = at, False
    while end < len(tokens) and (tokens[end].kind == "number" or tokens[end].low in (",", "or", "/")):
        joined = joined or tokens[end].low in ("or", "/")
        numbers += [tokens[end]] if tokens[end].kind == "number" else []
        end += 1
    if len(numbers) < _FEWEST or not joined or tokens[end - 1].kind != "number" or tokens[at].kind != "number":
        return None
    unit = end < len(tokens) and tokens[end].low in words.UNITS
    return Choice(_with_commas(numbers), end + unit)


def _with_commas(values: Sequence[Token]) -> Tokens:
    comma = replace(values[0], text=",", low=",", kind="punct", tag="PUNCT")
    return tuple(t for value in values for t in (value, comma))[:-1]
