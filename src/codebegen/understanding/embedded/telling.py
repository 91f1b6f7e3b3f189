"""Telling: what one sentence adds to the story of a thing: where a move starts, where it leads, who makes it."""

from collections.abc import Generator, Iterator
from itertools import pairwise

from codebegen.understanding.embedded.course import Course, Step, Story
from codebegen.understanding.embedded.facts import Fact, Initial, Move
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.state_clause import PRONOUNS, StateClause, bare
from codebegen.understanding.embedded.state_lists import STATE_FIELDS
from codebegen.understanding.embedded.state_words import KIND, THEN, is_attribute, participle, states_at
from codebegen.understanding.embedded.text import Tokens

WHEN = frozenset("once when whenever after if while until unless before".split())
_DRAFTED = frozenset("submitted published sent".split())

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

    def beginning(self, verb_at: int, at: int) -> Told:
        """`starts as filed`, and whatever the sentence goes on with."""
        subject = self.subject(verb_at)
        steps, end = states_at(self.tokens, at)
        if subject is None or not steps:
            return at
        course = self.course(subject)
        if not course.order:
            yield Initial(subject, steps[0][0], self.tokens[verb_at].start, self.tokens[end - 1].end)
        course.step((), steps[0])
        self.told, self.going = (), True
        return (yield from self.chain(course, steps, Step(verb_at, end)))

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
            if low == ["as", "long", "as"] or token.low in WHEN - {"until"} | {"that", "which"}:
                found = self.states_of_condition(at, len(self.tokens))
                if found is None:
                    return ()
                states, _, negated = found
                if not negated:
                    return states
                known = [i for i, state in enumerate(course.order) if state in states]
                return tuple(course.order[: known[0]] if known else course.order)
        return ()

    def _about(self, thing: Phrase) -> bool:
        """`When a course is full, children wait`: where the one is tells nothing of where the other was."""
        return self.of is None or self.of.key == thing.key

    def emit(self, thing: Phrase | None, steps: list[list[str]], step: Step) -> Told:
        """The moves of one verb; where they start is said, or is where the story is."""
        if thing is None:
            return step.end
        goes_on = self.then or thing is self.story.last
        course = self.course(thing)
        if self.born:
            self.born = False
            return (yield from self.beginning(step.at, step.at + 1))
        if not self._about(thing) and not course.order:
            return step.end
        told = (self.told if self._about(thing) else ()) or self.limited(course, step.end)
        if not told and not goes_on:
            # Spoken of by its name, without a word on where it is: what was told already is only told again.
            steps = [[state for state in states if state not in course.order] for states in steps]
        if not steps[0]:
            return step.end
        if steps[0] == ["running"] and "running" not in course.order and course.before:
            steps = [list(course.before)]  # what is resumed goes on from where it was
        sources = told or (course.before if self.instead and not self.then and course.before else course.now)
        if sources:
            yield from self.moves(course, sources, steps[0], step)
        elif len(steps) > 1 or self.goes_on(step.end):
            start, end = self.tokens[step.at].start, self.tokens[step.end - 1].end
            can = any(t.tag == "M" for t in self.tokens[self.begin : step.at])
            # What can be paid is not paid yet; what is opened, then assessed begins there.
            first = ("draft" if _DRAFTED & set(steps[0]) else "pending") if can else steps[0][0]
            yield Initial(thing, first, start, end)
            if can:
                yield from self.moves(course, (first,), steps[0], step)
            else:
                course.step((), steps[0])
        else:
            yield from self._until(thing, steps[0], step)
        self.told, self.then, self.instead, self.going = (), False, False, True
        return (yield from self.chain(course, steps, step))

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
        for target in targets:
            kept = tuple(state for state in sources if state != target)
            if kept:
                verb = step.verb if target == verbs.STATE.get(step.verb, target) else ""
                start, end = self.tokens[step.at].start, self.tokens[step.end - 1].end
                yield Move(course.thing, kept, target, verb, start, end, who)
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
            return next((p for p in self.phrases(at + 1, min(len(self.tokens), at + 5)) if p.is_person), None)
        return None

    def course(self, thing: Phrase) -> Course:
        """The course of a thing, which is spoken of from now on."""
        self.story.last = thing
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
        if states == ("new",) and not any(course.order for course in self.story.courses.values()):
            states = ()  # `new tickets are open` tells how they begin
        self.told = states or self.told
        if named is not None and named.words[-1].tag == "N" and not participle(named.words[-1]):
            return bare(named)
        spoken = not words or any(t.low in PRONOUNS or t.tag in ("M", "A", "C") for t in words) or bool(states)
        return (self.story.known.owner(states) or self.story.last or self.topic) if spoken else None

    def object(self, verb: int) -> tuple[Phrase, tuple[str, ...], int] | None:
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
