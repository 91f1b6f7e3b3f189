"""History: what was spoken of, and what a pronoun stands for."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import is_teller, is_thing
from codebegen.understanding.embedded.state_words import STATES


class History:
    """What was spoken of, the latest last."""

    def __init__(self) -> None:
        self.subjects: list[Phrase] = []
        self.objects: list[Phrase] = []
        self.listed: tuple[Phrase, Phrase] | None = None
        self.made: Phrase | None = None
        self.told: Frame | None = None
        self.tellers: set[str] = set()
        self.resolved: dict[int, Phrase] = {}
        self.frames: list[Frame] = []

    def remember(self, phrases: Sequence[Phrase]) -> None:
        """Something became the subject."""
        self.subjects.extend(p for p in phrases if is_thing(p))
        del self.subjects[:-8]

    def remember_frame(self, frame: Frame) -> None:
        """What a clause spoke of."""
        if frame.verb == "be" and frame.subjects and all(p.words[-1].low in ("we", "i") for p in frame.subjects):
            self.tellers.update(p.key for p in frame.objects)
        if frame.link != "purpose":
            self.remember([p for p in frame.subjects if not is_teller(p)])
        if frame.verb == "be":
            return
        if frame.subjects and all(is_teller(p) for p in frame.subjects):
            self.remember([p for p in frame.objects if p.plural or p.det in ("a", "an")])
        # What something comes with is hardly what is spoken of next.
        beside = [p for name, p in frame.preps if not (frame.objects and name == "with") and not _is_state(name, p)]
        self.objects.extend(p for p in (*frame.objects, *beside) if is_thing(p) and p.head not in nouns.ATTRIBUTES)
        del self.objects[:-8]

    def last(self) -> Phrase | None:
        """The latest subject of all."""
        return self.subjects[-1] if self.subjects else None

    def topic(self, stated: Phrase | None) -> Phrase | None:
        """What a clause without a subject is about: the latest thing that is no person, else the section's."""
        things = [p for p in self.subjects if not p.is_person]
        return things[-1] if things else stated

    def resolve(self, frame: Frame, topic: Phrase | None) -> Frame:
        """The frame with its pronouns replaced."""
        subjects = tuple(self._same(p, topic) for p in frame.subjects if p.key not in self.tellers)
        own = [p for p in subjects if is_thing(p)]
        objects = tuple(self._object(p, own) for p in frame.objects)
        preps = tuple((name, self._object(p, own, frame.link == "relative")) for name, p in frame.preps)
        lead = tuple((name, self._subject(p, topic)) for name, p in frame.lead)
        if not subjects and frame.verb == "be" and frame.tokens[0].low in ("these", "those", "this"):
            spoken = self.topic(topic)
            subjects = (spoken,) if spoken is not None and frame.tokens[0].tag == "R" else ()
        if not subjects and frame.verb == "belong" and topic is not None:
            subjects = (topic,)
        return replace(frame, subjects=subjects, objects=objects, preps=preps, lead=lead)

    def _same(self, phrase: Phrase, topic: Phrase | None) -> Phrase:
        """A subject, which stands for one thing through all clauses that share it: `each has a date, takes …`."""
        if phrase.words[0].tag != "R":
            return self._subject(phrase, topic)
        found = self.resolved.get(phrase.start)
        return self.resolved.setdefault(phrase.start, found or self._subject(phrase, topic))

    def _subject(self, phrase: Phrase, topic: Phrase | None) -> Phrase:
        low = phrase.words[0].low
        if phrase.words[-1].low in ("yes", "no") and self.subjects:
            return self.subjects[-1]  # `messages in channels - edited yes/no, can have attachments`
        if phrase.words[0].tag != "R" or low in ("we", "i", "you", "us"):
            return phrase
        if low in ("each", "one"):
            found = self.objects or self.subjects
        elif low == "it":
            found = [p for p in self.subjects if not p.is_person] or [p for p in self.objects if not p.is_person]
        elif low in ("he", "she"):
            found = [p for p in (*self.objects, *self.subjects) if p.is_person]
        elif low == "they":
            found = [p for p in self.subjects if p.plural] or self.subjects
        else:
            return phrase
        return _as(phrase, found[-1]) if found else (_as(phrase, topic) if topic is not None else phrase)

    def _object(self, phrase: Phrase, own: Sequence[Phrase], relative: bool = False) -> Phrase:
        low = phrase.words[0].low
        if phrase.words[-1].low in ("yes", "no") and self.subjects:
            return self.subjects[-1]  # `messages in channels - edited yes/no, can have attachments`
        if phrase.words[0].tag != "R" or low not in ("it", "them"):
            return phrase
        subjects = [p for p in self.subjects if not p.is_person and p not in own]
        things = [p for p in self.objects if not p.is_person]
        if low == "them" and relative and (people := [p for p in self.subjects if p.is_person]):
            return _as(phrase, people[-1])
        if low == "them":
            found = [p for p in things if p.plural] or things or subjects
        else:
            found = subjects if not things or (subjects and subjects[-1].end > things[-1].end) else things
        return _as(phrase, found[-1]) if found else phrase


def _is_state(preposition: str, phrase: Phrase) -> bool:
    """`starts as draft`: no thing that a pronoun could stand for."""
    alone = len(phrase.words) == 1 and not phrase.det and not phrase.plural
    return preposition in ("as", "to", "in") and alone and phrase.head in STATES


def _as(pronoun: Phrase, antecedent: Phrase) -> Phrase:
    return Phrase(antecedent.words, pronoun.start, pronoun.end, det="the")
