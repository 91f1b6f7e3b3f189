"""The projects that are mutated: six blueprints, each about another kind of thing."""

from collections.abc import Sequence
from pathlib import Path

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete, load
from codebegen.compiler import compile_blueprint

FOLDER = Path(__file__).parent / "blueprints"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def compiled(names: Sequence[str] = NAMES) -> dict[str, dict[str, str]]:
    """Path → content, by project."""
    return {name: _compiled(FOLDER / f"{name}.yaml") for name in names}


def _compiled(path: Path) -> dict[str, str]:
    blueprint = load(path.read_text(encoding="utf-8"))
    if not isinstance(blueprint, Blueprint):
        raise TypeError(f"{path}: {blueprint}")
    tree = compile_blueprint(complete(blueprint), RuffFormatter().format).tree
    return {file: generated.content for file, generated in tree.items()}
