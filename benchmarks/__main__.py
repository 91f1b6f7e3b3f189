"""`python -m benchmarks`: what is measured, and how often. Run it on a machine that does nothing else."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import attack, load, stages, throughput
from codebegen.blueprint.model import FEATURES

DATABASES = ("sqlite", "postgresql")
MEASURES = ("corpus", "growth", "throughput")


def main() -> int:
    """Runs what was asked for; 1 if a generated endpoint is slower than the reference, beyond a tie."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*MEASURES, "attack", []], help="all but attack unless told")
    parser.add_argument("--verify", action="store_true", help="corpus, growth: with all gates")
    parser.add_argument("--rounds", type=int, default=3, help="throughput: the median of so many")
    parser.add_argument("--seconds", type=float, default=4, help="throughput: how long a round lasts")
    parser.add_argument("--database", choices=DATABASES, action="append", help="both unless told; attack: sqlite")
    parser.add_argument("--examples", type=int, default=attack.EXAMPLES, help="attack: random cases for each operation")
    parser.add_argument(
        "--description", type=Path, action="append", help="attack: a description (.txt) or blueprint (.yaml)"
    )
    parser.add_argument("--only", default="", help="attack: descriptions whose name begins so")
    parser.add_argument(
        "--with", dest="features", choices=sorted(FEATURES), action="append", default=[], metavar="FEATURE",
        help="attack: a feature that projects have besides what they ask for; repeatable",
    )  # fmt: skip
    arguments = parser.parse_args()
    runs: dict[str, Callable[[argparse.Namespace], bool]] = {
        "corpus": _corpus,
        "growth": _growth,
        "throughput": _throughput,
        "attack": _attack,
    }
    results = [runs[what](arguments) for what in arguments.what or MEASURES]
    return 0 if all(results) else 1


def _corpus(arguments: argparse.Namespace) -> bool:
    print("Seconds by stage, descriptions of the corpus")
    times = [_shown(row) for row in stages.descriptions(verify=arguments.verify)]
    return all(row.proven is not False for row in times)


def _growth(arguments: argparse.Namespace) -> bool:
    print("Seconds by stage, growing blueprints")
    times = [_shown(row) for row in stages.growth(verify=arguments.verify)]
    first, last = times[0], times[-1]
    factor = sum(last.seconds.values()) / sum(first.seconds.values())
    print(f"{last.entities / first.entities:.0f} x the entities take {factor:.1f} x the time")
    return all(row.proven is not False for row in times)


def _shown(row: stages.Times) -> stages.Times:
    print(f"  {row}", flush=True)
    if row.gates:
        print("    " + "  ".join(f"{name} {seconds:.2f}" for name, seconds in row.gates.items()), flush=True)
    return row


def _throughput(arguments: argparse.Namespace) -> bool:
    kinds = tuple(arguments.database or DATABASES)
    print(f"Requests per CPU second of the server, {load.CONNECTIONS} connections, by {load.generator()}")
    slower = False
    for row in throughput.measure(kinds, arguments.rounds, arguments.seconds):
        print(f"  {row}", flush=True)
        slower |= row.ratio < throughput.TIE[0] or row.failed > 0
    return not slower


def _attack(arguments: argparse.Namespace) -> bool:
    print(f"Strict schemathesis, {arguments.examples} examples\n")
    print(_row(attack.COLUMNS), _row(["---"] * len(attack.COLUMNS)), sep="\n")
    clean = True
    paths = arguments.description or attack.described(arguments.only)
    for kind in arguments.database or DATABASES[:1]:
        for row in attack.measure(kind, arguments.examples, paths, arguments.features):
            print(_row(row.cells), flush=True)
            for finding in row.findings:
                print(f"{kind} {row.name} {row.caller}: {finding}", file=sys.stderr, flush=True)
            clean &= not row.findings
    return clean


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
