"""`python -m benchmarks.entity_signs`: learns the weights anew; how well they do on descriptions left out."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.entity_signs.learn import descriptions
from benchmarks.logistic import FOLDS, Case, folded, learned, parts, probability, tell, write
from codebegen.understanding.embedded import entity_signs

WEIGHTS = Path(entity_signs.__file__).parent / "lexicon" / "entity_signs.txt"


def main() -> None:
    """Writes the weights that the engine reads; prints the errors of rules and weights."""
    known = descriptions(parts())
    tell(validated(known))
    write(learned([case for one in known for case in one]), WEIGHTS)


def validated(known: Sequence[Sequence[Case]], folds: int = FOLDS) -> dict[str, tuple[int, int, int]]:
    """Hits, misses and false alarms of the rules and of the weights, each description judged by those of others."""
    judged: list[tuple[Case, bool]] = []
    for rest, left_out in folded(known, folds):
        weights = learned([case for one in rest for case in one])
        judged += [(case, probability(weights, case) > 0.5) for one in left_out for case in one]
    return {"by rules": _count(judged, lambda pair: pair[0].rule), "by weights": _count(judged, lambda pair: pair[1])}


def _count(judged: Iterable[tuple[Case, bool]], said: Callable[[tuple[Case, bool]], bool]) -> tuple[int, int, int]:
    pairs = [(pair[0].true, said(pair)) for pair in judged]
    return pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))


if __name__ == "__main__":
    main()
