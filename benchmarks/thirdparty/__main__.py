"""`python -m benchmarks.thirdparty realworld FOLDER`: a suite of others, read from FOLDER, on a generated project.

A miss of behaviour is another status than expected; a miss of shape the right status with something else in the body.
What depends on a value that never came is blocked.
"""

import argparse
import sys
import uuid
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import httpx

from benchmarks.attack import attacked
from benchmarks.thirdparty import hurl
from benchmarks.thirdparty.backend import Backend
from benchmarks.thirdparty.realworld import RealWorld

DESCRIPTIONS = Path(__file__).parent / "descriptions"
KINDS = ("passed", "shape", "behaviour", "blocked")


def main() -> int:
    """Runs every file of the folder and says what was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thirdparty", description=__doc__)
    parser.add_argument("suite", choices=["realworld"])
    parser.add_argument("folder", type=Path, help="where the files of the suite are")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments = parser.parse_args()
    print(f"| file | requests | {' | '.join(KINDS)} |\n| --- | --- | --- | --- | --- | --- |")
    with ExitStack() as stack:
        server = stack.enter_context(attacked(arguments.database, DESCRIPTIONS / f"{arguments.suite}.txt"))
        adapter = RealWorld(Backend(server.url, stack.enter_context(httpx.Client(timeout=30))))
        totals = sum((_file(path, adapter) for path in sorted(arguments.folder.glob("*.hurl"))), Counter())
    print(_row("all", totals))
    return 0


def _file(path: Path, adapter: RealWorld) -> Counter[str]:
    """Counts of one file, by kind."""
    entries = hurl.parse(path.read_text(encoding="utf-8"))
    results = list(hurl.run(entries, adapter.send, {"host": "", "uid": uuid.uuid4().hex[:8]}))
    for result in results:
        if _kind(result) != "passed":
            entry = result.entry
            said = f"{result.status} for {entry.status}" if result.status != entry.status else "; ".join(result.wrong)
            print(f"{path.stem}:{entry.line} {entry.method} {entry.url} {_kind(result)}: {said}", file=sys.stderr)
    counts = Counter(_kind(result) for result in results)
    print(_row(path.stem, counts), flush=True)
    return counts


def _kind(result: hurl.Result) -> str:
    if result.blocked:
        return "blocked"
    if result.status != result.entry.status:
        return "behaviour"
    return "shape" if result.wrong else "passed"


def _row(name: str, counts: Counter[str]) -> str:
    return f"| {name} | {counts.total()} | {' | '.join(str(counts[kind]) for kind in KINDS)} |"


if __name__ == "__main__":
    sys.exit(main())
