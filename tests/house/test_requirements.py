"""The pins are hashed, complete, in step with `pyproject.toml` and with each other."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
NAMES = ("prod", "base", "dev")


def pins(name: str) -> dict[str, tuple[str, int]]:
    """Package → (version, number of hashes)."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[A-Za-z])", (ROOT / f"requirements/{name}.txt").read_text()):
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", block):
            found[canonicalize_name(match[1])] = (match[2], block.count("--hash=sha256:"))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_has_hashes_and_nothing_else_is_in_the_file(name: str) -> None:
    assert pins(name)
    assert all(hashes > 0 for _, hashes in pins(name).values())
    lines = (ROOT / f"requirements/{name}.txt").read_text().splitlines()
    assert all(re.match(r"#|[A-Za-z0-9._-]+==|    --hash=sha256:", line) for line in lines)


@pytest.mark.parametrize(("name", "groups"), [("prod", ()), ("base", ("build",)), ("dev", ("build", "dev"))])
def test_every_dependency_is_pinned_within_its_range(name: str, groups: tuple[str, ...]) -> None:
    wanted = [*PROJECT["project"]["dependencies"], *(d for g in groups for d in PROJECT["dependency-groups"][g])]
    pinned = pins(name)
    for requirement in map(Requirement, wanted):
        version, _ = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_the_files_agree_with_each_other() -> None:
    prod, base, dev = (pins(name) for name in NAMES)
    assert prod.items() <= base.items() <= dev.items()


def test_generated_projects_get_the_versions_that_they_are_proven_with() -> None:
    """A gate runs a project on our environment; its own pins must say the same."""
    base = pins("dev")
    shipped = json.loads((ROOT / "src/codebegen/compiler/pins.json").read_text())["pins"]
    other = {
        name: (pin["version"], base[name][0])
        for name, pin in shipped.items()
        if name in base and pin["version"] != base[name][0]
    }
    assert other == {}
    missing = [name for name, pin in shipped.items() if name not in base and not pin["marker"]]
    assert missing == []
