"""Copies of projects."""

import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from codebegen.adapters import snapshot
from codebegen.diagnostics import DiagnosticError


def code_of(caught: pytest.ExceptionInfo[DiagnosticError]) -> str:
    return caught.value.diagnostics[0].code


def test_everyone_may_read_the_copy_whatever_the_umask(tmp_path: Path) -> None:
    (tmp_path / "p" / "deep").mkdir(parents=True)
    script = tmp_path / "p" / "deep" / "run.sh"
    script.write_text("", encoding="utf-8")
    script.chmod(0o700)
    before = os.umask(0o077)
    try:
        snapshot.take(tmp_path / "p", tmp_path / "copy")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "copy" / "deep").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "copy" / "deep" / "run.sh").stat().st_mode) == 0o755


def test_devices_and_links_are_not_followed(tmp_path: Path) -> None:
    project = tmp_path / "p"
    project.mkdir()
    os.mkfifo(project / "pipe")
    (project / "out").symlink_to("/etc", target_is_directory=True)
    snapshot.take(project, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_project_beyond_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "LARGEST_PROJECT", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "big").write_bytes(b"x" * 11)
    with pytest.raises(DiagnosticError) as caught:
        snapshot.workspace(tmp_path / "p")
    assert code_of(caught) == "verify.too_large"
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_full_disk_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(DiagnosticError, match="No space left"):
        snapshot.workspace(tmp_path / "p")
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(DiagnosticError, match="no temporary folder"):
        snapshot.workspace(tmp_path / "p")


def test_a_workspace_goes_also_while_a_job_still_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    root = snapshot.workspace(None)
    remove, calls = shutil.rmtree, []

    def late(path: Path, *, ignore_errors: bool) -> None:
        remove(path, ignore_errors=ignore_errors)
        calls.append(path)
        if len(calls) == 1:  # a job that was ending leaves something behind
            (root / "job-1").mkdir(parents=True)

    monkeypatch.setattr(shutil, "rmtree", late)
    snapshot.remove(root)
    assert not root.exists()
