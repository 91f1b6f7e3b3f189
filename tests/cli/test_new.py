"""`codebegen new` without proof: where it writes, what it refuses, and that it writes whole or not at all."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from .conftest import BLUEPRINT, Codebegen

BLOG = "Users write posts. A post has a title and a body. Posts have comments; a comment has a body."


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_json_says_what_was_made_and_where(codebegen: Codebegen, here: Path) -> None:
    ran = codebegen("new", BLOG, "--no-verify", "--format", "json", "-o", "blog")
    document = ran.document
    assert ran.code == 0
    assert list(document) == ["path", "blueprint", "gates", "quality_score", "report"]
    assert document["path"] == str(here / "blog")
    assert (document["gates"], document["quality_score"]) == ([], None)
    assert set(document["report"]) >= {"coverage", "residue", "assumptions", "conflicts", "questions"}
    plan = codebegen("plan", BLOG, "--format", "json").document
    assert document["blueprint"] == plan
    made = files(here / "blog")
    assert {"codebegen.yaml", "README.md", "REQUIREMENTS.md", "app/main.py", "pyproject.toml"} <= set(made)


def test_the_folder_is_named_after_the_project_unless_told(codebegen: Codebegen, here: Path, blueprint: str) -> None:
    assert codebegen("new", "--file", blueprint, "--no-verify").code == 0
    assert (here / "car_club" / "codebegen.yaml").is_file()


def test_the_same_description_gives_the_same_bytes(codebegen: Codebegen, here: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        assert codebegen("new", BLOG, "--no-verify", "-o", name, env={"PYTHONHASHSEED": seed}).code == 0
    assert files(here / "one") == files(here / "two")


def test_codebegen_yaml_alone_makes_the_project_again(codebegen: Codebegen, here: Path) -> None:
    codebegen("new", BLOG, "--no-verify", "-o", "one")
    assert codebegen("new", "--file", "one/codebegen.yaml", "--no-verify", "-o", "two").code == 0
    assert files(here / "one") == files(here / "two")


def test_a_folder_with_files_needs_force_which_touches_nothing_else(
    codebegen: Codebegen, here: Path, blueprint: str
) -> None:
    target = here / "club"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    (target / "README.md").write_text("old")
    refused = codebegen("new", "--file", blueprint, "--no-verify", "-o", "club", "--format", "json")
    assert (refused.code, refused.codes) == (2, ["target-not-empty"])
    assert files(target) == {"mine.txt": b"mine", "README.md": b"old"}
    assert codebegen("new", "--file", blueprint, "--no-verify", "-o", "club", "--force").code == 0
    made = files(target)
    assert made["mine.txt"] == b"mine"
    assert made["README.md"] != b"old"


def test_an_empty_folder_is_fine(codebegen: Codebegen, here: Path, blueprint: str) -> None:
    assert codebegen("new", "--file", blueprint, "--no-verify", "-o", ".").code == 0
    assert (here / "codebegen.yaml").is_file()


@pytest.mark.parametrize("target", ["file", "file/club", "/proc/club", "x" * 300])
def test_a_place_that_cannot_be_written_to_is_refused(
    codebegen: Codebegen, here: Path, blueprint: str, target: str
) -> None:
    (here / "file").write_text("")
    ran = codebegen("new", "--file", blueprint, "--no-verify", "-o", target, "--format", "json")
    assert ran.code == 2
    assert ran.codes[0] in {"file-in-the-way", "target-not-writable", "target-name-too-long"}
    assert files(here) == {"file": b""}


def test_a_full_disk_leaves_nothing(codebegen: Codebegen, here: Path, blueprint: str) -> None:
    """A limit on file sizes stands in for the disk: the write of a large file fails on the way."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    ran = codebegen("new", "--file", blueprint, "--no-verify", "-o", "a/club", "--format", "json", preexec_fn=limit)
    assert (ran.code, ran.codes) == (2, ["disk-full"])
    assert list(here.iterdir()) == []


def test_a_wrong_blueprint_is_refused_with_places(codebegen: Codebegen, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(BLUEPRINT.replace("type: integer", "type: whole"))
    ran = codebegen("new", "--file", str(path), "--format", "json")
    assert (ran.code, ran.codes) == (2, ["blueprint-shape"])
    assert ran.document["diagnostics"][0]["place"] == "$.entities[0].fields[1].type"


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_no_file_and_no_process(
    here: Path, environment: dict[str, str], blueprint: str, kind: signal.Signals, code: int
) -> None:
    here.mkdir(exist_ok=True)
    temporary = here.parent / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "codebegen", "new", "--file", blueprint, "-o", "club"]
    environment = {**environment, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=here, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        while "syntax" not in process.stderr.readline():  # the gates are running
            assert process.poll() is None
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(kind)
        words = process.stderr.read()
    assert process.returncode == code
    assert "nothing was written" in words
    assert list(here.iterdir()) == []
    assert list(temporary.iterdir()) == []
    deadline = time.monotonic() + 60
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in family):
        assert time.monotonic() < deadline, [child for child in family if child.is_running()]
        time.sleep(0.05)


def test_a_terminal_gets_live_progress_and_colours(here: Path, environment: dict[str, str], blueprint: str) -> None:
    here.mkdir(exist_ok=True)
    master, slave = os.openpty()
    command = [sys.executable, "-m", "codebegen", "new", "--file", blueprint, "--no-verify", "-o", "club"]
    environment = {**environment, "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=here, env=environment, stderr=slave, stdout=subprocess.PIPE) as process:
        os.close(slave)
        shown = b""
        while chunk := _read(master):
            shown += chunk
        assert process.stdout
        assert process.stdout.read() == b""
    os.close(master)
    assert process.returncode == 0
    assert b"\x1b[" in shown
    assert b"Car club" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end was closed
        return b""
