"""`python -m benchmarks.pair_signs`: learns the weights anew, and says how well they do on descriptions left out."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.logistic import FOLDS, folded, parts, tell, write
from benchmarks.pair_signs.learn import Pair, descriptions, learned
from codebegen.understanding.embedded import pair_signs
from codebegen.understanding.embedded.likely_links import LIKELY
from codebegen.understanding.embedded.pair_signs import KINDS, chances

WEIGHTS = Path(pair_signs.__file__).parent / "lexicon" / "pair_signs.txt"


def main() -> None:
    """Writes the weights that the engine reads; prints the errors of the rules alone and with the weights."""
    known = descriptions(parts())
    tell(validated(known))
    write(learned([pair for one in known for pair in one]), WEIGHTS)


def validated(known: Sequence[Sequence[Pair]], folds: int = FOLDS) -> dict[str, tuple[int, int, int]]:
    """Hits, misses and false alarms of rules, and of rules and weights, each description judged by those of others."""
    judged: list[tuple[str, str, str]] = []
    for rest, left_out in folded(known, folds):
        weights = learned([pair for one in rest for pair in one])
        for pair in (pair for one in left_out for pair in one):
            likely, kind = max(zip(chances(weights, pair.one, pair.other), KINDS, strict=True))
            judged.append((pair.true, pair.rule, kind if pair.rule == "none" and likely > LIKELY else pair.rule))
    return {
        "rules": _count([(true, rule) for true, rule, _ in judged]),
        "with weights": _count([(true, said) for true, _, said in judged]),
    }


def _count(judged: Sequence[tuple[str, str]]) -> tuple[int, int, int]:
    hit = sum(true == said != "none" for true, said in judged)
    return (
        hit,
        sum(true not in ("none", said) for true, said in judged),
        sum(said not in ("none", true) for true, said in judged),
    )


if __name__ == "__main__":
    main()
