"""`python -m benchmarks.features`: every two features together, through imports, migrations and their own tests.

Prints a line for each pair and ends with 1 if one of them fails. `--only KEY` takes the pairs with one feature.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from tests.compiler import projects
from tests.features.projects import ADDED, compiled

BESIDE = ("docker", "ci")
"""Of the features that are part of the template: those that add files where they are asked for."""
KEPT = 1500


def main() -> int:
    """Run all pairs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--only", default="", help="only pairs with this feature")
    arguments = parser.parse_args()
    failed = 0
    for pair in pairs(arguments.only):
        started = time.monotonic()
        problem = tried(pair)
        failed += bool(problem)
        print(
            f"{' + '.join(pair):<34} {'FAILED' if problem else 'ok':<6} {time.monotonic() - started:5.1f} s", flush=True
        )
        if problem:
            print(problem[-KEPT:])
    return 1 if failed else 0


def pairs(only: str) -> Iterator[tuple[str, str]]:
    """Every two features, in their order."""
    for pair in combinations((*ADDED, *BESIDE), 2):
        if (not only or only in pair) and set(pair) - set(BESIDE):
            yield pair


def tried(features: tuple[str, ...]) -> str:
    """What goes wrong with a project that has them; nothing, if all is well."""
    with tempfile.TemporaryDirectory() as folder:
        root = projects.write(compiled(features).tree, Path(folder) / "project")
        return projects.lint([root]) or projects.drive([root])[root] or _tests(root)


def _tests(root: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
