"""Requirements of a project are everything that it needs, pinned and hashed, and nothing else."""

import re

import pytest
from packaging.requirements import Requirement

from codebegen.compiler.requirements import declared, requirements, shipped

RUNTIME = [["runtime"], ["runtime", "auth"]]


def lines(text: str) -> dict[str, str]:
    """Package → the line that pins it."""
    joined = text.replace("\\\n", "")
    return {Requirement(line.split(" --hash")[0]).name: line for line in joined.splitlines()}


@pytest.mark.parametrize("groups", RUNTIME)
def test_everything_that_is_needed_is_there(groups: list[str]) -> None:
    found = lines(requirements(groups))
    roots = {root for group in groups for root in shipped()["roots"][group]}
    assert roots <= found.keys()
    for name, pin in shipped()["pins"].items():
        if set(pin["via"]) & found.keys():
            assert name in found, f"{name} is needed by {pin['via']}"


@pytest.mark.parametrize("groups", RUNTIME)
def test_nothing_else_is_there(groups: list[str]) -> None:
    found = lines(requirements(groups))
    roots = {root for group in groups for root in shipped()["roots"][group]}
    for name in found.keys() - roots:
        assert set(shipped()["pins"][name]["via"]) & found.keys(), name


@pytest.mark.parametrize("groups", [*RUNTIME, ["dev"]])
def test_every_line_is_pinned_and_hashed(groups: list[str]) -> None:
    for name, line in lines(requirements(groups)).items():
        assert re.search(rf"^{re.escape(name)}==\S+", line)
        hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?= |$)", line)
        assert hashes
        assert len(hashes) == line.count("--hash")


def test_accounts_add_and_development_repeats_nothing() -> None:
    plain, auth = lines(requirements(["runtime"])), lines(requirements(["runtime", "auth"]))
    assert plain.items() < auth.items()
    assert "pyjwt" in auth.keys() - plain.keys()
    assert not lines(requirements(["dev"], without=["runtime", "auth"])).keys() & auth.keys()


def test_what_is_declared_is_what_is_pinned_at_least() -> None:
    found = lines(requirements(["runtime", "auth"]))
    for item in declared(["runtime", "auth"]):
        needed = Requirement(item)
        pinned = Requirement(found[needed.name].split(" --hash")[0])
        assert str(needed.specifier).removeprefix(">=") == str(pinned.specifier).removeprefix("==")
