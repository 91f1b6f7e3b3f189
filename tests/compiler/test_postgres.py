"""Projects migrate up, down and up again on a real PostgreSQL: long names, enumerations, JSON, circles of keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codebegen.adapters import postgres
from codebegen.blueprint import Blueprint
from codebegen.blueprint.fields import FIELD_TYPES
from tests.compiler import projects
from tests.compiler.regressions import REGRESSIONS
from tests.compiler.test_scale import wide

LONG = "V" + "ery" * 17


def everything() -> Blueprint:
    """Every type of field, long names, a circle of keys, sets, and what is unique only among the living."""
    more: dict[str, dict[str, Any]] = {
        "enum": {"values": ["a", "x" * 63]},
        "list": {"item_type": "string"},
        "duration": {"unit": "days"},
    }
    fields = [{"name": f"a_{kind}", "type": kind, **more.get(kind, {})} for kind in FIELD_TYPES]
    limited = {"name": "b" * 60, "type": "integer", "min": -5, "max": 9_000_000_000, "unique": True}
    key = {"name": "k" * 60, "kind": "many_to_one", "target": "Pen", "required": False}
    return Blueprint.model_validate(
        {
            "name": "everything",
            "stack": "fastapi_postgres",
            "features": [{"key": "auth"}],
            "entities": [
                {
                    "name": LONG,
                    "soft_delete": True,
                    "fields": [*fields, limited, {"name": "format", "type": "json"}],
                    "relations": [key, {"name": "others", "kind": "many_to_many", "target": LONG}],
                    "unique_together": [{"fields": ["a_string", "b" * 60]}, {"fields": ["a_date", "k" * 60]}],
                    "actions": [{"kind": "toggle", "name": "t" * 50}],
                },
                {
                    "name": "Pen",
                    "relations": [{"name": "next", "kind": "one_to_one", "target": LONG, "required": False}],
                },
            ],
        }
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[postgres.PostgresServer]:
    programs = postgres.binaries()
    template = postgres.template(pytestconfig.cache.mkdir("codebegen-tools"), programs)
    with postgres.postgres(programs, template, tmp_path_factory.mktemp("server")) as found:
        yield found


def test_projects_migrate_on_postgresql(server: postgres.PostgresServer, tmp_path: Path) -> None:
    named = {"everything": everything(), "wide": wide(12)}
    named |= {f"regression_{number}": one for number, one in enumerate(REGRESSIONS.values())}
    folders = [projects.write(projects.compiled(one), tmp_path / name) for name, one in named.items()]
    for name in named:
        server.create_database(name)
    problems = projects.drive(folders, databases=server.url("{}"))
    assert {folder.name: problem for folder, problem in problems.items() if problem} == {}
