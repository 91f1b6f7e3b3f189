"""Owned lists: `customers (name, phone), bikes they own (brand, model)` becomes what each is, and who owns what."""

from codebegen.understanding.embedded.text import Token, Tokens

_OWNERS = frozenset("they he she".split())


def told_apart(tokens: Tokens) -> list[Tokens]:
    """Each thing with its bracket, and a clause for every `they own`; any other stretch as it is."""
    pieces = _pieces(tokens)
    if len(pieces) < 2 or not all(_is_thing(piece) or _owned(piece) for piece in pieces):
        return [tokens]
    if not any(_owned(piece) for piece in pieces) or _owned(pieces[0]):
        return [tokens]
    out: list[Tokens] = []
    owner: Tokens = ()
    for piece in pieces:
        at = _owned(piece)
        if at:
            out.append((*owner, piece[at + 1], *piece[:at]))
            out.append((*piece[:at], piece[-1]))
        else:
            owner = piece[:-1]
            out.append(piece)
    return out


def _pieces(tokens: Tokens) -> list[Tokens]:
    """What ends in a bracket, each."""
    out: list[Tokens] = []
    current: list[Token] = []
    for token in tokens:
        if not current and (token.text == "," or token.tag == "C"):
            continue
        current.append(token)
        if token.kind == "group":
            out.append(tuple(current))
            current = []
    return [*out, tuple(current)] if current else out


def _is_thing(piece: Tokens) -> bool:
    """`customers (name, phone)`."""
    return len(piece) > 1 and piece[-1].kind == "group" and all(t.tag in ("N", "J", "D") for t in piece[:-1])


def _owned(piece: Tokens) -> int:
    """Where the owner stands in `bikes they own (brand, model)`; zero in anything else."""
    at = len(piece) - 3
    fits = at > 0 and piece[-1].kind == "group" and piece[at].low in _OWNERS and piece[at + 1].tag == "V"
    return at if fits and all(t.tag in ("N", "J", "D") for t in piece[:at]) else 0
