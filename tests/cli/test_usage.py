"""Wrong use: a clear word on standard error, JSON where it was asked for, exit status 2, nothing written."""

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Codebegen

WRONG = [
    ([], "usage"),
    (["new"], "usage"),
    (["nw", "A blog"], "usage"),
    (["serve"], "usage"),
    (["plan", "--colour", "red", "A blog"], "usage"),
    (["plan", "--format", "xml", "A blog"], "usage"),
    (["new", "-o"], "usage"),
    (["plan", "A blog", "--file", "x"], "usage"),
    (["plan", "--file", "no/such/file"], "prompt-file"),
    (["plan", ""], "prompt-empty"),
    (["plan", "  \n\t "], "prompt-empty"),
    (["plan", "--stack", "django", "A blog"], "unknown-value"),
    (["plan", "--domain", "space", "A blog"], "unknown-value"),
    (["plan", "--template", "flask", "A blog"], "unknown-value"),
    (["plan", "--with", "magic", "A blog"], "unknown-value"),
    (["plan", "--constraint", "nonsense", "A blog"], "unknown-value"),
    (["plan", "--engine", "model", "A blog"], "no-model"),
    (["verify", "nowhere"], "no-project"),
    (["verify", "."], "no-blueprint"),
    (["verify", "a", "b"], "usage"),
]


@pytest.mark.parametrize(("arguments", "code"), WRONG, ids=lambda value: " ".join(value)[:30] or "nothing")
def test_wrong_use_is_said_and_ends_with_2(codebegen: Codebegen, here: Path, arguments: list[str], code: str) -> None:
    said = codebegen(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "error" in said.err
    document = codebegen(*arguments, "--format", "json")
    assert document.code == 2
    if arguments[-1:] != ["-o"]:  # there, `--format` is the folder
        assert document.codes == ([code] if arguments != ["plan", "--format", "xml", "A blog"] else ["usage"])
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("data", [b"A blog \x00 with posts", b"\xff\xfe\xfa\xfb\xfc", bytes(range(256)) * 10])
def test_what_is_not_text_is_refused(codebegen: Codebegen, data: bytes) -> None:
    assert codebegen("plan", "-", "--format", "json", stdin=data).codes == ["prompt-not-text"]


def test_undecodable_arguments_are_refused(codebegen: Codebegen) -> None:
    assert codebegen("plan", b"caf\xe9 and \xff", "--format", "json").codes == ["prompt-not-text"]


def test_help_names_the_commands_that_work_and_no_others(codebegen: Codebegen) -> None:
    shown = codebegen("--help")
    assert shown.code == 0
    assert all(f"\n    {name} " in shown.out for name in ("new", "plan", "verify", "explain"))
    assert "serve" not in shown.out


def test_help_loads_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "codebegen", "--help"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "argparse" in loaded
    assert not any(name in loaded for name in ("pydantic", "jinja2", "rich", "yaml"))


def test_a_reader_that_leaves_early_is_no_fault(
    codebegen: Codebegen, blueprint: str, environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "codebegen", "plan", "--file", blueprint, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_fault_of_our_own_is_a_line_and_a_log(codebegen: Codebegen, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import codebegen.blueprint.checks as checks\ndef fail(_): raise ZeroDivisionError\nchecks.CHECKS = (fail,)\n"
    )
    said = codebegen("plan", "--file", blueprint_in(tmp_path), "--format", "json", env={"PYTHONPATH": str(broken)})
    assert said.code == 1
    assert said.codes == ["internal"]
    (log,) = (tmp_path / "home/.local/state/codebegen").iterdir()
    assert str(log) in said.err
    assert "ZeroDivisionError" in log.read_text()


def blueprint_in(folder: Path) -> str:
    path = folder / "b.yaml"
    path.write_text("version: 1\nname: a\nentities:\n  - name: Car\n    fields: [{name: plate}]\n")
    return str(path)
