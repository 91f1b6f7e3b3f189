"""Verb groups: `can only be seen`, `should be able to enroll`, `has started`: lemma, voice, modality, negation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.text import Token


@dataclass(frozen=True)
class VerbGroup:
    """Verbs that share what follows, and how they are used; `start`, `end` count tokens."""

    start: int
    end: int
    lemmas: tuple[str, ...]
    modal: str = ""
    passive: bool = False
    negated: bool = False
    only: bool = False
    finite: bool = True


DATA_VERBS = verbs.HAS | (verbs.STORE - {"want", "know"}) | {"with", "save", "need", "say", "describe", "characterize"}


SKIPPED = ("A", "X")


def find_verbs(tokens: Sequence[Token]) -> list[VerbGroup]:
    """Every verb group, from left to right."""
    out: list[VerbGroup] = []
    at = 0
    while at < len(tokens):
        found = _verb_group(tokens, at, bool(out) and out[-1].passive and out[-1].finite)
        if found is None:
            at += 1
        else:
            out.append(found)
            at = found.end
    return out


def _verb_group(tokens: Sequence[Token], at: int, after_passive: bool) -> VerbGroup | None:
    token = tokens[at]
    if token.tag in ("M", "DO"):
        found = _modal_group(tokens, at)
        if (
            found is None
            and token.low in ("do", "does", "did")
            and at + 1 < len(tokens)
            and tokens[at + 1].tag in ("N", "D", "Q")
        ):
            return VerbGroup(at, at + 1, ("do",))
        return found
    if token.tag == "B":
        return _be_group(tokens, at, at, "")
    if token.tag == "TO":
        return _plain(tokens, at, at + 1, "to")
    if token.tag == "V":
        return _verb_with_chain(tokens, at)
    if token.tag == "VP" and after_passive and _goes_on(tokens, at):
        return VerbGroup(at, at + 1, (token.lemma,), passive=True)
    if token.tag in ("VP", "VG") and at > 0 and _is_reduced(tokens, at):
        lemmas, end = _coordinated(tokens, at, token.tag)
        return VerbGroup(at, end, lemmas, passive=token.tag == "VP", finite=False)
    return None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """`is assigned to a member and reported by a user`: the second participle has the same subject."""
    return (
        tokens[at - 1].low in ("and", "or", "but")
        and at + 2 < len(tokens)
        and tokens[at + 1].tag == "P"
        and tokens[at + 1].low not in ("with", "of", "for")
    )


def _is_reduced(tokens: Sequence[Token], at: int) -> bool:
    """`tickets sold by agents`, `playlists containing tracks`: a participle behind a noun or a comma."""
    before = tokens[at - 1]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if before.tag not in ("N", "GROUP") or following is None:
        return False
    if tokens[at].tag == "VG":
        return following.tag in ("D", "N", "Q", "#")
    return following.tag == "P"


def _flags(tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether a negation, whether an `only` is among the tokens of a verb group."""
    lows = {token.low for token in tokens}
    return bool(lows & words.NEGATIONS), "only" in lows


def _skip(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].tag in SKIPPED and tokens[at].low not in ("first", "later"):
        at += 1
    return at


def _modal_group(tokens: Sequence[Token], at: int) -> VerbGroup | None:
    """`can only be seen`, `do not have to`, `should be able to enroll`, `can to enroll`."""
    modal = words.MODALS.get(tokens[at].low, "") if tokens[at].tag == "M" else ""
    verb = _skip(tokens, at + 1)
    if verb < len(tokens) and tokens[verb].tag == "TO":
        verb += 1
    if verb >= len(tokens):
        return None
    if tokens[verb].tag == "DO" and tokens[verb].low == "do":
        return VerbGroup(at, verb + 1, ("do",), modal, False, *_flags(tokens[at:verb]))
    if tokens[verb].tag == "B":
        found = _be_group(tokens, at, verb, modal)
    elif tokens[verb].tag in ("V", "VP", "VG") or tokens[verb].low in ("have", "need"):
        found = _plain(tokens, at, verb, modal)
    else:
        return None
    return found


def _be_group(tokens: Sequence[Token], start: int, be: int, modal: str) -> VerbGroup:
    """`is assigned`, `be able to`, `is allowed to`, `are`, `has been`."""
    at = _skip(tokens, be + 1)
    negated, only = _flags(tokens[start : min(at, len(tokens))])
    if (
        at < len(tokens)
        and tokens[at].low in ("able", "allowed", "permitted", "supposed")
        and at + 1 < len(tokens)
        and tokens[at + 1].tag in ("TO", "P")
    ):
        inner = _plain(tokens, start, min(at + 2, len(tokens) - 1), "can")
        return replace(inner, negated=negated or inner.negated, only=only or inner.only)
    if at < len(tokens) and tokens[at].tag == "B":
        at = _skip(tokens, at + 1)
    if at < len(tokens) and tokens[at].tag in ("VP", "VG") and not _before_noun(tokens, at):
        lemmas, end = _coordinated(tokens, at, tokens[at].tag)
        return VerbGroup(start, end, lemmas, modal, tokens[at].tag == "VP", negated, only)
    return VerbGroup(start, min(at, len(tokens)), ("be",), modal, False, negated, only)


def _before_noun(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].tag == "N"
        and tokens[at].tag == "VP"
        and (at == 0 or tokens[at - 1].tag != "B")
    )


def _verb_with_chain(tokens: Sequence[Token], at: int) -> VerbGroup:
    """A finite verb, with what it leads to: `want to rate`, `have to pay`, `has started`, `need to store`."""
    token, following = tokens[at], _skip(tokens, at + 1)
    after = tokens[following] if following < len(tokens) else None
    if (
        after is not None
        and after.tag == "TO"
        and token.lemma in ("want", "need", "have", "like", "wish", "try", "be", "plan", "use", "get")
    ):
        return _plain(tokens, at, following + 1, "can" if token.lemma in ("want", "like", "wish") else "must")
    if token.lemma == "get" and after is not None and after.tag == "VP" and not _before_noun(tokens, following):
        return VerbGroup(at, following + 1, (after.lemma,), "", True, *_flags(tokens[at:following]))
    if (
        token.lemma == "have"
        and after is not None
        and after.tag == "VP"
        and not (following + 1 < len(tokens) and tokens[following + 1].tag == "N")
    ):
        return VerbGroup(at, following + 1, (after.lemma,), "perfect", False, *_flags(tokens[at:following]))
    return _plain(tokens, at, at, "")


def _plain(tokens: Sequence[Token], start: int, verb: int, modal: str) -> VerbGroup:
    if verb >= len(tokens):
        return VerbGroup(start, len(tokens), ("be",), modal)
    if tokens[verb].tag == "B":
        return _be_group(tokens, start, verb, modal)
    lemma = tokens[verb].lemma or tokens[verb].low
    lead = _flags(tokens[start:verb])
    before = tokens[start - 1].low if start else ""
    only = lead[1] or before == "only"
    if (
        lemma == "have"
        and verb + 1 < len(tokens)
        and tokens[verb + 1].tag == "TO"
        and verb + 2 < len(tokens)
        and tokens[verb + 2].tag == "V"
    ):
        return _plain(tokens, start, verb + 2, "free" if lead[0] else "must")
    lemmas, end = _coordinated(tokens, verb, tokens[verb].tag, lemma)
    negated = lead[0] or before == "never" or (end < len(tokens) and tokens[end].low in ("no", "not"))
    return VerbGroup(start, end, lemmas, modal, False, negated, only, modal != "to")


def _coordinated(tokens: Sequence[Token], at: int, tag_name: str, lemma: str = "") -> tuple[tuple[str, ...], int]:
    """Verbs that share what follows: `edit, delete or archive posts`, `can be liked and shared by`."""
    lemmas, end = [lemma or tokens[at].lemma], at + 1
    end = _particle(tokens, end)
    while True:
        nxt = end
        while nxt < len(tokens) and (
            tokens[nxt].text in (",", "/") or tokens[nxt].tag == "C" or tokens[nxt].tag == "A"
        ):
            nxt += 1
        same = nxt < len(tokens) and nxt > end and tokens[nxt].tag == tag_name
        if not same or (nxt + 1 < len(tokens) and tokens[nxt + 1].tag == "N" and tag_name == "VP"):
            return tuple(lemmas), end
        lemmas.append(tokens[nxt].lemma)
        end = _particle(tokens, nxt + 1)


def _particle(tokens: Sequence[Token], at: int) -> int:
    """`sign up`, `log in`: the particle belongs to the verb where no object of its own follows."""
    if (
        at < len(tokens)
        and tokens[at].low in ("up", "out", "back", "off")
        and tokens[at - 1].tag in ("V", "VP")
        and not (at + 1 < len(tokens) and tokens[at + 1].low == "to" and tokens[at].low == "up")
    ):
        return at + 1
    return at
