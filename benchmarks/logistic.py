"""Logistic regression over named signs: cases enter, the weight of each sign leaves."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 12
SEED = 7
_RATE = 0.05
_DECAY = 0.002
_RARE = 3
"""A sign that fewer cases have is not learned from."""


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
    """The weight of each sign; each step is the smaller the farther a sign has moved already (AdaGrad)."""
    counted = Counter(sign for case in cases for sign in set(case.signs))
    known = [(tuple(s for s in case.signs if counted[s] >= _RARE), case.true) for case in cases]
    order = random.Random(SEED)  # noqa: S311 - the same every time
    weights: defaultdict[str, float] = defaultdict(float)
    moved: defaultdict[str, float] = defaultdict(lambda: 1e-6)
    for _ in range(ROUNDS):
        order.shuffle(known)
        for signs, true in known:
            total = sum(weights[sign] for sign in signs)
            off = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - true
            for sign in signs:
                step = off + _DECAY * weights[sign]
                moved[sign] += step * step
                weights[sign] -= _RATE * step / math.sqrt(moved[sign])
    return dict(weights)
