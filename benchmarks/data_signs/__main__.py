"""`python -m benchmarks.data_signs`: learns the weights anew, and says how well they do on descriptions left out."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.data_signs.learn import Case, descriptions, learned
from benchmarks.logistic import folded, parts, tell, write
from codebegen.understanding.embedded import data_signs
from codebegen.understanding.embedded.data_signs import chances
from codebegen.understanding.embedded.likely_data import LIKELY

WEIGHTS = Path(data_signs.__file__).parent / "lexicon" / "data_signs.txt"
_FOLDS = 4


def main() -> None:
    """Writes the weights that the engine reads; prints the errors on nouns that the rules left open."""
    known = descriptions(parts())
    tell(validated(known))
    write(learned([case for one in known for case in one]), WEIGHTS)


def validated(known: Sequence[Sequence[Case]], folds: int = _FOLDS) -> dict[str, tuple[int, int, int]]:
    """Hits, misses and false alarms, each description judged by the weights of others."""
    hit = missed = wrong = 0
    for rest, left_out in folded(known, folds):
        weights = learned([case for one in rest for case in one])
        for case in (case for one in left_out for case in one):
            likely = chances(weights, case.weighed)
            said = max(likely, key=lambda key: likely[key], default="")
            sure = bool(said) and likely[said] > LIKELY
            hit += sure and said in case.true
            wrong += sure and said not in case.true
            missed += bool(case.true) and not (sure and said in case.true)
    return {"with weights": (hit, missed, wrong)}


if __name__ == "__main__":
    main()
