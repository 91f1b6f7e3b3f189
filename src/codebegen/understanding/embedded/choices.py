"""Choices: closed lists that a word announces are put into a bracket, so that one reader does for all of them.

`a result which is one of won, lost, drawn`, `a state, being draft or open`, `three sizes: S, M and L`, `of low, medium
or high priority` all become the noun with its values behind it.
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.choice_asides import (
    aside,
    behind_colon,
    last_in_list,
    scale,
    told_after,
    unsigned,
)
from codebegen.understanding.embedded.choice_lists import LIST_FORMS, singular
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED, is_value

_RELATIVES = frozenset(("which", "that"))
_IS = frozenset("is are can may must could should be being has have to".split())
_PICKED = frozenset("chosen selected picked taken drawn".split())
_SIGNS = frozenset((",", "/", "|"))
_JOINS = frozenset(("or", "and", "&"))
_FEWEST = 2
_LONGEST = 4  # words of a value


def wrap_choices(tokens: Tokens) -> Tokens:
    """The tokens with every announced list in a bracket of its own behind its noun."""
    tokens = _opposites(_letters(tokens))
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        told = next((choice for form in _FORMS if (choice := form(tokens, at)) is not None), None)
        if told is not None:
            out.append(_bracket(told.inside))
            at = told.resume
            continue
        named = next((listed for form in LIST_FORMS if (listed := form(tokens, at)) is not None), None)
        if named is not None:
            out[-1] = singular(out[-1]) if named.one else out[-1]
            out.append(_bracket(named.inside))
            at = named.resume
            continue
        found = _announced(tokens, at) or _counted(tokens, at) or _beside(tokens, at) or _whether(tokens, at)
        if found is None:
            out.append(tokens[at])
            at += 1
            continue
        begin, end = found
        while out and (out[-1].text == "," or out[-1].low in ("one", "of") or out[-1].tag == "#"):
            out.pop()
        if tokens[at].tag == "N":
            out.append(tokens[at])
        elif tokens[at].low == "whether":
            out.append(_type_at(tokens[at]))
        elif tokens[at].low == "being" and out and _is_of_row(out[-1], tokens[begin:end]):
            comma = replace(tokens[at], text=",", low=",", kind="punct", tag="PUNCT")
            out.extend((comma, _type_at(tokens[at])))
        out.append(_bracket(tokens[begin:end]))
        at = end
    return _values_first(tuple(out))


_FORMS = (scale, unsigned, aside, told_after, behind_colon, last_in_list)


_OPPOSITES = frozenset((("in", "out"), ("out", "in"), ("up", "down"), ("down", "up"), ("on", "off"), ("off", "on")))


def _opposites(tokens: Tokens) -> Tokens:
    """`a direction in or out`, `in | out`: words of place that stand against each other are values."""
    out = list(tokens)
    for at in range(len(tokens) - 2):
        sides = (tokens[at].low, tokens[at + 2].low)
        if (
            sides in _OPPOSITES
            and tokens[at + 1].low in ("or", "/", "|")
            and at
            and tokens[at - 1].tag in ("N", "PUNCT")
        ):
            out[at], out[at + 2] = tokens[at].tagged("N", sides[0]), tokens[at + 2].tagged("N", sides[1])
    return tuple(out)


def _letters(tokens: Tokens) -> Tokens:
    """`grades (A, B or C)`: an A that no noun follows is a letter."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == "group":
            out.append(replace(token, inside=_letters(token.inside)))
        elif (
            token.text == "A"
            and token.tag == "D"
            and (index + 1 == len(tokens) or tokens[index + 1].low in _SIGNS | _JOINS)
        ):
            out.append(token.tagged("N", "a"))
        else:
            out.append(token)
    return tuple(out)


_MEASURED = frozenset("decimal integer date datetime time".split())


def _is_of_row(noun: Token, listed: Tokens) -> bool:
    """`a rent, being single or double`: words are no values of what is measured."""
    measured = nouns.FIELD_TYPES.get(noun.lemma) in _MEASURED and noun.lemma not in nouns.ENUM_NOUNS
    return measured and all(t.kind != "number" for t in listed)


def _type_at(token: Token) -> Token:
    """The noun for what nobody names."""
    return replace(token, text="type", low="type", kind="word", tag="N", lemma="type")


def _bracket(inside: Tokens) -> Token:
    return Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside)


def _announced(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Where the list behind `which is one of`, `being either`, `chosen from` begins and ends."""
    before = tokens[at - 1] if at else None
    before = tokens[at - 2] if before is not None and before.text == "," and at > 1 else before
    if before is None or before.tag not in ("N", "GROUP"):
        return None
    begin, strong = _lead(tokens, at)
    if begin == at:
        return _behind_choice(tokens, at)
    begin += 1 if begin < len(tokens) and tokens[begin].text == ":" else 0
    end = list_end(tokens, begin, strong=strong)
    return (begin, end) if end > begin else None


def _behind_choice(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """`an interval of day, week or month`, `a grade: A, B or C`: behind a noun that has values."""
    noun = tokens[at - 1]
    said = tokens[at].low == "of" or (tokens[at].text == ":" and at > 1 and tokens[at - 2].tag == "D")
    if not said or (noun.lemma or noun.low) not in nouns.ENUM_NOUNS:
        return None
    end = list_end(tokens, at + 1, strong=False)
    several = any(t.text == "," for t in tokens[at + 1 : end])
    return (at + 1, end) if several else None


def _lead(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Behind the words that announce a list, and whether they leave no doubt; `at` where none stand there."""
    begin = at
    relative = tokens[begin].low in _RELATIVES
    begin += relative
    while begin < len(tokens) and tokens[begin].low in _IS and (relative or tokens[begin].low == "being"):
        begin += 1
    if relative and begin == at + 1:
        return at, False
    lows = [t.low for t in tokens[begin : begin + 3]]
    if lows[:2] in (["one", "of"], ["any", "of"]):
        return begin + 2, True
    if lows[:1] == ["either"] and (begin > at or tokens[at - 1].tag in ("N", "GROUP") or tokens[at - 1].text == ","):
        return begin + 1, True
    if lows and lows[0] in _PICKED and lows[1:2] in (["from"], ["among"]):
        return begin + 2, True
    return (begin, False) if begin > at else (at, False)


def _counted(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """`(one of) three priorities: low, medium, high`: a noun in the plural, and behind a colon what there is."""
    noun, behind = tokens[at], tokens[at + 1 : at + 2]
    plural = naming.is_plural(noun.low) and naming.singular(noun.low) in nouns.ENUM_NOUNS
    if noun.tag != "N" or not plural or not behind or at == 0:
        return None
    several = tokens[at - 1].tag == "#" or tokens[at - 1].low in words.NUMBERS or tokens[at - 1].low in ("the", "of")
    begin = at + 2 if behind[0].text in (":", ",", "-", "–") else at + 1
    end = list_end(tokens, begin, strong=behind[0].text not in (",", "-", "–")) if several else begin
    return (begin, end) if end > begin else None


def _beside(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """`a language, German or English`: values beside the noun that they are of."""
    noun = tokens[at - 1] if at else None
    if noun is None or tokens[at].text not in (",", "-", "–") or (noun.lemma or noun.low) not in nouns.ENUM_NOUNS:
        return None
    end = list_end(tokens, at + 1, strong=False)
    listed = tokens[at + 1 : end]
    fields = any((t.lemma or t.low) in nouns.ATTRIBUTES or t.tag in ("D", "V") for t in listed)
    return (at + 1, end) if listed and not fields and noun.tag == "N" else None


def _whether(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """`whether it is breakfast, lunch or dinner`, `whether the piece is a gift or a loan`: what kind it is."""
    lows = [t.low for t in tokens[at : at + 4]]
    told = lows[1:2] in (["it"], ["they"]) and lows[2:3] in (["is"], ["are"])
    thing = len(lows) > _WHOSE and tokens[at + 1].tag == "D" and tokens[at + 2].tag == "N" and lows[3] in ("is", "are")
    if lows[:1] != ["whether"] or not (told or thing):
        return None
    first = at + 3 + thing
    plain = [(i, t) for i, t in enumerate(tokens[first:], first) if t.text not in ("a", "an")]
    last = list_end([t for _, t in plain], 0, strong=False)
    end = plain[last - 1][0] + 1 if last else first
    listed = tokens[first:end]
    named = all(t.tag in ("N", "J") or t.low in _SIGNS | _JOINS | {"a", "an"} for t in listed)
    return (first, end) if listed and named and any(t.tag == "N" for t in listed) else None


_WHOSE = 3


def list_end(tokens: Sequence[Token], begin: int, *, strong: bool) -> int:
    """Where a list of at least two values that begins here ends; `begin` where none does.

    Without a strong announcement, `or` has to stand before the last value.
    """
    at, end, count, last = begin, begin, 0, False
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and tokens[stop].low not in _SIGNS | _JOINS and _in_value(tokens[stop]):
            stop += 1
        if stop == at or stop - at > _LONGEST or not is_value(tuple(tokens[at:stop])):
            break
        closed = stop >= len(tokens) or tokens[stop].low in _SIGNS | _JOINS or tokens[stop].text in (".", ";", ")", "–")
        if not closed and not last:
            break
        count, end = count + 1, stop if closed else _first_word(tokens, at, stop)
        if last or stop >= len(tokens) or tokens[stop].low not in _SIGNS | _JOINS:
            break
        at = stop
        while at < len(tokens) and tokens[at].low in _SIGNS | _JOINS:
            last = last or (tokens[at].low in _JOINS and (tokens[at].low == "or" or strong))
            at += 1
    has_or = any(t.low in ("or", "/", "|") for t in tokens[begin:end])
    return end if count >= _FEWEST and (strong or has_or) else begin


def _in_value(token: Token) -> bool:
    return token.kind in ("word", "number") and token.tag not in ("P", "S", "M", "B", "W", "R", "X", "TO")


def _first_word(tokens: Sequence[Token], at: int, stop: int) -> int:
    """`…, done or missed when the day is over`: the last value ends before what goes on."""
    return at + 1 if stop - at > 1 and tokens[at + 1].tag in ("D", "A") else stop


def _values_first(tokens: Tokens) -> Tokens:
    """`of low, medium or high priority` → `priority {low, medium or high}`."""
    for at in range(2, len(tokens)):
        noun = tokens[at]
        if (noun.lemma or noun.low) not in nouns.ENUM_NOUNS or tokens[at - 2].low not in ("or", "and"):
            continue
        begin = at - 3
        while begin > 1 and tokens[begin - 1].text in (",", "/"):
            begin -= 2
        values = tokens[begin:at]
        led = begin > 0 and tokens[begin - 1].tag in ("P", "V")
        if led and all(t.low in _SIGNS | _JOINS or (_in_value(t) and t.tag in ("J", "N", "VP")) for t in values):
            return (*tokens[:begin], noun, _bracket(values), *tokens[at + 1 :])
    return tokens
