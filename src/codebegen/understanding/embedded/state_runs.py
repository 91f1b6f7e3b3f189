"""States that stand in a row with no word for what they are: `Timesheets: open, handed in, signed by the client`."""

from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.state_lists import STATE_NOUNS
from codebegen.understanding.embedded.state_words import STATES, TARGETS, state_at
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED

_BEGINS = frozenset((";", ".", ":"))
_ENDS = frozenset((";", ".", "–", "—"))
_TAILS = frozenset("by when after once if at".split())
_FEWEST, _FEWEST_DEEDS, _NEAR = 3, 4, 6


def name_runs(tokens: Tokens) -> Tokens:
    """The tokens with every such row as the values of a status."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        inside, end = _run(tokens, at) if at == 0 or _opens(tokens, at - 1) else ((), at)
        if inside:
            place = (inside[0].start, inside[0].start)
            out.append(Token("status", "status", *place, "word", "N", "status"))
            out.append(Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside))
            at = end
            continue
        out.append(tokens[at])
        at += 1
    return tuple(out)


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a new piece begins behind a sign: behind a colon, one that is led by what there are several of."""
    if tokens[at].text != ":":
        return tokens[at].text in _BEGINS
    label = tokens[at - 1] if at else None
    many = label is not None and label.tag == "N" and label.lemma != label.low
    alone = at == 1 or (at > 1 and tokens[at - 2].text in _BEGINS)
    return many and alone and not {tokens[at - 1].low, tokens[at - 1].lemma} & {*nouns.ENUM_NOUNS, *STATE_NOUNS}


def _run(tokens: Tokens, begin: int) -> tuple[Tokens, int]:
    """The states that begin here, without what stands behind each, and where the row ends."""
    inside: list[Token] = []
    states: list[str] = []
    at = begin
    while at < len(tokens):
        plain = tokens[at].tag in ("J", "VP", "VG", "V", "P", "N") and tokens[at].kind in ("word", "state")
        found = state_at(tokens, at) if plain else None
        if found is None:
            return (), begin
        states.append(found[0])
        inside.extend(tokens[at : found[1]])
        at = found[1]
        if at < len(tokens) and tokens[at].low in _TAILS:
            at = next(
                (i for i in range(at, len(tokens)) if tokens[i].text == "," or tokens[i].text in _ENDS), len(tokens)
            )
        if at >= len(tokens) or tokens[at].text in _ENDS:
            break
        if tokens[at].low not in (",", "or", "and"):
            return (), begin
        inside.append(tokens[at])
        while at < len(tokens) and tokens[at].low in (",", "or", "and"):
            at += 1
    ordered = any(t.low in ("order", "sequence") for t in tokens[at : at + _NEAR])  # `…, returned — in this order`
    if ordered:
        return (), begin
    known = sum(state in STATES for state in states)
    sure = len(states) >= _FEWEST if known else len(states) >= _FEWEST_DEEDS and any(s in TARGETS for s in states)
    return (tuple(inside), at) if sure and len(set(states)) == len(states) else ((), begin)
