"""A whole verification with the real tools."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from codebegen.verify.expected import ExpectedApi
from codebegen.verify.ports import Toolchain
from codebegen.verify.run import GateEvent, verify

ENDLESS = """
import subprocess
import time

def test_it():
    subprocess.Popen(["sleep", "4321"])
    time.sleep(4321)
"""
VERIFY_FOR_EVER = """
import sys
from pathlib import Path
from codebegen.adapters.gate_tools import toolchain
from codebegen.verify.run import verify
tools = toolchain(cache=Path(sys.argv[2]), use_sandbox=sys.argv[3] == "sandbox")
verify(Path(sys.argv[1]), None, tools, on_event=lambda event: print(event, flush=True))
"""


def listing(root: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in root.rglob("*")}


def test_a_sound_project_is_proven_on_both_databases(
    project: Callable[..., Path], tools: Toolchain, expected: ExpectedApi
) -> None:
    root = project()
    before = listing(root)
    events: list[GateEvent] = []
    report = verify(root, expected, tools, databases=("sqlite", "postgresql"), on_event=events.append)
    assert report.ok, [gate.as_dict() for gate in report.gates if gate.status != "passed"]
    assert listing(root) == before
    assert report.tests == {
        "tests/test_notes.py::test_anonymous_may_not_write": "passed",
        "tests/test_notes.py::test_note_comes_back[Hello]": "passed",
        "tests/test_notes.py::test_note_comes_back[a/b]": "passed",
    }
    assert report.openapi is not None
    assert "/api/v1/notes" in report.openapi["paths"]
    notes = [finding.message for finding in report.gate("contract").findings]
    assert [note.split(":")[0] for note in notes] == ["sqlite", "postgresql"]
    assert len(events) == 2 * len(report.gates)


def test_a_broken_file_stops_everything_else(project: Callable[..., Path], tools: Toolchain) -> None:
    report = verify(project({"app/extra.py": "def (:\n"}), None, tools)
    assert [gate.status for gate in report.gates] == ["failed", *["not_run"] * 8]


@pytest.mark.parametrize("kind", ["process", "sandbox"])
def test_ctrl_c_ends_the_whole_tree_and_cleans_up(
    kind: str, project: Callable[..., Path], tools: Toolchain, tmp_path: Path
) -> None:
    if kind == "sandbox" and tools.sandbox is None:
        pytest.skip(f"NO SANDBOX: {tools.why_no_sandbox}")
    root = project({"tests/test_notes.py": ENDLESS})
    own = tmp_path / "tmp"
    own.mkdir()
    argv = [sys.executable, "-c", VERIFY_FOR_EVER, str(root), str(tmp_path / "cache"), kind]
    with subprocess.Popen(
        argv, env={**os.environ, "TMPDIR": str(own)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as verification:
        below = wait_for_sleeper(verification.pid)
        verification.send_signal(signal.SIGINT)
        _, words = verification.communicate(timeout=20)
    assert words.strip().endswith("KeyboardInterrupt")
    assert list(own.iterdir()) == []
    _, alive = psutil.wait_procs(below, timeout=5)
    assert not alive


def wait_for_sleeper(pid: int) -> list[psutil.Process]:
    """Everything below the verification, once the endless test is at work."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        below = psutil.Process(pid).children(recursive=True)
        if any("4321" in " ".join(safe_command(process)) for process in below):
            return below
        time.sleep(0.05)
    pytest.fail("the test never began")


def safe_command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []
