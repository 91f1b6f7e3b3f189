"""`python -m benchmarks.entity_signs`: learns the weights anew; how well they do on descriptions left out."""

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.entity_signs.learn import descriptions
from benchmarks.logistic import SEED, Case, learned, probability
from benchmarks.understanding.measure import UNREAD
from codebegen.understanding.embedded import entity_signs

CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
WEIGHTS = Path(entity_signs.__file__).parent / "lexicon" / "entity_signs.txt"
_FOLDS = 8
_SMALLEST = 2
"""Of weights in hundredths: what is nearer to nothing is left out."""


def main() -> None:
    """Writes the weights that the engine reads; prints the errors of rules and weights."""
    folders = sorted(path for path in CORPUS.iterdir() if path.is_dir() and path.name not in UNREAD)
    known = descriptions(folders)
    print("of descriptions left out of the learning")
    for name, (hit, missed, wrong) in validated(known).items():
        print(f"  by the {name}: {hit} right, {missed} missed, {wrong} wrong")
    found = {sign: round(100 * weight) for sign, weight in sorted(learned([c for one in known for c in one]).items())}
    kept = {sign: weight for sign, weight in found.items() if abs(weight) >= _SMALLEST}
    WEIGHTS.write_text("".join(f"{sign} {weight}\n" for sign, weight in kept.items()), encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(kept)} signs")


def validated(known: Sequence[Sequence[Case]], folds: int = _FOLDS) -> dict[str, tuple[int, int, int]]:
    """Hits, misses and false alarms of the rules and of the weights, each description judged by those of others."""
    order = list(known)
    random.Random(SEED).shuffle(order)  # noqa: S311 - the same every time
    judged: list[tuple[Case, bool]] = []
    for fold in range(folds):
        rest = [case for at, one in enumerate(order) if at % folds != fold for case in one]
        weights = learned(rest)
        judged += [(case, probability(weights, case) > 0.5) for one in order[fold::folds] for case in one]
    return {"rules": _count(judged, lambda pair: pair[0].rule), "weights": _count(judged, lambda pair: pair[1])}


def _count(judged: Iterable[tuple[Case, bool]], said: Callable[[tuple[Case, bool]], bool]) -> tuple[int, int, int]:
    pairs = [(pair[0].true, said(pair)) for pair in judged]
    return pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))


if __name__ == "__main__":
    main()
