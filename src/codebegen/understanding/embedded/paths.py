"""Paths: which words of a description stand on both sides of arrows, and so are steps that something goes through."""

import re
from itertools import pairwise, product

_ARROW = re.compile(r"[ \t]*(?:<?-{1,3}>|<?=>|→|⇒|⟶|➜|➔|➝|⟹|↔|⇄)[ \t]*")
_STATE = r"(?!(?:after|within|when|if|once)\b)[a-z][\w'-]*(?: [\w'-]+){0,3}"
# `stored → claimed when a match is confirmed`, `claimed → handed over at the desk`: what a step is followed by.
_BEHIND = re.compile(
    rf"^\[?({_STATE}?)\]?[ \t]*(?=[;,.()|/]|$| (?:when|if|once|after|before|by|until|unless|because|as soon|as"
    r"|automatically|with|(?:at|on|in) (?:the|a|an|his|her|its|their))\b)"
)
_JOINED = re.compile(r"\s+(?:or|and)\s+")
_LED = re.compile(r"^(?:(?:then|or|and|either|both|also|back|finally)\s+)+")
_TAIL = re.compile(r"\s+(?:by|after|when|once|if|because)\s.*")
_LEAD = r"^|[:;,(|/]|\b(?:after|within) [\w.]+ [a-z]+|\b(?:goes|go|moves?|runs?|flows?|is|are|from|status|state)\b"
_BEFORE = re.compile(rf"(?:{_LEAD})[ \t]*\[?({_STATE})\]?[ \t]*$")


def steps_of_paths(text: str) -> frozenset[str]:
    """What stands on both sides of arrows: `draft -> in review`, `in review -> live` make three steps of one path."""
    edges = [edge for line in text.split("\n") for edge in edges_of(line)]
    steps = {there for _, there in edges} & {here for here, _ in edges}
    for _ in range(len(edges)):
        grown = steps | {side for edge in edges if steps & set(edge) for side in edge}
        if grown == steps:
            break
        steps = grown
    return frozenset(steps)


def has_path(text: str) -> bool:
    """Whether an arrow stands in some words."""
    return _ARROW.search(text) is not None


def edges_of(line: str) -> list[tuple[str, str]]:
    """What the arrows of one line lead from and to, where a few words stand on either side."""
    edges: list[tuple[str, str]] = []
    for part in re.split(r"[;.]", line.strip(" \t-*•|")) if _ARROW.search(line) else ():
        for here, there in pairwise(_ARROW.split(part)):
            # A path may begin with a capital; what an arrow leads to with one is a thing (`site -> Site`).
            before, behind = _last(here.lower()), _BEHIND.search(there)
            if before and behind:
                edges.extend(product(_alternatives(before), _alternatives(behind[1])))
    return edges


def _alternatives(side: str) -> list[str]:
    """`won or sent`, `then sent`, `either open and paid`: the states that stand on one side of an arrow."""
    return [state for piece in _JOINED.split(side) if (state := _TAIL.sub("", _LED.sub("", piece)))]


def _last(here: str) -> str:
    """The state before an arrow: the fewest words that something leads to."""
    found = [match[1] for at in range(len(here)) if (match := _BEFORE.match(here, at)) is not None]
    return min(found, key=len, default="")
