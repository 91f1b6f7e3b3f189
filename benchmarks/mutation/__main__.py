"""`python -m benchmarks.mutation`: defects are planted in generated projects, and their own tests have to find them.

Mutants are drawn by a seed from seeded operators; each runs in the sandbox, where there is one. A mutant that takes too
long is a killed one. Exit status 1 if fewer than 95 % are killed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping

from benchmarks.mutation import projects, report
from benchmarks.mutation.draw import mutants, twins
from benchmarks.mutation.surgery import Files
from benchmarks.mutation.trial import Trial, attempt, healthy
from codebegen.adapters.gate_tools import toolchain
from codebegen.verify.ports import Runner

AIM = 0.95


def main() -> int:
    """Plants, runs and reports."""
    arguments = _arguments()
    files = projects.compiled(tuple(arguments.project or projects.NAMES))
    runner = toolchain().runner_for("compiled")
    if runner is None:
        raise SystemExit("no place to run tests in")
    for name, content in files.items():
        problem = healthy(runner, content)
        if problem:
            raise SystemExit(f"{name}: its tests fail without any defect\n{problem}")
    trials = list(_trials(runner, files, arguments))
    if arguments.format == "json":
        json.dump(report.data(trials, arguments.seed), sys.stdout, indent=2)
    else:
        print(*report.text(trials, arguments.seed), sep="\n")
    counted = [trial for trial in trials if trial.counts]
    return 0 if sum(trial.dead for trial in counted) >= AIM * len(counted) else 1


def _trials(runner: Runner, files: Mapping[str, Files], arguments: argparse.Namespace) -> Iterator[Trial]:
    """As many as asked for, of those that can be imported.

    What several projects have in common is found if one of them finds it: not every project has a use for all of it.
    """
    left = arguments.mutants
    for mutant in mutants(files, arguments.seed, tuple(arguments.operator or ())):
        if left == 0:
            return
        trial = attempt(runner, files[mutant.project], mutant)
        for twin in twins(files, mutant):
            if trial.fate != "survived":
                break
            trial = attempt(runner, files[twin.project], twin)
        left -= trial.counts
        print(report.line(trial), file=sys.stderr, flush=True)
        yield trial


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other mutants")
    parser.add_argument("--mutants", type=int, default=150, help="how many that can be imported")
    parser.add_argument("--project", choices=projects.NAMES, action="append", help="all unless told")
    parser.add_argument("--operator", action="append", help="all unless told")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
