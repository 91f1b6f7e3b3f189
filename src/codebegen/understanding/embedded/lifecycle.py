"""Lifecycles told in prose: sentences about one thing, read in order, give its initial state and its moves.

`A claim starts as filed. It can be accepted or declined; accepted ones are paid and then closed.` What a sentence
leaves out (where a move starts) is where the one before it ended. Nothing is told here until a cue says that states are
meant: a beginning, a state before a thing, a step after a step.
"""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.course import Step, Story
from codebegen.understanding.embedded.facts import Fact, Holds, Initial, Move
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_lists import listed_states, states_item
from codebegen.understanding.embedded.state_paths import listed_path
from codebegen.understanding.embedded.state_words import (
    BY_ITSELF,
    ENDS,
    KIND,
    STATES,
    THEN,
    participle,
    participle_of,
    sequence_at,
    state_at,
    states_at,
)
from codebegen.understanding.embedded.story_begins import Beginnings
from codebegen.understanding.embedded.telling import WHEN, Told
from codebegen.understanding.embedded.text import Token, Tokens

_LEADS = frozenset("as in with out at life off".split())
_BEGIN = frozenset("start begin open enter".split())
_ARRIVE = frozenset("arrive come land appear start begin open".split())
_BORN = frozenset("born created made added entered registered placed opened started saved stored".split())
_MAKE = frozenset("save create store add enter post file".split())
_FIRST = frozenset("first initially beginning begin default originally".split())
_STAY = frozenset("stay remain sit".split())
_GO = frozenset("go move return come turn change switch fall revert pass advance progress proceed".split())
_PUT = frozenset(
    "take put set mark move send turn return bring push switch flag make change get place pull give".split()
)
_RESUME = frozenset("continue resume restart reactivate unpause".split())
_PAIR = 2
_AS = frozenset("end count".split())
_OR = frozenset("or otherwise alternatively also".split())
_BECOME = frozenset("get gets got become becomes became been".split())


def _said(listed: Tokens) -> set[str]:
    """The words of a list that say how something is, and not what."""
    return {t.low for t in listed if t.tag in ("J", "VP", "VG", "P") and t.low not in _OR}


class Lifecycles(Story):
    """Reads sentence after sentence of a description."""

    def read(self, tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
        """The facts of the next sentence; `topic` is what the lines around it are about."""
        yield from _Sentence(self, tokens, topic).run()


class _Sentence(Beginnings):
    """One sentence, from left to right."""

    def run(self) -> Iterator[Fact]:
        """Every move and every beginning; when an arrow is followed says nothing of other things."""
        arrow = max((i for i, t in enumerate(self.tokens) if t.kind == "arrow"), default=len(self.tokens))
        stop = next((i for i in range(arrow, len(self.tokens)) if self.tokens[i].low in WHEN), len(self.tokens))
        self.tokens = self.tokens[:stop]
        self.told = self.begun_with()
        at = yield from self.path()
        drawn = (yield from self.drawn()) if at == 0 else range(0)
        while (at := drawn.stop if at in drawn else at) < len(self.tokens):
            token = self.tokens[at]
            self.then = self.then or token.low in THEN
            self.instead = self.instead or token.low in _OR
            continued = self._continued(at)
            thing = self.story.last or self.topic
            if token.kind == "group" and thing is not None:
                yield from self._aside(token, thing)
                yield from self._called(at, token, thing)
                at += 1
            elif (way := self._pair(at) or self.other_way(at) or self.beside(at)) is not None:
                at = yield from way
            elif continued is not None:
                at = yield from self.emit(self.story.last, continued[0], Step(at, continued[1]))
            elif token.text in (",", ";", "-", "–"):
                self.begin, at = at + 1, at + 1
            elif token.low in ("that", "which", "who") and (found := self.states_of_condition(at, len(self.tokens))):
                at = found[1]  # it narrows what was named before it, which has been read
            elif token.low == "whether":
                at = next((i for i in range(at, len(self.tokens)) if self.tokens[i].tag == "PUNCT"), len(self.tokens))
            elif token.low == "from":
                at = yield from self._from(at)
            elif token.low in WHEN or self.is_as_long(at):
                at = yield from self._condition(at)
            else:
                at = yield from self._verb(at)

    def _or_else(self, led: tuple[str, int]) -> tuple[list[str], int]:
        """`to paid or cancelled`."""
        states, end = [led[0]], led[1]
        while end < len(self.tokens) and self.tokens[end].low in ("or", "/", ","):
            found = state_at(self.tokens, end + 1)
            if found is None or (self.tokens[end].low == "," and not self._is_listed(found[1])):
                break
            states.append(found[0])
            end = found[1]
        return states, end

    def _is_listed(self, at: int) -> bool:
        """Whether a list goes on behind a state: `attended, excused or missed`."""
        return at < len(self.tokens) and self.tokens[at].low in (",", "or")

    def _pair(self, at: int) -> Told | None:
        """`draft to sent`: both are known as states."""
        known = self.tokens[at].kind == KIND and self.leads_on(at + 1)
        pair = state_at(self.tokens, at + 2) if known else None
        if pair is None:
            return None
        thing = self.story.known.owner((self.tokens[at].low, pair[0])) or self.story.last or self.topic
        self.told = (self.tokens[at].low,)
        return self.emit(thing, [[pair[0]]], Step(at, pair[1]))

    def _verb(self, at: int) -> Told:
        """A verb that tells a state, and where to go on; anything else is passed over."""
        token, lemma = self.tokens[at], self.lemma(at)
        if (opened := self._opened(at, lemma)) is not None:
            return (yield from opened)
        if token.tag == "B" or token.low in _BECOME:
            return (yield from self._passive(at))
        if lemma in _STAY:
            return (yield from self.beginning(at, at + 1))
        if lemma in _AS and {t.low for t in self.tokens[at + 1 : at + 3]} & {"as", "up"}:
            return (yield from self._as(at))
        if lemma in BY_ITSELF and self._is_said_of_row(at):
            return (yield from self._by_itself(at, lemma))
        if lemma in _RESUME and self.story.last is not None and self.going and not self.has_object(at):
            return (yield from self.emit(self.story.last, [["running"]], Step(at, at + 1, lemma)))
        stated = {t.low for t in self.tokens[at + 1 : at + 2]} & STATES
        if lemma in _GO and (stated or not self.has_object(at)) and (found := self.led_to(at + 1)) is not None:
            states, end = self._or_else(found)
            return (yield from self.emit(self.subject(at), [states], Step(at, end)))
        if token.tag == "V" and lemma in verbs.STATE and (elided := self.without_object(at)) is not None:
            return (yield from self.emit(self.story.last, [elided[0]], Step(at, elided[1], lemma)))
        if self.acts(at, lemma) and self._may_lead(at, lemma):
            return (yield from self._active(at, lemma))
        return at + 1

    def _opened(self, at: int, lemma: str) -> Told | None:
        """`comes in as filed`, `goes new, then sold`: a beginning, or a whole path."""
        if lemma in _BEGIN and {t.low for t in self.tokens[at + 1 : at + 2]} & _LEADS:
            return self.beginning(at, at + 1)
        if lemma in _ARRIVE and (lead := self.lead_in(at + 1)):
            return self.beginning(at, lead)
        return self.gone(at) if lemma in _GO | {"pass", "run"} else None

    def _may_lead(self, at: int, lemma: str) -> bool:
        """Whether what is done with a verb can change a state: `approves`, `puts`, `inspects it`, `saves it as`."""
        pronoun = bool({t.low for t in self.tokens[at + 1 : at + 2]} & {"it", "them"})
        made = lemma in _MAKE and "as" in {t.low for t in self.tokens[at + 2 : at + 5]}
        return lemma in _PUT | verbs.STATE.keys() or pronoun or made or bool(self._leads_to(lemma))

    def _as(self, at: int) -> Told:
        """`ends up as returned`, `counts as paid`."""
        begin = at + (2 if {t.low for t in self.tokens[at + 1 : at + 2]} & {"up", "as"} else 1)
        subject = self.subject(at) or self.story.last
        listed = listed_states(self.tokens, begin)
        if listed is not None and subject is not None and len(listed[0]) > _PAIR:
            start, stop = self.tokens[at].start, self.tokens[listed[1] - 1].end
            word = replace(self.tokens[at], text="status", low="status")
            yield Holds(subject, states_item(word, listed[0], start, stop), start, stop)
            return listed[1]
        steps, end = states_at(self.tokens, begin)
        return (yield from self.emit(subject, steps, Step(at, end))) if steps else at + 1

    def _is_said_of_row(self, at: int) -> bool:
        """Whether a verb without an object is said of what goes through states: `a granted one lapses`."""
        token, before = self.tokens[at], self.tokens[self.begin : at]
        verbal = token.tag == "V" or (token.low.endswith("s") and bool(before) and before[-1].tag in ("#", "R", "N"))
        if not verbal or self.has_object(at) or any(t.low in WHEN for t in before):
            return False
        told = self.told
        subject = self.subject(at)
        known = bool(self.told) or (subject is not None and subject.key in self.story.courses)
        self.told = told
        return known

    def _by_itself(self, at: int, lemma: str) -> Told:
        """`either succeeds or fails`, `lapses if the fees aren't paid`."""
        subject, states, end = self.subject(at), [BY_ITSELF[lemma]], at + 1
        while [t.low for t in self.tokens[end : end + 1]] == ["or"] and end + 1 < len(self.tokens):
            if self.lemma(end + 1) not in BY_ITSELF:
                break
            states.append(BY_ITSELF[self.lemma(end + 1)])
            end += 2
        return (yield from self.emit(subject, [states], Step(at, end)))

    def _leads_to(self, lemma: str) -> str:
        """The known state that a verb makes: `the examiner grades it`, where something can be graded."""
        done = verbs.STATE.get(lemma) or participle_of(lemma)
        return done if tuple(done.split("_")) in self.story.known.words.get(done.split("_")[0], ()) else ""

    def _continued(self, at: int) -> tuple[list[list[str]], int] | None:
        """A further step without a verb of its own: `…, then active`, `… and either approved or denied`."""
        before = self.tokens[at - 1] if at else None
        if self.story.last is None or before is None or not self.going:
            return None
        followed = at + 1 < len(self.tokens) and self.tokens[at + 1].low == "by"
        by = self.passive and before.low in (",", "or") and followed
        if (
            before.low not in THEN | {"and", "either", "otherwise"}
            and not (before.text == "," and self.then)
            and not by
        ):
            return None
        steps, end = states_at(self.tokens, at)
        named = end < len(self.tokens) and self.tokens[end].tag in ("N", "#")
        return (steps, end) if steps and not named and self.tokens[at].tag not in ("D", "N", "C") else None

    def _passive(self, at: int) -> Told:
        """`is approved or rejected`, `becomes paid`, `is born as new`, `is pending`."""
        after = self.tokens[at + 1 :]
        born = next((i for i, t in enumerate(after[:2]) if t.low in _BORN), -1)
        if born >= 0 and len(after) > born + 1 and after[born + 1].low in ("as", "in", "with"):
            return (yield from self.beginning(at, at + 2 + born))
        moved = next((i for i, t in enumerate(after[:3]) if t.tag == "VP" and t.lemma in _PUT | _GO), -1)
        if moved >= 0 and (led := self.led_to(at + 2 + moved)) is not None:
            states, end = self._or_else(led)
            return (yield from self.emit(self.subject(at), [states], Step(at, end)))
        path = listed_path(self.tokens, at + 1)
        about = self.subject(at) if path is not None else None
        if path is not None and about is not None and not about.is_person:
            return (yield from self.along_to(about, path[0], Step(at, path[1])))
        sequence = sequence_at(self.tokens, at + 1)
        if sequence is not None:
            return (yield from self._one_after_the_other(at, *sequence))
        listed = listed_states(self.tokens, at + 1)
        if listed is not None and (subject := self.subject(at)) is not None and not self.told:
            states, end = listed
            if subject.head in nouns.ENUM_NOUNS or not set(states) & STATES | _said(self.tokens[at + 1 : end]):
                return end  # values of a field, and kinds of things: no states
            name = "type" if {"private", "public"} & set(states) and len(states) == _PAIR else "status"
            word = replace(self.tokens[at], text=name, low=name)
            start, stop = self.tokens[at].start, self.tokens[end - 1].end
            yield Holds(subject, states_item(word, states, start, stop), start, stop)
            return end
        steps, end = states_at(self.tokens, at + 1)
        if not steps and self.lemma(at) == "become":
            steps, end = self.becomes(at)
        named = self.tokens[at + 1 : at + 2] and self.tokens[at + 1].tag == "D"
        over = steps == [["final"]] and at > 0 and self.is_state_word(at - 1)  # `but ended is final`
        if over or not steps or (named and end < len(self.tokens) and self.tokens[end].tag == "N"):
            return at + 1  # `it gets a public number`
        subject = self.subject(at)
        if self._is_first(at, end) or self._is_plain(at, end, subject):
            return (yield from self.beginning(at, at + 1))
        verb = next((t.lemma for t in self.tokens[at + 1 : end] if t.tag == "VP"), "")
        self.passive = verb in verbs.STATE and end < len(self.tokens) and self.tokens[end].low == "by"
        return (yield from self.emit(subject, steps, Step(at, end, verb)))

    def _one_after_the_other(self, at: int, states: list[str], end: int) -> Told:
        """`Orders are placed, paid, shipped and delivered`: a path, unless one was told already."""
        subject = self.subject(at)
        if subject is None or subject.is_person or len(self.course(subject).order) > 1:
            return end
        yield Initial(subject, states[0], self.tokens[at].start, self.tokens[end - 1].end)
        course = self.course(subject)
        course.step((), states[:1])
        self.told, self.going = (), True
        return (yield from self.chain(course, [[state] for state in states], Step(at, end)))

    def _is_plain(self, at: int, end: int, subject: Phrase | None) -> bool:
        """`A mentorship is active`, told before anything else of it: that is how it begins."""
        alone = end == at + 2 and self.tokens[at + 1].low in STATES and not participle(self.tokens[at + 1])
        placed = self.tokens[at + 1].low in ("in", "on", "under") and end == at + 3
        known = subject is not None and self.story.courses.get(subject.key)
        begun = known.order if known else []
        until = end < len(self.tokens) and self.tokens[end].low == "until"
        stops = end >= len(self.tokens) or self.tokens[end].tag == "PUNCT" or until
        alone = alone or (until and end == at + 2 and self.lemma(at) == "be" and self.holds_until(at, end))
        return (alone or placed) and stops and not begun and not self.told

    def _is_first(self, at: int, end: int) -> bool:
        """Whether the clause speaks of the beginning: `is registered first`, `new tickets are open`."""
        around = (*self.tokens[self.begin : end], *self.tokens[end : end + 4])
        stop = next((i for i, t in enumerate(around) if i > end - self.begin and t.text in (",", ";")), len(around))
        lows = [t.low for t in around[:stop]]
        until = any(t.low == "until" for t in self.tokens[end : end + 2])
        is_new = until or "new" in [t.low for t in self.tokens[self.begin : at]]
        return bool(_FIRST & set(lows)) or (is_new and not participle(self.tokens[end - 1]))

    def _aside(self, group: Token, thing: Phrase) -> Iterator[Fact]:
        """`starts the exam (scheduled to running)`: the move in brackets."""
        at = next((i for i, t in enumerate(group.inside) if t.low in ("to", "into")), -1)
        before, after = state_at(group.inside, 0), state_at(group.inside, at + 1) if at > 0 else None
        if before is not None and after is not None and (before[1], after[1]) == (at, len(group.inside)):
            self.course(thing).step((before[0],), (after[0],))
            yield Move(thing, (before[0],), after[0], "", group.start, group.end)

    def _called(self, at: int, group: Token, thing: Phrase) -> Iterator[Fact]:
        """`a courier takes an expired one back (returned)`: in brackets, the state that a deed leads to."""
        states = [state for state in self.states_in(group) if state not in self.told]
        course = self.story.courses.get(thing.key)
        begun = course is not None and (course.order or course.hint is not None)
        if states and (self.told or (begun and self.names_thing(self.begin, at, thing))):
            yield from self.emit(thing, [states], Step(at, at + 1))

    def _active(self, at: int, lemma: str) -> Told:
        """`the editor approves it`, `an agent puts a ticket on hold`, `moderators may block published ads`."""
        last, states_made = self.alternatives(at)
        what = self.object(last)
        if what is None:
            return at + 1
        thing, states, end = what
        sources = states or self.told
        led = (self.led_to(end) if lemma in _PUT else None) or self.sent_back(lemma, end)
        target = led[0] if led is not None else verbs.STATE.get(lemma, "") or self._leads_to(lemma)
        if not target and (deed := self.deed(at, lemma, end)) is not None:
            target, end = deed
        end = led[1] if led is not None else end
        self.told = sources  # `printing takes checked orders and …`
        if lemma in _MAKE and [t.low for t in self.tokens[end : end + 1]] == ["as"] and not self.course(thing).order:
            return (yield from self.beginning(at, end, thing))
        who = next((p for p in self.phrases(self.begin, at) if p.is_person), None)
        if not target:
            self.hint(thing, at, lemma, who)
            return at + 1
        targets = states_made if last > at and led is None else [target]
        if led is not None and target == led[0]:
            targets, end = self._or_else(led)
        return (yield from self.emit(thing, [targets], Step(at, end, "" if led else lemma, who)))

    def _from(self, at: int) -> Told:
        """`from submitted to interview to offer`; `from review it can be sent back`."""
        steps, end = states_at(self.tokens, at + 1, named=True)
        if {t.low for t in self.tokens[at + 1 : at + 2]} & {"there", "then", "here", "now"}:
            now = self.course(self.story.last).now if self.story.last is not None else ()
            steps, end = [list(now)] if now else [], at + 2  # `from there a judge passes it`
        if not steps:
            return at + 1
        states = [state for step in steps for state in step]
        subject = self.subject(at)
        listed = self.story.known.states.get(subject.key, ()) if subject is not None else ()
        known = [*self.course(subject).order, *listed] if subject is not None else []
        self.told = tuple(next((k for k in known if k.endswith(f"_{s}") and s not in known), s) for s in states)
        chained = False
        while self.leads_on(end):
            following, further = states_at(self.tokens, end + 1, named=True)
            if not following or subject is None:
                break
            yield from self.emit(subject, following, Step(at, further))
            self.told, end, chained = tuple(following[-1]), further, True
        self.told = () if chained else self.told
        return end

    def _condition(self, at: int) -> Told:
        """`once sent`, `while it is open or paid`, `until the librarian approves it`, `when an order is placed`."""
        start = at + (3 if self.tokens[at].low == "as" else 1)
        if self.tokens[at].low in ("before", "until") and {t.low for t in self.tokens[start : start + 1]} & {
            "that",
            "then",
        }:
            return (yield from self.until_then(start + 1))
        if self.tokens[at].low == "after" and (reached := self.noun_of_state(start)):
            self.told = (reached,)
            return start + 1
        stop = next((i for i in range(start, len(self.tokens)) if self.tokens[i].text in (",", ";")), len(self.tokens))
        verb = next((i for i in range(start, stop) if self.tokens[i].tag == "V" and self.lemma(i) in verbs.STATE), -1)
        if self.tokens[at].low == "until" and verb >= 0 and (what := self.object(verb)) is not None:
            lemma = self.lemma(verb)
            return (yield from self.emit(what[0], [[verbs.STATE[lemma]]], Step(at, what[2], lemma)))
        condition = self.states_of_condition(at, stop)
        if condition is None:
            # `when the due date passes they become overdue`: another way on from where the last step began.
            course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
            over = course is not None and not ENDS.isdisjoint(course.now)
            not_so = any(self.tokens[i].tag == "X" for i in range(at, stop)) and not self.told
            self.instead = self.going or over or not_so
            return start
        states, end, negated = condition
        if self.tokens[at].low == "before":
            course = self.course(self.story.last) if self.story.last is not None else None
            self.told = course.before_state(states[0]) if course is not None else ()
            return end
        if self.tokens[at].low == "until" and self.story.last is not None and self.course(self.story.last).now:
            return (yield from self.emit(self.story.last, [list(states)], Step(at, end)))
        if set(states) <= _BORN and not (self.story.last and self.course(self.story.last).order):
            self.born = True
        elif not negated:
            be = next((i for i in range(start, end) if self.tokens[i].tag == "B"), end)
            pronoun = be > start and self.tokens[be - 1].tag == "R"
            named = [p for p in self.phrases(start, end) if p.head not in STATES and not pronoun]
            self.told, self.of = states, named[0] if named else None
            self.while_at(at, self.of or self.story.last or self.topic, states)
        return end
