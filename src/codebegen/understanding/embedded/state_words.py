"""Words for states: `pending`, `shipped`, `in review`, `out for delivery`, `on hold`."""

from collections.abc import Sequence

from codebegen import naming
from codebegen.understanding.embedded.facts import Move
from codebegen.understanding.embedded.lexicon import conjugation, english, nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Token
from codebegen.understanding.embedded.values import value

KIND = "state"
"""The kind of a token that names a state, whatever its words mean elsewhere."""

# Adjectives and nouns that say in which state a row is.
STATES = frozenset(
    "pending open active inactive draft new overdue planned live available unavailable ready done closed waiting idle "
    "running upcoming final expired private public visible hidden free late finished unpaid paid unread read online "
    "offline valid invalid enabled disabled quarantined broken full empty ongoing current past void failed lost "
    "dormant no-show underway unassigned unconfirmed unpublished unverified incomplete complete queued".split()
)
# `in review`, `under repair`: a preposition that belongs to the state, and one that only leads to it.
_PLACED = frozenset(
    "review progress transit production repair maintenance negotiation delivery use service treatment "
    "inspection construction investigation preparation testing test approval discussion stock storage quarantine "
    "voting evaluation assessment planning development work hold call loan sale strike leave".split()
)
THEN = frozenset("then finally afterwards later eventually next".split())
"""A step after the step before."""
_JOINS = frozenset((",", "/", "and", "or", "either", "also"))
_SKIPPED = frozenset(
    "either automatically again back directly immediately still also too now just already first initially the a an "
    "finally then status state of being".split()
)
_NO_STATE = frozenset(
    "used called named based related made given known shown listed linked needed required allowed stored sorted "
    "limited seen viewed read done taken kept got been had able likely edited changed updated "
    "noted documented modified deleted removed viewed exported filled by with at of per".split()
)


_MARKING = frozenset("mark set flag label move put".split())
PARTICLES = frozenset("in out up off down back over".split())


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing that a preposition could lead to stands here."""
    return (
        at >= len(tokens) or tokens[at].tag in ("PUNCT", "C", "S", "B", "M", "ARROW") or tokens[at].low in ("to", "by")
    )


_WITH_PARTICLE = frozenset("called taken given put".split())
"""Participles that are states with a particle behind them, and none alone: `called off`, `taken down`."""

# What a row is before somebody decides on it, or does this to it.
_BEFORE = {
    **dict.fromkeys("approved rejected accepted refused declined denied confirmed".split(), "pending"),
    **dict.fromkeys("closed resolved".split(), "open"),
    "published": "draft",
}
MAKES = frozenset(
    "proposed asked requested filed ordered submitted announced reported offered booked reserved drafted planned "
    "scheduled received posted raised lodged placed suggested applied noted".split()
)
"""What is done to a row when it is made."""
# What a row does by itself, and the state that it is in then.
BY_ITSELF = {
    "lapse": "lapsed",
    "expire": "expired",
    "fail": "failed",
    "succeed": "succeeded",
    "finish": "finished",
    "end": "ended",
    "close": "closed",
    "start": "started",
    "disappear": "gone",
}
ENDS = frozenset("paid done closed completed finished delivered returned cancelled rejected refused expired".split())
"""What hardly leads on to anything."""
_DECIDED = frozenset(state for state, before in _BEFORE.items() if before == "pending")


def before_deed(state: str) -> str:
    """Where rows were before what was done to them: `rejected ones can be reopened`; empty where that is open."""
    return _BEFORE.get(state, "")


def undecided(moves: Sequence[Move]) -> str:
    """Where rows begin of which only deeds are told: `the seller accepts or declines it`; empty if nobody decides."""
    decided = {move.target for move in moves} & _DECIDED
    if len(decided) > 1:
        return "pending"
    if any(move.until for move in moves):
        return "pending"
    told = [_BEFORE[move.target] for move in moves if _is_somebody(move.who) and move.target in _BEFORE]
    return told[0] if told else ""


def _is_somebody(who: Phrase | None) -> bool:
    return who is not None and who.is_person


def participle(token: Token) -> str:
    """The state that a participle names: `reopened` → `open`, `registered` → `registered`; empty if it is none."""
    if token.low in _NO_STATE - STATES:
        return ""
    form = conjugation.forms().get(token.low)
    if form is not None and form[1] in ("participle", "past"):
        return token.low if form[0] == "open" else verbs.STATE.get(form[0], token.low)
    looks_so = token.low.endswith("ed") and not token.low.endswith("eed") and len(token.low) > 5
    return token.low if token.tag == "VP" or (looks_so and form is None) else ""


def participle_of(verb: str) -> str:
    """`grade` → `graded`."""
    irregular = conjugation.IRREGULAR.get(verb)
    return irregular[1] if irregular is not None else conjugation.regular(verb)


def state_at(tokens: Sequence[Token], at: int, *, named: bool = False) -> tuple[str, int] | None:
    """The state that begins at a place, and where it ends; words that only lead to it are skipped.

    `named`: whatever word stands there names a state (`from interview to offer`).
    """
    while at < len(tokens) and (tokens[at].low in _SKIPPED or tokens[at].tag in ("A", "D")) and not _opens(tokens, at):
        at += 1
    if at >= len(tokens):
        return None
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind == KIND:
        return token.low, at + 1
    if _opens(tokens, at):
        return _placed(tokens, at)
    if token.low in ("in", "into", "as", "to", "on", "under") and following is not None:
        return state_at(tokens, at + 1, named=named)
    if token.low == "ready" and following is not None and following.low in ("for", "to") and at + 2 < len(tokens):
        return value((token, following, tokens[at + 2])), at + 3
    singular = naming.singular(token.low)
    if token.low in STATES or (singular in STATES and token.tag == "N"):
        return (token.low if token.low in STATES else singular).replace("-", "_"), at + 1
    if token.lemma in _MARKING and following is not None and following.low in ("as", "to", "into", "on", "in"):
        return state_at(tokens, at + 2, named=True)
    done = participle(token) or (token.low in _WITH_PARTICLE and following is not None)
    if done and following is not None and following.low in PARTICLES and _ends(tokens, at + 2):
        return f"{token.low}_{following.low}", at + 2
    found = participle(token) or (token.low if named and token.tag in ("N", "V", "VG", "J") else "")
    return (naming.snake(found), at + 1) if found else None


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a state of several words begins here: `in review`, `out for delivery`, `on hold`."""
    low = tokens[at].low
    if low == "out" and at + 2 < len(tokens):
        return tokens[at + 1].low in ("for", "of") and tokens[at + 2].tag in ("N", "V", "VG")
    if low in ("in", "into", "under", "on", "at") and at + 1 < len(tokens):
        return tokens[at + 1].low in _PLACED or (low in ("in", "under", "on") and _bare_noun(tokens, at + 1))
    return low in ("awaiting", "waiting") and at + 1 < len(tokens) and tokens[at + 1].tag in ("N", "P")


def _bare_noun(tokens: Sequence[Token], at: int) -> bool:
    """`under examination`, `in print`: one noun without an article, that names no field and no thing, and no more."""
    token = tokens[at]
    known = nouns.ATTRIBUTES | nouns.THINGS | nouns.PERSONS | english.TIMES | nouns.ABSTRACT | words.UNITS.keys()
    plain = token.tag == "N" and token.kind == "word" and token.lemma == token.low and token.low not in known
    return plain and _ends(tokens, at + 1) and token.text.islower() and token.low.endswith(_DEEDS)


_DEEDS = (
    "ion",
    "ing",
    "ment",
    "ance",
    "ence",
    "al",
    "age",
    "sis",
    "ry",
    "print",
    "work",
    "doubt",
    "dispute",
    "arrears",
)


def _placed(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if tokens[at].low == "out":
        return value(tokens[at : at + 3]), at + 3
    if tokens[at].low in ("awaiting", "waiting"):
        wide = 3 if tokens[at + 1].tag == "P" and at + 2 < len(tokens) else 2
        return value(tokens[at : at + wide]), at + wide
    lead = "in" if tokens[at].low == "into" else tokens[at].low
    return f"{lead}_{tokens[at + 1].low}", at + 2


def states_at(tokens: Sequence[Token], at: int, *, named: bool = False) -> tuple[list[list[str]], int]:
    """Steps of alternatives from a place on: `announced and then held or cancelled` → announced; held or cancelled."""
    steps: list[list[str]] = []
    then = False
    end = at
    while (found := state_at(tokens, at, named=named)) is not None:
        state, end = found
        lead = {t.low for t in tokens[at:end]}
        if not steps or then or lead & THEN:
            steps.append([state])
        else:
            steps[-1].append(state)
        at, then, joined = end, False, False
        while at < len(tokens) and tokens[at].low in THEN | _JOINS:
            then = then or tokens[at].low in THEN
            at, joined = at + 1, True
        if not joined or (at < len(tokens) and tokens[at].tag in ("B", "M", "V", "R", "S", "W")):
            break
    return steps, end


def is_attribute(token: Token) -> bool:
    """Whether a word is what rows have, and no row."""
    return (token.lemma or token.low) in nouns.ATTRIBUTES


def sequence_at(tokens: Sequence[Token], at: int) -> tuple[list[str], int] | None:
    """`placed, paid by card, shipped and finally delivered`: what is done to a row one after the other, and its end.

    At least three deeds, joined by nothing but commas and `and`, of which one is known to change a state, and two
    where it is said by whom.
    """
    states: list[str] = []
    known, end, begin = 0, at, at
    while at < len(tokens):
        while at < len(tokens) and tokens[at].low in THEN | {"first", "and", ","}:
            at += 1
        stated = at < len(tokens) and (tokens[at].tag == "VP" or (bool(states) and tokens[at].low in STATES))
        found = state_at(tokens, at) if stated else None
        if found is None:
            break
        states.append(found[0])
        known += found[0] in TARGETS
        at = end = found[1]
        while at < len(tokens) and tokens[at].tag in ("P", "D", "N", "J", "#", "R", "TO") and tokens[at].low != "or":
            at += 1
        if at < len(tokens) and tokens[at].low not in {",", "and"} | THEN:
            return None
    by = any(t.low == "by" for t in tokens[begin:at])
    return (states, max(end, at)) if len(set(states)) == len(states) > 2 and known > by else None


TARGETS = frozenset(verbs.STATE.values())


_OTHER_WORDS = {
    "started": ("running", "in_progress", "active", "ongoing", "doing", "live"),
    "finished": ("done", "completed", "complete", "closed"),
    "completed": ("done", "finished", "complete", "closed"),
    "cancelled": ("canceled",),
    "resolved": ("solved", "fixed", "done"),
    "opened": ("open",),
    "open": ("opened", "reopened"),
    "declined": ("rejected", "refused", "denied"),
    "rejected": ("declined", "refused", "denied"),
    "approved": ("accepted", "confirmed"),
    "accepted": ("approved", "confirmed"),
    "published": ("live", "public"),
    "shipped": ("sent", "dispatched"),
    "sent": ("shipped", "dispatched"),
    **dict.fromkeys("reactivated resumed reinstated unblocked unpaused".split(), ("active", "running", "live")),
}
"""What a verb leads to, where the list of states calls it otherwise."""


def as_listed(target: str, values: Sequence[str]) -> str:
    """The listed state that is meant: to start something that is `scheduled` or `running` makes it `running`."""
    meant = [word for word in _OTHER_WORDS.get(target, ()) if word in values] if target not in values else []
    return meant[0] if len(meant) == 1 else target
