"""Lists of states without brackets: `status open, paid or void`, `States of a loan: open, returned`."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.state_words import THEN, state_at
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import value

STATE_NOUNS = {
    "status": "status",
    "statuses": "status",
    "state": "state",
    "states": "state",
    "stage": "stage",
    "stages": "stage",
    "phase": "phase",
    "phases": "phase",
}
STATE_FIELDS = frozenset(STATE_NOUNS.values())
_BETWEEN = frozenset("is are can be may must one of either the following these possible".split())
_ENDS = frozenset((":", "-", "–", "—", "=", ";", ","))
_JOINS = frozenset((",", "or", "and", "also", "/", "|", ";"))
_PARTLY = frozenset("half partly partially fully almost not".split())
_PASSING = frozenset("pass go run move traverse follow".split())
_LABEL = frozenset("possible the all valid its of a an each every this allowed available".split())


def group_states(tokens: Tokens) -> Tokens:
    """`status scheduled, running or done` → `status (scheduled, running or done)`, as if it had been written so."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        out.append(tokens[at])
        at += 1
        if tokens[at - 1].low not in STATE_NOUNS:
            continue
        begin = at
        while begin < len(tokens) and (tokens[begin].low in _BETWEEN or (begin > at and tokens[begin].text == ":")):
            begin += 1
        end = _list_end(tokens, begin)
        if end > begin:
            inside = tokens[begin:end]
            out.append(Token("(", "(", inside[0].start, inside[-1].end, "group", "GROUP", "", inside))
            at = end
    return tuple(out)


def _list_end(tokens: Sequence[Token], begin: int) -> int:
    """Where a list of at least two states ends; `begin` if there is none."""
    if begin >= len(tokens) or not _is_state(tokens, begin):
        return begin
    at, count, end = begin, 0, begin
    signed = False  # `available | on loan | repair`: whatever stands between such signs is a state
    while at < len(tokens) and (found := _state_end(tokens, at, any_noun=signed)) > at:
        count, end = count + 1, found
        at = found
        if at >= len(tokens) or tokens[at].low not in _JOINS or (signed and tokens[at].low not in ("/", "|", "or")):
            break
        signed = tokens[at].low in ("/", "|")
        while at < len(tokens) and tokens[at].low in _JOINS:
            at += 1
    return end if count > 1 else begin


def _is_state(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].tag not in ("D", "R", "P", "A") and state_at(tokens, at) is not None


def _state_end(tokens: Sequence[Token], at: int, *, any_noun: bool = False) -> int:
    """Behind one state of a list: a word that names states, or one that names nothing else."""
    token = tokens[at]
    alone = at + 1 >= len(tokens) or tokens[at + 1].low in _JOINS or tokens[at + 1].text == "."
    if token.low == "given" and alone:
        return at + 1
    if token.low in _PARTLY and at + 1 < len(tokens) and tokens[at + 1].tag in ("VP", "J"):
        return at + 2
    placed = token.low in ("in", "under", "on", "at") and at + 1 < len(tokens) and tokens[at + 1].tag in ("N", "VG")
    if placed and (at + 2 >= len(tokens) or tokens[at + 2].low in _JOINS or tokens[at + 2].text == "."):
        return at + 2  # `in editing`
    if token.tag in ("D", "R", "M", "B", "W", "S", "GROUP", "#", "X"):
        return at
    found = state_at(tokens, at)
    if found is not None:
        return found[1]
    known = (token.lemma or token.low) in nouns.ATTRIBUTES | nouns.THINGS
    plain = token.tag in ("N", "J", "VG", "VP") and (any_noun or not known)
    return at + 1 if plain and alone else at


def listed_states(tokens: Tokens, at: int) -> tuple[list[str], int] | None:
    """Behind `is` or `can be`: `either todo, doing or done`, `available, lent or broken`; and where the list ends.

    What can only be done to a row (`can be approved or rejected`) tells moves, and no list.
    """
    either = at < len(tokens) and tokens[at].low == "either"
    begin = at + 1 if either else at
    end = begin
    values: list[str] = []
    while end < len(tokens) and (stop := _state_end(tokens, end, any_noun=either)) > end:
        values.append(value(tokens[end:stop]))
        end = stop
        if end >= len(tokens) or tokens[end].low not in _JOINS:
            break
        while end < len(tokens) and tokens[end].low in _JOINS:
            end += 1
    words = [t for t in tokens[begin:end] if t.low not in _JOINS]
    only_done = all(t.tag == "VP" for t in words)
    has_or = any(t.low == "or" for t in tokens[begin:end]) and not any(t.low in THEN for t in tokens[begin:end])
    return (values, end) if len(values) > 1 and has_or and (not only_done or (either and len(values) > 2)) else None


def declared_states(label: Tokens, body: Tokens) -> tuple[Phrase | None, Item] | None:
    """`Order status: new, paid`, `States of a loan: open, returned`: the thing (none if it is not named), its states.

    `Each order passes these stages: …` says that they follow on each other.
    """
    if label[0].tag == "V" and label[0].low in nouns.THINGS:
        label = (label[0].tagged("N", label[0].low), *label[1:])  # `Order states` orders nothing
    verb = next((i for i, t in enumerate(label) if t.tag == "V" or t.lemma in _PASSING), -1)
    passing = verb >= 0 and label[verb].lemma in _PASSING
    having = verb >= 0 and label[verb].lemma in ("have", "has")
    nouns_ = STATE_NOUNS.keys() | {"step", "steps"} if passing else STATE_NOUNS.keys()
    at = next((i for i, t in enumerate(label) if t.low in nouns_), -1)
    if any(t.kind == "arrow" for t in body):
        return None
    if at < 0 or any(t.tag in ("M", "W") for t in label) or (verb >= 0 and not (passing or having)):
        return None
    if having and any(t.text == "," or t.tag == "C" for t in label[verb:at]):
        return None  # `has a number and a status: …`: one of its fields
    body, ordered = _in_order(body)
    values = _values(body)
    steps = _steps(body)
    if passing or having:
        label, at = (*label[:verb], label[at]), verb
    rest = tuple(t for t in (*label[:at], *label[at + 1 :]) if t.low not in _LABEL and t.tag != "POSS")
    if len(values) < 2 or len(rest) > 3 or any(t.tag not in ("N", "J") for t in rest):
        return None
    thing = Phrase(rest, rest[0].start, rest[-1].end) if rest else None
    item = states_item(label[at], values, label[0].start, body[-1].end)
    return thing, replace(item, spec=replace(item.spec, moves=tuple(pairwise(values)) if passing or ordered else steps))


def _in_order(body: Tokens) -> tuple[Tokens, bool]:
    """A list without `only in this order` behind it, and whether that stands there."""
    at = next((i for i, t in enumerate(body) if t.low in ("order", "sequence") and i > 1), -1)
    lead = [t.low for t in body[at - 2 : at]]
    if at < 0 or lead[0] != "in" or lead[1] not in ("this", "that", "exactly", "the"):
        return body, False
    end = at - 2
    while end and (body[end - 1].text == "," or body[end - 1].low in ("only", "always", "strictly", "and")):
        end -= 1
    return body[:end], True


def states_alone(tokens: Tokens, thing: Phrase | None) -> tuple[Phrase, Item] | None:
    """`The states are draft, in review and signed`, said of what was spoken of."""
    begin = next((i for i, t in enumerate(tokens[:3]) if t.low not in ("so", "thus", "hence", "the")), 0)
    words = tokens[begin:]
    alone = len(words) > 1 and words[0].low in STATE_NOUNS and words[1].kind == "group"
    closed = len(words) == 2 or (len(words) > 2 and words[2].tag in ("S", "W", "P", "PUNCT"))
    values = _values(words[1].inside) if alone and closed else []
    if thing is None or len(values) < 2:
        return None
    return thing, states_item(words[0], values, words[0].start, words[1].end)


def states_passed(tokens: Tokens, thing: Phrase | None) -> tuple[Phrase, Item, int] | None:
    """`… and passes through the states planned, in editing and delivered`, and where this begins."""
    at = next((i for i, t in enumerate(tokens[:-1]) if t.low in STATE_NOUNS and tokens[i + 1].kind == "group"), -1)
    verb = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].lemma in _PASSING), -1)
    values = _values(tokens[at + 1].inside) if verb > 0 else []
    if thing is None or len(values) < 2:
        return None
    item = states_item(tokens[at], values, tokens[verb].start, tokens[at + 1].end)
    return thing, replace(item, spec=replace(item.spec, moves=tuple(pairwise(values)))), verb


def declared_lines(label: Tokens, lines: Sequence[Tokens]) -> tuple[Phrase | None, Item] | None:
    """`States of a shipment:` over one line for each: `created: initial state`, `delivered or lost`."""
    ends = [next((i for i, t in enumerate(line) if t.text in _ENDS or t.kind == "group"), len(line)) for line in lines]
    if len(lines) < 2 or any(t.kind == "arrow" for line in lines for t in line) or 0 in ends:
        return None
    comma = replace(lines[0][0], text=",", low=",", kind="punct", tag="PUNCT")
    joined = [token for line, end in zip(lines, ends, strict=True) for token in (*line[:end], comma)]
    short = all(
        not any(t.tag in ("V", "M", "B", "D") for t in line[:end]) for line, end in zip(lines, ends, strict=True)
    )
    return declared_states(label, tuple(joined[:-1])) if short else None


def states_item(word: Token, values: Sequence[str], start: int, end: int) -> Item:
    """The field that holds the states."""
    name = STATE_NOUNS.get(word.low) or {"steps": "step"}.get(word.low, word.low)
    named = replace(word, text=name, low=name, kind="word").tagged("N", name)
    return Item(name, name, Phrase((named,), word.start, word.end), Spec(type="enum", values=tuple(values)), start, end)


def _values(body: Tokens) -> list[str]:
    """Every piece of the list, if all are short and none is a clause."""
    pieces: list[list[Token]] = [[]]
    for token in body:
        if token.low in _JOINS or token.low in THEN:
            pieces.append([])
        elif token.kind != "group":
            pieces[-1].append(token)
    ends = (next((i for i, t in enumerate(piece) if i and t.low in _UNTIL), len(piece)) for piece in pieces)
    pieces = [piece[:end] for piece, end in zip(pieces, ends, strict=True)]
    kept = [piece for piece in pieces if piece]
    clean = all(len(p) <= 3 and not any(t.tag in _NO_STATE and t.low != "given" for t in p) for p in kept)
    return list(dict.fromkeys(value(piece) for piece in kept)) if clean else []


_NO_STATE = ("B", "M", "R", "D")
_UNTIL = frozenset("until if when once after unless".split())


def _steps(body: Tokens) -> tuple[tuple[str, str], ...]:
    """`inactive until paid, then active, then empty or expired`: the moves between what `then` divides."""
    parts: list[list[Token]] = [[]]
    for token in body:
        if token.low in THEN:
            parts.append([])
        else:
            parts[-1].append(token)
    steps = [_values(tuple(part)) for part in parts]
    pairs = pairwise(steps) if all(steps) else ()
    return tuple((here, there) for before, behind in pairs for here in before[-1:] for there in behind)
