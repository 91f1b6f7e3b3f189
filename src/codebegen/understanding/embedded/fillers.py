"""Fillers: what people say while they think, out of a stretch of speech; some of it ends a statement.

`a name a breed and you know whether it bites` becomes `a name a breed and whether it bites`.
"""

from dataclasses import replace

from codebegen.understanding.embedded.text import Token, Tokens

_HESITATION = frozenset("um uh uhm er erm ehm hmm hm mm yeah yep oh ah lol haha".split())
_SAID = (
    "you know",
    "i mean",
    "i think",
    "i guess",
    "i suppose",
    "let's see",
    "or whatever",
    "as i said",
    "like i said",
)
_ENDS = (
    "that is it i think",
    "that is all i think",
    "i think that is it",
    "i think that is all",
    "that is all over",
    "that is about it",
    "that is it",
    "that is all",
    "new paragraph",
    "new line",
    "full stop",
    "next thing is",
    "next thing",
)
_MOST = max(len(said.split()) for said in _ENDS)
_SUCH = frozenset("like say know".split())
_ON = ("and so on", "or whatever", "and stuff", "and whatnot", "and all that")
_EXAMPLES = 8
CUT, PAUSE = "CUT", "PAUSE"
"""The tags of signs that stand where a statement ends, and where it may."""


def without_fillers(tokens: Tokens) -> Tokens:
    """The stretch as it would be written, with a sign wherever a statement is over or may be."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        length, tag = _filler(tokens, at)
        sign = replace(tokens[at], text="", low="", end=tokens[at].start, kind="punct", tag=tag)
        out.append(sign if length else tokens[at])
        at += length or 1
    return tuple(out)


def without_pauses(tokens: Tokens) -> Tokens:
    """Without the signs that fillers left."""
    return tuple(t for t in tokens if t.tag not in (CUT, PAUSE))


def _filler(tokens: Tokens, at: int) -> tuple[int, str]:
    """How many words from here on say nothing, and the sign that they leave."""
    lows = [t.low for t in tokens[at : at + _MOST]]
    if examples := _examples([t.low for t in tokens[at : at + _EXAMPLES + _MOST]]):
        return examples, PAUSE
    for length in range(len(lows), 1, -1):
        said = " ".join(lows[:length])
        if said in _ENDS:
            return length, CUT
        if said in _SAID:
            return length, PAUSE
    return (1, PAUSE) if lows[0] in _HESITATION else (0, "")


def _examples(lows: list[str]) -> int:
    """How many words tell what something is like: `(crops) you know wheat barley and so on`."""
    if lows[0] not in _SUCH and lows[:2] != ["you", "know"]:
        return 0
    for begin in range(1, len(lows) - 1):
        said = next((said for said in _ON if lows[begin : begin + len(said.split())] == said.split()), "")
        if said:
            return begin + len(said.split())
    return 0
