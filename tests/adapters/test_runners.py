"""What every runner does alike: the contract of the port, and what only the real ones can show."""

import os
import threading
import time
from pathlib import Path

import psutil
import pytest

from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.process import ProcessRunner
from codebegen.adapters.scripted import ScriptedRunner
from codebegen.diagnostics import DiagnosticError
from codebegen.verify.ports import MIB, Job, Limits, Outcome, Runner

SHORT = Limits(seconds=20)


def python(code: str, limits: Limits = SHORT, **more: object) -> Job:
    return Job(("python", "-c", code), limits=limits, **more)  # type: ignore[arg-type]


def run(runner: Runner, project: Path, job: Job) -> Outcome:
    with runner.open(project, trust="compiled") as workspace:
        return workspace.run(job)


WRITES_TWO = python("open('../scratch/a', 'w').write('A'); open('../scratch/b', 'w').write('B')", collect=("a", "c"))


@pytest.fixture(params=["scripted", "process", "sandbox"])
def any_runner(request: pytest.FixtureRequest, environment: PythonEnvironment) -> Runner:
    """The fake, and each real one, for the contract that all of them keep."""
    if request.param == "scripted":
        return ScriptedRunner(lambda _job: Outcome("exited", 0, "", "", 0.1, {"a": b"A", "b": b"B"}))
    if request.param == "process":
        return ProcessRunner(environment)
    found: Runner = request.getfixturevalue("sandbox")
    return found


class TestContract:
    def test_only_the_files_that_were_asked_for_come_back(self, any_runner: Runner, project: Path) -> None:
        outcome = run(any_runner, project, WRITES_TWO)
        assert (outcome.ended, outcome.exit_code, dict(outcome.files)) == ("exited", 0, {"a": b"A"})

    def test_a_cancelled_workspace_answers_nothing(self, any_runner: Runner, project: Path) -> None:
        with any_runner.open(project, trust="compiled") as workspace:
            workspace.cancel()
            assert workspace.run(WRITES_TWO).ended == "cancelled"

    def test_a_missing_project_is_a_diagnostic(self, any_runner: Runner, tmp_path: Path) -> None:
        with pytest.raises(DiagnosticError) as caught:
            any_runner.open(tmp_path / "none", trust="compiled")
        assert caught.value.diagnostics[0].code == "verify.no_project"

    def test_says_whether_there_is_a_wall(self, any_runner: Runner) -> None:
        assert isinstance(any_runner.isolated, bool)


def test_a_job_sees_the_project_and_its_scripts(runner: Runner, project: Path) -> None:
    job = Job(("python", "main.py"), scripts={"deep/extra.py": "x = 1"})
    assert run(runner, project, job).stdout == "hello from the project\n"
    there = python("print(open('../scratch/deep/extra.py').read())", scripts={"deep/extra.py": "x = 1"})
    assert run(runner, project, there).stdout == "x = 1\n"


def test_the_project_itself_is_never_written_to(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("open('main.py', 'w').write('gone'); open('app.db', 'w')"))
    assert outcome.exit_code == 0
    assert [path.name for path in project.iterdir()] == ["main.py"]
    assert "hello" in (project / "main.py").read_text(encoding="utf-8")


def test_one_job_leaves_nothing_for_the_next(runner: Runner, project: Path) -> None:
    with runner.open(project, trust="compiled") as workspace:
        workspace.run(python("open('left.txt', 'w'); open('../scratch/left.txt', 'w')"))
        found = workspace.run(
            python("import os; print(os.path.exists('left.txt'), os.path.exists('../scratch/left.txt'))")
        )
    assert found.stdout == "False False\n"


def test_nothing_of_the_persons_environment_is_handed_on(
    runner: Runner, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "topsecret")
    outcome = run(runner, project, python("import os; print(sorted(os.environ)); print(os.environ)"))
    assert "topsecret" not in outcome.stdout
    assert "API_TOKEN" not in outcome.stdout


def test_private_and_made_files_stay_behind(runner: Runner, project: Path, tmp_path: Path) -> None:
    (project / ".env").write_text("DATABASE_URL=postgresql://production\n", encoding="utf-8")
    (project / ".git").mkdir()
    (project / "app.db").write_bytes(b"")
    (tmp_path / "outside.txt").write_text("private", encoding="utf-8")
    (project / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert run(runner, project, python("import os; print(os.listdir('.'))")).stdout == "['main.py']\n"


def test_exit_status_and_both_streams(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"))
    assert (outcome.ended, outcome.exit_code, outcome.stdout, outcome.stderr) == ("exited", 7, "out\n", "err\n")


def test_time_is_bounded(runner: Runner, project: Path) -> None:
    started = time.monotonic()
    outcome = run(runner, project, python("import time; time.sleep(60)", Limits(seconds=0.5)))
    assert outcome.ended == "timeout"
    assert time.monotonic() - started < 45


def test_memory_of_the_whole_tree_is_bounded(runner: Runner, project: Path) -> None:
    hungry = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        kept = b"x" * (60 << 20)
        time.sleep(20)
        os._exit(0)
time.sleep(20)
"""
    outcome = run(runner, project, python(hungry, Limits(seconds=20, memory_bytes=150 * MIB)))
    assert outcome.ended == "memory"


def test_a_single_process_can_not_take_all_memory(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("bytearray(3 << 30)", Limits(seconds=20, address_space_bytes=1024 * MIB)))
    assert outcome.exit_code == 1
    assert "MemoryError" in outcome.stderr


def test_the_size_of_a_file_is_bounded(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("open('big', 'wb').write(b'x' * (9 << 20))", Limits(20, file_bytes=8 * MIB)))
    assert outcome.ended == "disk"


def test_output_is_bounded_and_read_to_its_end(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("print('x' * (3 << 20))", Limits(20, output_bytes=1 * MIB)))
    assert outcome.ended == "exited"
    assert len(outcome.stdout) == MIB


def test_a_process_that_ends_itself_badly_is_told_apart(runner: Runner, project: Path) -> None:
    outcome = run(runner, project, python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))
    assert (outcome.ended, outcome.reason) == ("killed", "SIGSEGV")


def test_what_detaches_itself_is_ended_too(runner: Runner, project: Path) -> None:
    detach = "import subprocess; subprocess.Popen(['sleep', '7654'], start_new_session=True)"
    assert run(runner, project, python(detach)).ended == "exited"
    time.sleep(0.2)
    assert not [process for process in psutil.process_iter(["cmdline"]) if "7654" in (process.info["cmdline"] or [])]


def test_cancelling_from_another_thread_is_prompt(runner: Runner, project: Path) -> None:
    with runner.open(project, trust="compiled") as workspace:
        threading.Timer(0.4, workspace.cancel).start()
        started = time.monotonic()
        outcome = workspace.run(python("import time; time.sleep(60)"))
    assert outcome.ended == "cancelled"
    assert time.monotonic() - started < 45


def test_jobs_can_run_at_the_same_time(runner: Runner, project: Path) -> None:
    outcomes: list[Outcome] = []
    with runner.open(project, trust="compiled") as workspace:
        threads = [
            threading.Thread(target=lambda: outcomes.append(workspace.run(python("print('done')")))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [outcome.stdout for outcome in outcomes] == ["done\n"] * 4


def test_a_cache_is_kept_by_our_own_code_only(runner: Runner, project: Path) -> None:
    name = f"test-{os.urandom(4).hex()}"
    learn = python(
        "import os; os.makedirs(p := '../scratch/cache/NAME', exist_ok=True); open(p + '/x', 'a').write('x')".replace(
            "NAME", name
        ),
        cache=name,
    )
    look = python(f"import os; print(os.path.exists('../scratch/cache/{name}/x'))", cache=name)
    with runner.open(project, trust="untrusted") as workspace:
        workspace.run(learn)
        assert workspace.run(look).stdout == "False\n"
    with runner.open(project, trust="compiled") as workspace:
        workspace.run(learn)
        assert workspace.run(look).stdout == "True\n"


def _servers() -> set[int]:
    """Every PostgreSQL that runs on this machine."""
    return {process.pid for process in psutil.process_iter(["name"]) if process.info["name"] == "postgres"}


def test_a_database_of_the_jobs_own(runner: Runner, project: Path) -> None:
    ask = """
import asyncio, os, asyncpg
async def main():
    for name in ("DATABASE_URL", "TEST_DATABASE_URL"):
        connection = await asyncpg.connect(os.environ[name])
        print(await connection.fetchval("select current_database()"))
        await connection.close()
asyncio.run(main())
"""
    before = _servers()
    outcome = run(runner, project, python(ask, postgresql=True))
    assert outcome.stdout == "app\ntest\n", outcome.stderr
    assert _servers() <= before
