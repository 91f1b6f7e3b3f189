"""What one sentence says about states, word by word: objects, states before a noun, states behind `while it is`."""

from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import is_thing
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.state_words import KIND, PARTICLES, STATES, participle, state_at, states_at
from codebegen.understanding.embedded.text import Token, Tokens

PRONOUNS = frozenset("it they them which that this these one ones itself themselves".split())
_PEOPLE = frozenset("nobody somebody someone anybody anyone everybody everyone we i he she you".split())
_HAVE = frozenset("has have had".split())


class StateClause:
    """The tokens of a sentence, and where the clause at hand begins."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.begin = 0

    def lemma(self, at: int) -> str:
        """The base form of a word."""
        token = self.tokens[at]
        form = conjugation.forms().get(token.low)
        return form[0] if form is not None else token.lemma

    def phrases(self, begin: int, end: int) -> list[Phrase]:
        """The things named between two places."""
        found = read_region(self.tokens[begin:end])[0]
        return [p for p in found if is_thing(p) and p.words[-1].low not in PARTICLES]

    def is_as_long(self, at: int) -> bool:
        """Whether `as long as` or `as soon as` stands here."""
        lows = [t.low for t in self.tokens[at : at + 3]]
        return lows in (["as", "long", "as"], ["as", "soon", "as"])

    def leads_on(self, at: int) -> bool:
        """Whether `to`, `into` or an arrow stands here."""
        return at < len(self.tokens) and (self.tokens[at].low in ("to", "into") or self.tokens[at].kind == "arrow")

    def led_to(self, at: int) -> tuple[str, int] | None:
        """The state behind `(back) to`, `into`, `as`, `on`."""
        stop = min(len(self.tokens), at + 2)
        while at < stop and self.tokens[at].low in ("back", "again", "over", "automatically"):
            at += 1
        if at >= len(self.tokens):
            return None
        low = self.tokens[at].low
        if low in ("to", "into", "as", "in", "on", "under"):
            found = state_at(self.tokens, at)
            if (
                found is None
                and low in ("to", "as")
                and at + 1 < len(self.tokens)
                and self.tokens[at + 1].tag in ("V", "J")
            ):
                return None
            return found
        found = state_at(self.tokens, at)
        named = self.tokens[at].tag == "J" or self.tokens[at].low in STATES or participle(self.tokens[at])
        return found if found is not None and named else None

    def has_object(self, at: int) -> bool:
        """Whether a noun follows."""
        following = self.tokens[at + 1 : at + 2]
        return bool(following) and following[0].tag in ("D", "N", "R", "Q") and following[0].low != "back"

    def acts(self, at: int, lemma: str) -> bool:
        """Whether a word is a finite verb with an object, even if it could be a noun: `rejects it`."""
        token, following = self.tokens[at], self.tokens[at + 1 : at + 2]
        noun_like = token.tag == "N" and token.low != lemma and bool(following)
        return token.tag == "V" or (noun_like and (following[0].low in ("it", "them") or following[0].tag == "D"))

    def clause_start(self, verb: int) -> int:
        """`New and checked jobs can be …`: a conjunction between states belongs to the subject."""
        at = verb
        while at > self.begin:
            token = self.tokens[at - 1]
            listed = at >= 2 and self.is_state_word(at - 2) and self.tokens[at].tag != "D"
            if token.low in ("and", "or") and not listed:
                return at
            if token.tag in ("V", "VG") and token.low not in PRONOUNS:
                return at
            at -= 1
        return at

    def is_state_word(self, at: int) -> bool:
        """Whether one word that names a state stands here."""
        found = state_at(self.tokens, at)
        return found is not None and found[1] == at + 1

    def states_among(self, words: Tokens) -> tuple[str, ...]:
        """The states that stand before a noun: `new and checked` jobs."""
        out: list[str] = []
        at = 0
        while at < len(words):
            if words[at].tag in ("D", "M", "A", "C", "PUNCT", "B", "R") and words[at].low not in ("in", "under", "on"):
                at += 1
                continue
            found = state_at(words, at)
            if found is None:
                at += 1
                continue
            out.append(found[0])
            at = found[1]
        return tuple(dict.fromkeys(out))

    def states_of_condition(self, at: int, stop: int) -> tuple[tuple[str, ...], int, bool] | None:
        """The states in `while it is not shipped`, where they end, and whether they are excluded."""
        lead = at + (3 if self.tokens[at].low == "as" else 1)
        passed: list[Token] = []
        while lead < stop and (
            self.tokens[lead].tag in ("D", "N", "R", "B", "A", "X") or self.tokens[lead].low in _HAVE
        ):
            if self.tokens[lead].tag in ("N", "J") and self.is_state_word(lead):
                break
            if self.tokens[lead].tag == "R" and any(t.tag == "B" for t in passed):
                return None  # `when I have been there it is done`: the condition is over
            passed.append(self.tokens[lead])
            lead += 1
        steps, end = states_at(self.tokens, lead) if lead < stop else ([], lead)
        if not steps or end > stop:
            return None
        if [t.low for t in self.tokens[lead:end]] == ["ready"] and self.tokens[lead].kind != KIND:
            return None  # `when it's ready` says no more than `when`
        being = any(t.tag == "B" or t.low in _HAVE for t in passed)
        if (
            passed
            and not being
            and participle(self.tokens[end - 1])
            and end < stop
            and self.tokens[end].tag in ("D", "R")
        ):
            return None  # `if nobody opened the door`
        named = passed and passed[-1].tag == "N" and not being
        if named and participle(self.tokens[lead]) and self.tokens[lead].kind != KIND:
            return None  # `when the box turned up`
        people = {t.low for t in passed} & _PEOPLE
        if people and not any(t.tag == "B" or t.low in _HAVE for t in passed):
            return None  # `when nobody showed up`
        negated = self.tokens[at].low in ("until", "unless") or any(
            t.tag == "X" or t.low.endswith(("not", "n't", "n’t")) for t in passed
        )
        return tuple(state for step in steps for state in step), end, negated


def bare(what: Phrase) -> Phrase:
    """`a reviewed application` speaks of applications."""
    kept = tuple(t for t in what.words[:-1] if t.tag not in ("VP", "J") and not participle(t)) + what.words[-1:]
    return Phrase(kept, what.start, what.end, what.det)
