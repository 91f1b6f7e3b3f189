"""Clauses: a tagged sentence enters, frames leave: who does what to whom, how, and under which condition.

Verb groups are found first; the words between two of them are then shared out between the object of the one and the
subject of the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, read_phrase
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Frame:
    """One clause. `rest` is everything behind the verb; `link` is `main`, `relative`, `purpose` or a subordinator."""

    verb: str
    subjects: tuple[Phrase, ...]
    objects: tuple[Phrase, ...]
    preps: tuple[tuple[str, Phrase], ...]
    rest: Tokens
    tokens: Tokens
    modal: str = ""
    passive: bool = False
    negated: bool = False
    only: bool = False
    link: str = "main"
    lead: tuple[tuple[str, Phrase], ...] = ()

    @property
    def start(self) -> int:
        """First character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Behind the last character."""
        return self.tokens[-1].end

    def prep(self, *names: str) -> tuple[Phrase, ...]:
        """The phrases behind these prepositions."""
        return tuple(phrase for name, phrase in self.preps if name in names)


@dataclass(frozen=True)
class _Verb:
    start: int
    end: int
    lemmas: tuple[str, ...]
    modal: str = ""
    passive: bool = False
    negated: bool = False
    only: bool = False
    finite: bool = True


DATA_VERBS = verbs.HAS | (verbs.STORE - {"want", "know"}) | {"with", "save", "need", "say"}
_SKIPPED = ("A", "X")


def parse(tokens: Sequence[Token]) -> list[Frame]:
    """The frames of one sentence, in reading order."""
    groups = _find_verbs(tokens)
    if not groups:
        return []
    return _Assembler(tokens, groups).run()


def _find_verbs(tokens: Sequence[Token]) -> list[_Verb]:
    out: list[_Verb] = []
    at = 0
    while at < len(tokens):
        found = _verb_group(tokens, at, bool(out))
        if found is None:
            at += 1
        else:
            out.append(found)
            at = found.end
    return out


def _verb_group(tokens: Sequence[Token], at: int, any_before: bool) -> _Verb | None:
    token = tokens[at]
    if token.tag in ("M", "DO"):
        found = _modal_group(tokens, at)
        if found is None and token.low in ("do", "does", "did") and at + 1 < len(tokens) and tokens[at + 1].tag in ("N", "D", "Q"):
            return _Verb(at, at + 1, ("do",))
        return found
    if token.tag == "B":
        return _be_group(tokens, at, at, "")
    if token.tag == "TO":
        return _plain(tokens, at, at + 1, "to")
    if token.tag == "V":
        return _verb_with_chain(tokens, at)
    if token.tag in ("VP", "VG") and at > 0 and _is_reduced(tokens, at):
        lemmas, end = _coordinated(tokens, at, token.tag)
        return _Verb(at, end, lemmas, passive=token.tag == "VP", finite=False)
    return None


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
    while at < len(tokens) and tokens[at].tag in _SKIPPED and tokens[at].low not in ("first", "later"):
        at += 1
    return at


def _modal_group(tokens: Sequence[Token], at: int) -> _Verb | None:
    """`can only be seen`, `do not have to`, `should be able to enroll`, `can to enroll`."""
    modal = words.MODALS.get(tokens[at].low, "") if tokens[at].tag == "M" else ""
    verb = _skip(tokens, at + 1)
    if verb < len(tokens) and tokens[verb].tag == "TO":
        verb += 1
    if verb >= len(tokens):
        return None
    if tokens[verb].tag == "DO" and tokens[verb].low == "do":
        return _Verb(at, verb + 1, ("do",), modal, False, *_flags(tokens[at:verb]))
    if tokens[verb].tag == "B":
        found = _be_group(tokens, at, verb, modal)
    elif tokens[verb].tag in ("V", "VP", "VG") or tokens[verb].low in ("have", "need"):
        found = _plain(tokens, at, verb, modal)
    else:
        return None
    return found


def _be_group(tokens: Sequence[Token], start: int, be: int, modal: str) -> _Verb:
    """`is assigned`, `be able to`, `is allowed to`, `are`, `has been`."""
    at = _skip(tokens, be + 1)
    negated, only = _flags(tokens[start : min(at, len(tokens))])
    if at < len(tokens) and tokens[at].low in ("able", "allowed", "permitted", "supposed") and at + 1 < len(tokens) and tokens[at + 1].tag in ("TO", "P"):
        inner = _plain(tokens, start, min(at + 2, len(tokens) - 1), "can")
        return replace(inner, negated=negated or inner.negated, only=only or inner.only)
    if at < len(tokens) and tokens[at].tag == "B":
        at = _skip(tokens, at + 1)
    if at < len(tokens) and tokens[at].tag in ("VP", "VG") and not _before_noun(tokens, at):
        lemmas, end = _coordinated(tokens, at, tokens[at].tag)
        return _Verb(start, end, lemmas, modal, tokens[at].tag == "VP", negated, only)
    return _Verb(start, min(at, len(tokens)), ("be",), modal, False, negated, only)


def _before_noun(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].tag == "N" and tokens[at].tag == "VP" and (at == 0 or tokens[at - 1].tag != "B")


def _verb_with_chain(tokens: Sequence[Token], at: int) -> _Verb:
    """A finite verb, with what it leads to: `want to rate`, `have to pay`, `has started`, `need to store`."""
    token, following = tokens[at], _skip(tokens, at + 1)
    after = tokens[following] if following < len(tokens) else None
    if after is not None and after.tag == "TO" and token.lemma in ("want", "need", "have", "like", "wish", "try", "be", "plan", "use", "get"):
        return _plain(tokens, at, following + 1, "can" if token.lemma in ("want", "like", "wish") else "must")
    if token.lemma == "have" and after is not None and after.tag == "VP" and not (following + 1 < len(tokens) and tokens[following + 1].tag == "N"):
        return _Verb(at, following + 1, (after.lemma,), "perfect", False, *_flags(tokens[at:following]))
    return _plain(tokens, at, at, "")


def _plain(tokens: Sequence[Token], start: int, verb: int, modal: str) -> _Verb:
    if verb >= len(tokens):
        return _Verb(start, len(tokens), ("be",), modal)
    if tokens[verb].tag == "B":
        return _be_group(tokens, start, verb, modal)
    lemma = tokens[verb].lemma or tokens[verb].low
    lead = _flags(tokens[start:verb])
    before = tokens[start - 1].low if start else ""
    only = lead[1] or before == "only"
    if lemma == "have" and verb + 1 < len(tokens) and tokens[verb + 1].tag == "TO" and verb + 2 < len(tokens) and tokens[verb + 2].tag == "V":
        return _plain(tokens, start, verb + 2, "free" if lead[0] else "must")
    lemmas, end = _coordinated(tokens, verb, tokens[verb].tag, lemma)
    negated = lead[0] or (end < len(tokens) and tokens[end].low in ("no", "not"))
    return _Verb(start, end, lemmas, modal, False, negated, only, modal != "to")


def _coordinated(tokens: Sequence[Token], at: int, tag_name: str, lemma: str = "") -> tuple[tuple[str, ...], int]:
    """Verbs that share what follows: `edit, delete or archive posts`, `can be liked and shared by`."""
    lemmas, end = [lemma or tokens[at].lemma], at + 1
    end = _particle(tokens, end)
    while True:
        nxt = end
        while nxt < len(tokens) and (tokens[nxt].text in (",", "/") or tokens[nxt].tag in ("C",) or tokens[nxt].tag == "A"):
            nxt += 1
        same = nxt < len(tokens) and nxt > end and tokens[nxt].tag == tag_name
        if not same or (nxt + 1 < len(tokens) and tokens[nxt + 1].tag == "N" and tag_name == "VP"):
            return tuple(lemmas), end
        lemmas.append(tokens[nxt].lemma)
        end = _particle(tokens, nxt + 1)


def _particle(tokens: Sequence[Token], at: int) -> int:
    """`sign up`, `log in`: the particle belongs to the verb where no object of its own follows."""
    if at < len(tokens) and tokens[at].low in ("up", "out", "back", "off") and tokens[at - 1].tag in ("V", "VP") and not (at + 1 < len(tokens) and tokens[at + 1].low == "to" and tokens[at].low == "up"):
        return at + 1
    return at


class _Assembler:
    """Shares the words between verb groups out to frames, from left to right."""

    def __init__(self, tokens: Sequence[Token], groups: list[_Verb]) -> None:
        self.tokens, self.groups = tuple(tokens), groups
        self.frames: list[Frame] = []
        self.pending: tuple[Phrase, ...] = ()
        self.main: tuple[Phrase, ...] = ()
        self.modal = ""

    def run(self) -> list[Frame]:
        """All frames."""
        kept = self._drop_embedded()
        starts = [self._subject_start(kept, k) for k in range(len(kept))]
        for k, group in enumerate(kept):
            end = starts[k + 1] if k + 1 < len(kept) else len(self.tokens)
            self._add(group, starts[k], max(end, group.end), first=k == 0)
        return self.frames

    def _drop_embedded(self) -> list[_Verb]:
        """Without the verbs that only describe an item of a list: `a code that is unique`, `when it was returned`."""
        kept: list[_Verb] = []
        for group in self.groups:
            if kept and self._is_embedded(kept[-1], group):
                continue
            kept.append(group)
        return kept

    def _is_embedded(self, governor: _Verb, group: _Verb) -> bool:
        if governor.lemmas[-1] not in DATA_VERBS:
            return False
        between = self.tokens[governor.end : group.start]
        tail = [t for t in between[-4:] if t.tag not in _SKIPPED]
        if not tail:
            return False
        if not group.finite:
            return group.passive
        wh = next((t for t in reversed(tail) if t.tag == "W"), None)
        if wh is not None and not any(t.text in (",", ";") for t in tail[tail.index(wh) + 1 :]):
            return not (wh.low in ("which", "that", "who") and group.lemmas[-1] in verbs.HAS and tail[-1] is wh)
        return len(tail) >= 2 and tail[-1].tag == "R" and tail[-2].tag == "N"

    def _subject_start(self, kept: list[_Verb], k: int) -> int:
        """Where the words of the k-th clause begin."""
        group = kept[k]
        if k == 0:
            return 0
        floor = kept[k - 1].end
        at = group.start
        if not group.finite and not self.tokens[at].tag == "TO":
            return at
        while at > floor:
            token = self.tokens[at - 1]
            if token.tag in ("PUNCT", "S", "ARROW") or (token.tag == "C" and not self._joins_subject(at - 1, floor)):
                break
            if token.tag == "W":
                return at - 1
            if token.tag == "P" and token.low not in ("of", "in", "with") or token.tag in ("V", "B"):
                break
            at -= 1
        if at > floor and self.tokens[at - 1].tag == "S":
            return at - 1
        return at

    def _joins_subject(self, at: int, floor: int) -> bool:
        """`… , managers and admins can`: the conjunction joins subjects if a boundary stands before the first."""
        begin = at
        while begin > floor and self.tokens[begin - 1].tag in ("N", "D", "J", "Q", "#", "VP"):
            begin -= 1
        return begin > floor and begin < at and (self.tokens[begin - 1].text in (",", ";") or self.tokens[begin - 1].tag == "S") and self.tokens[at].low in ("and", "or", "&")

    def _add(self, group: _Verb, start: int, end: int, first: bool) -> None:
        before = self.tokens[start : group.start]
        rest = self.tokens[group.end : end]
        rest = _trim(rest)
        subjects, link, lead, only = self._subject(group, before, start, first)
        modal = group.modal if group.modal != "to" else ""
        if not modal and link == "main" and not before and self.modal and group.finite:
            modal = self.modal
        objects, preps = read_region(rest)
        whole = self.tokens[start:end]
        for lemma in group.lemmas:
            self.frames.append(
                Frame(lemma, subjects, objects, preps, rest, whole, modal, group.passive, group.negated, group.only or only, link, lead)
            )
        if link == "main":
            self.main, self.modal = subjects or self.main, modal

    def _subject(self, group: _Verb, before: Tokens, start: int, first: bool) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
        only = any(token.low == "only" for token in before)
        marker = next((t for t in before if t.tag in ("S", "W")), None)
        if not group.finite:
            return self._participle_subject(group, start)
        if marker is not None and marker.tag == "W" and marker.low in ("who", "which", "that", "whom"):
            return self._relative_subject(before, marker, first, only)
        if marker is not None:
            inner = before[before.index(marker) + 1 :]
            found = read_region(inner)[0]
            if marker.tag == "S" and len(found) == 2 and found[0].end + 1 >= found[1].start and found[1].det:
                return found[1:], "main", ((marker.low, found[0]),), only
            outer = read_region(before[: before.index(marker)])[0]
            self.pending = outer if first and outer else self.pending
            link = "main" if marker.low in ("while", "whereas", "although", "though") else marker.low
            return read_region(inner)[0], link, (), only
        colon = max((i for i, t in enumerate(before) if t.text == ":"), default=-1)
        subjects, lead = read_region(before[colon + 1 :])
        previous = self.tokens[start - 1] if start else None
        if not subjects and not first:
            return self.pending or self.main, "main", lead, only
        if len(subjects) > 1 and not any(t.tag == "C" for t in before):
            subjects = subjects[-1:]
        if self.pending and not first and not (previous is not None and (previous.tag in ("PUNCT", "C"))):
            pending, self.pending = self.pending, ()
            return pending, "main", lead, only
        return subjects, "main", lead, only

    def _relative_subject(self, before: Tokens, marker: Token, first: bool, only: bool) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
        """`couriers, who have a name`: the antecedent; it waits for its main verb if it has none yet."""
        outer, lead = read_region(before[: before.index(marker)])
        inner = read_region(before[before.index(marker) + 1 :])[0]
        if first:
            self.pending = outer
            return inner or outer[-1:], "relative", lead, only
        if inner:
            return inner, "relative", lead, only
        last = self.frames[-1] if self.frames else None
        if last is None:
            return outer, "relative", lead, only
        known = last.objects[-1:] or tuple(p for _, p in last.preps[-1:]) or last.subjects[-1:]
        return known, "relative", lead, only

    def _participle_subject(self, group: _Verb, start: int) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
        """`to …` goes on with the subject (or the one who is allowed); a participle with the noun before it."""
        last = self.frames[-1] if self.frames else None
        if self.tokens[group.start].tag == "TO":
            if last is not None and last.verb in ("allow", "let", "enable", "permit", "want", "ask", "help"):
                return last.objects or last.subjects, "main", (), False
            return self.main, "purpose", (), False
        if last is None:
            return read_region(self.tokens[:start])[0][-1:], "relative", (), False
        return last.objects[-1:] or tuple(p for _, p in last.preps[-1:]) or last.subjects, "relative", (), False


def _trim(tokens: Tokens) -> Tokens:
    end = len(tokens)
    while end and (tokens[end - 1].tag in ("C", "S", "PUNCT") or tokens[end - 1].low in ("so", "then")) and tokens[end - 1].kind != "group":
        end -= 1
    return tokens[:end]


def read_region(tokens: Sequence[Token]) -> tuple[tuple[Phrase, ...], tuple[tuple[str, Phrase], ...]]:
    """Noun phrases and prepositional phrases in a stretch without verbs; pronouns count as phrases."""
    objects: list[Phrase] = []
    preps: list[tuple[str, Phrase]] = []
    prep, at, joined = "", 0, False
    while at < len(tokens):
        token = tokens[at]
        found = _pronoun(token) if token.tag == "R" else None
        step = at + 1
        if token.low == "each" and (at + 1 == len(tokens) or tokens[at + 1].low in ("one", "of")):
            found, step = _pronoun(replace(token, tag="R")), len(tokens)
        if found is None and token.tag in ("N", "J", "D", "Q", "#", "VP", "VG") or token.low in ("only", "at", "up", "exactly", "max", "maximum"):
            read = read_phrase(tokens, at)
            found, step = read if read is not None else (None, at + 1)
        if found is not None:
            if prep:
                preps.append((prep, found))
            else:
                objects.append(found)
            at, joined = step, True
            if at < len(tokens) and tokens[at].tag in ("D", "R"):
                prep = ""
            continue
        if token.tag == "P":
            prep = token.low
        elif token.tag not in ("C", "A", "X") and token.text != ",":
            prep = ""
        elif token.text == "," and joined and at + 1 < len(tokens) and tokens[at + 1].tag == "P":
            prep = ""
        at += 1
    return tuple(objects), tuple(preps)


def _pronoun(token: Token) -> Phrase | None:
    if token.low == "each" or token.low in words.PRONOUNS and token.low not in ("this", "these", "those"):
        return Phrase((token,), token.start, token.end, quantity=Quantity())
    return None
