"""Run-ons: a long stretch as people speak it, without signs, enters; its clauses leave, their lists with commas.

`we have drivers they have a name a phone number and they drive cars` becomes three clauses.
"""

import itertools
from collections.abc import Sequence

from codebegen.understanding.embedded.fillers import CUT, PAUSE, without_fillers, without_pauses
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.tag_verbs import only_verb
from codebegen.understanding.embedded.text import Token, Tokens

_LONG, _FEWEST_VERBS = 25, 3
_JOINING = frozenset(
    "and then so but also okay ok right well now plus next after-that finally basically anyway anyways".split()
)
_SAYING = frozenset("we they i you he she it somebody someone everybody everyone".split())
_LISTED = frozenset("a an the".split())
_OPENING = frozenset("when whenever if once after before until as-soon-as".split())


def split_run_on(tokens: Tokens) -> list[Tokens]:
    """The clauses of a run-on; any other sentence as it is."""
    signs = any(t.text in (",", ";", ":") or t.kind == "group" for t in tokens)
    if signs:
        return _told_on(without_pauses(without_fillers(tokens)))
    plain = without_fillers(tokens)
    long = len(tokens) >= _LONG or len(without_pauses(plain)) < len(tokens)
    if not long or sum(t.tag in ("V", "B", "M") for t in tokens) < _FEWEST_VERBS:
        return [without_pauses(plain)]
    # A word behind a verb is hardly ever another one; at the start of a clause of its own it may be.
    spoken = [without_pauses(piece) for piece in _pieces(plain)]
    pieces = [again for piece in spoken if piece for again in _pieces(tag(piece))]
    return [_with_commas(trimmed) for piece in _with_occasions(pieces) if (trimmed := _trimmed(piece))]


def _told_on(tokens: Tokens) -> list[Tokens]:
    """`a customer brings a device (brand, model) we make a ticket with …`: a new statement without a sign before it."""
    cuts = [0, *(i for i in range(2, len(tokens)) if _tells_on(tokens, i)), len(tokens)]
    return [tokens[a:b] for a, b in itertools.pairwise(cuts)]


def _tells_on(tokens: Tokens, at: int) -> bool:
    """Whether a pronoun and a verb with an object of its own stand right behind a thing that a verb leads to."""
    if tokens[at].low not in _SAYING or tokens[at - 1].tag not in ("N", "GROUP") or not _verb_at(tokens, at + 1):
        return False
    opened = any(t.tag == "W" or t.low in _OPENING for t in tokens[:at])
    object_ = tokens[at + 2 : at + 4]
    whole = len(object_) == 2 and object_[0].tag == "D" and object_[1].tag in ("N", "J")
    return whole and not opened and not _led(tokens, at) and any(t.tag == "V" for t in tokens[:at])


def _led(tokens: Tokens, at: int) -> bool:
    """`for each hive I note the queen`: what stands before the pronoun hangs on a preposition."""
    before = at - 1
    while before > 0 and tokens[before].tag in ("N", "J", "D", "Q", "#"):
        before -= 1
    return tokens[before].tag == "P"


def _with_occasions(pieces: list[Tokens]) -> list[Tokens]:
    """`when something breaks` and `we make a report` as one clause again."""
    out: list[Tokens] = []
    for piece in pieces:
        before = _trimmed(out[-1]) if out else ()
        if before and before[0].low in _OPENING and sum(t.tag in ("V", "B") for t in before) <= 1:
            comma = Token(",", ",", piece[0].start, piece[0].start, "punct", "PUNCT")
            out[-1] = (*before, comma, *piece)
        else:
            out.append(piece)
    return out


def _pieces(tokens: Tokens) -> list[Tokens]:
    cuts = [0]
    for i in range(1, len(tokens)):
        told = any(t.tag in ("V", "B", "M", "DO") for t in tokens[cuts[-1] : i])
        if tokens[i].tag == CUT or (told and _starts_clause(tokens, i)):
            cuts.append(i)
    return [tokens[a:b] for a, b in itertools.pairwise((*cuts, len(tokens)))]


def _starts_clause(tokens: Tokens, at: int) -> bool:
    """Whether a clause with a subject and a verb of its own begins here."""
    before, begin = tokens[at - 1], _skip_joining(tokens, at)
    joined = begin > at
    if begin >= len(tokens) or _joins(before):
        return False
    particle = joined and before.tag == "P" and tokens[begin].low in _SAYING  # `a customer phones in and we take …`
    if before.tag not in ("N", "J", "VP", "GROUP", "R", "A", "#", "V") and not particle:
        return False
    if joined and tokens[begin].low in _OPENING and _is_occasion(tokens, begin + 1):
        return True
    if joined and (tokens[begin].tag == "P" or tokens[begin].low in _OPENING):
        begin = _behind_noun(tokens, begin + 1)
    return begin < len(tokens) and _is_clause(tokens, begin, joined=joined)


def _is_clause(tokens: Tokens, begin: int, *, joined: bool) -> bool:
    """Whether a subject stands here, and its verb behind it."""
    low, following = tokens[begin].low, tokens[begin + 1 : begin + 3]
    if low == "that" and len(following) > 1 and following[0].tag == "B":
        return following[1].tag in ("D", "Q", "#")  # `the harvest that's every autumn` goes on about it
    if low in _SAYING:
        goes_on = low == "it" and bool(following) and following[0].low == "has"
        return (joined or goes_on or low in ("we", "they")) and _verb_at(tokens, begin + 1)
    if low == "there":
        return _verb_at(tokens, begin + 1)
    behind = _behind_noun(tokens, begin)
    if behind == begin or (not joined and tokens[begin].tag != "D" and not _taken_up(tokens, begin)):
        return False
    if behind < len(tokens) and tokens[behind].low == "they":
        # `tractors they have a name`, but `products have allergens they can have several allergens`
        return all(t.lemma != tokens[behind - 1].lemma for t in tokens[behind : behind + 6])
    return _verb_at(tokens, behind)


def _is_occasion(tokens: Tokens, at: int) -> bool:
    """`(when) somebody books`, `(when) the van drives out`; `when it starts` rather asks for a field."""
    if at < len(tokens) and tokens[at].low in _SAYING - {"it", "they", "he", "she"}:
        return _verb_at(tokens, at + 1)
    behind = _behind_noun(tokens, at)
    return behind > at and _verb_at(tokens, behind)


def _taken_up(tokens: Tokens, at: int) -> bool:
    """`in which oven ovens have a name`, `in tons tractors have a year`: a plural, and no part of the noun before."""
    before, noun = tokens[at - 1], tokens[at]
    plural = (
        noun.tag == "N" and noun.lemma != noun.low and at + 1 < len(tokens) and tokens[at + 1].tag in ("V", "M", "B")
    )
    return plural and before.tag == "N" and (before.lemma == noun.lemma or before.lemma != before.low)


def _skip_joining(tokens: Tokens, at: int) -> int:
    while at < len(tokens) and _joins(tokens[at]):
        at += 1
    return at


def _joins(token: Token) -> bool:
    return token.low in _JOINING or token.tag == PAUSE


def _behind_noun(tokens: Tokens, at: int) -> int:
    """Where the noun phrase that starts here ends; `at` itself if there is none."""
    begin = at
    while at < len(tokens) and tokens[at].tag in ("D", "Q", "#", "J"):
        at += 1
    noun = at
    while at < len(tokens) and tokens[at].tag == "N" and not (at > noun and _verb_at(tokens, at)):
        at += 1
    return at if at > noun else begin


def _verb_at(tokens: Tokens, at: int) -> bool:
    while at < len(tokens) and tokens[at].tag == "A":
        at += 1
    if at >= len(tokens):
        return False
    form = conjugation.forms().get(tokens[at].low, ("", ""))
    return tokens[at].tag in ("V", "B", "M", "DO") or (form[1] == "s" and only_verb(tokens[at].low))


def _trimmed(tokens: Tokens) -> Tokens:
    """Without the words that only join, and without a pronoun that repeats its noun: `tractors they have`."""
    begin = _skip_joining(tokens, 0)
    behind = _behind_noun(tokens, begin)
    begin = begin if begin < len(tokens) else 0
    if begin < behind < len(tokens) and tokens[behind].low == "they" and _verb_at(tokens, behind + 1):
        return (*tokens[begin:behind], *tokens[behind + 1 :])
    end = len(tokens)
    while end > begin and tokens[end - 1].low in _JOINING and tokens[end - 1].tag != "N":
        end -= 1
    return tokens[begin:end]


def _with_commas(tokens: Sequence[Token]) -> Tokens:
    """`a name a phone number and a permit number`: a comma before every further thing."""
    out: list[Token] = []
    verb = False
    for token in tokens:
        listed = token.low in _LISTED or (token.tag == "W" and token.low != "that")
        if verb and listed and out and out[-1].tag in ("N", "J"):
            out.append(Token(",", ",", token.start, token.start, "punct", "PUNCT"))
        verb = verb or token.tag == "V"
        out.append(token)
    return tuple(out)
