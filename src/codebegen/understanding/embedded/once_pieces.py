"""The clauses of a sentence one by one, and their words as nouns and verbs: what `once_clauses.py` reads."""

from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded.text import Token, Tokens

SIGNS = frozenset((",", ";", ":", "—", "–", "-", "|", "·", "..."))
VERBAL = frozenset(("V", "M", "B", "DO"))


def pieces(tokens: Tokens) -> list[Tokens]:
    """Between signs, and at a conjunction with verbs on both sides; a place before a comma goes with its clause."""
    rough: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        joins = (
            token.low in ("and", "but", "so") and token.tag == "C" and (_both_verbal(tokens, i) or token.low == "but")
        )
        if token.text in SIGNS or joins:
            rough.append([])
        else:
            rough[-1].append(token)
    out: list[Tokens] = []
    for piece in filter(None, rough):
        leads = out and out[-1][0].tag == "P" and not any(t.tag in VERBAL for t in out[-1])
        if leads and any(t.tag in VERBAL for t in piece):
            comma = replace(out[-1][-1], text=",", low=",", kind="punct", tag="PUNCT", lemma=",")
            out[-1] = (*out[-1], comma, *piece)
        else:
            out.append(tuple(piece))
    return out


def _both_verbal(tokens: Tokens, at: int) -> bool:
    begin = next((i for i in range(at - 1, -1, -1) if tokens[i].text in SIGNS), 0)
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].text in SIGNS), len(tokens))
    return any(t.tag in VERBAL for t in tokens[begin:at]) and any(t.tag in VERBAL for t in tokens[at:end])


def relative(piece: Tokens) -> Tokens:
    """`A booking has a reference that occurs only once and a deposit`: of the noun before the clause, and no more."""
    at = next((i for i, t in enumerate(piece) if i and t.tag == "W" and t.low in ("that", "which")), 0)
    if not at or piece[at - 1].tag not in ("N", "GROUP"):
        return piece
    begin = at - 1
    while begin > 0 and piece[begin - 1].tag in ("N", "J", "D", "#"):
        begin -= 1
    end = next((i for i in range(at, len(piece)) if piece[i].tag == "C" and piece[i].low == "and"), len(piece))
    return piece[begin:end]


def with_nouns(piece: Tokens) -> Tokens:
    """`The registration mark is`, `per meter`: nouns, whatever else such words are."""
    out = list(piece)
    for i, token in enumerate(piece):
        ahead = piece[i + 1] if i + 1 < len(piece) else None
        between = i > 0 and piece[i - 1].tag in ("N", "J", "D") and ahead is not None and ahead.tag in ("B", "M")
        if token.tag == "V" and (between or (i > 0 and piece[i - 1].low in _BEFORE_NOUNS)):
            out[i] = token.tagged("N", naming.singular(token.low))
        elif token.low == "no" and i > 0 and piece[i - 1].tag == "N" and ahead is not None and ahead.low in _BEHIND_NO:
            out[i] = replace(token.tagged("N", "number"), text="number", low="number")
        elif token.low in _OCCURS:
            out[i] = token.tagged("V", _OCCURS[token.low])
    return tuple(out)


_BEHIND_NO = frozenset("only once is must may can has unique".split())  # `game no only once per challenge`
_OCCURS = {"appears": "appear", "occurs": "occur", "exists": "exist"}
_BEFORE_NOUNS = frozenset("per a an each every".split())
