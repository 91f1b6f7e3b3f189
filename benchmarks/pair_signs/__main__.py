"""`python -m benchmarks.pair_signs`: learns the weights anew, and says how well they do on descriptions left out."""

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.entity_signs.__main__ import CORPUS
from benchmarks.logistic import SEED
from benchmarks.pair_signs.learn import Pair, descriptions, learned
from benchmarks.understanding.measure import UNREAD
from codebegen.understanding.embedded import pair_signs
from codebegen.understanding.embedded.likely_links import LIKELY
from codebegen.understanding.embedded.pair_signs import KINDS, chances

WEIGHTS = Path(pair_signs.__file__).parent / "lexicon" / "pair_signs.txt"
_FOLDS = 8
_SMALLEST = 2


def main() -> None:
    """Writes the weights that the engine reads; prints the errors of the rules alone and with the weights."""
    folders = sorted(path for path in CORPUS.iterdir() if path.is_dir() and path.name not in UNREAD)
    known = descriptions(folders)
    print("of descriptions left out of the learning")
    for name, (hit, missed, wrong) in validated(known).items():
        print(f"  {name}: {hit} right, {missed} missed, {wrong} wrong")
    found = {sign: round(100 * weight) for sign, weight in sorted(learned([p for one in known for p in one]).items())}
    kept = {sign: weight for sign, weight in found.items() if abs(weight) >= _SMALLEST}
    WEIGHTS.write_text("".join(f"{sign} {weight}\n" for sign, weight in kept.items()), encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(kept)} signs")


def validated(known: Sequence[Sequence[Pair]], folds: int = _FOLDS) -> dict[str, tuple[int, int, int]]:
    """Hits, misses and false alarms of rules, and of rules and weights, each description judged by those of others."""
    order = list(known)
    random.Random(SEED).shuffle(order)  # noqa: S311 - the same every time
    judged: list[tuple[str, str, str]] = []
    for fold in range(folds):
        weights = learned([pair for at, one in enumerate(order) if at % folds != fold for pair in one])
        for pair in (pair for one in order[fold::folds] for pair in one):
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
