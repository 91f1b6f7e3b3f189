"""Run-ons: a long stretch as people speak it, without signs, enters; its clauses leave, their lists with commas.

`we have drivers they have a name a phone number and they drive cars` becomes three clauses.
"""

import itertools
from collections.abc import Sequence

from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.tag_verbs import only_verb
from codebegen.understanding.embedded.text import Token, Tokens

_LONG = 25
_JOINING = frozenset("and then so but also okay ok right um uh well now plus next after-that finally".split())
_SAYING = frozenset("we they i you he she it".split())
_LISTED = frozenset("a an the".split())


def split_run_on(tokens: Tokens) -> list[Tokens]:
    """The clauses of a run-on; any other sentence as it is."""
    signs = any(t.text in (",", ";", ":") for t in tokens)
    if len(tokens) < _LONG or signs or sum(t.tag in ("V", "B", "M") for t in tokens) < 3:
        return [tokens]
    # A word behind a verb is hardly ever another one; at the start of a clause of its own it may be.
    pieces = [again for piece in _pieces(tokens) for again in _pieces(tag(piece))]
    return [_with_commas(trimmed) for piece in pieces if (trimmed := _trimmed(piece))]


def _pieces(tokens: Tokens) -> list[Tokens]:
    cuts = [0]
    for i in range(1, len(tokens)):
        if _starts_clause(tokens, i) and any(t.tag in ("V", "B", "M", "DO") for t in tokens[cuts[-1] : i]):
            cuts.append(i)
    return [tokens[a:b] for a, b in itertools.pairwise((*cuts, len(tokens)))]


def _starts_clause(tokens: Tokens, at: int) -> bool:
    """Whether a clause with a subject and a verb of its own begins here."""
    before = tokens[at - 1]
    if before.low in _JOINING or before.tag not in ("N", "J", "VP", "GROUP", "R", "A", "#", "V"):
        return False
    begin = _skip_joining(tokens, at)
    joined = begin > at
    if begin < len(tokens) and tokens[begin].tag == "P" and joined:
        begin = _behind_noun(tokens, begin + 1)
    if begin >= len(tokens):
        return False
    if tokens[begin].low in _SAYING:
        spoken = joined or tokens[begin].low in ("we", "they")
        return spoken and _verb_at(tokens, begin + 1)
    if tokens[begin].low == "there":
        return _verb_at(tokens, begin + 1)
    behind = _behind_noun(tokens, begin)
    if behind == begin or (not joined and tokens[begin].tag != "D"):
        return False
    return _verb_at(tokens, behind) or (behind < len(tokens) and tokens[behind].low == "they")


def _skip_joining(tokens: Tokens, at: int) -> int:
    while at < len(tokens) and tokens[at].low in _JOINING:
        at += 1
    return at


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
    if begin < behind < len(tokens) and tokens[behind].low == "they" and _verb_at(tokens, behind + 1):
        return (*tokens[begin:behind], *tokens[behind + 1 :])
    return tokens[begin:]


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
