"""Data flows one way: the import contracts hold, and every room has its place in them."""

import tomllib
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS


def test_every_room_below_the_adapters_is_part_of_the_core() -> None:
    contracts = {
        c["id"]: c for c in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    }
    layers = [room.strip("() ") for layer in contracts["direction"]["layers"] for room in layer.split("|")]
    core = {module.removeprefix("codebegen.") for module in contracts["core"]["source_modules"]}
    below = set(layers[layers.index("adapters") + 1 :])
    there = {
        room
        for room in below
        if any((ROOT / "src/codebegen").glob(f"{room}/__init__.py")) or (ROOT / f"src/codebegen/{room}.py").exists()
    }
    assert core == there
