"""A script: imports and migrates projects, each in a process of its own that has the libraries loaded already.

`python drive.py FOLDER …` prints one line of JSON a project: the folder, and what went wrong (nothing, if all is well).
The migrations go up, are compared with the models, go down to nothing and up again; documents have none.
"""

import importlib
import io
import json
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

LIBRARIES = "aiosqlite alembic.command alembic.config asyncpg fastapi jwt pydantic_settings sqlalchemy.ext.asyncio"


def preload() -> None:
    """Load what every project imports, once."""
    for name in LIBRARIES.split():
        importlib.import_module(name)


def prove(folder: Path) -> None:
    """Import the application, build its OpenAPI document, migrate up, check, down and up."""
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    migrations = folder / "alembic.ini"
    server = os.environ.get("DATABASES")
    url = "sqlite+aiosqlite:///./app.db" if migrations.exists() else "mongodb://localhost/app"
    os.environ["DATABASE_URL"] = server.format(folder.name) if server else url
    os.environ["ENVIRONMENT"] = "test"
    warnings.simplefilter("error")
    from app.main import app  # type: ignore[import-not-found, unused-ignore]

    json.dumps(app.openapi()).encode()
    if migrations.exists():
        migrate(migrations)


def migrate(settings: Path) -> None:
    """Up, compared, down and up."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import orm

    orm.configure_mappers()
    config = Config(settings, stdout=io.StringIO())
    command.upgrade(config, "head")
    command.check(config)
    command.downgrade(config, "base")
    command.upgrade(config, "head")


def reported(folder: Path, act: Callable[[Path], None]) -> str:
    """What went wrong, with the end of its traceback."""
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            act(folder)
    except BaseException:  # noqa: BLE001 - whatever it is, it is the answer
        return (said.getvalue() + traceback.format_exc())[-3000:]
    return ""


def apart(folder: Path) -> str:
    """The report of a child process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.write(write, reported(folder, prove).encode(errors="replace"))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        text = answer.read().decode()
    status = os.waitpid(child, 0)[1]
    return text if status == 0 else f"{text}\nthe process ended with status {status}"


if __name__ == "__main__":
    preload()
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps({"folder": name, "problem": apart(Path(name))}) + "\n")
