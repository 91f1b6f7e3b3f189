"""What the readers of an outline share: the text with its tokens, where they stand, what they found on the way."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from codebegen.understanding.embedded.bound_asides import wrap_bounds
from codebegen.understanding.embedded.choices import wrap_choices
from codebegen.understanding.embedded.columns import column_signs, with_signs
from codebegen.understanding.embedded.lexicon.features import STACKS
from codebegen.understanding.embedded.ordered import with_positions
from codebegen.understanding.embedded.outline_parts import join_moments
from codebegen.understanding.embedded.path_lists import wrap_paths
from codebegen.understanding.embedded.paths import steps_of_paths
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spelling import correct
from codebegen.understanding.embedded.state_lists import group_states
from codebegen.understanding.embedded.state_runs import name_runs
from codebegen.understanding.embedded.state_words import KIND
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Token, Tokens, tokenize

_APPLY = re.compile(
    r"\bappl(?:y|ies|icants?)\b|candidate|(?:each|every|files?) (?:an )?application|\bapplications\b|adopt"
    r"|\ban application (?:is|has|can|may|gets|states|belongs|starts|begins|goes)\b|application (?:number|form)"
)

# `tag (unique) · type · bought on`
_DOTS = frozenset("·•∙‧")

_STACK = "|".join(STACKS)
# `a shop on MongoDB with products`: what it runs on is no part of the data.
_ON_A_STACK = re.compile(
    rf"\b(?:on|using|with|via|over)\s+(?:an?\s+|the\s+)?(?:{_STACK})\b(?:\s+(?:database|db)\b)?"
    rf"(?:\s*(?:,|/|\band\b|\bor\b)\s*(?:{_STACK})\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scope:
    """The section: its role, what it is about, whether its lines are the fields of that."""

    role: str = ""
    topic: Phrase | None = None
    in_entity: bool = False


_QUOTED = re.compile(
    r"\b(?:is|are|'s|as|to|from|be|becomes?|became|into|it|them|status|state|stays?|remains?|or)[ ]+"
    r"(?:then |now |first |initially )?"
    r"[\"“„`«']([a-z][a-z _-]{1,28}[a-z])[\"”“`»'](?![ ]+(?:field|flag|list|column|table|button|page)\b)"
)


_QUOTE = re.compile(r"[\"“„`«']([a-z][a-z _-]{1,28}[a-z])[\"”“`»']")
_ON = re.compile(r"\s*(?:,|/|\bor\b|\band\b|,\s*or\b|,\s*and\b)\s*")


def _quoted_states(text: str, steps: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where states stand in quotes: behind words that lead to them, in a list with such, or named as such elsewhere."""
    sure = {match.span(1) for match in _QUOTED.finditer(text)}
    found = [match.span(1) for match in _QUOTE.finditer(text)]
    for before, span in pairwise(found):
        listed = before in sure and _ON.fullmatch(text, before[1] + 1, span[0] - 1)
        sure |= {span} if listed else set()
    names = {text[slice(*span)] for span in sure} | steps
    return tuple(span for span in found if span in sure or text[slice(*span)] in names)


def _with_owners(tokens: Tokens) -> Tokens:
    """`loans.status` is the status of loans."""
    return tuple(
        replace(t, text="'s", low="'s", kind="possessive")
        if t.text == "." and 0 < i < len(tokens) - 1 and tokens[i - 1].end == t.start and t.end == tokens[i + 1].start
        else t
        for i, t in enumerate(tokens)
    )


def _with_arrows(tokens: Tokens) -> Tokens:
    """`received > baking > delivered`: between words, several such signs point from one to the next."""
    signs = [i for i, t in enumerate(tokens) if t.text == ">" and 0 < i < len(tokens) - 1]
    if len(signs) < 2 or any(tokens[i - 1].kind != "word" or tokens[i + 1].kind != "word" for i in signs):
        return tokens
    return tuple(replace(t, kind="arrow", tag="ARROW") if i in signs else t for i, t in enumerate(tokens))


_LONGEST_STEP = 4  # words of a state


@dataclass
class Told:
    """The description while it is read.

    `paragraph` counts blocks, `started` says that a sentence was read, `path` is what the last path of states was of.
    """

    text: str
    title: str = ""
    ignored: list[tuple[int, int, str]] = field(default_factory=list)
    paragraph: int = 0
    started: bool = False
    path: Phrase | None = None

    def __post_init__(self) -> None:
        """Prepare the spelling, and what "application" means here."""
        self.correct = correct(self.text)
        # "The application" is the system, unless people apply for something.
        self.applies = _APPLY.search(self.text.lower()) is not None
        self.steps = steps_of_paths(self.text)
        self.quotes = _quoted_states(self.text, self.steps)
        self.signs = column_signs(self.text)
        self.stacks = [match.span() for match in _ON_A_STACK.finditer(self.text)]

    def tokens(self, start: int, end: int) -> Tokens:
        """Corrected and tagged tokens of a stretch."""
        tokens = self.correct(self._listed(tokenize(self.text, start, end)))
        if self.stacks:
            tokens = tuple(t for t in tokens if not any(a <= t.start < b for a, b in self.stacks))
        if not self.applies:
            tokens = tuple(replace(t, low="app") if t.low == "application" else t for t in tokens)
        tagged = tag(_with_arrows(_with_owners(tokens)))
        return group_states(
            name_runs(with_positions(wrap_bounds(wrap_choices(wrap_paths(join_moments(self._quoted(tagged)))))))
        )

    def _quoted(self, tokens: Tokens) -> Tokens:
        """``becomes `handed over` ``: what is quoted behind such a word is a state."""
        out: list[Token] = []
        for token in tokens:
            span = next(((a, b) for a, b in self.quotes if a <= token.start and token.end <= b), None)
            if span is None or token.kind != "word":
                out.append(token)
            elif token.start == span[0]:
                name = "_".join(self.text[slice(*span)].lower().split())
                out.append(replace(token, text=name, low=name, end=span[1], kind=KIND, tag="J", lemma=name))
        return tuple(out)

    def stepped(self, tokens: Tokens) -> Tokens:
        """The steps of a path on either side of its arrows, each as one state."""
        out: list[Token] = []
        at = 0
        while at < len(tokens) and self.steps:
            token = tokens[at]
            joined = len(out) > 1 and out[-1].low in ("/", "or") and out[-2].kind == KIND
            behind = joined or (bool(out) and out[-1].kind == "arrow")
            width = self._step_width(tokens, at, behind) if token.kind == "word" else 0
            if width:
                name = "_".join(t.low for t in tokens[at : at + width])
                tag_ = token.tag if width == 1 and token.tag in ("VP", "J") else "J"
                end = tokens[at + width - 1].end
                token = replace(token, text=name, low=name, end=end, kind=KIND, tag=tag_, lemma=name)
            out.append(token)
            at += width or 1
        return tuple(out) or tokens

    def _step_width(self, tokens: Tokens, at: int, behind: bool) -> int:
        """How many words the step has that begins here, beside an arrow; 0 if none does."""
        for width in range(min(_LONGEST_STEP, len(tokens) - at), 0, -1):
            name = " ".join(t.low for t in tokens[at : at + width])
            sign = tokens[at + width] if at + width < len(tokens) else None
            before = sign is not None and (sign.kind == "arrow" or sign.low in ("/", "or"))
            if (before or behind) and name in self.steps:
                return width
        return 0

    def _listed(self, tokens: Tokens) -> Tokens:
        """Dots that divide a list as commas, gaps between columns as the signs that they stand for."""
        dotted = tuple(replace(t, text=",", low=",") if t.text in _DOTS else t for t in tokens)
        return with_signs(dotted, self.signs)

    def tokens_after(self, head: Phrase, start: int, end: int) -> Tokens:
        """Tokens of a line about `head`: behind "player", `plays for one club` begins with a verb."""
        plain = self.tokens(start, end)
        if not plain or plain[0].tag != "N" or not plain[0].low.endswith("s"):
            return plain
        subject = replace(head.words[-1], low=head.head, text=head.head, kind="word")
        told = self.correct(self._listed(tokenize(self.text, start, end)))
        return join_moments(tag((subject, *told)))[1:] if tag((subject, *told))[1].tag == "V" else plain

    def said_of(self, head: Phrase, body: Tokens) -> Tokens:
        """`Member` and `sees own loans` as one clause, whose verb is a verb."""
        return tag((*head.words, *body))

    def label(self, tokens: Tokens) -> str:
        """Some tokens as written, without the marks around them."""
        return self.text[tokens[0].start : tokens[-1].end].strip("*_` ") if tokens else ""

    def leave_out(self, start: int, end: int) -> None:
        """A stretch that says what is not wanted."""
        self.ignored.append((start, end, "out of scope"))
