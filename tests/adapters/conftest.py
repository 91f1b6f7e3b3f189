"""The real runners, on an environment whose caches live as long as pytest's."""

from pathlib import Path

import pytest

from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.process import ProcessRunner
from codebegen.adapters.sandbox import SandboxRunner


@pytest.fixture(scope="session")
def environment(pytestconfig: pytest.Config) -> PythonEnvironment:
    return PythonEnvironment(cache=pytestconfig.cache.mkdir("codebegen-tools"))


@pytest.fixture(scope="session")
def sandbox(environment: PythonEnvironment) -> SandboxRunner:
    """The sandbox, or a loud skip: continuous integration installs bubblewrap and takes skips for failures."""
    runner = SandboxRunner(environment)
    why_not = runner.probe()
    if why_not:
        pytest.skip(f"NO SANDBOX, ITS TESTS DO NOT RUN: {why_not}")
    return runner


@pytest.fixture(params=["process", "sandbox"])
def runner(request: pytest.FixtureRequest, environment: PythonEnvironment) -> ProcessRunner | SandboxRunner:
    """Each real runner in turn."""
    if request.param == "process":
        return ProcessRunner(environment)
    found: SandboxRunner = request.getfixturevalue("sandbox")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    (root / "main.py").write_text("print('hello from the project')\n", encoding="utf-8")
    return root
