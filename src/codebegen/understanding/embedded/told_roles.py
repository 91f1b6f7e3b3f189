"""Roles that sentences tell without naming rows: `the committee alone may remove it`, `scouts log in`, `the boss all`.

What somebody may do is read elsewhere; here stands who is told apart at all by what they may, see or decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from codebegen.understanding.embedded.lexicon import conjugation, nouns, verbs
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.outline_parts import Definition, Passage
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens

_TRADES = ("maker", "master", "keeper", "ist", "eer", "ician", "ter", "tor")
_NO_TRADES = frozenset(
    "container banner corner partner-site scanner planner dinner manner character chapter parameter letter meter "
    "filter poster matter water quarter computer counter register shutter theater center cluster router "
    "transmitter starter roster reader-device laser browser trailer boiler monitor motor sector vector factor "
    "list wishlist checklist playlist shortlist waitlist human newsletter semester monster tutor-list shelter".split()
)
_UNITS = frozenset("brigade commune council association administration authority municipality federation".split())
_NOBODY = nouns.ACCOUNT_WORDS | frozenset("visitor guest other nobody one people man woman friend child".split())
_WILL = (verbs.UPDATE | verbs.DELETE | verbs.MANAGE | verbs.CREATE | verbs.READ | verbs.STATE.keys()) - frozenset(
    "have hold contain leave expire end start show get need".split()
)
_LATER = frozenset("always everything all nothing too rest never anything".split())
_SIGHT = frozenset("see sees view views read reads".split())
_SEEN = frozenset("only just merely all everything their own theirs his her the no none nothing never every".split())
_ALONE = frozenset("alone himself herself themselves".split())
_MAY = frozenset("may can must should ought cannot can't mustn't could needs".split())


def told_roles(parts: Sequence[Definition | Passage], names: Names) -> Iterator[Phrase]:
    """Everybody whom a clause tells apart; those who only do something count where there are several."""
    doing = {key: names.entities[key] for key in names.acting & names.entities.keys() if _tells_apart(key)}
    sure: dict[str, Phrase] = {}
    for part in parts:
        if not isinstance(part, Passage):
            continue
        for phrase in listed_roles(part.tokens):
            sure.setdefault(phrase.key, phrase)
        for phrase, is_sure in _of_sentence(part.tokens, names):
            (sure if is_sure else doing).setdefault(phrase.key, phrase)
    yield from sure.values()
    known = sure.keys() | names.roles.keys()
    if known or len(doing.keys() - names.acting) > 1:
        yield from doing.values()


def _tells_apart(key: str) -> bool:
    return key not in _NOBODY | nouns.RELATIONAL_PERSONS and key.rsplit("_", 1)[-1] not in _NOBODY


_ROLE_NOUNS = frozenset("role roles rank ranks".split())


def listed_roles(tokens: Tokens) -> Iterator[Phrase]:
    """`with the role owner, editor or viewer`, `they can be organizer, traveller or only spectator`."""
    for at, token in enumerate(tokens):
        of_people = at and (tokens[at - 1].low == "they" or tokens[at - 1].tag == "M")
        if token.low not in _ROLE_NOUNS and not (token.tag == "B" and of_people):
            continue
        words: list[Token] = []
        end = at + 1
        while end < len(tokens) and (
            tokens[end].tag == "N" or tokens[end].low in (",", "or", "and", "only", "a", "an")
        ):
            words.extend([tokens[end]] if tokens[end].tag == "N" else [])
            end += 1
        joined = [t.low for t in tokens[at + 1 : end]]
        people = sum((t.lemma or t.low) in nouns.PERSONS for t in words)
        single = all(joined[i] in (",", "or", "and") for i in range(1, len(joined), 2)) or "only" in joined
        if people > 1 and people >= len(words) - 1 and "or" in joined and single:
            yield from (Phrase((t,), t.start, t.end) for t in words)


def _of_sentence(tokens: Tokens, names: Names) -> Iterator[tuple[Phrase, bool]]:
    tokens = tuple(t.tagged("N", t.low) if _is_unit(tokens, i) else t for i, t in enumerate(tokens))
    at = 0
    while at < len(tokens):
        opens = tokens[at].tag in ("D", "N", "J", "VP", "Q", "#") or tokens[at].low == "only"
        found = read_phrase(tokens, at) if opens and tokens[at].low != "there" else None
        if found is None or found[1] <= at:
            at += 1
            continue
        phrase, end = _cut(found[0], found[1], tokens)
        begin, at = at, found[1]
        if phrase.words[-1].tag != "N":
            continue
        lead = [t.low for t in tokens[max(0, begin - 3) : begin]]
        only_me = lead[:1] == ["only"] and lead[1:] in (["me", "and"], ["i", "and"], ["we", "and"])
        sole = phrase.only or lead[-1:] == ["only"]
        if only_me and (who := _someone(phrase, names, sole=True)) is not None:
            yield who, True
        yield from _told(tokens, (begin, end), phrase, names, sole=sole)


def _is_unit(tokens: Tokens, at: int) -> bool:
    """`Marketing creates vouchers`: a department, and nothing that is done."""
    following = tokens[at + 1].tag if at + 1 < len(tokens) else ""
    return tokens[at].tag == "VG" and tokens[at].low in nouns.UNITS_AT_TIMES and following in ("V", "M", "DO")


def _cut(phrase: Phrase, end: int, tokens: Tokens) -> tuple[Phrase, int]:
    """The phrase without `alone`, `everything` behind it, and without a verb taken for a noun: `master approves`."""
    words = phrase.words
    while len(words) > 1 and end and tokens[end - 1] is words[-1] and _is_behind(words[-1], phrase.only):
        words, end = words[:-1], end - 1
    return (replace(phrase, words=words, end=words[-1].end), end) if len(words) < len(phrase.words) else (phrase, end)


def _is_behind(word: Token, only: bool) -> bool:
    form = conjugation.forms().get(word.low)
    verbal = only and form is not None and form[0] in verbs.STATE and word.low.endswith("s")
    return word.low in _ALONE | _LATER | _MAY or verbal


def _told(
    tokens: Tokens, place: tuple[int, int], phrase: Phrase, names: Names, *, sole: bool
) -> Iterator[tuple[Phrase, bool]]:
    """Who is told apart by the clause that goes on behind a phrase; and whether that is sure."""
    begin, end = place
    behind = [t.low for t in tokens[end : end + 4]]
    alone = bool(behind) and behind[0] in _ALONE
    end = end + 2 if behind[:2] == ["in", "charge"] else end + alone
    verb = _verb_behind(tokens, end)
    before = tokens[begin - 1].low if begin else ";"
    at_start = before in _STARTS or (begin > 0 and bool(phrase.det) and tokens[begin - 1].tag == "N")
    logs_in = at_start and _logs_in(tokens, end)
    themselves = alone and behind[0] == "themselves" and names.exact(phrase) is not None
    who = phrase if themselves or logs_in else _someone(phrase, names, sole=sole or alone)
    if who is None:
        return
    lemma, may = verb or ("", False)
    if logs_in or (alone and (verb is not None or _is_agent(tokens, begin))):
        yield who, True
    elif verb is None:
        later = at_start and behind[:1] and behind[0] in _LATER and len(tokens) <= end + 3
        if later and (phrase.det or phrase.plural):
            yield who, True
        elif _is_agent(tokens, begin) or _is_up_to(tokens, begin):
            yield who, False
    elif (may or sole) and lemma in _WILL:
        yield who, True
    elif at_start and (lemma == "log" or (lemma in _SIGHT_LEMMAS and _sees(tokens, end))):
        yield who, "not" not in behind[:3]
    elif (at_start or may) and lemma in (_WILL | _DECIDED if who.unit else _DEEDS):
        yield who, False


# Those who act together, with a row of their own: `suppliers may withdraw their bid`, `clubs enter the sets`.
_GROUPS = frozenset(
    "supplier shipper club band shop agency association charity dealer publisher municipality brewery brand".split()
)
_CALLINGS = frozenset("author reviewer reporter writer approver requester submitter".split())
_STARTS = frozenset(
    (",", ";", ":", "and", "or", "but", "only", "that", "while", "then", "so", "there", "one", "–", "-")
)
_DECIDED = frozenset("forward grant pass fail fix do decide".split())
_DEEDS = (verbs.LEMMAS | _WILL | _DECIDED) - frozenset(
    "have be belong contain include consist live come go get own depend happen hold-on need want stand earn".split()
)


def _logs_in(tokens: Tokens, at: int) -> bool:
    """`has one login`, `have an account to see their results`."""
    lows = [t.low for t in tokens[at : at + 5]]
    owns = lows[:1] and lows[0] in ("has", "have", "get", "gets", "need", "needs")
    return bool(owns) and any(low in ("login", "logins", "account") for low in lows[1:4])


_SIGHT_LEMMAS = frozenset("see view read".split())


def _sees(tokens: Tokens, end: int) -> bool:
    """`sees just their own`: what stands behind the verb."""
    return any(t.low in _SEEN for t in tokens[end : end + 4])


def _someone(phrase: Phrase, names: Names, *, sole: bool) -> Phrase | None:
    """The phrase, if it can name somebody who is told apart."""
    head = phrase.head
    people = phrase.words[-1].low == "people" and len(phrase.words) > 1
    nobody = (head in _NOBODY and not people) or phrase.key in _NOBODY - {"people"}
    if nobody or phrase.words[-1].tag == "R":
        return None
    rows = names.exact(phrase) is not None
    if head in nouns.RELATIONAL_PERSONS and not rows and not (head in _CALLINGS and phrase.plural and not phrase.det):
        return None
    if people:
        return replace(phrase, words=phrase.words[:-1])  # `warehouse people`
    if phrase.is_person or _is_trade(phrase.words[-1], head):
        return _plainly(phrase, names)
    if rows and head in _GROUPS:
        return replace(phrase, unit=True)
    unit = head in _UNITS | nouns.UNIT_HEADS | nouns.UNITS_AT_TIMES or phrase.key in nouns.UNITS
    acts = unit and not phrase.plural and phrase.det in ("the", "our", "")
    return replace(phrase, unit=True) if acts and (sole or not rows) else None


def _plainly(phrase: Phrase, names: Names) -> Phrase:
    """`Registered readers` are readers, and `class teachers` teachers, where those are kept."""
    words = phrase.words
    known = names.entities.keys() | names.roles.keys()
    if phrase.key not in known and phrase.head in known:
        words = words[-1:]
    while len(words) > 1 and words[0].tag in ("VP", "J") and words[0].low not in nouns.POSTS:
        words = words[1:]
    return replace(phrase, words=words, start=words[0].start)


def _is_trade(word: Token, head: str) -> bool:
    """Whether a noun that no list knows looks like who does something: `weighmaster`, `sewist`."""
    known = head in nouns.THINGS | nouns.ATTRIBUTES | nouns.ABSTRACT | nouns.FIELDS_ONLY | _NO_TRADES
    return not known and len(head) > 4 and head.endswith(_TRADES) and word.low.islower()


def _verb_behind(tokens: Tokens, at: int) -> tuple[str, bool] | None:
    """The verb of the clause, and whether it is said with a modal."""
    may = False
    while at < len(tokens) and (tokens[at].tag in ("M", "A", "X", "DO", "TO") or tokens[at].low in _MAY | _ALONE):
        may = may or tokens[at].tag == "M" or tokens[at].low in _MAY
        at += 1
    if at >= len(tokens):
        return ("do", may) if tokens[at - 1].tag == "DO" or may else None  # `finance can`, `HR can't`
    token = tokens[at]
    form = conjugation.forms().get(token.low)
    finite = token.tag in ("V", "DO") or (may and form is not None)
    if not finite and tokens[at - 1].tag == "DO":
        return "do", may
    return (
        (form[0] if form is not None else token.lemma, may)
        if finite
        else ("do", may)
        if tokens[at - 1].tag == "DO"
        else None
    )


def _is_agent(tokens: Tokens, begin: int) -> bool:
    """`accepted by the moderator`, `paid out by the bookkeeper`: by whom a state is made."""
    by = begin - 1 if begin and tokens[begin - 1].low in ("by", "from") else -1
    if by < 1:
        return False
    done = next((t for t in reversed(tokens[max(0, by - 2) : by]) if t.tag in ("VP", "V")), None)
    form = conjugation.forms().get(done.low) if done is not None else None
    lemma = form[0] if form is not None else ""
    may = any(t.tag == "M" or t.low in ("has", "have", "be") for t in tokens[:by])
    by_state = lemma in verbs.STATE and tokens[by].low == "by"
    return lemma in verbs.STATE | dict.fromkeys(_WILL) and (may or by_state)


def _is_up_to(tokens: Tokens, begin: int) -> bool:
    """`that is up to the clerk`, `approving is for the editors`."""
    lows = [t.low for t in tokens[max(0, begin - 2) : begin]]
    return lows in (["up", "to"], ["is", "for"])
