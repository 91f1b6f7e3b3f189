"""Clauses that say what may be there only once, however they are put; `once_rules.py` finds what they speak of.

`No position is taken twice in an episode`, `one note per stay and day`, `the same item can't be on one hire twice`,
`invoice numbers are never reused`, `row and number together identify a seat`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.once_pieces import VERBAL, pieces, relative, with_nouns
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Once:
    """What a clause names, in order, and what was named `before` it in the sentence.

    `counted`: of which there is one (`one note per stay`); `kind`: `field` where only data can be meant, `deed` where
    something is done once, `all` where a list is meant; `people`: that whoever acts belongs to it;
    `within`: what it is told for; `there`: that it is told of what was spoken of, `in it`.
    """

    phrases: tuple[Phrase, ...]
    before: tuple[Phrase, ...]
    start: int
    end: int
    counted: Phrase | None = None
    kind: str = ""
    verbs: tuple[str, ...] = ()
    people: bool = False
    within: frozenset[str] = frozenset()
    there: bool = False


_NOBODY = frozenset("nobody none no-one".split())
_DENIED = words.NEGATIONS | _NOBODY
_PLACES = frozenset("per in within inside for on of from to at across".split())
_COUNTING = frozenset("for in on of from to within at with against".split())
_PEOPLE = frozenset("nobody no-one everyone everybody anyone anybody you i we they he she somebody".split())


def once_clauses(tokens: Tokens, before: Tokens = ()) -> Iterator[Once]:
    """Every such clause of a sentence; brackets are clauses of their own, behind what stands before them."""
    told: Once | None = None
    for piece in pieces(tokens):
        plain = tuple(t for t in piece if t.kind != "group")
        if len(piece) > 1 and piece[0].kind == "group" and plain[-1:] and plain[-1].low == "unique":
            yield replace(_made((*piece[0].inside, *plain[:-1]), "field"), before=tuple(_phrases(before)))
        elif plain:
            found = list(_clause(plain, (*before, *(t for t in tokens if t.start < plain[0].start))))
            found = found or ([_made(plain, "field")] if told is not None and _goes_on_within(plain) else [])
            told = next((one for one in found if one.kind == "field" and one.within and "per" not in one.verbs), None)
            yield from found
        for token in piece:
            if token.kind == "group" and len(token.inside) > 1:
                yield from once_clauses(token.inside, (*before, *(t for t in tokens if t.start < token.start)))


def _clause(piece: Tokens, before: Sequence[Token]) -> Iterator[Once]:
    piece = relative(with_nouns(piece))
    lows = [t.low for t in piece]
    text = f" {' '.join(lows)} "
    if any(words_of in text for words_of in _ELSEWHERE) or "?" in lows:
        return
    found = (
        _nobody_else(piece, lows, text)
        or _numbered(piece, lows, before)
        or _repeated(piece, lows, text)
        or _counted(piece, lows)
        or _told_unique(piece, lows)
    )
    found = found or _done_once(piece, lows)
    if (
        found is None and lows == ["unique"] and any(t.tag in VERBAL for t in before)
    ):  # `log in with their email, unique`
        found = _made(piece, "field")
    if found is None:
        return
    told = tuple(_phrases(before))
    if found.kind == "all":  # `Booking: member + shift, no duplicates`, `a number (no doubles)`
        several = any(t.text == "+" for t in before)
        found = replace(found, phrases=told if several else told[-1:], kind="all" if several else "field")
    elif told and (_goes_on(piece, found) or not (found.phrases or found.kind)):
        found = replace(found, phrases=(told[-1], *found.phrases))
    done = tuple(t.lemma for t in before if t.tag in ("V", "VP", "VG")) if not found.verbs else found.verbs
    yield replace(found, before=told, people=bool(_PEOPLE & set(lows)) or found.people, verbs=done)


def _goes_on_within(piece: Tokens) -> bool:
    """`Berth numbers are unique within a coach, coach numbers within a departure`."""
    at = next((i for i, t in enumerate(piece) if t.low in _WITHIN), 0)
    return at > 0 and not any(t.tag in VERBAL for t in piece) and piece[at - 1].lemma in _CODES


def _goes_on(piece: Tokens, found: Once) -> bool:
    """`A table number, which can't be given to two trees`, `e-mail (no two owners with the same one)`."""
    if piece[0].low in ("which", "that", "who") and len(piece) > 1:
        return True
    counted = found.counted.key if found.counted is not None else ""
    leads = piece[0].low in _DENIED and any(t.tag in ("V", "VP") for t in piece[1:2])  # `(not repeated for a cart)`
    return found.kind == "field" and (leads or all(phrase.key == counted for phrase in found.phrases))


# Two at once is a matter of time, and no matter of rows.
_ELSEWHERE = (
    " at a time ",
    " at once ",
    " same time ",
    " at any time ",
    " at the moment ",
    " overlap",
    " same days ",
    " same nights ",
    " same hours ",
    " simultaneously ",
    " in parallel ",
    " of course not ",
)


def _made(piece: Tokens, kind: str = "", counted: Phrase | None = None, *, people: bool = False) -> Once:
    lemmas = tuple(t.lemma for t in piece if t.tag in ("V", "VP", "VG"))
    named = tuple(_phrases(piece))
    scopes = _WITHIN | {"on", "for"} if kind == "field" else _WITHIN
    starts = {t.start for i, t in enumerate(piece) if any(b.low in scopes for b in piece[max(0, i - 2) : i])}
    within = frozenset(
        p.key for p in named if p.start in starts or p.words[0].start in starts or p.key in UNITS_OF_TIME
    )
    lows = [t.low for t in piece]
    there = lows[-1] == "there" or (lows[-2:-1] in (["in"], ["within"]) and lows[-1] in ("it", "them"))
    return Once(named, (), piece[0].start, piece[-1].end, counted, kind, lemmas, people, within, there)


_WITHIN = frozenset("per within inside in".split())


_ELSE = (
    " nobody else",
    " no one else",
    " anybody else",
    " anyone else",
    " no other ",
    " any other ",
    " one of a kind ",
)


def _nobody_else(piece: Tokens, lows: list[str], text: str) -> Once | None:
    """`an email used by nobody else`, `a number no other toy has`, `used by one member only`: of the noun before."""
    alone = next((sign for sign in _ELSE if sign in text), "")
    if alone.startswith(" any") and not _DENIED & set(lows):
        return None
    by_one = next((i for i, low in enumerate(lows) if low in ("by", "to") and _only_one(lows, i + 1)), -1)
    if not alone and by_one < 0:
        return None
    at = by_one if not alone else lows.index(alone.split()[0])
    named = list(_phrases(piece[:at]))
    skipped = 3 if lows[at + 1 : at + 2] == ["only"] else 2
    others = read_phrase(piece, at + skipped) if alone.endswith("other ") or by_one >= 0 else None
    counted = replace(others[0], of=None) if others is not None and others[0].words[-1].tag == "N" else None
    phrases = (*named[-1:], *(_phrases(piece[at + 1 :]) if counted is not None else []))
    return Once(phrases, (), piece[0].start, piece[-1].end, counted, "field", within=frozenset())


def _only_one(lows: list[str], at: int) -> bool:
    """`by one member only`, `to only one car`."""
    return lows[at : at + 2] == ["only", "one"] or (lows[at : at + 1] == ["one"] and lows[-1] == "only")


def _numbered(piece: Tokens, lows: list[str], before: Sequence[Token]) -> Once | None:
    """`pitches, numbered on each market`: a number that is told apart in it."""
    at = lows.index("numbered") if "numbered" in lows else -1
    rows = list(_phrases(before if at == 0 else piece[:at]))[-1:] if at >= 0 else []
    behind = lows[at + 1 : at + 3]
    if not rows or len(behind) < _TWO or behind[0] not in _COUNTING or behind[1] not in ("each", "every", "a", "the"):
        return None
    number = piece[at].tagged("N", "number")
    number = replace(number, text="number", low="number")
    places = list(_phrases(piece[at + 1 :]))[:1]
    named = (rows[0], Phrase((number,), number.start, number.end), *places)
    return Once(named, (), piece[0].start, piece[-1].end, rows[0], "field")


_TWO = 2
_AGAIN = frozenset("reuse reassign recycle duplicate repeat".split())
_SHARING = frozenset("share same alike identical equal".split())


def _repeated(piece: Tokens, lows: list[str], text: str) -> Once | None:
    """`never twice`, `no system twice`, `not … by two customers`, `never reused`."""
    denied = bool(_DENIED & set(lows))
    if text in (" no duplicates ", " no doubles "):
        return _made(piece, "all")
    twice = "twice" in lows or " two times " in text or " more than once " in text or " second time " in text
    same_again = (
        "again" in lows and ("same" in lows or "never" in lows) and bool({"use", "give", "assign"} & _lemmas(piece))
    )
    if denied and (twice or same_again):
        return _made(piece)
    if denied and (_AGAIN & _lemmas(piece) or " shared by " in text or " re-used " in text):
        return _made(piece, "field")
    if {"duplicate", "duplicates"} & set(lows[:2]) and (denied or lows[0] == "no"):
        return _made(piece, "field")
    if " no two " in text and _SHARING & set(lows) and not any(t.tag == "N" and t.low not in _SHARING for t in piece):
        return _made(piece, "field")
    several = _several(piece, lows) if denied else None
    if several is not None:
        shared = bool(_SHARING & (set(lows) | _lemmas(piece))) or piece[0].low in ("which", "that")
        return _made(piece, "field" if shared else "", several) if shared or len(several.words) else None
    return None


def _several(piece: Tokens, lows: list[str]) -> Phrase | None:
    """`no two rooms`, `not more than one entry`, `by two customers`: of which there may not be two."""
    for i, low in enumerate(lows):
        more = lows[i : i + 3] == ["more", "than", "one"]
        if (
            (low == "two" and lows[max(0, i - 1)] not in ("than", "most", "least"))
            or more
            or lows[i : i + 2] == ["a", "second"]
        ):
            found = read_phrase(piece, i + (3 if more else 2 if low == "a" else 1))
            if found is not None and found[0].words[-1].tag == "N":
                return replace(found[0], of=None)
    return None


_FOR_EACH = [[place, each] for place in ("for", "of", "in", "to") for each in ("each", "every")]
_ONLY = frozenset("only just exactly most single".split())


def _counted(piece: Tokens, lows: list[str]) -> Once | None:
    """`one reading a day`, `only one part in a play`, `at most one per gig`, `one vote for each`."""
    for i, low in enumerate(lows):
        if low not in ("one", "1", "single") and lows[i : i + 2] != ["an", "entry"]:
            continue
        only = bool(_ONLY & set(lows[max(0, i - 2) : i])) or low == "single"
        found = read_phrase(piece, i + 1)
        counted = replace(found[0], of=None) if found is not None and found[0].words[-1].tag == "N" else None
        end = found[1] if found is not None and counted is not None else i + 1
        if found is not None and found[0].of is not None:
            end = next((k for k in range(i, end) if piece[k].low == "of"), end)
        behind = lows[end : end + 2]
        scoped = bool(behind) and (
            behind[0] == "per" or (behind[0] in ("a", "an") and lows[end + 1 : end + 2] and _is_unit(behind[1]))
        )
        each = len(behind) > 1 and behind[0] in _COUNTING and behind[1] in ("each", "every")
        led = only and not behind and (lows[0] == "per" or lows[:2] in _FOR_EACH)
        each = each or (i == 0 and behind[:1] == ["for"] and not any(t.tag in VERBAL for t in piece))
        if scoped or each or led or (only and behind and behind[0] in _COUNTING):
            tail = next((k for k in range(end + 2, len(lows)) if lows[k] in ("with", "that", "which")), len(lows))
            return _made(piece[:tail], "" if counted is not None else "deed", counted)
    return None


def _is_unit(low: str) -> bool:
    return low in UNITS_OF_TIME


UNITS_OF_TIME = frozenset("day date week month year night season".split())
_BEING = frozenset("be must should have to shall need has will can always of course".split())


def _told_unique(piece: Tokens, lows: list[str]) -> Once | None:
    """`number + date is unique`, `the name must be unique on the server`, `row and number identify a seat`."""
    reason = next((i for i, t in enumerate(piece) if i and t.low in ("because", "since", "as")), len(piece))
    piece, lows = piece[:reason], lows[:reason]
    lemmas = [t.lemma for t in piece if t.tag in VERBAL | {"VP", "VG"}]
    if "unique" in lows and all(lemma in _BEING for lemma in lemmas) and not _DENIED & set(lows):
        at = lows.index("unique")
        if at and piece[at - 1].tag not in ("D", "J") and not (at + 1 < len(piece) and piece[at + 1].tag == "N"):
            ahead = next((i for i in range(at, len(piece)) if piece[i].tag == "C"), len(piece))
            ahead = len(piece) if any(low in _COUNTING | {"per"} for low in lows[at:ahead]) else ahead
            return _made(tuple(t for t in piece[:ahead] if t.low != "unique"), "field")
    own = next((i for i in range(1, len(lows)) if lows[i] == "own" and lows[i - 1] in words.POSSESSIVES), 0)
    if own and any(low in words.EACH for low in lows[:own]) and _is_code(piece, own + 1):
        return _made(piece, "field")
    if "identify" in lemmas and not (_DENIED | {"was", "were"}) & set(lows):
        return _made(piece, "field")
    return None


def _is_code(tokens: Tokens, at: int) -> bool:
    """`Every locker has its own number`: what tells one from the other."""
    found = read_phrase(tokens, at)
    return found is not None and found[0].head in _CODES and found[1] >= len(tokens)


_CODES = frozenset("number code id key slug tag barcode serial".split())


def _done_once(piece: Tokens, lows: list[str]) -> Once | None:
    """`A judge marks a tree once`, `only once per tasting`; `once a job is done` tells when."""
    at = next((i for i, low in enumerate(lows) if low == "once" or lows[i : i + 2] == ["one", "time"]), -1)
    if at < 0 or lows[max(0, at - 2) : at] == ["more", "than"]:
        return None
    behind = lows[at + (1 if lows[at] == "once" else 2) :]
    only = bool(_ONLY & set(lows[max(0, at - 2) : at]))
    per = bool(behind) and behind[0] in _PLACES
    if (
        len(behind) > 1
        and behind[0] in ("a", "per", "an")
        and behind[1] in UNITS_OF_TIME | {"hour", "minute"}
        and not only
    ):
        return None
    ends = not behind or all(low in ("of", "course", "ever") for low in behind)
    if not (ends or per or only):
        return None
    told = [t.lemma for t in piece if t.tag in ("V", "VP", "B")]
    if told and set(told) <= _OCCURRING:
        return _made(piece)
    return _made(piece, "deed", people=True)


_OCCURRING = frozenset("exist occur appear be come happen repeat".split())


def _lemmas(piece: Tokens) -> set[str]:
    return {t.lemma for t in piece} | {t.low.removesuffix("d") for t in piece if t.tag in ("VP", "J")}


_NO_NOUNS = frozenset(
    "once twice again same time times one two only just most ever second more combination pair duplicate alike "
    "duplicates there 's".split()
)


_BREAKS = frozenset("just once twice".split())


def _phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Every noun phrase, each alone: `two trees of the same exhibition` names trees and an exhibition."""
    cut = next((i for i, t in enumerate(tokens) if t.low in _BREAKS), len(tokens))
    yield from _of_stretch(tokens[:cut])
    if cut < len(tokens):
        yield from _phrases(tokens[cut + 1 :])


def _of_stretch(tokens: Sequence[Token]) -> Iterator[Phrase]:
    plain = tuple(
        t
        for i, t in enumerate(tokens)
        if t.kind != "group" and t.low not in _NO_NOUNS and not (t.low == "course" and i and tokens[i - 1].low == "of")
    )
    at = 0
    while at < len(plain):
        found = read_phrase(plain, at) if plain[at].tag in ("D", "N", "J", "Q", "#", "VG", "VP") else None
        if found is None:
            at += 1
            continue
        phrase: Phrase | None = found[0]
        while phrase is not None:
            owned = [t for t in phrase.possessor if t.tag == "N"]
            if owned:
                yield Phrase(tuple(owned), owned[0].start, owned[-1].end)
            if phrase.words[-1].tag in ("N", "J", "VP"):
                yield replace(phrase, of=None, possessor=())
            phrase = phrase.of
        at = max(found[1], at + 1)
