"""`python -m benchmarks.understanding FOLDER…`: how well descriptions are read, against gold.

Folders called `sealed` and `first_sight` give totals only: whoever reads its errors can't measure with it any more.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.understanding.ablation import ablate
from benchmarks.understanding.measure import UNREAD, Measured, f1, measure, total
from benchmarks.understanding.scorer import Score, Tally

_ELEMENTS = ("entity", "field", "relation")


def main() -> None:
    """Scores every gold file of the folders given."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.understanding", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, help="folders of gold files, or single files")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="print what was missed in the N worst files")
    parser.add_argument("--styles", action="store_true", help="a line for each style of text")
    parser.add_argument("--ablate", action="store_true", help="what each pass of the engine is worth, instead")
    arguments = parser.parse_args()
    if arguments.ablate:
        ablate([path for folder in arguments.folders for path in sorted(folder.glob("*.yaml"))])
        return
    for folder in arguments.folders:
        rows = [measure(path) for path in (sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder])]
        if not UNREAD.intersection(folder.resolve().parts):
            _show_files(rows, arguments.worst)
        if arguments.styles:
            _show_styles(rows)
        _show_whole(rows, str(folder))


def _show_files(rows: Sequence[Measured], worst: int) -> None:
    for row in rows:
        figures = "  ".join(f"{name} {f1(getattr(row.stated, name)):.2f}" for name in _ELEMENTS)
        rest = row.stated.rest
        print(f"{row.name:28} {figures}  rest {rest.hit}/{rest.hit + rest.missed}  {1000 * row.seconds:.0f} ms")
    ranked = sorted(rows, key=lambda row: sum(f1(getattr(row.stated, name)) for name in _ELEMENTS))
    for row in ranked[:worst]:
        print(f"\n{row.name}:", *row.stated.missed, sep="\n  ")


def _show_styles(rows: Sequence[Measured]) -> None:
    print(f"\n{'style':16} files  e/f/r     types   rest")
    for style in sorted({row.style for row in rows}):
        those = [row for row in rows if row.style == style]
        whole = total(row.stated for row in those)
        print(f"{style:16} {len(those):5}  {_figures(whole):9} {_share(whole.type):>5}  {_share(whole.rest):>5}")


def _show_whole(rows: Sequence[Measured], label: str) -> None:
    """The totals, with precision over what is `stated` and over everything."""
    stated, everything = total(row.stated for row in rows), total(row.everything for row in rows)
    shown = Tally()
    for row in rows:
        shown.add(row.shown)
    kinds = ", ".join(f"{kind} {_share(tally)}" for kind, tally in sorted(stated.by_kind.items()))
    slowest = max((row.seconds for row in rows), default=0.0)
    print(f"\n{label}: {len(rows)} files")
    figures = f"{_figures(stated)}  (all that is inferred held against it: {_figures(everything)})"
    print(f"  F1 entity/field/relation {figures}")
    print(f"  types {_share(stated.type)}, constraints and the rest {_share(stated.rest)}: {kinds}")
    print(f"  misses that the report shows {_share(shown)}, slowest description {1000 * slowest:.0f} ms")


def _figures(score: Score) -> str:
    return "/".join(f"{100 * f1(getattr(score, name)):.0f}" for name in _ELEMENTS)


def _share(tally: Tally) -> str:
    asked = tally.hit + tally.missed
    return f"{100 * tally.hit / asked:.0f} %" if asked else "-"


if __name__ == "__main__":
    main()
