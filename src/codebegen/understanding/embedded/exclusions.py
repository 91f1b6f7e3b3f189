"""Who is left out: `by editors but not by interns`, `everybody except guests`, `doctors, never interns, may …`.

These people are taken out of a sentence before its clauses are read, so that nothing is ever granted to them.
"""

from collections.abc import Iterator, Sequence

from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens

_NOT = (("but", "not"), ("and", "not"), ("yet", "not"), ("but", "never"), ("and", "never"), ("not",), ("never",))
_EXCEPT = (
    *(("except",), ("excepting",), ("excluding",), ("apart", "from"), ("aside", "from"), ("other", "than")),
    *(("with", "the", "exception", "of"), ("save", "for"), ("bar",), ("barring",), ("but",)),
)
_INSTEAD = (("rather", "than"), ("instead", "of"))
_AGENT = frozenset("by to for from with of through".split())
_JOINS = frozenset((",", "and", "or", "nor", "&", "/"))
_DENIED = frozenset("not never no nobody none nothing neither without cannot".split())
_VERBAL = frozenset(("V", "M", "B", "DO"))
_ALL = frozenset("all every each any".split())


def cut_excluded(tokens: Sequence[Token]) -> tuple[Tokens, tuple[Phrase, ...]]:
    """The sentence without those who are left out, and who they are."""
    kept: list[Token] = []
    out: list[Phrase] = []
    at = 0
    while at < len(tokens):
        found = _in_bracket(tokens[at]) or _excluded(tokens, at)
        if found is None:
            kept.append(tokens[at])
            at += 1
            continue
        people, length = found
        out.extend(people)
        at += length
        if not kept and at < len(tokens) and tokens[at].text == ",":
            at += 1
        elif kept and kept[-1].text == ",":
            closing = at < len(tokens) and tokens[at].text == ","
            kept.pop()
            at += closing
    return tuple(kept), tuple(out)


def _in_bracket(token: Token) -> tuple[list[Phrase], int] | None:
    """`everyone (not guests)`."""
    if token.kind != "group" or not token.inside:
        return None
    found = _excluded(token.inside, 0)
    return (found[0], 1) if found is not None and found[1] == len(token.inside) else None


def _excluded(tokens: Sequence[Token], at: int) -> tuple[list[Phrase], int] | None:
    """The people behind a sign at `at`, and how many words that takes."""
    length = _sign(tokens, at)
    people = list(_people(tokens, at + length)) if length else []
    return ([p for p, _ in people], people[-1][1] - at) if people else None


def _sign(tokens: Sequence[Token], at: int) -> int:
    """The words that leave somebody out; behind a denial, `except` tells who may instead."""
    before = tokens[at - 1] if at else None
    if before is not None and before.tag in ("B", "M", "DO"):
        return 0
    length = _opening(tokens, at, (*_NOT, *_INSTEAD))
    heard = tokens[:at] if before is not None else tokens  # `except for interns, nobody may …` lets them in
    if length or any(t.low in _DENIED or t.low.endswith("n't") for t in heard):
        return length
    if before is None:
        return _opening(tokens, at, _EXCEPT) if tokens[at].low != "but" else 0
    anybody = before.low in words.ANYONE or any(t.low in _ALL for t in tokens[max(0, at - 4) : at])
    other = tuple(t.low for t in tokens[at : at + 2]) == ("other", "than")
    one = other and before.tag == "N" and before.low == before.lemma  # `a manager other than the requester`
    return _opening(tokens, at, _EXCEPT) if (anybody or tokens[at].low != "but") and (anybody or not one) else 0


def _opening(tokens: Sequence[Token], at: int, signs: Sequence[tuple[str, ...]]) -> int:
    lows = tuple(t.low for t in tokens[at : at + 4])
    return next((len(sign) for sign in signs if lows[: len(sign)] == sign), 0)


def _people(tokens: Sequence[Token], at: int) -> Iterator[tuple[Phrase, int]]:
    """Each person of an enumeration, and where they end."""
    begin, found = at, False
    while at < len(tokens):
        while at < len(tokens) and tokens[at].low in _AGENT:
            at += 1
        read = read_phrase(tokens, at)
        if read is None or not _is_somebody(read[0]) or (found and _opens_clause(tokens, begin, read[1])):
            return
        found = True
        yield read
        at = read[1]
        joined = 0
        while at < len(tokens) and tokens[at].low in _JOINS:
            at, joined = at + 1, joined + 1
        if not joined:
            return


def _opens_clause(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """`…, not by interns, and editors may delete them`: whoever acts in a next clause is not left out of this one."""
    acts = end < len(tokens) and tokens[end].tag in _VERBAL
    return acts and any(t.tag in _VERBAL or t.tag == "VP" for t in tokens[:begin])


def _is_somebody(who: Phrase) -> bool:
    known = who.is_person or who.head in nouns.RELATIONAL_PERSONS or who.words[-1].low in words.ANYONE
    return known or who.head in ("staff", "hr", "team", "people")
