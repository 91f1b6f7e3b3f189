"""What is compiled is always the same, to the byte, and one small project is known by heart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import complete, dump, load
from codebegen.blueprint.model import Blueprint
from codebegen.compiler import compile_blueprint
from codebegen.compiler.template import built_in
from codebegen.delivery import materialise
from tests.compiler import golden
from tests.compiler.market import MARKET
from tests.compiler.regressions import REGRESSIONS
from tests.compiler.shapes import STUDIO
from tests.compiler.test_scale import LARGE, wide

ROOT = Path(__file__).parents[2]
DIGEST = """
import hashlib, sys
from codebegen.blueprint import complete, load
from codebegen.compiler import compile_blueprint
for text in sys.stdin.read().split(chr(0)):
    tree = compile_blueprint(complete(load(text)), lambda tree: tree).tree
    joined = "".join(path + file.content for path, file in tree.items())
    print(hashlib.sha256(joined.encode()).hexdigest())
"""


def test_the_golden_record_is_what_is_compiled() -> None:
    found, known = golden.compiled(), golden.recorded()
    hint = f"run `{golden.COMMAND}` and read the difference"
    assert list(found) == list(known), hint
    assert {path: text for path, text in found.items() if text != known[path]} == {}, hint


def test_the_same_blueprint_gives_the_same_bytes_in_every_process() -> None:
    texts = "\0".join([golden.SOURCE.read_text(encoding="utf-8"), *map(dump, REGRESSIONS.values())])
    answers = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            input=texts,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(answers) == 1
    assert len(answers.pop().split()) == len(REGRESSIONS) + 1


def test_the_project_holds_the_blueprint_that_makes_it_again() -> None:
    for blueprint in REGRESSIONS.values():
        first = compile_blueprint(complete(blueprint), lambda tree: tree).tree
        again = load(first["codebegen.yaml"].content)
        assert isinstance(again, Blueprint)
        assert dict(compile_blueprint(complete(again), lambda tree: tree).tree) == dict(first)


def test_formatting_leaves_nothing_to_format() -> None:
    once = compile_blueprint(complete(REGRESSIONS["rows that nobody made"]), RuffFormatter().format).tree
    assert dict(RuffFormatter().format(once)) == dict(once)


@pytest.mark.parametrize("name", ["fastapi_sqlalchemy", "fastapi_basic"])
def test_every_source_of_the_template_is_used(name: str) -> None:
    """By the golden project, a large one, one with tenants, or one with actions on several rows."""
    blueprints = (_whole(), wide(LARGE), STUDIO, MARKET)
    trees = [compile_blueprint(blueprint, lambda tree: tree, name).tree for blueprint in blueprints]
    made = {file.origin for tree in trees for file in tree.values()}
    template = built_in(name)
    assert {f"{layer.name}/{path}" for path, (layer, _) in template.sources.items()} - made == set()


@pytest.mark.parametrize("name", [*REGRESSIONS, "tenants", "actions"])
def test_few_modules_hold_what_many_do(name: str) -> None:
    """What stands in modules of its own elsewhere gets along in one: no name is missing, none is there twice.

    Features add modules for what they do.
    """
    blueprint = {"tenants": STUDIO, "actions": MARKET}.get(name) or REGRESSIONS[name]
    tree = compile_blueprint(complete(blueprint), RuffFormatter().format, "fastapi_basic").tree
    assert {"app/models.py", "app/schemas.py", "app/queries.py"} <= set(tree)
    own = [path for path, file in tree.items() if not file.origin.startswith("features/")]
    assert not [path for path in own if path.startswith(("app/models/", "app/services/", "app/repositories/"))]
    assert not [path for path, file in tree.items() if path.startswith("app/") and "postgres" in file.content]
    with materialise(tree) as folder:
        command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "."]
        checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def _whole() -> Blueprint:
    blueprint = load(golden.SOURCE.read_text(encoding="utf-8"))
    assert isinstance(blueprint, Blueprint)
    return complete(blueprint)
