"""`python -m benchmarks.features`: every two features together, through imports, migrations and their own tests.

Prints a line for each pair and ends with 1 if one of them fails. `--only KEY` takes the pairs with one feature, and
`--template NAME` those that another template can have.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from tests.compiler import projects
from tests.features.projects import ADDED, ELSEWHERE, TEMPLATE, compiled

BESIDE = ("docker", "ci")
"""Of the features that are part of the template: those that add files where they are asked for."""
KEPT = 1500


def main() -> int:
    """Run all pairs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--only", default="", help="only pairs with this feature")
    parser.add_argument("--template", default=TEMPLATE, choices=[TEMPLATE, *ELSEWHERE], help=f"{TEMPLATE} unless told")
    arguments = parser.parse_args()
    failed = 0
    for pair in pairs(arguments.only, {TEMPLATE: ADDED, **ELSEWHERE}[arguments.template]):
        started = time.monotonic()
        problem = tried(pair, arguments.template)
        failed += bool(problem)
        print(
            f"{' + '.join(pair):<34} {'FAILED' if problem else 'ok':<6} {time.monotonic() - started:5.1f} s", flush=True
        )
        if problem:
            print(problem[-KEPT:])
    return 1 if failed else 0


def pairs(only: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every two features of some, in their order."""
    for pair in combinations((*keys, *BESIDE), 2):
        if (not only or only in pair) and set(pair) - set(BESIDE):
            yield pair


def tried(features: tuple[str, ...], template: str) -> str:
    """What goes wrong with a project that has them; nothing, if all is well."""
    with tempfile.TemporaryDirectory() as folder:
        root = projects.write(compiled(features, template=template).tree, Path(folder) / "project")
        return projects.lint([root]) or projects.drive([root])[root] or projects.own_tests(root)


if __name__ == "__main__":
    sys.exit(main())
