"""Starting: settings, migrations, the first administrator, and pinned dependencies."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from pymongo import MongoClient

from .databases import address
from .expect import ok, problem
from .plan import Plan
from .running import ADMIN, Person, free_port, served, settings

Made = tuple[Plan, Path]


def tables(database: Path) -> set[str]:
    """The tables of a database."""
    if not database.exists():
        return set()
    with sqlite3.connect(database) as connection:
        rows = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    connection.close()
    return {name for (name,) in rows}


def indexes(where: str) -> int:
    """How many indexes a MongoDB has beyond those that every collection has."""
    with MongoClient[dict[str, Any]](where) as client:
        database = client.get_default_database()
        return sum(len(database[name].index_information()) - 1 for name in database.list_collection_names())


def ended(project: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A server that is expected to end by itself."""
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(free_port())]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.needs("sql")
def test_it_starts_with_no_settings_at_all(made: Made, tmp_path: Path) -> None:
    _plan, project = made
    copy = shutil.copytree(project, tmp_path / "copy")
    with served(copy, {"PATH": "/usr/bin"}, tmp_path / "log") as where:
        assert httpx.get(f"{where}/health").status_code == 200
        assert httpx.get(f"{where}/docs").status_code == 200
    assert "alembic_version" in tables(copy / "app.db")


@pytest.mark.needs("sql")
def test_settings_come_from_a_file_too(made: Made, tmp_path: Path) -> None:
    _plan, project = made
    copy = shutil.copytree(project, tmp_path / "copy")
    (copy / ".env").write_text(f"DATABASE_URL=sqlite+aiosqlite:///{tmp_path}/other.db\n")
    with served(copy, {"PATH": "/usr/bin"}, tmp_path / "log"):
        assert "alembic_version" in tables(tmp_path / "other.db")
    assert not (copy / "app.db").exists()


@pytest.mark.needs("accounts")
def test_production_refuses_without_its_secrets(made: Made, tmp_path: Path) -> None:
    plan, project = made
    where = address(plan.stack, tmp_path / "app.db")
    bare = {"PATH": "/usr/bin", "ENVIRONMENT": "production", "DATABASE_URL": where}
    refused = ended(project, bare)
    assert refused.returncode != 0
    assert "SECRET_KEY" in (refused.stdout + refused.stderr).upper()
    assert "alembic_version" not in tables(tmp_path / "app.db")


@pytest.mark.needs("sql")
def test_production_does_not_migrate_but_runs_when_somebody_did(made: Made, tmp_path: Path) -> None:
    plan, project = made
    environment = settings(address(plan.stack, tmp_path / "app.db"), ENVIRONMENT="production")
    with suppress(AssertionError), served(project, environment, tmp_path / "early.log"):
        pass
    assert tables(tmp_path / "app.db") <= {"sqlite_sequence"}
    alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(alembic, cwd=project, env=environment, check=True, capture_output=True, timeout=60)
    with served(project, environment, tmp_path / "log") as where:
        assert httpx.get(f"{where}/health").status_code == 200


@pytest.mark.needs("documents")
def test_production_makes_no_indexes_but_a_command_does(made: Made, tmp_path: Path) -> None:
    plan, project = made
    where = address(plan.stack, tmp_path / "app.db")
    environment = settings(where, ENVIRONMENT="production")
    with served(project, environment, tmp_path / "log") as server:
        assert httpx.get(f"{server}/health").status_code == 200
    assert indexes(where) == 0
    prepare = [sys.executable, "-m", "app.core.startup"]
    for _ in range(2):
        subprocess.run(prepare, cwd=project, env=environment, check=True, capture_output=True, timeout=60)
    assert indexes(where) > 0
    with served(project, environment, tmp_path / "log") as server:
        assert httpx.get(f"{server}/health").status_code == 200


@pytest.mark.needs("accounts")
def test_the_first_administrator_is_made_once_and_never_changed(made: Made, tmp_path: Path) -> None:
    plan, project = made
    first = settings(address(plan.stack, tmp_path / "app.db"))
    with served(project, first, tmp_path / "log") as where, Person(where, *ADMIN) as admin:
        assert admin.login().account["role"] == "admin"
    other = {**first, "FIRST_ADMIN_PASSWORD": "quite another password"}
    with served(project, other, tmp_path / "log") as where, Person(where, *ADMIN) as admin:
        admin.login()
        wrong = {"username": ADMIN[0], "password": "quite another password"}
        problem(admin.post("/auth/login", data=wrong), 401)
        place = f"/users/{admin.account['id']}"
        other_admin = {"role": "user"}
        answer = admin.patch(place, json=other_admin)
        assert answer.status_code in {200, 409}
    with served(project, other, tmp_path / "log") as where, Person(where, *ADMIN) as admin:
        again = admin.login().account
        assert again["role"] == ("user" if answer.status_code == 200 else "admin")
        ok(admin.get("/users/me"))


def test_dependencies_are_pinned_with_hashes(made: Made) -> None:
    plan, project = made
    needed = "beanie" if plan.stack == "fastapi_mongo" else "sqlalchemy"
    lines = (project / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line.strip() and not line.startswith("#")]
    assert {"fastapi", needed, "uvicorn"} <= {re.split(r"[\[=]", line)[0].strip().lower() for line in pins}
    for line in pins:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==\S+", line), line
        assert "--hash=sha256:" in line, line
