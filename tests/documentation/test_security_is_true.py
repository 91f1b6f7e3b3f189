"""`docs/security.md`: every item of the list is there, and every test that it names is in a generated project."""

import ast
import re
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete, load
from codebegen.compiler import compile_blueprint

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
SOURCE = ROOT / "tests/contract/descriptions/everything.yaml"
NAMED = sorted(set(re.findall(r"`(tests/[\w/*.]+\.py)::(\w+)`", TEXT)))
CLIENTS = frozenset("aiohttp ftplib httpx requests smtplib socket urllib urllib3 websockets".split())


@cache
def project() -> dict[str, ast.Module]:
    """The Python files of a project that has something of everything, by path."""
    blueprint = load(SOURCE.read_text(encoding="utf-8"))
    assert isinstance(blueprint, Blueprint), blueprint
    tree = compile_blueprint(complete(blueprint), RuffFormatter().format).tree
    return {path: ast.parse(file.content) for path, file in tree.items() if path.endswith(".py")}


def functions(module: ast.Module) -> set[str]:
    return {node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def imported(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_every_item_is_there() -> None:
    assert re.findall(r"^## API(\d+) ", TEXT, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_tests_are_named() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize(("pattern", "name"), NAMED)
def test_what_is_named_exists(pattern: str, name: str) -> None:
    files = [module for path, module in project().items() if fnmatch(path, pattern)]
    assert any(name in functions(module) for module in files)


def test_a_project_sends_no_requests() -> None:
    """As is said of server side request forgery, and of the use of other APIs."""
    clients = {path: imported(module) & CLIENTS for path, module in project().items() if path.startswith("app/")}
    assert not {path: names for path, names in clients.items() if names}
