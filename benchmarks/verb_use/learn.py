"""Learning when a word is a verb: marked sentences enter, the weights of an averaged perceptron leave."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from codebegen.understanding.embedded import tag, tag_verbs, verb_use
from codebegen.understanding.embedded.text import sentences, tokenize

MARK = "^"
ROUNDS = 6
SEED = 7
_SMALLEST = 3
"""Of weights in hundredths: what is nearer to nothing is left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A line of text, and where its verbs end."""

    text: str
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """One word that may be a verb: its signs, what the rules say, and what it is."""

    signs: tuple[str, ...]
    rule: bool
    verb: bool
    word: str


def read(path: Path) -> list[Example]:
    """The marked lines of a file; a mark stands behind each verb in base or -s form."""
    return [_example(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _example(line: str) -> Example:
    parts = line.split(MARK)
    ends, at = [], 0
    for part in parts[:-1]:
        at += len(part)
        ends.append(at)
    return Example("".join(parts), frozenset(ends))


def cases(examples: Iterable[Example]) -> list[Case]:
    """Every candidate, with the true tags before it."""
    found: list[Case] = []
    for example in examples:

        def true(word: verb_use.Candidate, ends: frozenset[int] = example.ends) -> bool:
            verb = any(word.token.start < end <= word.token.end for end in ends)  # `sign^ up` is one word
            found.append(Case(tuple(verb_use.signs(word)), word.rule, verb, word.token.low))
            return verb

        with mock.patch.object(tag_verbs, "says_verb", true), mock.patch.object(tag, "says_verb", true):
            for sentence in sentences(tokenize(example.text)):
                tag.tag(sentence)
    return found


def learned(known: Sequence[Case]) -> dict[str, int]:
    """The weight of each sign, in hundredths of the averaged perceptron's."""
    order = random.Random(SEED)  # noqa: S311 - the same every time
    weights: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    clock = 0
    shuffled = list(known)
    for _ in range(ROUNDS):
        order.shuffle(shuffled)
        for case in shuffled:
            clock += 1
            score = sum(weights[sign] for sign in case.signs)
            if (score > 0) == case.verb and abs(score) >= 1:
                continue
            step = 1 if case.verb else -1
            for sign in case.signs:
                totals[sign] += (clock - changed[sign]) * weights[sign]
                changed[sign] = clock
                weights[sign] += step
    for sign in weights:
        totals[sign] += (clock - changed[sign]) * weights[sign]
    averaged = {sign: round(100 * total / clock) for sign, total in totals.items()}
    return {sign: weight for sign, weight in sorted(averaged.items()) if abs(weight) >= _SMALLEST}


def says_verb(weights: dict[str, int], case: Case) -> bool:
    """What the weights say of a case."""
    return sum(weights.get(sign, 0) for sign in case.signs) > 0


def without_rules(known: Iterable[Case]) -> list[Case]:
    """Cases of the sentences that the rules were made on: there they are right, and that says little."""
    return [replace(case, signs=tuple(s for s in case.signs if not s.startswith("rule="))) for case in known]
