"""Large blueprints: two hundred entities compile, import and migrate, and time grows with their number."""

import time
from pathlib import Path
from typing import Any

import pytest

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete
from codebegen.compiler import compile_blueprint
from tests.compiler import projects

Data = dict[str, Any]
LARGE = 200
AREAS = "Order Car Pet Room Book Team Trip Plant Lesson Device".split()
PARTS = (
    "Note Visit Photo Item Rating Label Report Plan Task Check Price Offer Rule Shift Zone Route Stock Claim".split()
)
PARTS += ["Test", "Log"]


def wide(size: int) -> Blueprint:
    """`size` entities, each with a key to one or two of those before it, a state machine, a rule and an owner."""
    names = [f"{area}{part}" for part in PARTS for area in AREAS][:size]
    entities: list[Data] = [{"name": "User", "kind": "user"}]
    for number, name in enumerate(names):
        relations: list[Data] = [{"name": "owner", "kind": "many_to_one", "target": "User"}]
        earlier = sorted({number // 2, number - 1}) if number else []
        relations += [
            {"name": f"key_{place}", "kind": "many_to_one", "target": names[place], "required": place == number - 1}
            for place in earlier
            if place != number
        ]
        entities.append(
            {
                "name": name,
                "relations": relations,
                "fields": [
                    {"name": "title", "max_length": 80},
                    {"name": "amount", "type": "money", "min": 0},
                    {"name": "starts_on", "type": "date", "required": False},
                    {"name": "state", "type": "enum", "values": ["new", "done"]},
                ],
                "state_machines": [
                    {
                        "field": "state",
                        "initial": "new",
                        "transitions": [{"name": "finish", "from": ["new"], "to": "done"}],
                    }
                ],
            }
        )
    return complete(Blueprint.model_validate({"name": "wide", "features": [{"key": "auth"}], "entities": entities}))


def seconds(blueprint: Blueprint) -> float:
    """Processor time of the compiler itself; ruff, which runs beside it, is not counted."""
    start = time.process_time()
    compile_blueprint(blueprint, lambda tree: tree)
    return time.process_time() - start


@pytest.mark.parametrize("size", [LARGE])
def test_two_hundred_entities_compile_import_and_migrate(size: int, tmp_path: Path) -> None:
    tree = compile_blueprint(wide(size), RuffFormatter().format).tree
    folder = projects.write(tree, tmp_path / "project")
    assert projects.lint([folder]) == ""
    assert projects.drive([folder]) == {folder: ""}


def test_time_grows_with_the_number_of_entities() -> None:
    seconds(wide(5))  # templates are compiled
    small, large = seconds(wide(40)), seconds(wide(LARGE))
    assert large < small * (LARGE / 40) * 2
