"""Deeds in stories: what people do to the thing that a story is about leads it on, whatever the verb is.

`It is received first, then somebody inspects it` makes it inspected; elsewhere to inspect something tells no state.
"""

from codebegen.understanding.embedded.course import Hint
from codebegen.understanding.embedded.lexicon import conjugation, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.state_clause import PRONOUNS
from codebegen.understanding.embedded.state_words import PARTICLES, before_deed, participle_of
from codebegen.understanding.embedded.telling import Telling

# What is done to a row without leading it on.
_NO_DEED = verbs.READ | verbs.UPDATE | verbs.MANAGE | verbs.HAS | verbs.STORE
_NO_DEED = (_NO_DEED - {"check", "inspect", "enter", "print"}) | frozenset(
    "see use give take put set make note write need want leave do help like wait be go come say tell ask let try "
    "contain assign link attach share own pick find buy sell pay rate comment delete change send".split()
)
_DENIED = frozenset("cant dont doesnt wont cannot can't don't doesn't won't never nobody".split())
_KNOWN = conjugation.IRREGULAR.keys() | verbs.LEMMAS | {"ignore"}
_TAKEN_BACK = frozenset("cancelled withdrawn".split())
_LED = frozenset("to into as".split())
_GIVING_BACK = frozenset("send put give bring return hand throw pass push refer".split())


class Deeds(Telling):
    """A sentence in which deeds without a state of their own lead the story on."""

    def deed(self, at: int, lemma: str, end: int) -> tuple[str, int] | None:
        """The state that a deed leads to (`inspects it`, `turns it down`), and where its words end."""
        known = conjugation.forms().get(self.tokens[at].low)
        object_ = self.tokens[end - 1].low if end else ""
        denied = any(t.tag == "X" or t.low in _DENIED for t in self.tokens[self.begin : at])
        if known is None or denied or object_ not in ("it", "them") or not self._is_told(end):
            return None
        if end < len(self.tokens) and self.tokens[end].low in PARTICLES - {"back"}:
            return f"{participle_of(lemma)}_{self.tokens[end].low}", end + 1
        return (participle_of(lemma), end) if lemma not in _NO_DEED else None

    def _is_told(self, end: int) -> bool:
        """Whether the story goes on here: a step follows a step, or it is said from where."""
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        if course is None or not course.order:
            return False
        return self.then or self.going or bool(self.told) or bool(self.limited(course, end))

    def hint(self, thing: Phrase, at: int, lemma: str, who: Phrase | None) -> None:
        """`The manager reports it, the builder accepts it`: where it is before anything is told of states."""
        course = self.story.courses.get(thing.key)
        spoken = {t.low for t in self.tokens[at + 1 : at + 2]} & {"it", "them"}
        sure = course is not None and course.hint is not None and course.hint.sure
        fresh = course is None or not (course.order or sure)
        if who is not None and spoken and lemma not in _NO_DEED and fresh:
            last = self.story.last
            self.course(thing).hint = Hint(participle_of(lemma), self.tokens[0].start)
            self.story.last = last

    def while_at(self, at: int, thing: Phrase | None, states: tuple[str, ...]) -> None:
        """`While it is a draft, they can change it. Then they submit it`: where it is before it is led on."""
        course = self.story.courses.get(thing.key) if thing is not None else None
        lasting = self.tokens[at].low == "while" and len(states) == 1 and (course is None or not course.order)
        if thing is not None and lasting:
            self.course(thing).hint = Hint(states[0], self.tokens[0].start)

    def becomes(self, at: int) -> tuple[list[list[str]], int]:
        """`it becomes an order`: whatever the story leads to is a state."""
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        end = at + 3
        if self.tokens[at + 1 : at + 2] and self.tokens[at + 1].tag == "VP":
            return [[self.tokens[at + 1].low]], at + 2  # `it becomes listed`
        noun = self.tokens[at + 2 : end]
        closed = end >= len(self.tokens) or self.tokens[end].tag == "PUNCT"
        told = course is not None and course.order and closed and self.tokens[at + 1].low in ("a", "an")
        return ([[noun[0].low]], end) if told and noun and noun[0].tag == "N" else ([], at + 1)

    def sent_back(self, lemma: str, end: int) -> tuple[str, int] | None:
        """`sends it back`, with no word on where to: where it was before."""
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        back = lemma in _GIVING_BACK and [t.low for t in self.tokens[end : end + 1]] == ["back"]
        if not back or course is None or not course.before or self.leads_on(end + 1):
            return None
        return course.before[-1], end + 1

    def alternatives(self, at: int) -> tuple[int, list[str]]:
        """`accepts, declines or ignores`, `accepts it or declines it`: the last of the verbs, and what they lead to."""
        last, states = at, [verbs.STATE.get(self.lemma(at), "")]
        end = self._behind_pronoun(at)
        while end + 1 < len(self.tokens) and self.tokens[end].low in (",", "or"):
            lemma = self.lemma(end + 1)
            behind = self._behind_pronoun(end + 1)
            further = {t.low for t in self.tokens[behind : behind + 1]}
            if further & (PARTICLES - {"back"}) and self.tokens[end + 1].tag == "V" and behind > end + 2:
                states.append(f"{participle_of(lemma)}_{further.pop()}")
                last, end = end + 1, behind + 1
                break
            if further & (PARTICLES | _LED) or self.tokens[end + 1].tag != "V" or lemma not in _KNOWN:
                break
            states.append(verbs.STATE.get(lemma) or participle_of(lemma))
            last, end = end + 1, self._behind_pronoun(end + 1)
        joined = any(t.low == "or" for t in self.tokens[at:last])
        return (last, states) if len(states) > 1 and all(states) and joined else (at, states[:1])

    def _behind_pronoun(self, at: int) -> int:
        """Behind a verb, and behind the `it` that follows."""
        return at + (2 if {t.low for t in self.tokens[at + 1 : at + 2]} & {"it", "them"} else 1)

    def without_object(self, at: int) -> tuple[list[str], int] | None:
        """`The handler approves or rejects`: what is done to the thing that the story is about."""
        last, states = self.alternatives(at)
        closed = last + 1 >= len(self.tokens) or self.tokens[last + 1].tag == "PUNCT"
        by = any(p.is_person for p in self.phrases(self.begin, at))
        course = self.story.courses.get(self.story.last.key) if self.story.last is not None else None
        fresh = [state for state in states if course is None or state not in course.order]
        thing = self.story.last or self.topic
        told = course is not None or (before_deed(states[0]) and thing is not None and not thing.is_person)
        if told and course is None and thing is not None:
            self.course(thing)
        may = any(t.tag == "M" for t in self.tokens[self.begin : at])
        limits = self.is_as_long(last + 1) or {t.low for t in self.tokens[last + 1 : last + 2]} & {
            "until",
            "while",
            "before",
        }
        if course is not None and course.order and may and by and states[0] in _TAKEN_BACK and (closed or limits):
            return states, last + 1
        return (fresh, last + 1) if len(states) > 1 and closed and by and fresh and told else None

    def names_thing(self, begin: int, end: int, thing: Phrase) -> bool:
        """Whether the words between two places speak of it."""
        words = self.tokens[begin:end]
        return any(t.low in PRONOUNS - {"that", "which", "this"} or t.lemma == thing.head for t in words)
