"""The golden record: one small project, whole, as one text. `python -m tests.compiler.golden` writes it anew."""

from pathlib import Path

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete, load
from codebegen.compiler import compile_blueprint

HERE = Path(__file__).parent / "golden_record"
SOURCE = HERE / "blog.yaml"
RECORD = HERE / "blog.txt"
COMMAND = "python -m tests.compiler.golden"


def compiled() -> dict[str, str]:
    """Path → content. Hashes of pins are left out: they change with every pin, and say nothing to a reader."""
    blueprint = load(SOURCE.read_text(encoding="utf-8"))
    assert isinstance(blueprint, Blueprint), blueprint
    tree = compile_blueprint(complete(blueprint), RuffFormatter().format).tree
    return {path: _without_hashes(file.content) for path, file in tree.items()}


def recorded() -> dict[str, str]:
    """The record, by path."""
    _, *parts = RECORD.read_text(encoding="utf-8").split("\n=== ")
    return dict(part.split(" ===\n", 1) for part in parts)


def write() -> None:
    """Take what is compiled now for the record."""
    text = "".join(f"\n=== {path} ===\n{content}" for path, content in compiled().items())
    RECORD.write_text(text, encoding="utf-8")


def _without_hashes(content: str) -> str:
    return "".join(line for line in content.splitlines(keepends=True) if "--hash=" not in line)


if __name__ == "__main__":
    write()
