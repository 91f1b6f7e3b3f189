"""Choices that are listed beside a noun: `three classes, small, medium and large ones`, `what it is, a bus or a van`.

Each form says what stands in the bracket, where reading goes on, and whether the noun names one of several.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import number_of
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import attribute_share

_SIGNS = frozenset((",", "/", "|"))
_OR, _AND = frozenset(("or",)), frozenset(("and", "&"))
_ARTICLES = frozenset(("a", "an", "the"))
_LONGEST, _FEWEST = 3, 2


@dataclass(frozen=True)
class Listed:
    """Values without articles, where they end, how many, and what joins the last: `or`, `and`, or nothing."""

    inside: Tokens
    end: int
    count: int
    joined: str
    articles: int = 0


@dataclass(frozen=True)
class Named:
    """Values, where reading goes on, and whether their noun, in the plural, names one."""

    inside: Tokens
    resume: int
    one: bool = False


def listed_from(tokens: Sequence[Token], begin: int) -> Listed | None:
    """The list of short values that begins here; it ends behind the piece that follows `or` or `and`."""
    pieces: list[list[Token]] = []
    signs: list[Token] = []
    at, articles = begin, 0
    while at < len(tokens):
        article = tokens[at].low in _ARTICLES and at + 1 < len(tokens)
        articles += article
        stop = at + article
        while stop < len(tokens) and _in_value(tokens[stop]) and stop - at <= _LONGEST:
            stop += 1
        piece = [t for t in tokens[at + article : stop] if t.low not in ("one", "ones")]
        if not piece:
            break
        pieces.append(piece)
        at = stop
        last = bool(signs) and signs[-1].low in _OR | _AND
        if last or at >= len(tokens) or tokens[at].low not in _SIGNS | _OR | _AND:
            break
        step = 2 if tokens[at].text == "," and at + 1 < len(tokens) and tokens[at + 1].low in _OR | _AND else 1
        signs.append(tokens[at + step - 1])
        at += step
    signs = signs[: max(0, len(pieces) - 1)]
    if len(pieces) < _FEWEST:
        return None
    _share_noun(pieces, tokens[:begin])
    return Listed(_joined(pieces, signs), at, len(pieces), signs[-1].low if signs[-1].text != "," else "", articles)


def _share_noun(pieces: list[list[Token]], before: Sequence[Token]) -> None:
    """`three types of bikes: city and cargo bikes`: the noun that they are of is no part of the last."""
    last = pieces[-1]
    shared = len(last) > 1 and last[-1].tag == "N" and any(t.lemma == last[-1].lemma for t in before)
    if shared and all(piece[-1].lemma != last[-1].lemma for piece in pieces[:-1]):
        pieces[-1] = last[:-1]


def _in_value(token: Token) -> bool:
    plain = token.tag in ("N", "J", "VP", "VG", "#", "A") and token.low not in _OR | _AND
    return token.kind in ("word", "number") and (plain or token.low in _NOTHING)


_NOTHING = frozenset(("nothing", "none", "no", "other", "others"))


def _joined(pieces: Sequence[Sequence[Token]], signs: Sequence[Token]) -> Tokens:
    out: list[Token] = []
    for index, piece in enumerate(pieces):
        out.extend(piece)
        out.extend(signs[index : index + 1])
    return tuple(out)


def _closes(tokens: Sequence[Token], end: int) -> bool:
    return end >= len(tokens) or tokens[end].text in (",", ".", ";", ")", "–", "—", "-") or tokens[end].low == "and"


def called(tokens: Tokens, at: int) -> Named | None:
    """`one of the three groups, called junior, youth and senior`; `a type, be it day, night or road`."""
    if at == 0 or tokens[at - 1].tag != "N":
        return None
    begin = at + (tokens[at].text == ",")
    lows = [t.low for t in tokens[begin : begin + 2]]
    be_it = lows in (["be", "it"], ["be", "they"])
    if not be_it and (
        lows[:1] not in (["called"], ["named"], ["namely"]) or tokens[at - 1].lemma == tokens[at - 1].low
    ):
        return None
    found = listed_from(tokens, begin + (2 if be_it else 1))
    if found is None or not found.joined or (be_it and found.joined != "or"):
        return None
    return Named(found.inside, found.end, one=True)


def counted(tokens: Tokens, at: int) -> Named | None:
    """`three size classes, small, medium and large ones`: as many as the number says."""
    noun = tokens[at - 1] if at else None
    if noun is None or noun.tag != "N" or noun.lemma == noun.low or tokens[at].text not in (",", ":", "–", "—", "-"):
        return None
    begin = next((i for i in range(at - 2, max(-1, at - 5), -1) if tokens[i].tag not in ("N", "J")), -1)
    number = number_of(tokens[begin]) if begin >= 0 else None
    found = listed_from(tokens, at + 1) if number is not None and number >= _FEWEST else None
    if found is None or found.count != number or not found.joined or found.articles:
        return None
    rows = any(t.tag == "N" and t.lemma in nouns.THINGS | nouns.PERSONS for t in found.inside)
    plural = any(t.tag == "N" and naming.is_plural(t.low) for t in found.inside)
    if rows or plural or attribute_share(found.inside) > 0 or not _closes(tokens, found.end):
        return None
    closing = found.end + (found.end < len(tokens) and tokens[found.end].text == ",")
    return Named(found.inside, closing, one=True)


def asked(tokens: Tokens, at: int) -> Named | None:
    """`what it is, a car, a van or a lorry`, `what it's covered with, could be tiles, slate or metal`."""
    if at == 0 or tokens[at].text not in (",", ":", "–", "—"):
        return None
    begin = max((i + 1 for i in range(at) if tokens[i].kind == "punct" or tokens[i].tag == "C"), default=0)
    if tokens[begin].tag != "W" or tokens[begin].low not in ("what", "how", "which") or at - begin > _QUESTION:
        return None
    first = at + 1
    while first < len(tokens) and tokens[first].low in _MAYBE:
        first += 1
    found = listed_from(tokens, first)
    if found is None or found.joined != "or" or attribute_share(found.inside) > 0 or not _closes(tokens, found.end):
        return None
    return Named(found.inside, found.end)


_QUESTION = 7
_MAYBE = frozenset("could can may might be is it's it either so say maybe perhaps usually mostly that's".split())


def beside(tokens: Tokens, at: int) -> Named | None:
    """`a filling, feathers, foam or wool, and a price`; `the gauge, 8, 16 or 35 millimetres`.

    A noun behind an article, then words without any: they are of the noun, and no further fields.
    """
    if at < _FEWEST or tokens[at].text != "," or tokens[at - 1].tag != "N":
        return None
    begin = next((i for i in range(at - 2, max(-1, at - 5), -1) if tokens[i].tag not in ("N", "J")), -1)
    led = begin >= 0 and tokens[begin].low in _LED and tokens[at - 1].lemma == tokens[at - 1].low
    found = listed_from(tokens, at + 1) if led else None
    if found is None or found.joined != "or" or found.articles:
        return None
    end = found.end
    numbers = [t for t in found.inside if number_of(t) is not None]
    if numbers:
        inside, unit = _numbers(found.inside)
        return Named(inside, end) if unit and _closes(tokens, end) else None
    plain = all(t.lemma not in nouns.THINGS | nouns.PERSONS and t.low not in words.UNITS for t in found.inside)
    several = any(t.text == "," for t in found.inside)
    known = any((t.lemma or t.low) in nouns.ATTRIBUTES for t in found.inside)
    return Named(found.inside, end) if plain and several and not known and _closes(tokens, end) else None


_LED = frozenset("a an the its their his her one".split())


def _numbers(inside: Tokens) -> tuple[Tokens, bool]:
    """Numbers without the unit behind the last; whether nothing else stands there."""
    kept = inside[:-1] if inside[-1].low in words.UNITS or inside[-1].tag == "N" else inside
    return kept, all(number_of(t) is not None or t.kind != "word" or t.low == "or" for t in kept)


def of_subject(tokens: Tokens, at: int) -> Named | None:
    """`Exams, written or oral, have a date`: adjectives beside what a sentence begins with."""
    first = 1 if tokens[0].tag == "D" else 0
    if at == 0 or tokens[at].text != "," or at - first > _FEWEST or tokens[at - 1].tag != "N":
        return None
    found = listed_from(tokens, at + 1)
    if found is None or found.joined != "or" or found.articles or found.end + 1 >= len(tokens):
        return None
    verb = tokens[found.end].text == "," and tokens[found.end + 1].tag in ("V", "M", "B")
    plural = tokens[at - 1].lemma != tokens[at - 1].low
    singular_ = all(t.tag != "N" or (plural and t.lemma == t.low) for t in found.inside if t.kind == "word")
    told = singular_ or any(t.tag in ("J", "VP") for t in found.inside)
    single = all(len(p) == 1 for p in _pieces(found.inside))
    return Named(found.inside, found.end + 1) if verb and told and single else None


def _pieces(inside: Tokens) -> list[list[Token]]:
    out: list[list[Token]] = [[]]
    for token in inside:
        if token.low in _SIGNS | _OR | _AND:
            out.append([])
        else:
            out[-1].append(token)
    return out


def that_is(tokens: Tokens, at: int) -> Named | None:
    """`one vehicle, that is a tram, a bus or a cart`: of what kind it is."""
    if at == 0 or tokens[at].text != "," or tokens[at - 1].tag != "N":
        return None
    lows = [t.low for t in tokens[at + 1 : at + 3]]
    lead = 2 if lows in (["that", "is"], ["which", "is"]) else 1 if lows[:1] in (["either"], ["i.e."]) else 0
    found = listed_from(tokens, at + 1 + lead) if lead else None
    if found is None or found.joined != "or" or found.articles < found.count or not _closes(tokens, found.end):
        return None
    return Named(found.inside, found.end)


KINDS = frozenset("kind type sort category class".split())


def kinds(tokens: Tokens, at: int) -> Named | None:
    """`three kinds of tickets: day, week and season tickets`: what kinds there are of them."""
    told = at >= _KINDS_OF and tokens[at].text in (":", ",", "–", "—", "-") and tokens[at - 1].tag == "N"
    begin = next((i for i in range(at - 2, max(0, at - 4), -1) if tokens[i].low == "of"), 0) if told else 0
    found = listed_from(tokens, at + 1) if begin and tokens[begin - 1].lemma in KINDS else None
    if found is None or found.articles or not _closes(tokens, found.end):
        return None
    return Named(found.inside, found.end) if found.joined or found.count > _FEWEST else None


_KINDS_OF = 3
LIST_FORMS = (kinds, called, counted, asked, of_subject, that_is, beside)


def singular(token: Token) -> Token:
    """`one of the three groups {…}` names one group."""
    one = naming.singular(token.low)
    return replace(token, text=one, low=one)
