"""`python -m benchmarks.verb_use`: learns the weights anew, and says how well on sentences that were left out."""

import random
from pathlib import Path

from benchmarks.verb_use.learn import SEED, Case, Example, cases, learned, read, says_verb, without_rules
from codebegen.understanding.embedded import verb_use

SENTENCES = Path(__file__).parent / "sentences"
WEIGHTS = Path(verb_use.__file__).parent / "lexicon" / "verb_use.txt"
_FOLDS = 5


def main() -> None:
    """Writes the weights that the engine reads; prints the errors of rules and weights."""
    marked, known = read(SENTENCES / "marked.txt"), without_rules(cases(read(SENTENCES / "corpus.txt")))
    rules, weights, total = _validated(marked, known)
    print(f"of {total} words left out of the learning, wrong by the rules {rules}, by the weights {weights}")
    found = learned(cases(marked) + known)
    WEIGHTS.write_text("".join(f"{sign} {weight}\n" for sign, weight in found.items()), encoding="utf-8")
    print(f"{WEIGHTS.name}: {len(found)} signs")


def _validated(marked: list[Example], known: list[Case]) -> tuple[int, int, int]:
    """Errors of the rules, errors of the weights, words; each word judged by weights that have not seen its line."""
    order = list(marked)
    random.Random(SEED).shuffle(order)  # noqa: S311 - the same every time
    rules = weights = total = 0
    for fold in range(_FOLDS):
        rest = [example for at, example in enumerate(order) if at % _FOLDS != fold]
        found = learned(cases(rest) + known)
        for case in cases(order[fold::_FOLDS]):
            total += 1
            rules += case.rule != case.verb
            weights += says_verb(found, case) != case.verb
    return rules, weights, total


if __name__ == "__main__":
    main()
