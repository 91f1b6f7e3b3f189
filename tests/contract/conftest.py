"""Projects made from descriptions, running, for the tests of the contract.

The suite knows the contract and a project's plan, never how a project is made: it is the same for every template.
`CONTRACT_PROJECTS=clinic,hotel` or `CONTRACT_PROJECTS=all` runs it on other descriptions than those that every run
takes, `CONTRACT_TEMPLATES=fastapi_basic` on some templates only.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from .databases import address
from .plan import Plan
from .running import World, served, settings

DESCRIPTIONS = Path(os.environ.get("CONTRACT_DESCRIPTIONS", Path(__file__).parent / "descriptions"))
TEMPLATES = ("fastapi_sqlalchemy", "fastapi_basic", "fastapi_mongo")
KEPT = ("everything", "school", "social", "workspaces")
"""What every run takes of the first template; of the others, which share most with it, it takes the first."""


@dataclass(frozen=True)
class Wanted:
    """A project to run on."""

    description: str
    template: str

    @property
    def options(self) -> tuple[str, ...]:
        """What asks for it on the command line, beside the template."""
        stack = ("--stack", "fastapi_mongo") if self.template == "fastapi_mongo" else ()
        return ("--file", str(description(self.description)), *stack)

    def __str__(self) -> str:
        return f"{self.description}-{self.template}"


def chosen() -> list[Wanted]:
    """Every description with every template that was asked for."""
    asked = os.environ.get("CONTRACT_PROJECTS", "")
    told = sorted(path.stem for path in DESCRIPTIONS.iterdir()) if asked == "all" else asked.split(",")
    templates = os.environ.get("CONTRACT_TEMPLATES", ",".join(TEMPLATES)).split(",")
    kept = {one: KEPT if one == TEMPLATES[0] else KEPT[:1] for one in templates}
    return [Wanted(name, one) for one in templates for name in (told if asked else kept[one])]


def description(name: str) -> Path:
    """The file of a description: text, or a blueprint."""
    return next(path for path in DESCRIPTIONS.iterdir() if path.stem == name)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`codebegen`, as people run it."""
    command = [sys.executable, "-m", "codebegen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@cache
def planned(wanted: Wanted) -> Plan:
    """The plan of a project."""
    plan = run("plan", *wanted.options, "--format", "json")
    assert plan.returncode == 0, plan.stderr
    return Plan.of(plan.stdout)


NEEDS: dict[str, Callable[[Plan], bool]] = {
    "sql": lambda plan: plan.counts_ids,
    "documents": lambda plan: not plan.counts_ids,
    "accounts": lambda plan: plan.accounts,
    "no accounts": lambda plan: not plan.accounts,
    "tenants": lambda plan: plan.tenant is not None,
    "profiles": lambda plan: plan.accounts and any(entity.kind == "profile" for entity in plan.collections),
}
"""What a test may need of a project (`@pytest.mark.needs`): it is made for those projects only that have it."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(what): the test is for projects that have accounts, tenants …")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if _fits(item)]


def _fits(item: pytest.Item) -> bool:
    needs = [str(mark.args[0]) for mark in item.iter_markers("needs")]
    if not needs or not isinstance(item, pytest.Function):
        return True
    wanted = item.callspec.params["made"]
    assert isinstance(wanted, Wanted)
    plan = planned(wanted)
    return all(NEEDS[need](plan) for need in needs)


@pytest.fixture(scope="session", params=chosen(), ids=str)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    """The plan of a description, and the project that came out of it."""
    wanted: Wanted = request.param
    folder = tmp_path_factory.mktemp(str(wanted)) / "project"
    new = run("new", *wanted.options, "--template", wanted.template, "--no-verify", "-o", str(folder))
    assert new.returncode == 0, new.stderr
    return planned(wanted), folder


@pytest.fixture(scope="session")
def world(made: tuple[Plan, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The project, running in development on a fresh database."""
    plan, project = made
    place = tmp_path_factory.mktemp("run")
    log = place / "server.log"
    environment = settings(address(plan.stack, place / "app.db"))
    with served(project, environment, log) as where, closing(World(plan, where)) as world:
        yield world


@pytest.fixture
def plan(world: World) -> Plan:
    """The plan of the running project."""
    return world.plan
