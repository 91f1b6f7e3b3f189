"""Lifecycles told in prose: sentences about one thing, read in order, give its initial state and its moves.

`A claim starts as filed. It can be accepted or declined; accepted ones are paid and then closed.` What a sentence
leaves out (where a move starts) is where the one before it ended. Nothing is told here until a cue says that states are
meant: a beginning, a state before a thing, a step after a step.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from codebegen.understanding.embedded.facts import Fact, Holds, Initial, Move
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.state_clause import PRONOUNS, StateClause, bare
from codebegen.understanding.embedded.state_lists import STATE_FIELDS, listed_states, states_item
from codebegen.understanding.embedded.state_vocabulary import KIND, Vocabulary
from codebegen.understanding.embedded.state_words import STATES, THEN, is_attribute, participle, state_at, states_at
from codebegen.understanding.embedded.text import Token, Tokens

_LEADS = frozenset("as in with out at life".split())
_BEGIN = frozenset("start begin open enter".split())
_BORN = frozenset("born created made added entered registered placed opened started saved stored".split())
_FIRST = frozenset("first initially beginning default originally".split())
_STAY = frozenset("stay remain sit".split())
_GO = frozenset("go move return come turn change switch fall revert pass advance progress proceed".split())
_PUT = frozenset("take put set mark move send turn return bring push switch flag make change get place".split())
_OR = frozenset("or otherwise alternatively also".split())
_WHEN = frozenset("once when whenever after if while until unless".split())
_DRAFTED = frozenset("submitted published sent".split())
_BECOME = frozenset("get gets got become becomes became been".split())


_Told = Generator[Fact, None, int]
"""Facts, and the place where reading goes on."""


@dataclass(frozen=True)
class _Step:
    """The verb of a move (none where a state alone is told), the words it stands in, and who makes it."""

    at: int
    end: int
    verb: str = ""
    who: Phrase | None = None


@dataclass
class _Course:
    """How far the story of one thing is: where it is now, where the last step started."""

    thing: Phrase
    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    order: list[str] = field(default_factory=list)

    def step(self, sources: tuple[str, ...], targets: Sequence[str]) -> None:
        """A step was told."""
        self.before, self.now = sources, tuple(targets)
        self.order.extend(state for state in (*sources, *targets) if state not in self.order)


def _said(listed: Tokens) -> set[str]:
    """The words of a list that say how something is, and not what."""
    return {t.low for t in listed if t.tag in ("J", "VP", "VG", "P") and t.low not in _OR}


class Lifecycles:
    """Reads sentence after sentence of a description."""

    def __init__(self, known: Vocabulary | None = None) -> None:
        self.known = known or Vocabulary()
        self.courses: dict[str, _Course] = {}
        self.last: Phrase | None = None

    def read(self, tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
        """The facts of the next sentence; `topic` is what the lines around it are about."""
        yield from _Sentence(self, tokens, topic).run()


class _Sentence(StateClause):
    """One sentence, from left to right."""

    def __init__(self, story: Lifecycles, tokens: Tokens, topic: Phrase | None) -> None:
        super().__init__(story.known.mark(tokens))
        self.story, self.topic = story, topic
        self.told: tuple[str, ...] = ()  # states that the clause names as its start
        self.then = self.instead = self.born = False
        self.going = False  # whether this sentence has told a step

    def run(self) -> Iterator[Fact]:
        """Every move and every beginning."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            self.then = self.then or token.low in THEN
            self.instead = self.instead or token.low in _OR
            continued = self._continued(at)
            if token.kind == "group" and self.story.last is not None:
                yield from self._aside(token, self.story.last)
                at += 1
            elif continued is not None:
                at = yield from self._emit(self.story.last, continued[0], _Step(at, continued[1]))
            elif token.text in (",", ";", "-", "–"):
                self.begin, at = at + 1, at + 1
            elif token.low in ("that", "which", "who") and (found := self.states_of_condition(at, len(self.tokens))):
                at = found[1]  # it narrows what was named before it, which has been read
            elif token.low == "from":
                at = yield from self._from(at)
            elif token.low in _WHEN or [t.low for t in self.tokens[at : at + 3]] == ["as", "long", "as"]:
                at = yield from self._condition(at)
            else:
                at = yield from self._verb(at)

    def _verb(self, at: int) -> _Told:
        """A verb that tells a state, and where to go on; anything else is passed over."""
        token, lemma = self.tokens[at], self.lemma(at)
        if token.tag == "B" or token.low in _BECOME:
            return (yield from self._passive(at))
        if lemma in _BEGIN and {t.low for t in self.tokens[at + 1 : at + 2]} & _LEADS:
            return (yield from self._beginning(at, at + 1))
        if lemma in _STAY:
            return (yield from self._beginning(at, at + 1))
        if lemma in _GO and not self.has_object(at) and (found := self.led_to(at + 1)) is not None:
            return (yield from self._emit(self._subject(at), [[found[0]]], _Step(at, found[1])))
        if self.acts(at, lemma) and lemma in _PUT | verbs.STATE.keys():
            return (yield from self._active(at, lemma))
        return at + 1

    def _continued(self, at: int) -> tuple[list[list[str]], int] | None:
        """A further step without a verb of its own: `…, then active`, `… and either approved or denied`."""
        before = self.tokens[at - 1] if at else None
        if self.story.last is None or before is None or not self.going:
            return None
        if before.low not in THEN | {"and", "either"} and not (before.text == "," and self.then):
            return None
        steps, end = states_at(self.tokens, at)
        named = end < len(self.tokens) and self.tokens[end].tag in ("N", "#")
        return (steps, end) if steps and not named and self.tokens[at].tag not in ("D", "N", "C") else None

    def _passive(self, at: int) -> _Told:
        """`is approved or rejected`, `becomes paid`, `is born as new`, `is pending`."""
        after = self.tokens[at + 1 :]
        born = next((i for i, t in enumerate(after[:2]) if t.low in _BORN), -1)
        if born >= 0 and len(after) > born + 1 and after[born + 1].low in ("as", "in", "with"):
            return (yield from self._beginning(at, at + 2 + born))
        moved = next((i for i, t in enumerate(after[:3]) if t.tag == "VP" and t.lemma in _PUT | _GO), -1)
        if moved >= 0 and (led := self.led_to(at + 2 + moved)) is not None:
            return (yield from self._emit(self._subject(at), [[led[0]]], _Step(at, led[1])))
        listed = listed_states(self.tokens, at + 1)
        if listed is not None and (subject := self._subject(at)) is not None and not self.told:
            states, end = listed
            if subject.head in nouns.ENUM_NOUNS or not set(states) & STATES | _said(self.tokens[at + 1 : end]):
                return end  # values of a field, and kinds of things: no states
            word = replace(self.tokens[at], text="status", low="status")
            start, stop = self.tokens[at].start, self.tokens[end - 1].end
            yield Holds(subject, states_item(word, states, start, stop), start, stop)
            return end
        steps, end = states_at(self.tokens, at + 1)
        if not steps:
            return at + 1
        subject = self._subject(at)
        if self._is_first(at, end):
            return (yield from self._beginning(at, at + 1))
        verb = next((t.lemma for t in self.tokens[at + 1 : end] if t.tag == "VP"), "")
        return (yield from self._emit(subject, steps, _Step(at, end, verb)))

    def _is_first(self, at: int, end: int) -> bool:
        """Whether the clause speaks of the beginning: `is registered first`, `new tickets are open`."""
        around = (*self.tokens[self.begin : end], *self.tokens[end : end + 4])
        stop = next((i for i, t in enumerate(around) if i > end - self.begin and t.text in (",", ";")), len(around))
        lows = [t.low for t in around[:stop]]
        is_new = "new" in [t.low for t in self.tokens[self.begin : at]]
        return bool(_FIRST & set(lows)) or (is_new and not participle(self.tokens[end - 1]))

    def _aside(self, group: Token, thing: Phrase) -> Iterator[Fact]:
        """`starts the exam (scheduled to running)`: the move in brackets."""
        at = next((i for i, t in enumerate(group.inside) if t.low in ("to", "into")), -1)
        before, after = state_at(group.inside, 0), state_at(group.inside, at + 1) if at > 0 else None
        if before is not None and after is not None and (before[1], after[1]) == (at, len(group.inside)):
            self._course(thing).step((before[0],), (after[0],))
            yield Move(thing, (before[0],), after[0], "", group.start, group.end)

    def _beginning(self, verb_at: int, at: int) -> _Told:
        """`starts as filed`, and whatever the sentence goes on with."""
        subject = self._subject(verb_at)
        steps, end = states_at(self.tokens, at)
        if subject is None or not steps:
            return at
        course = self._course(subject)
        if not course.order:
            yield Initial(subject, steps[0][0], self.tokens[verb_at].start, self.tokens[end - 1].end)
        course.step((), steps[0])
        self.told, self.going = (), True
        return (yield from self._chain(course, steps, _Step(verb_at, end)))

    def _active(self, at: int, lemma: str) -> _Told:
        """`the editor approves it`, `an agent puts a ticket on hold`, `moderators may block published ads`."""
        last = at
        while [t.tag for t in self.tokens[last + 1 : last + 3]] == ["C", "V"] and self.lemma(last + 2) in verbs.STATE:
            last += 2  # `approve or reject requests`: the object is shared
        what = self._object(last)
        if what is None:
            return at + 1
        thing, states, end = what
        sources = states or self.told
        led = self.led_to(end) if lemma in _PUT else None
        target = led[0] if led is not None else verbs.STATE.get(lemma, "")
        end = led[1] if led is not None else end
        if not target:
            return at + 1
        self.told = sources
        who = next((p for p in self.phrases(self.begin, at) if p.is_person), None)
        yield from self._emit(thing, [[target]], _Step(at, end, "" if led else lemma, who))
        return end if last == at else at + 1

    def _from(self, at: int) -> _Told:
        """`from submitted to interview to offer`; `from review it can be sent back`."""
        steps, end = states_at(self.tokens, at + 1, named=True)
        if not steps:
            return at + 1
        states = [state for step in steps for state in step]
        subject = self._subject(at)
        known = self._course(subject).order if subject is not None else []
        self.told = tuple(next((k for k in known if k.endswith(f"_{s}") and s not in known), s) for s in states)
        chained = False
        while self.leads_on(end):
            following, further = states_at(self.tokens, end + 1, named=True)
            if not following or subject is None:
                break
            yield from self._emit(subject, following, _Step(at, further))
            self.told, end, chained = tuple(following[-1]), further, True
        self.told = () if chained else self.told
        return end

    def _condition(self, at: int) -> _Told:
        """`once sent`, `while it is open or paid`, `until the librarian approves it`, `when an order is placed`."""
        start = at + (3 if self.tokens[at].low == "as" else 1)
        stop = next((i for i in range(start, len(self.tokens)) if self.tokens[i].text in (",", ";")), len(self.tokens))
        verb = next((i for i in range(start, stop) if self.tokens[i].tag == "V" and self.lemma(i) in verbs.STATE), -1)
        if self.tokens[at].low == "until" and verb >= 0 and (what := self._object(verb)) is not None:
            lemma = self.lemma(verb)
            return (yield from self._emit(what[0], [[verbs.STATE[lemma]]], _Step(at, what[2], lemma)))
        condition = self.states_of_condition(at, stop)
        if condition is None:
            # `when the due date passes they become overdue`: another way on from where the last step began.
            self.instead = True
            return start
        states, end, negated = condition
        if self.tokens[at].low == "until" and self.story.last is not None and self._course(self.story.last).now:
            return (yield from self._emit(self.story.last, [list(states)], _Step(at, end)))
        if set(states) <= _BORN and not (self.story.last and self._course(self.story.last).order):
            self.born = True
        elif not negated:
            self.told = states
        return end

    def _limited(self, course: _Course, end: int) -> tuple[str, ...]:
        """Where a move can start by the condition behind it: `as long as it is not shipped`, `at any stage`."""
        for at in range(end, min(end + 6, len(self.tokens))):
            token = self.tokens[at]
            if token.text in (",", ";"):
                break
            low = [t.low for t in self.tokens[at : at + 3]]
            if low[:2] == ["at", "any"]:
                rest = {t.low for t in self.tokens[at + 3 : at + 7]}
                stop = next((i for i, state in enumerate(course.order) if state in rest), len(course.order))
                return tuple(course.order[:stop])
            if low == ["as", "long", "as"] or token.low in _WHEN - {"until"} | {"that", "which"}:
                found = self.states_of_condition(at, len(self.tokens))
                if found is None:
                    return ()
                states, _, negated = found
                if not negated:
                    return states
                known = [i for i, state in enumerate(course.order) if state in states]
                return tuple(course.order[: known[0]] if known else course.order)
        return ()

    def _emit(self, thing: Phrase | None, steps: list[list[str]], step: _Step) -> _Told:
        """The moves of one verb; where they start is said, or is where the story is."""
        if thing is None:
            return step.end
        goes_on = self.then or thing is self.story.last
        course = self._course(thing)
        if self.born:
            self.born = False
            return (yield from self._beginning(step.at, step.at + 1))
        told = self.told or self._limited(course, step.end)
        if not told and not goes_on:
            # Spoken of by its name, without a word on where it is: what was told already is only told again.
            steps = [[state for state in states if state not in course.order] for states in steps]
        if not steps[0]:
            return step.end
        sources = told or (course.before if self.instead and not self.then and course.before else course.now)
        if sources:
            yield from self._moves(course, sources, steps[0], step)
        elif len(steps) > 1 or self._goes_on(step.end):
            start, end = self.tokens[step.at].start, self.tokens[step.end - 1].end
            can = any(t.tag == "M" for t in self.tokens[self.begin : step.at])
            # What can be paid is not paid yet; what is opened, then assessed begins there.
            first = ("draft" if _DRAFTED & set(steps[0]) else "pending") if can else steps[0][0]
            yield Initial(thing, first, start, end)
            if can:
                yield from self._moves(course, (first,), steps[0], step)
            else:
                course.step((), steps[0])
        self.told, self.then, self.instead, self.going = (), False, False, True
        return (yield from self._chain(course, steps, step))

    def _moves(self, course: _Course, sources: tuple[str, ...], targets: list[str], step: _Step) -> Iterator[Fact]:
        """One step: from every source to every target."""
        who = step.who or self._by(step.end)
        for target in targets:
            kept = tuple(state for state in sources if state != target)
            if kept:
                verb = step.verb if target == verbs.STATE.get(step.verb, target) else ""
                start, end = self.tokens[step.at].start, self.tokens[step.end - 1].end
                yield Move(course.thing, kept, target, verb, start, end, who)
        course.step(sources, targets)

    def _chain(self, course: _Course, steps: list[list[str]], step: _Step) -> _Told:
        """Further steps of the same verb: `announced and then held or cancelled`."""
        for targets in steps[1:] if course.order else ():
            yield from self._moves(course, course.now, targets, _Step(step.at, step.end, who=step.who))
        return step.end

    def _goes_on(self, at: int) -> bool:
        """Whether a further step follows in this sentence."""
        return any(t.low in THEN for t in self.tokens[at:])

    def _by(self, at: int) -> Phrase | None:
        if at < len(self.tokens) and self.tokens[at].low == "by":
            return next((p for p in self.phrases(at + 1, min(len(self.tokens), at + 5)) if p.is_person), None)
        return None

    def _course(self, thing: Phrase) -> _Course:
        self.story.last = thing
        return self.story.courses.setdefault(thing.key, _Course(thing))

    def _subject(self, verb: int) -> Phrase | None:
        """What the clause is about; states that stand before or behind it are where the move starts."""
        begin = self.clause_start(verb)
        words = self.tokens[begin:verb]
        plain = [t for t in words if t.tag not in ("M", "A", "X")]
        if plain and plain[-1].low in ("it", "they"):
            return self.story.last or self.topic
        phrases = [p for p in read_region(words)[0] if p.words[-1].low not in PRONOUNS and p.head not in STATE_FIELDS]
        phrases = [p for p in phrases if p.words[-1].kind != KIND]
        named = next((p for p in reversed(phrases) if not is_attribute(p.words[-1])), None)
        states = self.states_among(words)
        if states == ("new",) and not any(course.order for course in self.story.courses.values()):
            states = ()  # `new tickets are open` tells how they begin
        self.told = states or self.told
        if named is not None and named.words[-1].tag == "N" and not participle(named.words[-1]):
            return bare(named)
        spoken = not words or any(t.low in PRONOUNS or t.tag in ("M", "A", "C") for t in words) or bool(states)
        return (self.story.known.owner(states) or self.story.last or self.topic) if spoken else None

    def _object(self, verb: int) -> tuple[Phrase, tuple[str, ...], int] | None:
        """What an active verb acts on, the states named before it, and where it ends."""
        at = verb + 1
        while (
            at < len(self.tokens)
            and self.tokens[at].tag in ("N", "J", "VP", "D", "R", "Q", "#", "C")
            and self.tokens[at].tag != "PUNCT"
        ):
            if self.tokens[at].low in ("it", "them"):
                thing = self.story.last or self.topic
                return (thing, (), at + 1) if thing is not None else None
            if self.tokens[at].tag == "C" and not self.is_state_word(at - 1):
                break
            at += 1
        phrases = self.phrases(verb + 1, at)
        if not phrases or is_attribute(phrases[-1].words[-1]):
            return None
        return bare(phrases[-1]), self.states_among(self.tokens[verb + 1 : at - 1]), at
