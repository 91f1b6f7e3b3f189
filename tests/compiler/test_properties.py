"""Whatever valid blueprint there is: what is compiled parses, is formatted, has no finding, imports and migrates.

A drawn blueprint is either refused by the checks, with a place and a hint, or it gives such a project. To look further
than these few: `CODEBEGEN_EXAMPLES=500 CODEBEGEN_SEED=7 pytest tests/compiler/test_properties.py`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from codebegen.blueprint import Blueprint
from codebegen.diagnostics import has_errors
from codebegen.filetree import FileTree
from tests.compiler import projects
from tests.compiler.regressions import REGRESSIONS
from tests.compiler.strategies import blueprints

EXAMPLES = int(os.environ.get("CODEBEGEN_EXAMPLES", "25"))
SEED = int(os.environ.get("CODEBEGEN_SEED", "20261121"))
TYPED = 2
"""How many of the drawn projects mypy looks at: it needs seconds for each."""


@dataclass(frozen=True, slots=True)
class Projects:
    """Compiled projects by name, and where they lie."""

    trees: Mapping[str, FileTree]
    folders: Mapping[str, Path]


def drawn() -> list[Blueprint]:
    """Valid blueprints, always the same ones for one seed."""
    found: list[Blueprint] = []

    def keep(blueprint: Blueprint) -> None:
        if not has_errors(projects.checked(blueprint)[1]):
            found.append(blueprint)

    quiet = settings(
        max_examples=EXAMPLES * 3,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seed(SEED)(quiet(given(blueprints())(keep)))()
    return found[::2]  # neighbours are often alike


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    root = tmp_path_factory.mktemp("projects")
    named = {f"drawn_{number}": one for number, one in enumerate(drawn())}
    named |= {f"regression_{number}": one for number, one in enumerate(REGRESSIONS.values())}
    trees = {name: projects.compiled(blueprint) for name, blueprint in named.items()}
    return Projects(trees, {name: projects.write(tree, root / name) for name, tree in trees.items()})


def test_enough_was_drawn(made: Projects) -> None:
    assert len(made.trees) >= EXAMPLES * 0.6 + len(REGRESSIONS)


def test_every_file_parses(made: Projects) -> None:
    for tree in made.trees.values():
        projects.parse(tree)


def test_nothing_is_found_by_the_projects_own_linter(made: Projects) -> None:
    assert projects.lint(made.folders.values()) == ""


def test_every_project_imports_and_migrates(made: Projects) -> None:
    problems = projects.drive(list(made.folders.values()))
    assert {folder.name: problem for folder, problem in problems.items() if problem} == {}


@pytest.mark.parametrize("kind", ["drawn", "regression"])
def test_types_are_right(made: Projects, kind: str, pytestconfig: pytest.Config) -> None:
    cache = pytestconfig.cache.mkdir("codebegen-mypy")
    names = [name for name in made.folders if name.startswith(kind)]
    largest = sorted(names, key=lambda name: len(made.trees[name]))[-TYPED:]
    assert {name: said for name in largest if (said := projects.types(made.folders[name], cache))} == {}
