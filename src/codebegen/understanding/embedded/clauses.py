"""Clauses: a tagged sentence enters, frames leave: who does what to whom, how, and under which condition.

Verb groups are found first; the words between two of them are then shared out between the object of the one and the
subject of the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codebegen.understanding.embedded.exclusions import cut_excluded
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, is_plural_token
from codebegen.understanding.embedded.regions import read_region, without_ends
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.verb_groups import DATA_VERBS, SKIPPED, VerbGroup, find_verbs


@dataclass(frozen=True)
class Frame:
    """One clause. `rest` is everything behind the verb; `link` is `main`, `relative`, `purpose` or a subordinator.

    `but`: who is left out of what is told of all, or of some.
    """

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
    but: tuple[Phrase, ...] = ()

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


def parse(tokens: Sequence[Token]) -> list[Frame]:
    """The frames of one sentence, in reading order."""
    kept, left_out = cut_excluded(tokens)
    tokens = _ungapped(_told_once(kept))
    groups = find_verbs(tokens)
    if not groups:
        return []
    return _without(_Assembler(tokens, groups).run(), left_out)


def _without(frames: list[Frame], left_out: Sequence[Phrase]) -> list[Frame]:
    """Each one that is left out, in the clause that says so and in those that go on about the same subject."""
    for who in left_out:
        at = max((i for i, f in enumerate(frames) if f.start <= who.start), default=0)
        clause = frames[at]
        for i, frame in enumerate(frames):
            same = i >= at or frame.start == clause.start
            if same and frame.subjects == clause.subjects:
                frames[i] = replace(frame, but=(*frame.but, who))
    return frames


def _told_once(tokens: Sequence[Token]) -> Sequence[Token]:
    """`The dentist he makes treatments`: the pronoun behind its noun only repeats it."""
    return [t for i, t in enumerate(tokens) if not (t.low in ("he", "she", "they") and _repeats(tokens, i))]


def _repeats(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    begin = at
    while begin > 0 and tokens[begin - 1].tag in ("N", "D"):
        begin -= 1
    person = begin < at and tokens[at - 1].lemma in nouns.PERSONS
    starts = begin == 0 or tokens[begin - 1].tag == "PUNCT"
    return person and starts and following is not None and following.tag in ("V", "M", "DO", "B")


def _asks_in_list(between: Sequence[Token]) -> bool:
    """`apartments with an address and whether pets are allowed`: a question in a list of data."""
    listed = next((i for i, t in enumerate(between) if t.low in ("with", "including")), len(between))
    asked = [i for i, t in enumerate(between) if t.tag == "W" and t.low not in words.RELATIVES]
    comma = next((i for i, t in enumerate(between) if t.text == ","), len(between))
    # `I make an appointment, day and hour, and how long it takes`
    row = any(i > comma and between[i - 1].low in ("and", ",") for i in asked) and between[:1][0].low in ("a", "an")
    return row or any(i >= listed for i in asked)


Preps = tuple[tuple[str, Phrase], ...]


def _behind_comma(before: Tokens, lead: Preps) -> tuple[tuple[Phrase, ...], Preps] | None:
    """`In a group, a member can …`: what stands behind the comma is the subject, and no further place."""
    if len(lead) < 2:
        return None
    last = lead[-1][1]
    comma = next((t for t in reversed(before) if t.start < last.start), None)
    ends = before[-1].end <= last.end
    return ((last,), lead[:-1]) if comma is not None and comma.text == "," and ends else None


def _behind_lead(group: VerbGroup, before: Tokens, lead: Preps) -> tuple[tuple[Phrase, ...], Preps] | None:
    """`For each skill employee has a level`, without an article: the last noun is the subject."""
    last = lead[-1][1] if lead else None
    if last is None or before[-1].end != last.end or len(last.words) != _TWO or group.modal or group.passive:
        return None
    subject = replace(last, words=last.words[1:], start=last.words[1].start, det="")
    singular = group.lemmas[0] in verbs.HAS and not subject.plural and last.det in words.EACH
    place = replace(last, words=last.words[:1], end=last.words[0].end)
    return ((subject,), (*lead[:-1], (lead[-1][0], place))) if singular else None


_TWO = 2


def _ungapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """`A hall has a name, a concert a title and singers a voice`: the verb that is not repeated is put in again."""
    out: list[Token] = []
    verb = _HAVE if not any(t.tag in ("V", "B", "M", "VP") for t in tokens) else None
    for i, token in enumerate(tokens):
        out.append(token)
        if token.tag in ("V", "B", "M"):
            verb = token if token.lemma == "have" else None
        if verb is not None and token.tag == "N" and _stands_for_clause(tokens, i):
            out.append(replace(verb, start=token.end, end=token.end))
    return out


_HAVE = Token("have", "have", 0, 0, "word", "V", "have")


def _stands_for_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase behind `and` ends here and another begins, with nothing between them."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.low not in ("a", "an") or following.tag != "D":
        return False
    begin = at
    while begin > 0 and tokens[begin].tag == "N":
        begin -= 1
    if tokens[begin].tag == "D":
        return begin > 0 and tokens[begin - 1].low in ("and", ",")
    # `pupils have a name, boats a sail number`; behind a semicolon nothing stands before it.
    first = begin == 0 and tokens[begin].tag == "N"
    return is_plural_token(tokens[at]) and (first or tokens[begin].low in ("and", ","))


_SPEAKING = frozenset("we they he she it i you".split())


class _Assembler:
    """Shares the words between verb groups out to frames, from left to right."""

    def __init__(self, tokens: Sequence[Token], groups: list[VerbGroup]) -> None:
        self.tokens, self.groups = tuple(tokens), groups
        self.frames: list[Frame] = []
        self.pending: tuple[Phrase, ...] = ()
        self.main: tuple[Phrase, ...] = ()
        self.modal = ""
        self.lead: Preps = ()

    def run(self) -> list[Frame]:
        """All frames."""
        kept = self._drop_embedded()
        starts = [self._subject_start(kept, k) for k in range(len(kept))]
        if len(kept) > 1 and self._waits(kept[0]) and starts[1] == kept[0].end and kept[1].finite:
            starts[1] = kept[1].start
        for k, group in enumerate(kept):
            end = starts[k + 1] if k + 1 < len(kept) else len(self.tokens)
            self._add(group, starts[k], max(end, group.end), first=k == 0)
        return self.frames

    def _waits(self, group: VerbGroup) -> bool:
        """`customers who bought the product can review it`: the product is no subject, the customers are."""
        marker = next((i for i, t in enumerate(self.tokens[: group.start]) if t.tag in ("S", "W")), None)
        return (
            marker is not None
            and self.tokens[marker].low in ("who", "which", "that")
            and any(t.tag == "N" for t in self.tokens[:marker])
        )

    def _drop_embedded(self) -> list[VerbGroup]:
        """Without the verbs that only describe an item of a list: `a code that is unique`, `when it was returned`."""
        kept: list[VerbGroup] = []
        for group in self.groups:
            if kept and self._is_embedded(kept[-1], group):
                continue
            kept.append(group)
        return kept

    def _is_embedded(self, governor: VerbGroup, group: VerbGroup) -> bool:
        between = self.tokens[governor.end : group.start]
        if not self._lists_data(governor) and not _asks_in_list(between):
            return False
        tail = [t for t in between[-4:] if t.tag not in SKIPPED]
        if not tail:
            return False
        if not group.finite:
            return group.passive
        wh = next((t for t in reversed(tail) if t.tag == "W"), None)
        if wh is not None and not any(t.text in (",", ";") for t in tail[tail.index(wh) + 1 :]):
            told = group.lemmas[-1] in verbs.HAS | {"expire"} and tail[-1] is wh
            return not (told and wh.low in ("which", "that", "who"))
        return len(tail) >= 2 and tail[-1].tag == "R" and tail[-2].tag == "N"

    def _lists_data(self, governor: VerbGroup) -> bool:
        """Whether data follow a verb: `for each plant I want …` lists them as `a plant has …` does."""
        wished = governor.lemmas[-1] in ("want", "know")
        return governor.lemmas[-1] in DATA_VERBS or (
            wished and any(t.low in words.EACH for t in self.tokens[: governor.start])
        )

    def _subject_start(self, kept: list[VerbGroup], k: int) -> int:
        """Where the words of the k-th clause begin."""
        group = kept[k]
        if k == 0:
            return 0
        floor = kept[k - 1].end
        at = group.start
        if not group.finite and self.tokens[at].tag != "TO":
            return at
        waiting = any(t.tag == "S" or t.low == "when" for t in self.tokens[kept[k - 2].end if k > 1 else 0 : floor])
        waiting = waiting or (k == 1 and not kept[0].finite and self.tokens[0].tag == "P")
        while at > floor:
            token = self.tokens[at - 1]
            if waiting and self.tokens[at].low in _SPEAKING and token.tag in ("N", "GROUP"):
                return at  # `when a member borrows a copy we note …`
            if token.tag in ("PUNCT", "S", "ARROW") or (
                token.tag == "C" and (at == group.start or not self._joins_subject(at - 1, floor))
            ):
                break
            if token.tag == "W":
                return at - 1
            if token.tag == "P" and at - 2 >= floor and self.tokens[at - 2].tag in ("C", "PUNCT"):
                at -= 1
                break
            joins = token.low in ("of", "in", "with") or (token.low == "on" and self._is_each(at - 1, floor))
            if (token.tag == "P" and not joins) or token.tag in ("V", "B"):
                break
            at -= 1
        if at > floor and self.tokens[at - 1].tag == "S":
            return at - 1
        return at

    def _is_each(self, at: int, floor: int) -> bool:
        """`…, every film on a list has a rank`: whether what stands before a preposition is one of each."""
        begin = at
        while begin > floor and self.tokens[begin - 1].tag in ("N", "J"):
            begin -= 1
        return begin > floor and self.tokens[begin - 1].low in words.EACH and begin < at

    def _joins_subject(self, at: int, floor: int) -> bool:
        """`… , managers and admins can`: the conjunction joins subjects if a boundary stands before the first."""
        begin = at
        while begin > floor and self.tokens[begin - 1].tag in ("N", "D", "J", "Q", "#", "VP"):
            begin -= 1
        return (
            begin > floor
            and begin < at
            and (self.tokens[begin - 1].text in (",", ";") or self.tokens[begin - 1].tag == "S")
            and self.tokens[at].low in ("and", "or", "&")
        )

    def _add(self, group: VerbGroup, start: int, end: int, first: bool) -> None:
        before = self.tokens[start : group.start]
        rest = self.tokens[group.end : end]
        rest = without_ends(rest)
        subjects, link, lead, only = self._subject(group, before, start, first)
        if link == "main" and self.lead:
            lead, self.lead = (*self.lead, *lead), ()
        modal = group.modal if group.modal != "to" else ""
        if not modal and link == "main" and not before and self.modal and group.finite:
            modal = self.modal
        objects, preps = read_region(rest)
        if not objects and not group.passive and (gap := self._gap(before)):
            objects = gap
            if rest and rest[0].low == "with" and self.frames and self.frames[-1].objects == gap:
                self.frames[-1] = replace(self.frames[-1], rest=rest, preps=preps)  # `rate products they bought with …`
                rest, preps = (), ()
        whole = self.tokens[start:end]
        for lemma in group.lemmas:
            self.frames.append(
                Frame(
                    lemma,
                    subjects,
                    objects,
                    preps,
                    rest,
                    whole,
                    modal,
                    group.passive,
                    group.negated,
                    group.only or only,
                    link,
                    lead,
                )
            )
        if link == "main":
            self.main, self.modal = subjects or self.main, modal

    def _gap(self, before: Tokens) -> tuple[Phrase, ...]:
        """`the subjects they teach`: what stands before the pronoun is the object of both clauses."""
        if len(before) < 2 or before[-1].low not in ("they", "he", "she", "it", "we") or before[-2].tag != "N":
            return ()
        gap = read_region(before[:-1])[0][-1:]
        last = self.frames[-1] if self.frames else None
        if gap and last is not None and not last.objects and not last.preps:
            self.frames[-1] = replace(last, objects=gap)
        return gap

    def _subject(
        self, group: VerbGroup, before: Tokens, start: int, first: bool
    ) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
        only = any(token.low == "only" for token in before)
        marker = next((t for t in before if t.tag in ("S", "W")), None)
        if not group.finite:
            return self._participle_subject(group)
        if marker is not None and marker.tag == "W" and marker.low in ("who", "which", "that", "whom"):
            return self._relative_subject(before, marker, first, only)
        if marker is not None:
            inner = before[before.index(marker) + 1 :]
            found = read_region(inner)[0]
            beside = len(found) == 2 and found[0].end + 1 >= found[1].start
            if marker.tag == "S" and beside and (found[1].det or found[1].words[0].tag == "R"):
                return found[1:], "main", ((marker.low, found[0]),), only
            outer = read_region(before[: before.index(marker)])[0]
            self.pending = outer if first and outer else self.pending
            link = "main" if marker.low in ("while", "whereas", "although", "though") else marker.low
            return read_region(inner)[0], link, (), only
        colon = max((i for i, t in enumerate(before) if t.text == ":"), default=-1)
        subjects, lead = read_region(before[colon + 1 :])
        if not subjects and (cut := _behind_comma(before, lead)):
            subjects, lead = cut
        if not subjects and (cut := _behind_lead(group, before, lead)):
            subjects, lead = cut
        previous = self.tokens[start - 1] if start else None
        if not subjects and not first:
            return self.pending or self.main, "main", lead, only
        if len(subjects) > 1 and not any(t.tag == "C" for t in before):
            subjects = subjects[-1:]
        if self.pending and not first and not (previous is not None and (previous.tag in ("PUNCT", "C"))):
            pending, self.pending = self.pending, ()
            return pending, "main", lead, only
        return subjects, "main", lead, only

    def _relative_subject(
        self, before: Tokens, marker: Token, first: bool, only: bool
    ) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
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

    def _participle_subject(
        self, group: VerbGroup
    ) -> tuple[tuple[Phrase, ...], str, tuple[tuple[str, Phrase], ...], bool]:
        """`to …` goes on with the subject (or the one who is allowed); a participle with the noun before it."""
        last = self.frames[-1] if self.frames else None
        if self.tokens[group.start].tag == "TO":
            if last is not None and last.verb in ("allow", "let", "enable", "permit", "want", "ask", "help"):
                return last.objects or last.subjects, "main", (), False
            return self.main, "purpose", (), False
        if last is None:
            spoken, self.lead = read_region(self.tokens[: group.start])
            self.pending = spoken[-1:]
            return spoken[-1:] or tuple(p for _, p in self.lead[-1:]), "relative", (), False
        return last.objects[-1:] or tuple(p for _, p in last.preps[-1:]) or last.subjects, "relative", (), False
