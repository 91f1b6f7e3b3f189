"""Operators that know how generated projects spell states, roles, lists and what hangs on what."""

import ast
import re
from collections.abc import Iterator

from benchmarks.mutation.surgery import (
    Defect,
    Files,
    calling,
    calls,
    defect_at,
    functions_in,
    module_of,
    trees_of,
    under,
)

ROLE = "models.Role."
CASCADE = re.compile(r'^ *(\w+): .*ForeignKey\("(?!users\.)[\w.]+"(, ondelete="\w+")\)', re.MULTILINE)

TALLIED = re.compile(r"^tally\.add\(|\.make\(self\.session")


def defects(files: Files) -> dict[str, list[Defect]]:
    """Every defect of these kinds, by kind."""
    found = {operator.__name__: list(operator(files)) for operator in OPERATORS}
    return {kind: places for kind, places in found.items() if places}


def widen_sources(files: Files) -> Iterator[Defect]:
    """A move is possible from one more state: the one it leads to."""
    for path, name, move in _moves(files):
        sources, target = move.args
        states = [ast.unparse(state) for state in _states(sources)]
        if ast.unparse(target) not in states:
            text = f"frozenset({{{', '.join([*states, ast.unparse(target)])}}})"
            yield defect_at("widen_sources", files, path, name, sources, text=text)


def narrow_sources(files: Files) -> Iterator[Defect]:
    """A move is not possible from one of its states any more."""
    for path, name, move in _moves(files):
        states = [ast.unparse(state) for state in _states(move.args[0])]
        for dropped in states:
            text = f"frozenset[{dropped.rpartition('.')[0]}]({[one for one in states if one != dropped]})"
            yield defect_at("narrow_sources", files, path, name, move.args[0], text=text.replace("'", ""))


def wrong_target(files: Files) -> Iterator[Defect]:
    """A move leads nowhere: to where it came from."""
    for path, name, move in _moves(files):
        yield defect_at("wrong_target", files, path, name, move.args[1], text=ast.unparse(_states(move.args[0])[0]))


def drop_effect(files: Files) -> Iterator[Defect]:
    """A move does not write what it should write besides the state."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for call in calls(function, "change"):
                if call.args and isinstance(call.args[0], ast.Dict) and len(call.args[0].keys) > 1:
                    state = ast.Dict(call.args[0].keys[:1], call.args[0].values[:1])
                    yield defect_at("drop_effect", files, path, function.name, call.args[0], text=ast.unparse(state))


def add_role(files: Files) -> Iterator[Defect]:
    """One more role may."""
    everybody = sorted(set(re.findall(r"^    ([A-Z_]+) = ", files.get("app/models/user.py", ""), re.MULTILINE)))
    for path, name, roles, found in _roles(files):
        for role in everybody:
            if role not in found:
                text = f"{{{', '.join(ROLE + one for one in [*found, role])}}}"
                yield defect_at("add_role", files, path, name, roles, text=text)


def drop_role(files: Files) -> Iterator[Defect]:
    """One role less may."""
    for path, name, roles, found in _roles(files):
        for role in found:
            text = f"{{{', '.join(ROLE + one for one in found if one != role)}}}"
            if text != "{}":
                yield defect_at("drop_role", files, path, name, roles, text=text)


def forget_idempotency(files: Files) -> Iterator[Defect]:
    """A repeated request is done again."""
    for path, source in under(files, "app/routers/"):
        for match in re.finditer(r",\s*_key: Idempotent\b", source):
            changed = source[: match.start()] + source[match.end() :]
            place = f"{path}:{source[: match.end()].count(chr(10)) + 1}"
            yield Defect("forget_idempotency", place, {path: changed}, module_of(path))


def drop_search(files: Files) -> Iterator[Defect]:
    """`q` does not look into one of the texts."""
    for path, tree in trees_of(files, "app/repositories/"):
        for listing in calls(tree, "Listing"):
            for keyword in listing.keywords:
                if keyword.arg == "search" and isinstance(keyword.value, ast.List):
                    for column in keyword.value.elts:
                        kept = [ast.unparse(one) for one in keyword.value.elts if one is not column]
                        place = ast.unparse(column)
                        yield defect_at("drop_search", files, path, place, keyword.value, text=f"[{', '.join(kept)}]")


def cross_sort(files: Files) -> Iterator[Defect]:
    """A list is sorted by another column than was asked for."""
    for path, tree in trees_of(files, "app/repositories/"):
        for listing in calls(tree, "Listing"):
            for keyword in listing.keywords:
                if keyword.arg == "sort" and isinstance(keyword.value, ast.Dict):
                    first, *others = keyword.value.values
                    for column in others:
                        yield defect_at("cross_sort", files, path, ast.unparse(column), column, text=ast.unparse(first))


def loosen_key(files: Files) -> Iterator[Defect]:
    """What goes along when something is deleted does not, in the model and in the migration.

    Accounts are never deleted, so keys to them are no places.
    """
    migration = next(path for path in files if path.startswith("migrations/versions/"))
    for path, source in under(files, "app/models/"):
        table = re.search(r'__tablename__ = "(\w+)"', source)
        for match in CASCADE.finditer(source):
            block = _table(files[migration], table[1]) if table else ""
            key = re.search(rf'"{match[1]}",?\s.*?(, ondelete="\w+")', block, re.DOTALL)
            if key is not None:
                loosened = block[: key.start(1)] + block[key.end(1) :]
                model = source[: match.start(2)] + source[match.end(2) :]
                changed = {path: model, migration: files[migration].replace(block, loosened)}
                yield Defect("loosen_key", f"{path}:{match[1]}", changed, module_of(path))


def lose_amount(files: Files) -> Iterator[Defect]:
    """A number of another row is not changed along, or leaves its bounds."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Expr) and TALLIED.search(ast.unparse(node)):
                    yield defect_at("lose_amount", files, path, function.name, node, text="pass")
    path = "app/core/tally.py"
    for call in calls(ast.parse(files.get(path, "")), "or_"):
        yield defect_at("lose_amount", files, path, "bounds", call.args[-1], text="sa.true()")


def keep_rows(files: Files) -> Iterator[Defect]:
    """An action leaves rows behind that it has used up, or does it with none at all."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            if function.name == "run":
                for statement in calling(function, "delete"):
                    yield defect_at("keep_rows", files, path, function.name, statement, text="pass")
            for node in ast.walk(function) if function.name.endswith("_of") else ():
                if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
                    yield defect_at("keep_rows", files, path, function.name, node, text="pass")


OPERATORS = (
    widen_sources, narrow_sources, wrong_target, drop_effect, add_role, drop_role, forget_idempotency, drop_search,
    cross_sort, loosen_key, lose_amount, keep_rows,
)  # fmt: skip


def _moves(files: Files) -> Iterator[tuple[str, str, ast.Call]]:
    """Path, name and call of every transition."""
    for path, tree in trees_of(files, "app/services/"):
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and calls(node.value, "Transition"):
                yield path, ast.unparse(node.targets[0]), node.value


def _states(sources: ast.expr) -> list[ast.expr]:
    """The members of `frozenset({…})`."""
    found = next(node for node in ast.walk(sources) if isinstance(node, ast.Set))
    return found.elts


def _roles(files: Files) -> Iterator[tuple[str, str, ast.Set, list[str]]]:
    """Path, function, set and names of roles that are asked for."""
    for path, tree in trees_of(files, "app/policies/"):
        for function in functions_in(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Set) and all(ast.unparse(role).startswith(ROLE) for role in node.elts):
                    yield path, function.name, node, [ast.unparse(role).removeprefix(ROLE) for role in node.elts]


def _table(migration: str, table: str) -> str:
    """The part of a migration that makes one table."""
    start = migration.index(f'"{table}",\n')
    return migration[start : migration.find("op.create_table", start)]
