"""Paths in stories: sentences that list states one after the other: `goes new, then for rent, then rented`."""

from collections.abc import Generator, Iterator

from codebegen.understanding.embedded.course import Step
from codebegen.understanding.embedded.facts import Fact, Initial, Move
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_lists import STATE_FIELDS
from codebegen.understanding.embedded.state_paths import LIFE, names_states, path_at, told_in_order
from codebegen.understanding.embedded.state_words import KIND, THEN, state_at, states_at
from codebegen.understanding.embedded.story_deeds import Deeds
from codebegen.understanding.embedded.telling import Told
from codebegen.understanding.embedded.told_moves import arrow_moves

_PAIR = 2
_LIKE = frozenset("through from like this as follows these the following : so".split())


class Paths(Deeds):
    """A sentence that may tell a whole path."""

    def path(self) -> Told:
        """`draft, then sent, then paid`: states and nothing else."""
        last = next((i for i, t in enumerate(self.tokens) if t.low == "last" and i), -1)
        words = self.tokens[: last - 1] if last > 0 and self.tokens[last - 1].low == "at" else self.tokens
        begin = 1 if words[0].low in ("first", "initially") else 0
        if (ordered := told_in_order(self.tokens)) is not None:
            return (yield from self._ordered(*ordered))
        if self.topic is None or any(t.tag in ("V", "M", "B", "R") for t in words) or not self.is_state_word(begin):
            return 0
        steps, end = states_at(words, begin)
        steps = [[state] for states in steps for state in states] if len(steps) > 1 and begin else steps
        if len(steps) == 1 or end < len(words):
            return 0
        yield Initial(self.topic, steps[0][0], self.tokens[0].start, self.tokens[0].end)
        course = self.course(self.topic)
        course.step((), steps[0])
        yield from self.chain(course, steps, Step(0, end))
        return len(self.tokens)

    def drawn(self) -> Generator[Fact, None, range]:
        """Where a path of arrows begins, and where it ends: it is read as a whole, and what follows goes on from it."""
        arrows = [i for i, t in enumerate(self.tokens) if t.kind == "arrow"]
        moves = [fact for fact in arrow_moves(self.tokens, self.topic) if isinstance(fact, Move)] if arrows else []
        what = moves[0].what if moves else None
        last = state_at(self.tokens, arrows[-1] + 1, named=True) if moves else None
        spoken = any(t.tag == "M" for t in self.tokens[: arrows[0]]) if arrows else True
        if what is None or last is None or spoken or arrows[0] == 0:
            return range(0)
        self.story.last, self.going = what, True
        for move in moves:
            self.course(what).step(move.sources, (move.target,))
        yield moves[-1]  # where the story is now
        led = arrows[0] > 1 and self.tokens[arrows[0] - 2].tag in ("V", "B")
        return range(arrows[0] - 1 - led, last[1])

    def _ordered(self, steps: list[list[str]], begin: int, end: int) -> Told:
        """`Faults are open, taken or closed, in this order`: a path of what is named, or was spoken of."""
        thing = self.subject(begin - 1) if begin else self.topic
        if thing is not None and not thing.is_person:
            yield from self.along(thing, steps, Step(begin, end))
        return end

    def along(self, thing: Phrase, steps: list[list[str]], step: Step) -> Iterator[Fact]:
        """A path, from its first step on."""
        course = self.course(thing)
        yield Initial(thing, steps[0][0], *self._place(step))
        course.now, course.before = (), ()
        course.step((), steps[0])
        self.told, self.going = (), True
        yield from self.chain(course, steps, step)
        # What the sentence goes on with speaks of these states too.
        self.tokens = (*self.tokens[: step.end], *self.story.known.mark(self.tokens[step.end :]))

    def gone(self, at: int) -> Told | None:
        """`Status goes todo, doing, done`, `a kayak goes new, then for rent, then rented`."""
        begin = at + 1
        while begin < len(self.tokens) and self.tokens[begin].low in _LIKE:
            begin += 1
        steps, end = path_at(self.tokens, begin)
        words = self.tokens[self.clause_start(at) : at]
        of_states = any(t.lemma in STATE_FIELDS | LIFE for t in words)
        then = any(t.low in THEN for t in self.tokens[begin:end])
        plain = names_states(self.tokens[begin:end]) >= _PAIR  # `a match goes scheduled, live, finished`
        if len(steps) < _PAIR + 1 - (then and not self.has_object(at)) or not (of_states or then or plain):
            return None
        thing = self._living(at) if of_states else self.subject(at)
        return self.along_to(thing, steps, Step(at, end)) if thing is not None and not thing.is_person else None

    def other_way(self, at: int) -> Told | None:
        """`can go to closed, or to fined after the deadline`, `set it to found and to handed over`."""
        to = [t.low for t in self.tokens[at : at + 2]]
        if not self.going or to not in (["or", "to"], ["and", "to"]) or self.tokens[at + 1].tag == "TO":
            return None
        found = state_at(self.tokens, at + 2, named=True)
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        if found is None or course is None:
            return None
        self.told = course.before if to[0] == "or" else course.now
        return self.emit(self.story.last, [[found[0]]], Step(at, found[1]))

    def begun_with(self) -> tuple[str, ...]:
        """`Approved jobs are sewn, and …`: where the thing is that the story is about."""
        first, named = self.tokens[0], self.tokens[1:2]
        last = self.story.last
        thing = bool(named) and last is not None and (named[0].lemma == last.head or named[0].low in ("one", "ones"))
        return (first.low,) if first.kind == KIND and thing else ()

    def _living(self, at: int) -> Phrase | None:
        """`The life of a sample goes …`: whose life that is."""
        begin = self.clause_start(at)
        named = [p.of for p in self.phrases(begin, at) if p.head in STATE_FIELDS | LIFE and p.of is not None]
        before = [p for p in self.phrases(begin, at) if p.head not in STATE_FIELDS | LIFE]
        found = named or before
        return found[-1] if found else self.story.last or self.topic

    def along_to(self, thing: Phrase, steps: list[list[str]], step: Step) -> Told:
        """A path, and the place where it ends."""
        yield from self.along(thing, steps, step)
        return step.end
