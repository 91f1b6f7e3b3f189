"""`python -m benchmarks.understanding tests/corpus/shared tests/corpus/regression --worst 5`."""

import argparse
from pathlib import Path

from benchmarks.understanding.measure import f1, measure, total
from benchmarks.understanding.scorer import Score, Tally


def main() -> None:
    """Scores every gold file of the folders given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of gold files, or single files")
    parser.add_argument("--worst", type=int, default=0, help="print what was missed in the N worst files")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        _report(sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder], arguments.worst, str(folder))


def _report(paths: list[Path], worst: int, label: str) -> None:
    """One line a file, what the worst missed, the totals."""
    rows = []
    for path in paths:
        score, took = measure(path)
        rows.append((path.stem, score))
        print(f"{path.stem:28} {_line(score)}  {1000 * took:.0f} ms")
    ranked = sorted(rows, key=lambda row: f1(row[1].entity) + f1(row[1].field) + f1(row[1].relation))
    for stem, score in ranked[:worst]:
        print(f"\n{stem}:", *score.missed, sep="\n  ")
    whole = total([score for _, score in rows])
    figures = "/".join(f"{100 * f1(tally):.0f}" for tally in (whole.entity, whole.field, whole.relation))
    others = f"types {_share(whole.type)}, constraints and the rest {_share(whole.rest)}"
    print(f"{label}: F1 entity/field/relation {figures}, {others}, files {len(rows)}")


def _line(score: Score) -> str:
    rest = f"rest {score.rest.hit}/{score.rest.hit + score.rest.missed}"
    return f"entity {f1(score.entity):.2f}  field {f1(score.field):.2f}  relation {f1(score.relation):.2f}  {rest}"


def _share(tally: Tally) -> str:
    asked = tally.hit + tally.missed
    return f"{100 * tally.hit / asked:.0f} %" if asked else "-"


if __name__ == "__main__":
    main()
