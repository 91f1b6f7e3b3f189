"""Glosses: `run: one execution of a pipeline: branch, started` says what a thing is before it lists what it has."""

from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import read_phrase
from codebegen.understanding.embedded.text import Token, Tokens

_ONE = frozenset("a an one the any every each".split())
_CROSSES = frozenset(("x", "×"))


def without_gloss(body: Tokens) -> Tokens:
    """What a thing has, the noun left out that says again what it is: `of a pipeline, branch, started`.

    `result: test case x run: outcome` says of which two it is.
    """
    crossed = next((i for i, t in enumerate(body[:5]) if t.low in _CROSSES and 0 < i < len(body) - 1), 0)
    colon = next((i for i, t in enumerate(body) if t.text == ":"), len(body))
    if crossed and all(t.tag == "N" for i, t in enumerate(body[:colon]) if i != crossed):
        return tuple(_comma(t) if i in (crossed, colon) else t for i, t in enumerate(body))
    if not body or body[0].low not in _ONE:
        return body
    found = read_phrase(body, 0)
    if found is None or found[0].of is None or (found[0].head in nouns.FIELDS_ONLY and colon == len(body)):
        return body
    begin = next((i for i, t in enumerate(body) if t.low in ("of", "in")), len(body))
    ends = found[1] == len(body) or body[found[1]].text == ":"
    if not ends or begin > found[1]:
        return body
    return tuple(_comma(t) if i == found[1] else t for i, t in enumerate(body) if i >= begin)


def _comma(token: Token) -> Token:
    return Token(",", ",", token.start, token.end, "punct", "PUNCT")
