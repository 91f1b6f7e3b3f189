"""Formats generated Python as black would, with ruff, all files in one go."""

import os
import subprocess
import tempfile
from pathlib import Path

from codebegen.adapters.environment import PythonEnvironment, clean
from codebegen.diagnostics import DiagnosticError, error
from codebegen.filetree import FileTree, GeneratedFile

SECONDS = 60
SETTINGS = "pyproject.toml"

# A template imports what any of its branches may need: what is not used goes, the rest is sorted. Commas that a loop
# leaves behind do not keep a short list on many lines.
TIDY = (
    "--no-cache", "--quiet", "--select", "I,F401,RUF022", "--config", "lint.isort.split-on-trailing-comma=false",
)  # fmt: skip
COMPACT = ("--no-cache", "--config", "format.skip-magic-trailing-comma=true")


class RuffFormatter:
    """Sorts imports and formats; the tree's own `pyproject.toml` rules."""

    def __init__(self, environment: PythonEnvironment | None = None) -> None:
        self._environment = environment or PythonEnvironment()

    def format(self, tree: FileTree) -> FileTree:
        """The tree with its Python files tidied and formatted; everything else is untouched.

        Raises `DiagnosticError` for a file that is not Python, and if ruff is missing or hangs.
        """
        sources = [file for path, file in tree.items() if path.endswith(".py")]
        with tempfile.TemporaryDirectory(prefix="codebegen-") as folder:
            root = Path(folder)
            for file in (*sources, *([tree[SETTINGS]] if SETTINGS in tree else [])):
                target = root / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(file.content, encoding="utf-8", newline="")
            self._ruff(root, "check", *TIDY, "--fix", "--exit-zero", ".")
            self._ruff(root, "format", *COMPACT, ".")
            return tree.with_files(formatted(root, file) for file in sources)

    def _ruff(self, root: Path, *arguments: str) -> None:
        argv = [str(self._environment.python), "-P", "-m", "ruff", *arguments]
        try:
            done = subprocess.run(
                argv, cwd=root, env=clean(os.environ), capture_output=True, text=True, check=False, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise DiagnosticError([error("format.failed", "", f"the formatter can't be run: {problem}")]) from None
        if done.returncode:
            words = done.stderr.strip() or done.stdout.strip()
            raise DiagnosticError([error("format.failed", "", f"the formatter refuses the project: {words[:600]}")])


def formatted(root: Path, file: GeneratedFile) -> GeneratedFile:
    """The file as ruff left it."""
    with (root / file.path).open(encoding="utf-8", newline="") as text:
        return GeneratedFile(file.path, text.read(), file.origin)
