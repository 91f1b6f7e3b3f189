"""Regions: a stretch without verbs enters, its noun phrases and prepositional phrases leave."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, is_mark, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens


def without_ends(tokens: Tokens) -> Tokens:
    """A stretch without the conjunctions and signs that it ends in."""
    end = len(tokens)
    while (
        end
        and (tokens[end - 1].tag in ("C", "S", "PUNCT") or tokens[end - 1].low in ("so", "then"))
        and tokens[end - 1].kind != "group"
    ):
        end -= 1
    return tokens[:end]


# No verb stands here, so that they lead to a noun: `the report after an incident`.
_OCCASIONS = frozenset("after before since until".split())
# `report a defect, giving the room and a photo`.
STATING = frozenset("giving stating specifying noting mentioning indicating naming".split())


_NOMINAL = frozenset(("N", "J", "D", "Q", "#", "VP", "VG"))
_LIMITING = frozenset("only at up exactly max maximum".split())


def read_region(tokens: Sequence[Token]) -> tuple[tuple[Phrase, ...], tuple[tuple[str, Phrase], ...]]:
    """Noun phrases and prepositional phrases in a stretch without verbs; pronouns count as phrases."""
    objects: list[Phrase] = []
    preps: list[tuple[str, Phrase]] = []
    prep, at, joined = "", 0, False
    while at < len(tokens):
        token = tokens[at]
        found = _pronoun(token) if token.tag == "R" else None
        step = at + 1
        if token.low == "each" and (at + 1 == len(tokens) or tokens[at + 1].low in ("one", "of")):
            found, step = _pronoun(replace(token, tag="R")), len(tokens)
        if (found is None and token.tag in _NOMINAL and token.low not in STATING) or token.low in _LIMITING:
            read = read_phrase(tokens, at)
            found, step = read if read is not None else (None, at + 1)
        if found is not None and at and tokens[at - 1].low == "not" and objects:
            at = step
            continue
        if found is not None:
            if prep and not (is_mark(found) and at and tokens[at - 1].text == ","):
                preps.append((prep, found))
            else:
                objects.append(found)
            at, joined = step, True
            if at < len(tokens) and tokens[at].tag in ("D", "R"):
                prep = ""
            continue
        prep = _leading(tokens, at, prep, objects=bool(objects), joined=joined)
        at += 1
    return tuple(objects), tuple(preps)


def _leading(tokens: Sequence[Token], at: int, prep: str, *, objects: bool, joined: bool) -> str:
    """The preposition that holds for what stands behind a word or sign."""
    token = tokens[at]
    if token.low in STATING and objects:
        return "with"
    if token.tag == "P" or (token.tag == "S" and token.low in _OCCASIONS):
        return token.low
    ends = token.tag not in ("C", "A", "X") and token.text != ","
    comma = token.text == "," and joined and at + 1 < len(tokens) and tokens[at + 1].tag in ("P", "R")
    return "" if ends or comma else prep


def _pronoun(token: Token) -> Phrase | None:
    if token.low == "each" or (token.low in words.PRONOUNS and token.low not in ("this", "these", "those")):
        return Phrase((token,), token.start, token.end, quantity=Quantity())
    return None
