"""The tests of a generated project, found in its files, and which of them speak about an element."""

import ast
from collections.abc import Iterator

from codebegen import naming
from codebegen.documentation.elements import Placed
from codebegen.filetree import FileTree


def tests_of(tree: FileTree) -> tuple[str, ...]:
    """Ids (`tests/test_posts.py::test_create`) of every test function, in path and reading order."""
    return tuple(
        f"{path}::{name}"
        for path, file in tree.items()
        if path.startswith("tests/") and path.rpartition("/")[2].startswith("test_") and path.endswith(".py")
        for name in _names(ast.parse(file.content))
    )


def _names(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name


def tests_about(placed: Placed, tests: tuple[str, ...]) -> tuple[str, ...]:
    """Tests of the element's entity that carry its name; the entity's whole files where none does."""
    if placed.entity is None:
        return ()
    modules = {naming.snake(placed.entity.name), placed.entity.plural}
    own = [test for test in tests if _subject(test) in modules]
    words = _keywords(placed)
    exact = [test for test in own if words and all(f"_{word}_" in f"_{test.rpartition('::')[2]}_" for word in words)]
    return tuple(exact) or tuple(dict.fromkeys(test.partition("::")[0] for test in own))


def _subject(test: str) -> str:
    return test.partition("::")[0].rpartition("/")[2].removeprefix("test_").removesuffix(".py")


def _keywords(placed: Placed) -> list[str]:
    """What a test's name has to hold to be about the element; nothing for what only whole files can prove."""
    if placed.kind in ("transition", "action", "rule", "computed value", "state machine"):
        return [placed.name]
    return []
