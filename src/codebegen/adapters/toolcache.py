"""Caches of tools that many runs share: each run works on a copy, and a good one may replace the original."""

import fcntl
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ToolCache:
    """Folders under `root`, one for each name and environment; safe for runs at the same time."""

    root: Path
    key: str

    def folder(self, name: str) -> Path:
        """Where the shared copy is, or would be."""
        return self.root / f"{name}-{self.key}"

    def for_settings(self, project: Path, table: str) -> "ToolCache":
        """The caches of projects with the same table (`tool.mypy`) in their settings."""
        if not table:
            return self
        try:
            node = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
            for part in table.split("."):
                node = node.get(part, {})
        except (OSError, ValueError, AttributeError):
            node = {}
        settings = json.dumps(node, sort_keys=True, default=str)
        return ToolCache(self.root, sha256(f"{self.key}{settings}".encode()).hexdigest()[:16])

    def copy_to(self, name: str, target: Path) -> bool:
        """Put a copy at `target`; false if there is none yet, or none can be read: a cache only saves time."""
        try:
            with self._locked(name, fcntl.LOCK_SH):
                if not self.folder(name).is_dir():
                    return False
                shutil.copytree(self.folder(name), target)
        except (OSError, shutil.Error):
            shutil.rmtree(target, ignore_errors=True)
            return False
        return True

    def publish(self, name: str, source: Path) -> None:
        """Make a copy of `source` the shared one, if there is room and leave for it."""
        with suppress(OSError, shutil.Error):
            self._replace(name, source)

    def _replace(self, name: str, source: Path) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=self.root) as folder:
            fresh = Path(folder)
            shutil.copytree(source, fresh / name)
            (fresh / name).chmod(0o755)
            with self._locked(name, fcntl.LOCK_EX):
                if self.folder(name).is_dir():
                    self.folder(name).rename(fresh / "old")
                (fresh / name).rename(self.folder(name))

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.root / f"{name}-{self.key}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, how)
            yield
        finally:
            os.close(lock)
