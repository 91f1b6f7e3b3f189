"""A real PostgreSQL, and that nothing of it is left."""

import asyncio
import os
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import psutil
import pytest

from codebegen.adapters import postgres
from codebegen.adapters.environment import PythonEnvironment


@pytest.fixture(scope="session")
def template(environment: PythonEnvironment) -> Path:
    return postgres.template(environment.cache, postgres.binaries())


def asked(url: str, query: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    return asyncio.run(ask())


def servers_on(folder: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
    ]


def test_the_newest_version_of_the_wheel_is_used() -> None:
    assert int(postgres.binaries().parent.name.removeprefix("pginstall")) >= 18


def test_databases_are_made_and_nothing_is_left(template: Path, tmp_path: Path) -> None:
    with postgres.postgres(postgres.binaries(), template, tmp_path) as server:
        server.create_database("more")
        assert asked(server.url("more"), "select current_database()") == "more"
        assert servers_on(tmp_path)
    assert not servers_on(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_it_ends_whatever_happens(interruption: type[BaseException], template: Path, tmp_path: Path) -> None:
    def fail() -> None:
        with postgres.postgres(postgres.binaries(), template, tmp_path):
            raise interruption

    with pytest.raises(interruption):
        fail()
    assert not servers_on(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_servers_do_not_meet(template: Path, tmp_path: Path) -> None:
    programs = postgres.binaries()
    with postgres.postgres(programs, template, tmp_path) as one, postgres.postgres(programs, template, tmp_path) as two:
        asked(one.url("app"), "create table only_here (id int)")
        assert asked(two.url("app"), "select to_regclass('only_here')") is None


def test_a_folder_may_be_deeper_than_a_socket_can_be_named(template: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    with postgres.postgres(postgres.binaries(), template, deep) as server:
        assert asked(server.url("app"), "select current_database()") == "app"
        sockets = Path(server.url("app").partition("host=")[2])
        assert sockets.exists()
    assert not sockets.exists()


def test_the_template_is_made_once(template: Path, environment: PythonEnvironment) -> None:
    made = template.stat().st_mtime_ns
    assert postgres.template(environment.cache, postgres.binaries()) == template
    assert template.stat().st_mtime_ns == made


def test_a_broken_data_folder_is_told_in_words(tmp_path: Path) -> None:
    empty = tmp_path / "data"
    empty.mkdir()
    with (
        pytest.raises(postgres.PostgresError, match="does not start"),
        postgres.PostgresServer(postgres.binaries(), empty, tmp_path),
    ):
        pass


def test_a_missing_wheel_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "PACKAGE", "no_such_package")
    with pytest.raises(postgres.PostgresError, match="not installed"):
        postgres.binaries()


def test_root_never_runs_it_as_root() -> None:
    assert (postgres.as_nobody(["postgres"])[0] == "unshare") == (os.geteuid() == 0)
