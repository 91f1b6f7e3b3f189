"""Generated tests find what a person could break: ten defects, drawn by a seed, each of them makes a test red."""

import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.mutation.known_places import defects
from benchmarks.mutation.surgery import Defect
from codebegen.adapters.formatter import RuffFormatter
from codebegen.compiler import compile_blueprint
from tests.compiler.shapes import SHAPES

SEED = 20261121
HOW_MANY = 10
FAILED = 1
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-p", "no:schemathesis")


def compiled(name: str) -> dict[str, str]:
    tree = compile_blueprint(SHAPES[name], RuffFormatter().format).tree
    return {path: file.content for path, file in tree.items()}


PROJECTS = {name: compiled(name) for name in SHAPES}


def drawn(seed: int) -> list[tuple[str, Defect]]:
    """As many defects, each of another kind as long as there are any; the seed decides on kinds and places."""
    chance = random.Random(seed)
    found: list[tuple[str, Defect]] = []
    everything = {name: defects(files) for name, files in PROJECTS.items()}
    kinds = sorted({kind for places in everything.values() for kind in places})
    for kind in chance.sample(kinds, HOW_MANY):
        name = chance.choice(sorted(name for name, places in everything.items() if kind in places))
        found.append((name, chance.choice(everything[name][kind])))
    return found


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def run(folder: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PYTEST, *paths], cwd=folder, capture_output=True, text=True, check=False)


def near(folder: Path, defect: Defect) -> list[str]:
    """The test files of the entity that a defect is about."""
    found = (folder / "tests").rglob(f"test_{defect.module}.py") if defect.module else ()
    return sorted(str(path.relative_to(folder)) for path in found)


@pytest.mark.parametrize("name", SHAPES)
def test_projects_without_a_defect_pass(name: str, tmp_path: Path) -> None:
    write(tmp_path, PROJECTS[name])
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(("name", "defect"), drawn(SEED), ids=str)
def test_every_planted_defect_is_found(name: str, defect: Defect, tmp_path: Path) -> None:
    assert any(PROJECTS[name][path] != content for path, content in defect.changes.items())
    write(tmp_path, {**PROJECTS[name], **defect.changes})
    files = near(tmp_path, defect)
    done = run(tmp_path, *files)
    if done.returncode == 0 and files:
        done = run(tmp_path)
    assert done.returncode == FAILED, f"{defect} was not found\n{done.stdout[-1000:]}{done.stderr[-1000:]}"


def test_the_operator_knows_every_kind_of_defect() -> None:
    everything = [kind for files in PROJECTS.values() for kind in defects(files)]
    assert len(set(everything)) >= HOW_MANY
    assert drawn(SEED) == drawn(SEED)
