"""Nothing in the repository speaks of one machine, and code stays in pieces that fit in a head."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Spelled in two halves, so that this file may be tracked.
FORBIDDEN = ["/" + "work/", "/" + "farm/", "pypi" + ".org", "python" + "hosted", "npmjs" + ".", "localhost" + ":3141"]
MAX_FILE, MAX_FUNCTION = 400, 60


def tracked(pattern: str = "") -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z", "--", *([pattern] if pattern else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in names.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("words", FORBIDDEN)
def test_no_file_names_a_machine_or_a_registry(words: str) -> None:
    assert [p for p in tracked() if words in p.read_text(encoding="utf-8", errors="ignore")] == []


def test_files_and_functions_fit_in_a_head() -> None:
    long = []
    for path in tracked("src/codebegen/*.py"):
        if "templates" in path.parts:
            continue
        text = path.read_text()
        if text.count("\n") > MAX_FILE:
            long.append(f"{path}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MAX_FUNCTION:
                    long.append(f"{path}:{node.lineno} {node.name}: {lines} lines")
    assert long == []


def test_every_package_is_one() -> None:
    """A folder without `__init__.py` would be left out of contracts and coverage."""
    folders = {path.parent for path in tracked("src/codebegen/*.py") if not {"templates", "files"} & set(path.parts)}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
