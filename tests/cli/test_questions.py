"""Open questions and strictness, through the command itself; a person at a terminal is a real pseudo-terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Codebegen

PLANTS = "A garden has plants. A plant has a name."


def test_an_answer_on_the_command_line(codebegen: Codebegen) -> None:
    plan = codebegen("plan", PLANTS, "--answer", "login=yes", "--format", "json").document
    assert [feature["key"] for feature in plan["features"]] == ["auth"]
    assert "login" not in [question["id"] for question in plan["report"]["questions"]]


def test_wrong_answers(codebegen: Codebegen) -> None:
    assert codebegen("plan", PLANTS, "--answer", "colour=red", "--format", "json").codes == ["unknown-question"]
    assert codebegen("plan", PLANTS, "--answer", "login=perhaps", "--format", "json").codes == ["unknown-answer"]
    assert codebegen("plan", PLANTS, "--answer", "login", "--format", "json").codes == ["usage"]


def test_strict_refuses_what_was_not_understood(codebegen: Codebegen, here: Path) -> None:
    prompt = f"{PLANTS} Each frumious gimble must outgrabe mimsily."
    assert codebegen("plan", prompt).code == 0
    ran = codebegen("new", prompt, "--strict", "--no-verify", "--format", "json")
    assert (ran.code, set(ran.codes)) == (2, {"residue"})
    assert not any(here.iterdir())
    assert codebegen("plan", f"Hello! {PLANTS} Thank you.", "--strict").code == 0


def test_new_asks_on_a_terminal(environment: dict[str, str], here: Path, codebegen: Codebegen) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "codebegen", "new", PLANTS, "--no-verify", "-o", "garden"]
    running = subprocess.Popen(command, cwd=here, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, b"7\n2\n")
    shown = _all(ours)
    assert running.wait(60) == 0
    os.close(ours)
    assert "Do people log in?" in shown
    assert "type a number from 1 to 2" in shown
    assert (here / "garden/app/routers/auth.py").is_file()
    # Without a terminal nothing is asked.
    assert codebegen("new", PLANTS, "--no-verify", "-o", "plain").code == 0
    assert not (here / "plain/app/routers/auth.py").exists()


def _all(terminal: int) -> str:
    """What is shown until the other end is closed."""
    shown = b""
    try:
        while part := os.read(terminal, 4096):
            shown += part
    except OSError:  # Linux reports the closed end so
        pass
    return shown.decode()
