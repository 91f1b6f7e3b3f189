"""The tests of a generated project, found in its files, and which of them speak about an element."""

import ast
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint import Entity
from codebegen.blueprint.tenancy import ROLE, USER
from codebegen.documentation.elements import Placed
from codebegen.filetree import FileTree

# Where a project's tests speak about what; below each folder there is one file an entity.
_FOLDERS = {
    "entity": ("endpoints",),
    "field": ("fields", "endpoints"),
    "relation": ("endpoints",),
    "unique together": ("fields", "endpoints", "behaviour"),
    "permission": ("access",),
    "history": ("history",),
}
_WHOLE = frozenset({"entity", "field", "permission"})
_BEHAVIOUR = ("behaviour",)
_MEMBERS = "tests/test_tenancy.py"
"""Where tests say who belongs to which tenant: memberships have no others about these kinds."""
_OF_MEMBERS = frozenset({"entity", "permission", "relation"})
_FEATURES = {
    "auth": "tests/test_accounts.py",
    "multi_tenant": _MEMBERS,
    "pagination": "tests/endpoints",
    "filtering": "tests/endpoints",
    "sorting": "tests/endpoints",
    "search": "tests/endpoints",
}
_ACCOUNTS = ("tests/test_accounts.py", "tests/test_administration.py")


def tests_of(tree: FileTree) -> tuple[str, ...]:
    """Ids (`tests/endpoints/test_post.py::test_create`) of every test function, in path and reading order."""
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
    """Tests that begin with the element's name, else the whole files (or the folder) that speak about its kind."""
    places = _places(placed)
    own = [test for test in tests if test.startswith(places)]
    if placed.entity is None:
        return places if own else ()
    exact = [test for test in own if _named(placed, test)] if placed.kind not in _WHOLE else []
    return tuple(exact) or tuple(dict.fromkeys(test.partition("::")[0] for test in own))


def _named(placed: Placed, test: str) -> bool:
    """`test_tag_ids` is about the relation `tags`, `test_status` about the moves of `status`."""
    names = {placed.name, naming.singular(placed.name), *placed.path.split(".")[3:]}
    return any(f"{test.rpartition('::')[2]}_".startswith(f"test_{name}_") for name in names)


def _places(placed: Placed) -> tuple[str, ...]:
    """The files or folders that could speak about it."""
    if placed.kind == "feature":
        return (_FEATURES.get(placed.name, f"tests/test_{placed.name}.py"),)
    if placed.entity is None:
        return ("tests/access",)
    if placed.entity.kind == "user" and placed.kind != "notice":
        return _ACCOUNTS
    if placed.kind == "notice":
        return ("tests/test_notices.py",)
    kind = "relation" if placed.kind.startswith("relation") else placed.kind
    module = naming.module_name(placed.entity.name)
    if kind in _OF_MEMBERS and _joins_accounts(placed.entity):
        return (_MEMBERS,)
    own = [f"tests/actions/test_{naming.snake(f'{placed.entity.name}_{placed.name}')}.py"] if kind == "action" else []
    return (*own, *(f"tests/{folder}/test_{module}.py" for folder in _FOLDERS.get(kind, _BEHAVIOUR)))


def _joins_accounts(entity: Entity) -> bool:
    """Whether it is a membership: an account in a tenant, in a role."""
    keys, fields = entity.relations_by_name, entity.fields_by_name
    return entity.kind == "association" and entity.tenant in keys and USER in keys and ROLE in fields
