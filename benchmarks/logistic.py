"""Logistic regression over named signs: cases enter, the weight of each sign leaves."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.understanding.measure import UNREAD

T = TypeVar("T")
CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
FOLDS = 8
ROUNDS = 12
SEED = 7
_SMALLEST = 2
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


def folded(known: Sequence[T], folds: int) -> Iterator[tuple[list[T], list[T]]]:
    """For each fold what to learn from, and what was left out; in an order of its own that is always the same."""
    order = list(known)
    random.Random(SEED).shuffle(order)  # noqa: S311 - the same every time
    for fold in range(folds):
        yield [one for at, one in enumerate(order) if at % folds != fold], order[fold::folds]


def parts() -> list[Path]:
    """The parts of the corpus that may be learned from."""
    return sorted(path for path in CORPUS.iterdir() if path.is_dir() and path.name not in UNREAD)


def tell(figures: Mapping[str, tuple[int, int, int]]) -> None:
    """Print hits, misses and false alarms on what was left out of the learning."""
    print("of descriptions left out of the learning")
    for name, (hit, missed, wrong) in figures.items():
        print(f"  {name}: {hit} right, {missed} missed, {wrong} wrong")


def write(weights: Mapping[str, float], path: Path) -> None:
    """Write weights in hundredths, a sign and its weight a line; what is near to nothing is left out."""
    found = {sign: round(100 * weight) for sign, weight in sorted(weights.items())}
    kept = {sign: weight for sign, weight in found.items() if abs(weight) >= _SMALLEST}
    path.write_text("".join(f"{sign} {weight}\n" for sign, weight in kept.items()), encoding="utf-8")
    print(f"{path.name}: {len(kept)} signs")


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
