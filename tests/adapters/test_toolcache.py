"""Caches that many runs share."""

import threading
from pathlib import Path

import pytest

from codebegen.adapters.toolcache import ToolCache


def filled(folder: Path, content: str, count: int = 20) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number}.bin").write_text(content, encoding="utf-8")
    return folder


def test_a_copy_is_the_readers_own(tmp_path: Path) -> None:
    cache = ToolCache(tmp_path / "root", "key")
    assert not cache.copy_to("mypy", tmp_path / "none")
    cache.publish("mypy", filled(tmp_path / "made", "1"))
    assert cache.copy_to("mypy", tmp_path / "copy")
    (tmp_path / "copy" / "0.bin").write_text("changed", encoding="utf-8")
    assert (cache.folder("mypy") / "0.bin").read_text(encoding="utf-8") == "1"


def test_other_environments_and_settings_have_other_caches(tmp_path: Path) -> None:
    cache = ToolCache(tmp_path / "root", "key")
    strict, lax, bare = tmp_path / "strict", tmp_path / "lax", tmp_path / "bare"
    for folder, text in ((strict, "[tool.mypy]\nstrict = true\n"), (lax, "[tool.mypy]\nstrict = false\n"), (bare, "")):
        folder.mkdir()
        (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    keys = {cache.for_settings(folder, "tool.mypy").key for folder in (strict, lax, bare, tmp_path / "none")}
    assert len(keys) == 3
    assert cache.for_settings(strict, "") is cache


def test_readers_never_see_half_of_it(tmp_path: Path) -> None:
    cache = ToolCache(tmp_path / "root", "key")
    sources = [filled(tmp_path / name, name) for name in ("one", "two")]
    cache.publish("mypy", sources[0])
    stop = threading.Event()

    def publish() -> None:
        while not stop.is_set():
            for source in sources:
                cache.publish("mypy", source)

    writer = threading.Thread(target=publish)
    writer.start()
    try:
        for number in range(30):
            target = tmp_path / f"copy-{number}"
            assert cache.copy_to("mypy", target)
            assert len({path.read_text(encoding="utf-8") for path in target.iterdir()}) == 1
            assert len(list(target.iterdir())) == 20
    finally:
        stop.set()
        writer.join()
    assert not list((tmp_path / "root").glob(".mypy-*"))


def test_a_cache_that_can_not_be_had_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    cache = ToolCache(blocked / "root", "key")
    cache.publish("mypy", filled(tmp_path / "made", "1"))
    assert not cache.copy_to("mypy", tmp_path / "copy")
