"""Projects with features: linted, imported, migrated; and with all of them, typed and tested as their users would."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from codebegen.compiler import Compiled
from tests.compiler import projects

from .projects import ADDED, ELSEWHERE, NOTICES, PEOPLE, compiled


@dataclass(frozen=True)
class Project:
    """A project in a folder, and its tests that are about it as a whole or about features."""

    folder: Path
    tests: tuple[str, ...]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """Projects with each feature, all, much to tell and to register, tenants; one of each other template."""
    root = tmp_path_factory.mktemp("features")
    wanted = {"all": compiled(ADDED), **{key: compiled((key,)) for key in ADDED}}
    wanted["notices"] = compiled(("email", "oauth", "webhooks", "websockets"), NOTICES + PEOPLE)
    wanted["tenants"] = compiled(("full_text_search", "multi_tenant", "websockets"))
    wanted |= {template: compiled(keys, NOTICES, template) for template, keys in ELSEWHERE.items()}
    return {name: Project(projects.write(one.tree, root / name), _tests_of(one)) for name, one in wanted.items()}


def _tests_of(project: Compiled) -> tuple[str, ...]:
    names = {path: path.rpartition("/") for path in project.tree if path.startswith("tests/")}
    of_features = {path for path, file in project.tree.items() if file.origin.startswith("features/")}
    return tuple(
        path
        for path, (folder, _, name) in sorted(names.items())
        if name.startswith("test_") and (folder == "tests" or path in of_features)
    )


def test_each_is_as_its_linter_wants_it(made: dict[str, Project]) -> None:
    assert projects.lint([project.folder for project in made.values()]) == ""


def test_each_imports_and_migrates_without_drift(made: dict[str, Project]) -> None:
    found = projects.drive([project.folder for project in made.values()])
    assert {folder.name: problem for folder, problem in found.items() if problem} == {}


@pytest.mark.parametrize("name", ["all", *ELSEWHERE])
def test_all_together_are_typed(made: dict[str, Project], name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert projects.types(made[name].folder, tmp_path_factory.mktemp("cache")) == ""


@pytest.mark.parametrize("name", ["all", "notices", "tenants", *ELSEWHERE])
def test_their_own_tests_pass(made: dict[str, Project], name: str) -> None:
    assert projects.own_tests(made[name].folder, *made[name].tests)[-4000:] == ""
