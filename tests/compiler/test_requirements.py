"""Requirements of a project are everything that it needs, pinned and hashed, and nothing else."""

import re

import pytest
from packaging.requirements import Requirement

from codebegen.compiler.requirements import base_name, declared, requirements, shipped

GROUPS = shipped()["declared"]
RUNNING, ACCOUNTS, DEVELOPMENT = GROUPS["runtime"], GROUPS["runtime"] + GROUPS["auth"], GROUPS["dev"]


def lines(text: str) -> dict[str, str]:
    """Package → the line that pins it."""
    joined = text.replace("\\\n", "")
    return {Requirement(line.split(" --hash")[0]).name: line for line in joined.splitlines()}


@pytest.mark.parametrize("packages", [RUNNING, ACCOUNTS])
def test_everything_that_is_needed_is_there(packages: list[str]) -> None:
    found = lines(requirements(packages))
    roots = set(map(base_name, packages))
    assert roots <= found.keys()
    for name, pin in shipped()["pins"].items():
        if set(pin["via"]) & found.keys():
            assert name in found, f"{name} is needed by {pin['via']}"


@pytest.mark.parametrize("packages", [RUNNING, ACCOUNTS])
def test_nothing_else_is_there(packages: list[str]) -> None:
    found = lines(requirements(packages))
    roots = set(map(base_name, packages))
    for name in found.keys() - roots:
        assert set(shipped()["pins"][name]["via"]) & found.keys(), name


@pytest.mark.parametrize("packages", [RUNNING, ACCOUNTS, DEVELOPMENT])
def test_every_line_is_pinned_and_hashed(packages: list[str]) -> None:
    for name, line in lines(requirements(packages)).items():
        assert re.search(rf"^{re.escape(name)}==\S+", line)
        hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?= |$)", line)
        assert hashes
        assert len(hashes) == line.count("--hash")


def test_accounts_add_and_development_repeats_nothing() -> None:
    plain, auth = lines(requirements(RUNNING)), lines(requirements(ACCOUNTS))
    assert plain.items() < auth.items()
    assert "pyjwt" in auth.keys() - plain.keys()
    assert not lines(requirements(DEVELOPMENT, without=ACCOUNTS)).keys() & auth.keys()


def test_what_is_declared_is_what_is_pinned_at_least() -> None:
    found = lines(requirements(ACCOUNTS))
    for item in declared(ACCOUNTS):
        needed = Requirement(item)
        pinned = Requirement(found[needed.name].split(" --hash")[0])
        assert str(needed.specifier).removeprefix(">=") == str(pinned.specifier).removeprefix("==")
