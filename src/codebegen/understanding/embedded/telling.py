"""Telling: what one sentence adds to the story of a thing: where a move starts, where it leads, who makes it."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import pairwise

from codebegen.understanding.embedded.course import Course, Hint, Step, Story
from codebegen.understanding.embedded.facts import Fact, Initial, Move
from codebegen.understanding.embedded.halts import first_before, halt_of, way_back
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.state_clause import PRONOUNS, StateClause, bare
from codebegen.understanding.embedded.state_lists import STATE_FIELDS
from codebegen.understanding.embedded.state_words import (
    KIND,
    MAKES,
    STATES,
    TARGETS,
    THEN,
    as_listed,
    before_deed,
    is_attribute,
    participle,
    state_at,
    states_at,
)
from codebegen.understanding.embedded.text import Token, Tokens

WHEN = frozenset("once when whenever after if while until unless before".split())
_DRAFTED = frozenset("submitted published sent".split())

_DENIED = frozenset("nobody no none never cannot cant can't won't wont mustn't isn't aren't don't doesn't".split())
_BAD = frozenset("bad wrong faulty poor incomplete defective insufficient".split())

Told = Generator[Fact, None, int]
"""Facts, and the place where reading goes on."""


class Telling(StateClause):
    """A sentence, and the story that it goes on with."""

    def __init__(self, story: Story, tokens: Tokens, topic: Phrase | None) -> None:
        super().__init__(story.known.mark(tokens))
        self.story, self.topic = story, topic
        self.told: tuple[str, ...] = ()  # states that the clause names as its start
        self.of: Phrase | None = None  # what is in those states, where it is named
        self.then = self.instead = self.born = self.passive = False
        self.going = False  # whether this sentence has told a step

    def beginning(self, verb_at: int, at: int, thing: Phrase | None = None) -> Told:
        """`starts as filed`, and whatever the sentence goes on with."""
        subject = thing or self.subject(verb_at)
        steps, end = states_at(self.tokens, at)
        last = at + 2 == len(self.tokens) or (at + 2 < len(self.tokens) and self.tokens[at + 2].tag == "PUNCT")
        if not steps and last and self.tokens[at].low == "as" and (found := state_at(self.tokens, at, named=True)):
            steps, end = [[found[0]]], found[1]  # `begins as quote`
        if subject is None or not steps:
            return at
        course = self.course(subject)
        if not course.order:
            yield Initial(subject, steps[0][0], self.tokens[verb_at].start, self.tokens[end - 1].end)
            yield from self._waiting(course, steps[0][0])
        course.step((), steps[0])
        self.told, self.going = (), True
        return (yield from self.chain(course, steps, Step(verb_at, end)))

    def _waiting(self, course: Course, first: str) -> Iterator[Fact]:
        """`Leaders mark it as seen or missed; before that it is booked`: what was told before where it begins."""
        kept = [replace(move, sources=(first,)) for move in course.waiting if move.target != first]
        self.story.known.add(course.thing, [move.target for move in kept])
        yield from kept
        course.waiting.clear()

    def limited(self, course: Course, end: int) -> tuple[str, ...]:
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
            if token.low == "before":
                found = self.states_of_condition(at, len(self.tokens))
                return course.before_state(found[0][0]) if found is not None else ()
            if token.low == "after" and (reached := self.noun_of_state(at + 1)):
                return (reached,)
            if self.is_as_long(at) or token.low in WHEN - {"until"} | {"that", "which"}:
                found = self.states_of_condition(at, len(self.tokens))
                if found is None:
                    return ()
                states, _, negated = found
                if not negated:
                    return states
                known = [i for i, state in enumerate(course.order) if state in states]
                return tuple(course.order[: known[0]] if known else course.order)
        return ()

    def noun_of_state(self, at: int) -> str:
        """`after the inspection`: the state that is reached by then."""
        begin = at + 1 if at < len(self.tokens) and self.tokens[at].tag == "D" else at
        token = self.tokens[begin] if begin < len(self.tokens) else None
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        if token is None or token.tag != "N" or course is None:
            return ""
        return next((state for state in course.order if _same_stem(token.low, state)), "")

    def _about(self, thing: Phrase) -> bool:
        """`When a course is full, children wait`: where the one is tells nothing of where the other was."""
        return self.of is None or self.of.key == thing.key

    def emit(self, thing: Phrase | None, steps: list[list[str]], step: Step) -> Told:
        """The moves of one verb; where they start is said, or is where the story is."""
        if thing is None:
            return step.end
        steps, step = self._as_in_brackets(steps, step)
        last = self.story.last
        thing, steps = self._meant(thing, steps)
        goes_on = self.then or thing is last
        course = self.course(thing)
        self.told = self._as_told(course)
        if self._denied(step.at):
            yield from self.moves(course, self._needed(step.end), steps[0], step)
            return step.end
        if self.born:
            self.born = False
            return (yield from self.beginning(step.at, step.at + 1))
        if not self._about(thing) and not course.order:
            return step.end
        told = (self.told if self._about(thing) else ()) or self.limited(course, step.end)
        steps = self._further(course, steps, anew=bool(told) or goes_on)
        if not steps[0]:
            return step.end
        if not told and not course.order:
            yield from self._begun(course, steps[0], step)
        sources = told or (course.before if self.instead and not self.then and course.before else course.alive)
        if sources or halt_of(steps[0]) is not None:
            yield from self._there_and_back(course, sources, steps[0], step)
        elif len(steps) > 1 or self.goes_on(step.end):
            yield from self._first(course, steps[0], step)
        else:
            yield from self._until(thing, steps[0], step)
            alone = len(steps[0]) == 1 and not self._may(step)
            if alone:
                course.hint = Hint(steps[0][0], self.tokens[0].start, steps[0][0] in MAKES)
            else:
                course.hint = course.hint if course.hint is not None and course.hint.sure else None
                verb = step.verb if len(steps[0]) == 1 else ""
                course.waiting.extend(Move(thing, (), t, verb, *self._place(step), step.who) for t in steps[0])
            self.story.last = thing if set(steps[0]) & (TARGETS | STATES) else last
        self.told, self.then, self.instead, self.going = (), False, False, True
        return (yield from self.chain(course, steps, step))

    def _there_and_back(
        self, course: Course, sources: tuple[str, ...], targets: list[str], step: Step
    ) -> Iterator[Fact]:
        """The moves of one step; what can be paused and resumed goes back to where it was."""
        halt = halt_of(targets)
        if halt is not None and not sources:
            sources = first_before(targets, self.story.known.states.get(course.thing.key, ()))
            yield Initial(course.thing, sources[0], *self._place(step))
            course.step((), sources)
        yield from self.moves(course, sources, [t for t in targets if halt is None or t != halt[1]], step)
        if halt is not None:
            yield from way_back(course.thing, halt, sources, self._place(step), step.who)

    def _as_in_brackets(self, steps: list[list[str]], step: Step) -> tuple[list[list[str]], Step]:
        """`sends it to review (it's then "queued")`, `is sent back (returned)`: what the state is called."""
        group = self.tokens[step.end] if step.end < len(self.tokens) else None
        named = self.states_in(group) if group is not None and group.kind == "group" else []
        if len(steps) != 1 or len(named) != len(steps[0]) or not named:
            return steps, step
        return [named], replace(step, end=step.end + 1)

    def states_in(self, group: Token) -> list[str]:
        """`(confirmed / refused)`, `(it is then queued)`: what stands in brackets, if that is states."""
        states: list[str] = []
        inside = self.story.known.mark(group.inside)
        at = next((i for i, t in enumerate(inside) if t.tag not in ("R", "B", "A") and t.low != "then"), len(inside))
        while at < len(inside):
            found = state_at(inside, at)
            if found is None or any(t.tag == "N" and t.low in nouns.ATTRIBUTES for t in inside[at : found[1]]):
                return []
            states.append(found[0])
            at = found[1]
            if at < len(inside) and inside[at].low not in ("/", "or", "|"):
                return []
            at += 1
        return states

    def _meant(self, thing: Phrase, steps: list[list[str]]) -> tuple[Phrase, list[list[str]]]:
        """What goes through the states (`a bad repair goes back to in work`, where reports do), as they are listed."""
        last = self.story.last
        if thing.key not in self.story.courses and last is not None:
            known = set(self.story.known.states.get(last.key, ()))
            thing = last if set(steps[0]) <= known else thing
        listed = self.story.known.states.get(thing.key, ())
        return thing, [[as_listed(state, listed) for state in states] for states in steps]

    def _further(self, course: Course, steps: list[list[str]], *, anew: bool) -> list[list[str]]:
        """The steps that are not only told again; what is resumed goes on from where it was."""
        if not anew:
            # Spoken of by its name, without a word on where it is: what was told already is only told again.
            steps = [[state for state in states if state not in course.order] for states in steps]
        resumed = steps[0] == ["running"] and "running" not in course.order and course.before
        return [list(course.before)] if resumed else steps

    def _first(self, course: Course, targets: list[str], step: Step) -> Iterator[Fact]:
        """What can be paid is not paid yet; what is opened, then assessed begins there, or before it in a list."""
        listed = self.story.known.states.get(course.thing.key, ())
        can = self._may(step)
        first = ("draft" if _DRAFTED & set(targets) else "pending") if can else targets[0]
        later = first in listed and listed[0] not in targets
        first = listed[0] if later else first
        yield Initial(course.thing, first, *self._place(step))
        if can or later:
            yield from self.moves(course, (first,), targets, step)
        else:
            course.step((), targets)

    def _may(self, step: Step) -> bool:
        """Whether the clause says what can happen, and not what does."""
        return any(t.tag == "M" for t in self.tokens[self.begin : step.at])

    def _place(self, step: Step) -> tuple[int, int]:
        return self.tokens[step.at].start, self.tokens[step.end - 1].end

    def _begun(self, course: Course, targets: list[str], step: Step) -> Iterator[Fact]:
        """`A claim is filed online. A clerk accepts it`: what was told before is how it began.

        What is accepted or declined was pending.
        """
        bracket = self.tokens[step.at].kind == "group"
        lead = max(step.at - 1, 0)
        spoken = bracket or bool({t.low for t in self.tokens[lead : step.end]} & {"it", "them", "they"})
        hint, first = course.hint, ""
        if hint is not None and hint.state not in targets and not self.instead:
            led = bool(set(targets) & (TARGETS | STATES)) or self.tokens[step.at].lemma == "become"
            sure = hint.sure and led and (spoken or len(targets) > 1)
            near = bracket or sure or hint.sentence == self.tokens[0].start or hint.state in TARGETS | STATES
            first = hint.state if self.then or sure or (spoken and near) else ""
        if not first and spoken and len(targets) > 1:
            first = before_deed(targets[0])
        if first:
            yield Initial(course.thing, first, *self._place(step))
            course.step((), (first,))

    def _denied(self, at: int) -> bool:
        """`Nobody may sign`, `it can't be shipped`: what the clause says does not happen."""
        begin = at
        if self.tokens[at].kind == "group":
            return False
        while begin > self.begin and (self.tokens[begin - 1].tag in ("M", "A", "X") or self._denies(begin - 1)):
            begin -= 1
        return any(self._denies(i) for i in range(begin, min(at + 2, len(self.tokens))))

    def _denies(self, at: int) -> bool:
        return self.tokens[at].tag == "X" or self.tokens[at].low in _DENIED

    def _needed(self, at: int) -> tuple[str, ...]:
        """Where a row has to be first: `can't be shipped before it is paid`, `a contract that is not approved`."""
        for place in range(at, len(self.tokens)):
            if self.tokens[place].low in ("before", "until", "unless", "that", "which"):
                found = self.states_of_condition(place, len(self.tokens))
                return found[0] if found is not None else ()
        return ()

    def _as_told(self, course: Course) -> tuple[str, ...]:
        """Where the clause says that it starts: `a checked one` is where the story is, unless that is a state.

        `Unpaid ones` are in any state before `paid`, where nothing is called unpaid.
        """
        listed = self.story.known.states.get(course.thing.key, ())
        known = {*course.order, *TARGETS, *STATES, *listed}
        undone = self.told[0].removeprefix("un") if self.told and self.told[0].startswith("un") else ""
        if undone in course.order[1:] and self.told[0] not in {*course.order, *listed}:
            return course.before_state(undone)
        one = any(t.low in ("one", "ones") for t in self.tokens[self.begin :])
        unknown = one and self.told and course.now and not set(self.told) & known
        return course.now if unknown else self.told

    def _until(self, thing: Phrase, targets: list[str], step: Step) -> Iterator[Fact]:
        """`can be cancelled until it is shipped`, before anything is told of where it begins."""
        at = step.end
        if [t.low for t in self.tokens[at : at + 1]] != ["until"]:
            return
        found = self.states_of_condition(at, len(self.tokens))
        if found is not None:
            place = (self.tokens[step.at].start, self.tokens[at].end)
            yield from (Move(thing, (), target, step.verb, *place, until=found[0][0]) for target in targets)

    def moves(self, course: Course, sources: tuple[str, ...], targets: list[str], step: Step) -> Iterator[Fact]:
        """One step: from every source to every target."""
        who = step.who or self.by(step.end)
        for target in targets if sources else ():
            kept = tuple(state for state in sources if state != target)
            if kept:
                verb = step.verb if target == verbs.STATE.get(step.verb, target) else ""
                yield Move(course.thing, kept, target, verb, *self._place(step), who)
        if sources:
            course.step(sources, targets)

    def chain(self, course: Course, steps: list[list[str]], step: Step) -> Told:
        """Further steps of the same verb: `announced and then held or cancelled`."""
        for targets in steps[1:] if course.order else ():
            yield from self.moves(course, course.now, targets, Step(step.at, step.end, who=step.who))
        return step.end

    def goes_on(self, at: int) -> bool:
        """Whether a further step follows in this sentence: `then …`, `registered by a clerk, accepted by …`."""
        pairs = pairwise(self.tokens[at:])
        return any(t.low in THEN for t in self.tokens[at:]) or (
            self.passive and any(t.tag == "VP" and behind.low == "by" for t, behind in pairs)
        )

    def by(self, at: int) -> Phrase | None:
        """Who is named behind `by`."""
        if at < len(self.tokens) and self.tokens[at].low == "by":
            stop = next((i for i in range(at, len(self.tokens)) if self.tokens[i].tag == "PUNCT"), len(self.tokens))
            return next((p for p in self.phrases(at + 1, min(stop, at + 5)) if p.is_person), None)
        return None

    def course(self, thing: Phrase) -> Course:
        """The course of a thing, which is spoken of from now on."""
        self.story.last = thing
        longer = [key for key in self.story.courses if key.endswith(f"_{thing.key}")]
        if thing.key not in self.story.courses and len(longer) == 1:
            return self.story.courses[longer[0]]  # `the order`, where kitchen orders go through states
        return self.story.courses.setdefault(thing.key, Course(thing, self.story.known))

    def subject(self, verb: int) -> Phrase | None:
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
        self.instead = self.instead or any(t.low in _BAD for t in words)
        if states == ("new",) and not any(course.order for course in self.story.courses.values()):
            states = ()  # `new tickets are open` tells how they begin
        self.told = states or self.told
        if named is not None and named.words[-1].tag == "N" and not participle(named.words[-1]):
            return bare(named)
        spoken = not words or any(t.low in PRONOUNS or t.tag in ("M", "A", "C") for t in words) or bool(states)
        return (self.story.known.owner(states) or self.story.last or self.topic) if spoken else None

    def _named_before(self, verb: int) -> Phrase | None:
        """`edits his tournament and starts it`: what the sentence named last, if it goes through states."""
        named = [p for p in read_region(self.tokens[:verb])[0] if not p.is_person and not is_attribute(p.words[-1])]
        staged = self.story.courses.keys() | self.story.known.states.keys()
        return named[-1] if named and named[-1].key in staged else None

    def object(self, verb: int) -> tuple[Phrase, tuple[str, ...], int] | None:
        """What an active verb acts on, the states named before it, and where it ends."""
        at = verb + 1
        while (
            at < len(self.tokens)
            and self.tokens[at].tag in ("N", "J", "VP", "D", "R", "Q", "#", "C")
            and self.tokens[at].tag != "PUNCT"
        ):
            if at > verb + 1 and self.tokens[at].tag in ("VP", "J") and self.tokens[at - 1].tag == "N":
                break  # `marks the job checked`
            if self.tokens[at].low in ("it", "them"):
                thing = self._named_before(verb) or self.story.last or self.topic
                return (thing, (), at + 1) if thing is not None else None
            if self.tokens[at].tag == "C" and not self.is_state_word(at - 1):
                break
            at += 1
        if at > verb + 1 and self.tokens[at - 1].low in ("one", "ones"):
            states = self.states_among(self.tokens[verb + 1 : at - 1])
            thing = (self.story.known.owner(states) or self.story.last or self.topic) if states else None
            return (thing, states, at) if thing is not None else None
        if at > verb + 1 and self.tokens[at - 1].kind == KIND and not self.phrases(verb + 1, at):
            states = self.states_among(self.tokens[verb + 1 : at])
            thing = self.story.known.owner(states) or self.story.last or self.topic
            return (thing, states, at) if thing is not None else None
        phrases = self.phrases(verb + 1, at)
        if not phrases or is_attribute(phrases[-1].words[-1]):
            return None
        return bare(phrases[-1]), self.states_among(self.tokens[verb + 1 : at - 1]), at


_SHORTEST_STEM = 5


def _same_stem(noun: str, state: str) -> bool:
    """`inspection` and `inspected`, `approval` and `approved`."""
    common = next((i for i, (a, b) in enumerate(zip(noun, state, strict=False)) if a != b), min(len(noun), len(state)))
    return common >= _SHORTEST_STEM
