"""Logistic regression over named signs: cases enter, the weight of each sign leaves."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 12
SEED = 7
_DECAY = 0.002
_RARE = 3
"""A sign that fewer cases have is not learned from."""


class Descent:
    """Weights that are moved against errors; each step is the smaller the farther a weight has moved (AdaGrad)."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.weights: defaultdict[str, float] = defaultdict(float)
        self._moved: defaultdict[str, float] = defaultdict(lambda: 1e-6)

    def step(self, errors: Iterable[tuple[str, float]]) -> None:
        """Move the weight of each sign against its error."""
        for sign, error in errors:
            whole = error + _DECAY * self.weights[sign]
            self._moved[sign] += whole * whole
            self.weights[sign] -= self.rate * whole / math.sqrt(self._moved[sign])


def usual(signs: Iterable[Collection[str]], least: int) -> frozenset[str]:
    """The signs that at least so many cases have: of others there is too little to learn from."""
    counted = Counter(sign for case in signs for sign in set(case))
    return frozenset(sign for sign, times in counted.items() if times >= least)


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for or against something, and whether it is so; `rule` is what the rules say."""

    signs: tuple[str, ...]
    true: bool
    rule: bool
    name: str


def probability(weights: Mapping[str, float], case: Case) -> float:
    """How likely a case is true, from 0 to 1."""
    total = sum(weights.get(sign, 0.0) for sign in case.signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def learned(cases: Sequence[Case]) -> dict[str, float]:
    """The weight of each sign."""
    kept = usual((case.signs for case in cases), _RARE)
    known = [(tuple(sign for sign in case.signs if sign in kept), case.true) for case in cases]
    order = random.Random(SEED)  # noqa: S311 - the same every time
    descent = Descent(rate=0.05)
    for _ in range(ROUNDS):
        order.shuffle(known)
        for signs, true in known:
            total = sum(descent.weights[sign] for sign in signs)
            off = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - true
            descent.step((sign, off) for sign in signs)
    return dict(descent.weights)
