"""Plants defects in a generated project, as a person might by hand: a check is dropped, a condition is lost.

Places are found by what generated code looks like in general, never by line or entity. What a defect changes must
matter: a check that repeats another one is no place.
"""

import ast
import re
from collections.abc import Callable, Iterator

from benchmarks.mutation.surgery import (
    Defect,
    Files,
    answers_of,
    calling,
    calls,
    defect_at,
    dropped_refusals,
    functions_in,
    hides,
    module_of,
    narrow,
    policies_of,
    trees_of,
    under,
)

UNIQUE = re.compile(r'^ *(\w+): .*, unique=True\)$|^ *sa\.UniqueConstraint\(("[^)]*")\),$', re.MULTILINE)
Operator = Callable[[Files], Iterator[Defect]]


def defects(files: Files) -> dict[str, list[Defect]]:
    """Every defect that can be planted, by kind."""
    found = {operator.__name__: list(operator(files)) for operator in OPERATORS}
    return {kind: places for kind, places in found.items() if places}


def drop_condition(files: Files) -> Iterator[Defect]:
    """Who may change, delete, move or mark: everybody who may see it."""
    for path, functions in policies_of(files):
        seen = answers_of(functions["visible"])
        for name, function in functions.items():
            if name == "visible" or name.startswith("own_") or answers_of(function) == seen:
                continue
            for answer in narrow(function):
                yield defect_at("drop_condition", files, path, function.name, answer, text="()")


def leak(files: Files) -> Iterator[Defect]:
    """Who may see it: everybody who is let in."""
    for path, functions in policies_of(files):
        for answer in narrow(functions["visible"]):
            yield defect_at("leak", files, path, "visible", answer, text="()")


def leak_list(files: Files) -> Iterator[Defect]:
    """Lists show more than what may be read."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for call in calls(function, "page"):
                starred = [argument for argument in call.args if isinstance(argument, ast.Starred)]
                inside = hides(files, f"app/services/{_parent_of(files, path, function.name)}.py")
                if starred and hides(files, path) and not inside:
                    yield defect_at("leak_list", files, path, function.name, starred[0], text="*()")


def _parent_of(files: Files, service: str, function: str) -> str:
    """The module of what the rows of `page_of_<relation>` are listed below; nothing for a list of all."""
    relation = function.partition("page_of_")[2]
    model = files.get(service.replace("services", "models"), "")
    key = re.search(rf'^ *{relation}_id: .*ForeignKey\("(\w+)\.\w+"', model, re.MULTILINE) if relation else None
    table = f'__tablename__ = "{key[1]}"' if key else None
    return next((module_of(p) or "" for p, text in under(files, "app/models/") if table and table in text), "")


def skip_gate(files: Files) -> Iterator[Defect]:
    """Nobody asks whether the caller may."""
    for path, tree in trees_of(files, "app/dependencies/"):
        policies = dict(policies_of(files)).get(path.replace("dependencies", "policies"), {})
        for function in functions_in(tree):
            for statement in calling(function, "require_permission"):
                asked = next((name for name in policies if f"policy.{name}(" in ast.unparse(statement)), "")
                if asked and answers_of(policies[asked]) != answers_of(policies["visible"]) and narrow(policies[asked]):
                    yield defect_at("skip_gate", files, path, function.name, statement, text="pass")


def let_anybody_create(files: Files) -> Iterator[Defect]:
    """Whoever has an account creates."""
    for path, functions in policies_of(files):
        function = functions.get("can_create")
        answer = function.body[-1] if function else None
        if function and isinstance(answer, ast.Return) and answer.value and ast.unparse(answer.value) != "True":
            yield defect_at("let_anybody_create", files, path, "can_create", answer.value, text="True")


def let_anonymous_in(files: Files) -> Iterator[Defect]:
    """Whoever has no account reads what is for those who have one."""
    policies = dict(policies_of(files))
    for path, tree in trees_of(files, "app/dependencies/"):
        policy = policies.get(path.replace("dependencies", "policies"), {}).get("visible")
        for function in functions_in(tree):
            caller = function.args.args[0].annotation if function.args.args else None
            if policy is None or narrow(policy) or caller is None or not function.name.startswith("shown_"):
                continue
            if ast.unparse(caller) == "CurrentUser":
                planted = defect_at("let_anonymous_in", files, path, function.name, caller, text="OptionalUser")
                source = planted.changes[path].replace("CurrentUser, require", "CurrentUser, OptionalUser, require")
                yield Defect(planted.kind, planted.place, {path: source}, planted.module)


def accept_owner(files: Files) -> Iterator[Defect]:
    """The body says whose a new row is."""
    for path, tree in trees_of(files, "app/services/"):
        for keyword in (node for node in ast.walk(tree) if isinstance(node, ast.keyword)):
            if keyword.arg is None or ast.unparse(keyword.value) != "actor.id" or path not in files:
                continue
            schema = path.replace("services", "schemas")
            opened = re.sub(
                r'(class \w+(?:Fields|Create)\(base\.Input\):\n    """.*?"""\n)',
                rf"\1\n    {keyword.arg}: types.Id | None = None",
                files[schema],
                count=1,
                flags=re.DOTALL,
            )
            if opened != files[schema]:
                taken = f'getattr(data, "{keyword.arg}", None) or actor.id'
                planted = defect_at("accept_owner", files, path, keyword.arg, keyword.value, text=taken)
                yield Defect(planted.kind, planted.place, {**planted.changes, schema: opened}, planted.module)


def accept_profile(files: Files) -> Iterator[Defect]:
    """A new row may be that of another person."""
    yield from dropped_refusals("accept_profile", files, 'kind="owner"', "must be your own")


def skip_transition_guard(files: Files) -> Iterator[Defect]:
    """A move is possible from every state."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for call in calls(function, "from_state"):
                constant = ast.unparse(call.func).removesuffix(".from_state")
                yield defect_at("skip_transition_guard", files, path, function.name, call, text=f"{constant}.target")


def lose_unique(files: Files) -> Iterator[Defect]:
    """A unique key is lost, in the model and in the migration."""
    migration = next(path for path in files if path.startswith("migrations/versions/"))
    for path, source in under(files, "app/models/"):
        if path.endswith(("idempotency_key.py", "auth_session.py", "base.py")):
            continue
        for match in re.finditer(
            r'^ *(\w+): .*, unique=True\)$|^ *sa\.UniqueConstraint\(("[^)]*")\),$', source, re.MULTILINE
        ):
            table = re.search(r'__tablename__ = "(\w+)"', source)
            assert table is not None
            columns, name = match[2], match[1]
            start = files[migration].index(f'"{table[1]}",\n')
            end = files[migration].find("op.create_table", start)
            block = files[migration][start:end]
            other = (
                block.replace(f"sa.UniqueConstraint({columns}),", "")
                if columns
                else re.sub(rf'(sa\.Column\(\s*"{name}".*), unique=True', r"\1", block)
            )
            if other != block:
                text = match[0].replace(", unique=True", "") if name else ""
                model = source.replace(match[0], text)
                changed = {path: model, migration: files[migration].replace(block, other)}
                yield Defect("lose_unique", f"{path}:{name or columns}", changed, module_of(path))


def widen_bounds(files: Files) -> Iterator[Defect]:
    """A value may be smaller or greater than stated."""
    wider = {"ge": "-999", "gt": "-999", "le": "9999", "lt": "9999", "max_length": "999999", "min_length": "0"}
    for path, source in under(files, "app/schemas/"):
        for match in re.finditer(r"^(\w+)Value = Annotated\[.*?^(?=\S)", source, re.MULTILINE | re.DOTALL):
            for bound in re.finditer(r"\b(ge|gt|le|lt|max_length|min_length)=(\w+)", match[0]):
                text = match[0].replace(bound[0], f"{bound[1]}={wider[bound[1]]}")
                place = f"{path}:{match[1]} {bound[1]}"
                yield Defect("widen_bounds", place, {path: source.replace(match[0], text)}, module_of(path))


def ignore_if_match(files: Files) -> Iterator[Defect]:
    """A stale change is taken."""
    for path, tree in trees_of(files, "app/routers/"):
        for function in functions_in(tree):
            if function.name.startswith(("update_", "delete_")) and function.name != "update_me":
                for statement in calling(function, "check_precondition"):
                    yield defect_at("ignore_if_match", files, path, function.name, statement, text="pass")


def drop_filter(files: Files) -> Iterator[Defect]:
    """A parameter is taken and has no effect."""
    for path, tree in trees_of(files, "app/repositories/"):
        for call in calls(tree, "Listing"):
            for keyword in call.keywords:
                if keyword.arg in ("equal", "minimum", "maximum") and isinstance(keyword.value, ast.Dict):
                    pairs = list(zip(keyword.value.keys, keyword.value.values, strict=True))
                    for key, _ in pairs:
                        kept = [pair for pair in pairs if pair[0] is not key]
                        text = ast.unparse(ast.Dict([one for one, _ in kept], [other for _, other in kept]))
                        place = f"{keyword.arg} {ast.unparse(key) if key else ''}"
                        yield defect_at("drop_filter", files, path, place, keyword.value, text=text)


def trust_reference(files: Files) -> Iterator[Defect]:
    """A row may refer to what its writer may not see."""
    for path, tree in trees_of(files, "app/services/"):
        ordinary = [f for f in functions_in(tree) if "can_create_for_others" not in ast.unparse(f)]
        for function in ordinary:
            for call in (*calls(function, "require_reference"), *calls(function, "require_references")):
                starred = [argument for argument in call.args if isinstance(argument, ast.Starred)]
                target = re.search(r"(\w+?)_?policy\.visible", ast.unparse(call))
                module = target[1] if target and target[1] else module_of(path)
                inside = len(call.args) > len(starred) + 3  # what is of the same tenant is seen anyway
                if starred and not inside and hides(files, f"app/services/{module}.py"):
                    yield defect_at("trust_reference", files, path, function.name, starred[0], text="*()")


def cross_tenants(files: Files) -> Iterator[Defect]:
    """A row may refer to what belongs to another tenant of its writer's."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for call in (*calls(function, "require_reference"), *calls(function, "require_references")):
                shared = [
                    one for one in call.args[3:] if re.search(r"scalar_subquery|members_of|_id == ", ast.unparse(one))
                ]
                for argument in shared:
                    if not isinstance(argument, ast.Starred):
                        yield defect_at("cross_tenants", files, path, function.name, argument, text="sa.true()")


def forget_members(files: Files) -> Iterator[Defect]:
    """Everybody is a member of every tenant, or has every role there."""
    path = "app/core/tenancy.py"
    for function in functions_in(ast.parse(files.get(path, ""))):
        for call in calls(function, "where"):
            yield defect_at("forget_members", files, path, function.name, call.args[0], text="sa.true()")
        answer = function.body[-1]
        if function.name == "tenants_of" and isinstance(answer, ast.Return) and answer.value:
            yield defect_at("forget_members", files, path, "roles", answer.value, text="rows")
        if function.name == "owned_by" and isinstance(answer, ast.Return) and answer.value:
            yield defect_at("forget_members", files, path, "owners", answer.value, text="()")


def lose_owner(files: Files) -> Iterator[Defect]:
    """A tenant is left without an owner, or without a first one; others than owners say who is one."""
    for path, tree in trees_of(files, "app/services/"):
        for function in functions_in(tree):
            for name in ("_require_owner", "_keep_an_owner", "flush"):
                for statement in calling(function, name):
                    yield defect_at("lose_owner", files, path, f"{function.name} {name}", statement, text="pass")


def drop_rule(files: Files) -> Iterator[Defect]:
    """A rule is not asked on one of the ways to break it."""
    for path, tree in trees_of(files, "app/services/"):
        rules = {f.name for f in functions_in(tree) if 'kind="rule"' in ast.unparse(f).replace("'", '"')}
        for function in functions_in(tree):
            for rule in rules:
                for statement in calling(function, rule):
                    yield defect_at("drop_rule", files, path, f"{function.name} {rule}", statement, text="pass")


def show_deleted(files: Files) -> Iterator[Defect]:
    """What is deleted is still there."""
    for path, source in under(files, "app/repositories/"):
        for match in re.finditer(r"(present\b.*) = \(.*deleted_at\.is_\(None\),\)", source):
            changed = source.replace(match[0], f"{match[1]} = ()")
            yield Defect("show_deleted", path, {path: changed}, module_of(path))


def ignore_unknown(files: Files) -> Iterator[Defect]:
    """Bodies may hold what nobody knows."""
    path = "app/schemas/base.py"
    changed = files[path].replace('extra="forbid"', 'extra="ignore"')
    yield Defect("ignore_unknown", path, {path: changed}, None)


def forget_login(files: Files) -> Iterator[Defect]:
    """A login outlives its end."""
    for path, tree in trees_of(files, "app/core/auth"):
        for call in calls(tree, "where"):
            for argument in call.args:
                if ast.unparse(argument).startswith("AuthSession.id =="):
                    yield defect_at("forget_login", files, path, ast.unparse(argument), argument, text="sa.true()")


def forget_history(files: Files) -> Iterator[Defect]:
    """Changes of states are not kept, or not whose they were, or shown below every row."""
    path = "app/core/history.py"
    for wanted, text in (
        ("change.has_changes()", "False"),
        ("acting.get()", "None"),
        ("key == row_id", "key.is_not(None)"),
    ):
        if wanted in files.get(path, ""):
            changed = files[path].replace(wanted, text)
            yield Defect("forget_history", f"{path} {wanted}", {path: changed}, None)


def forget_audit(files: Files) -> Iterator[Defect]:
    """Something that is written leaves no entry in the audit log, or not its own, or one that says too much."""
    for path, wanted, text in (
        ("app/core/tally.py", "await audit.counted(session, self.column, row_id, amount)", "pass"),
        ("app/core/audit.py", "deletion.cleared()", "()"),
        ("app/core/audit.py", "for row in session.dirty", "for row in ()"),
        ("app/core/audit.py", "for row in session.new", "for row in ()"),
        ("app/core/audit.py", '"actor_id": acting.get()', '"actor_id": None'),
        ("app/core/audit.py", 'hidden=frozenset({"password_hash"})', "hidden=frozenset()"),
        ("app/routers/audit_log.py", "require(actor.role in READERS)", "require(allowed=True)"),
    ):
        if wanted in files.get(path, ""):
            yield Defect("forget_audit", f"{path} {wanted}", {path: files[path].replace(wanted, text)}, None)


OPERATORS: tuple[Operator, ...] = (
    drop_condition, leak, leak_list, skip_gate, let_anybody_create, let_anonymous_in, accept_owner, accept_profile,
    cross_tenants, forget_members, lose_owner, skip_transition_guard, lose_unique, widen_bounds, ignore_if_match,
    drop_filter, trust_reference, drop_rule, show_deleted, ignore_unknown, forget_login,
    forget_history, forget_audit,
)  # fmt: skip
