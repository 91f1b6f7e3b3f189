"""A folder appears whole or not at all, and nothing of a person's is touched."""

import errno
from pathlib import Path

import pytest

from codebegen.delivery import PRISTINE, check_target, materialise, publish, read_pristine, with_pristine
from codebegen.diagnostics import DiagnosticError
from codebegen.filetree import FileTree, GeneratedFile


def tree(**files: str) -> FileTree:
    named = {path.replace("__", "/"): text for path, text in files.items()}
    return with_pristine(FileTree(GeneratedFile(path, text) for path, text in named.items()))


def on_disk(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file() and PRISTINE not in str(p)
    }


def codes(problem: DiagnosticError) -> list[str]:
    return [d.code for d in problem.diagnostics]


def test_a_new_folder_holds_exactly_the_tree(tmp_path: Path) -> None:
    target = publish(tree(app__main="1", README="2"), tmp_path / "deep" / "club")
    assert on_disk(target) == {"app/main": "1", "README": "2"}
    assert [p.name for p in target.parent.iterdir()] == ["club"]
    assert read_pristine(target) == on_disk(target)


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    inode = tmp_path.stat().st_ino
    publish(tree(a="1"), tmp_path)
    assert on_disk(tmp_path) == {"a": "1"}
    assert tmp_path.stat().st_ino == inode  # a shell that stands in it keeps standing in it


def test_a_folder_with_files_is_refused_without_force(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(DiagnosticError) as caught:
        publish(tree(a="1"), tmp_path)
    assert codes(caught.value) == ["target-not-empty"]
    assert on_disk(tmp_path) == {"mine": "mine"}


def test_force_replaces_same_paths_removes_own_leftovers_and_keeps_the_rest(tmp_path: Path) -> None:
    publish(tree(a="1", old__gone="1", old__edited="1"), tmp_path)
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "old" / "edited").write_text("by hand")
    publish(tree(a="2", b="2"), tmp_path, force=True)
    assert on_disk(tmp_path) == {"a": "2", "b": "2", "mine": "mine", "old/edited": "by hand"}


def test_a_failure_on_the_way_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tree(a="1", z="1"), tmp_path)
    before = on_disk(tmp_path)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "z" and self.parent.name == "new":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(DiagnosticError) as caught:
        publish(tree(a="2", sub__b="2", z="2"), tmp_path, force=True)
    assert codes(caught.value) == ["disk-full"]
    assert on_disk(tmp_path) == before
    assert not (tmp_path / "sub").exists()


def test_a_failure_in_a_new_place_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiagnosticError):
        publish(tree(a="1"), tmp_path / "deep" / "club")
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_link_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert [d.code for d in check_target(tmp_path / "file", force=True)] == ["file-in-the-way"]
    assert [d.code for d in check_target(tmp_path / "file" / "club", force=True)] == ["file-in-the-way"]
    target = tmp_path / "club"
    target.mkdir()
    (target / "app").symlink_to(tmp_path)
    with pytest.raises(DiagnosticError) as caught:
        publish(tree(app__main="1"), target, force=True)
    assert codes(caught.value) == ["link-in-the-way"]
    (target / "app").unlink()
    (target / "app").write_text("")
    with pytest.raises(DiagnosticError) as caught:
        publish(tree(app__main="1"), target, force=True)
    assert codes(caught.value) == ["file-in-the-way"]
    assert on_disk(target) == {"app": ""}


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(DiagnosticError) as caught:
        publish(tree(a="1"), tmp_path, force=True)
    assert codes(caught.value) == ["file-in-the-way"]
    assert (tmp_path / "a").is_dir()


def test_materialise_lends_the_files_and_takes_them_away() -> None:
    with materialise(tree(a="1")) as folder:
        assert on_disk(folder) == {"a": "1"}
    assert not folder.exists()
