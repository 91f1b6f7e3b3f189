"""Which generated tests prove which place of a blueprint, by pytest id; read from the same views as the tests."""

from collections.abc import Iterator, Mapping

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.tenancy import is_membership
from codebegen.compiler.testing.access import AccessView, access_view
from codebegen.compiler.testing.accounts import account_view
from codebegen.compiler.testing.actions import action_tests
from codebegen.compiler.testing.behaviour import BehaviourView, behaviour_view
from codebegen.compiler.testing.endpoints import EndpointsView, endpoints_view
from codebegen.compiler.testing.fields import FieldsView, fields_view
from codebegen.compiler.testing.histories import HistoryView, history_view
from codebegen.compiler.testing.machines import MachineView
from codebegen.compiler.testing.making import Planner
from codebegen.compiler.testing.settings import label
from codebegen.compiler.testing.walks import WalkView, walk_view

Proof = tuple[str, str]
"""A place and a test."""

_ACCOUNTS = (
    "register", "register_refuses", "login", "logins_are_throttled", "right_logins_are_not_throttled",
    "tokens_that_are_none", "refresh", "logout", "own_account",
)  # fmt: skip
TENANCY_TESTS = (
    "its_creator_owns_it", "outsiders_see_nothing", "who_adds_members", "who_changes_members", "who_removes_members",
    "members_leave", "only_owners_make_owners", "an_owner_stays", "what_one_is_counts_at_once", "refuses", "lists",
)  # fmt: skip
TENANCY_RIGHTS = {
    "list": "lists",
    "read": "outsiders_see_nothing",
    "create": "who_adds_members",
    "update": "who_changes_members",
    "delete": "who_removes_members",
}
_ADMINISTRATION = ("list", "filters", "a_role_counts_at_once", "deactivation_counts_at_once", "refuses")


def evidence_of(blueprint: Blueprint) -> Mapping[str, tuple[str, ...]]:
    """Place (`entities.Post.fields.title`) → ids (`tests/fields/test_post.py::test_refuses[title-number]`)."""
    planner = Planner(blueprint)
    proofs: dict[str, list[str]] = {}
    for entity in blueprint.entities:
        if entity.kind != "user":
            for place, test in _entity(planner, entity):
                proofs.setdefault(place, []).append(test)
    for place, test in (*_features(blueprint), *_tenancy(blueprint), *_actions(planner)):
        proofs.setdefault(place, []).append(test)
    return {place: tuple(dict.fromkeys(tests)) for place, tests in proofs.items()}


def _actions(planner: Planner) -> Iterator[Proof]:
    """Compound actions, and moves with steps, have files of their own."""
    for view in action_tests(planner):
        for name in view.tests:
            test = f"tests/actions/test_{view.module}.py::test_{name}"
            yield view.place, test
            if name == "rights":
                yield view.right, test


def _features(blueprint: Blueprint) -> Iterator[Proof]:
    if blueprint.has_accounts:
        for name in _ACCOUNTS:
            yield "features.auth", f"tests/test_accounts.py::test_{name}"
        for name in _ADMINISTRATION:
            yield "features.auth", f"tests/test_administration.py::test_{name}"
            yield "entities.User", f"tests/test_administration.py::test_{name}"
        account = account_view(Planner(blueprint))
        for mark in account.marks if account else ():
            test = f"tests/test_administration.py::test_{mark.test}"
            yield from ((f"entities.User.{place}{mark.segment}", test) for place in ("actions.", "permissions.action:"))
    planner = Planner(blueprint)
    for entity in blueprint.entities:
        if entity.kind == "user" or is_membership(blueprint, entity):
            continue
        view = endpoints_view(planner, entity)
        file = f"tests/endpoints/test_{view.module}.py::test_"
        yield "features.pagination", f"{file}list"
        found = {"search": view.searches, "filtering": view.filters, "sorting": view.sorts}
        names = {"search": "search", "filtering": "filters", "sorting": "sorts"}
        for feature, queries in found.items():
            if queries:
                yield f"features.{feature}", file + names[feature]
        if entity.soft_delete:
            yield "features.soft_delete", f"tests/behaviour/test_{view.module}.py::test_restore"


def _tenancy(blueprint: Blueprint) -> Iterator[Proof]:
    if blueprint.tenancy is not None:
        for name in TENANCY_TESTS:
            yield "features.multi_tenant", f"tests/test_tenancy.py::test_{name}"
            yield f"entities.{blueprint.tenancy.tenant}", f"tests/test_tenancy.py::test_{name}"


def _entity(planner: Planner, entity: Entity) -> Iterator[Proof]:
    place = f"entities.{entity.name}"
    if is_membership(planner.blueprint, entity):
        yield from _membership(place, planner, entity)
        return
    endpoints = endpoints_view(planner, entity)
    yield from _endpoints(place, endpoints)
    yield from _children(endpoints)
    yield from _fields(place, fields_view(planner, entity))
    yield from _behaviour(place, entity, behaviour_view(planner, entity))
    yield from _history(place, history_view(planner, entity))
    yield from _walk(planner, entity, walk_view(planner, entity))
    if planner.blueprint.has_accounts:
        yield from _access(place, entity, access_view(planner, entity))
    else:
        yield from _public(place, endpoints)


def _membership(place: str, planner: Planner, entity: Entity) -> Iterator[Proof]:
    """Who belongs to which tenant has tests of its own."""
    yield from _fields(place, fields_view(planner, entity))
    yield from _behaviour(place, entity, behaviour_view(planner, entity))
    for name in TENANCY_TESTS:
        yield place, f"tests/test_tenancy.py::test_{name}"
    for relation in entity.relations:
        yield f"{place}.relations.{relation.name}", "tests/test_tenancy.py::test_refuses"
    for operation, name in TENANCY_RIGHTS.items():
        yield f"{place}.permissions.{operation}", f"tests/test_tenancy.py::test_{name}"


def _endpoints(place: str, view: EndpointsView) -> Iterator[Proof]:
    file = f"tests/endpoints/test_{view.module}.py::test_"
    for name in (
        "create",
        "defaults",
        "ids",
        "list",
        "list_refuses",
        "update",
        "if_match",
        "idempotency_key",
        "delete",
    ):
        yield place, file + name
    for reference in view.references:
        yield f"{place}.relations.{reference.relation}", file + reference.test
    for many in view.many:
        yield f"{place}.relations.{many.name}", file + many.key
    for nested in view.nested:
        yield f"{place}.relations.{nested.relation}", file + nested.test
    for key in view.key_relations:
        yield f"{place}.relations.{key}", file + "filters_by_keys_and_times"


def _children(view: EndpointsView) -> Iterator[Proof]:
    """What deleting a row does to those that point to it proves their relations."""
    for child in view.children:
        yield (
            f"entities.{child.entity}.relations.{child.relation}",
            (f"tests/endpoints/test_{view.module}.py::test_delete_with_{child.test}"),
        )


def _fields(place: str, view: FieldsView) -> Iterator[Proof]:
    file = f"tests/fields/test_{view.module}.py::test_"
    for kind, rows in (("refuses", view.refused), ("accepts", view.accepted)):
        for name, case, _ in rows:
            yield f"{place}.fields.{name}", f"{file}{kind}[{name}-{case}]"
    for test, names in (
        ("required", {*view.required, *view.never_null}),
        ("update_refuses", {*view.wrong_names}),
        ("null_clears", {*view.cleared}),
    ):
        for name in sorted(names):
            if not name.endswith("_id"):
                yield f"{place}.fields.{name}", file + test
    for unique in view.unique:
        yield f"{place}.fields.{unique.name}", f"{file}{unique.test}_is_unique"


def _behaviour(place: str, entity: Entity, view: BehaviourView) -> Iterator[Proof]:
    file = f"tests/behaviour/test_{view.module}.py::test_"
    for machine in view.machines:
        yield from _machine(place, machine, file)
    for name, test in (*((rule.rule, rule.name) for rule in view.rules), *view.limits.tests):
        yield f"{place}.rules.{name}", file + test
    for toggle in view.toggles:
        yield f"{place}.actions.{toggle.action}", file + toggle.name
    named = [(one.name, one.test) for one in view.computed] + [(one.name, one.test) for one in view.own]
    yield from ((f"{place}.computed.{name}", file + test) for name, test in named)
    yield from ((f"{place}.tallies.{tally.tally}", file + tally.test) for tally in view.tallies)
    for unique in view.together:
        yield f"{place}.unique_together.{unique.fields}", f"{file}{unique.test}_are_unique_together"
    if view.restore is not None:
        yield f"{place}.soft_delete", f"{file}restore"
    if view.profile is not None:
        yield f"{place}.relations.user", file + view.profile.key
    for action in entity.actions:
        if action.kind == "association":
            yield f"{place}.actions.{action.name}", _create_of(action.entity)


def _walk(planner: Planner, entity: Entity, view: WalkView | None) -> Iterator[Proof]:
    """Random walks prove what is counted of rows, wherever that is shown."""
    if view is None:
        return
    test = f"tests/walks/test_{view.module}.py::test_walk"
    shown = {(value.path, value.name) for value in view.values}
    for target in planner.blueprint.entities:
        for computed in target.computed:
            if computed.entity == entity.name and (target.path, computed.name) in shown:
                yield f"entities.{target.name}.computed.{computed.name}", test
    numbers, keys = {one.name for one in view.sums}, {one.key for one in view.rooms}
    yield from ((f"entities.{entity.name}.tallies.{t.name}", test) for t in entity.tallies if t.field in numbers)
    for rule in entity.rules:
        if rule.kind == "capacity" and entity.relations_by_name[rule.relation].key in keys:
            yield f"entities.{entity.name}.rules.{rule.name}", test


def _history(place: str, view: HistoryView | None) -> Iterator[Proof]:
    if view is None:
        return
    for changes in view.changes:
        for name in (changes.test, "is_read_by_whoever_reads_the_row", "pages"):
            yield f"{place}.histories.{changes.field}", f"tests/history/test_{view.module}.py::test_{name}"


def _machine(place: str, machine: MachineView, file: str) -> Iterator[Proof]:
    tests = [f"{machine.test}_is_not_written", *(f"{machine.test}[{move.state}-{move.name}]" for move in machine.moves)]
    for test in tests:
        yield f"{place}.state_machines.{machine.field}", file + test
        yield f"{place}.fields.{machine.field}", file + test
    marks = [effect.test for effect in machine.effects] + [guard.test for guard in machine.guards]
    for test in marks:
        yield f"{place}.state_machines.{machine.field}", file + test


def _create_of(name: str) -> str:
    return f"tests/endpoints/test_{naming.module_name(name)}.py::test_create"


def _public(place: str, view: EndpointsView) -> Iterator[Proof]:
    """Where everything is public, whoever tries it proves that they may."""
    file = f"tests/endpoints/test_{view.module}.py::test_"
    tests = {"create": "create", "list": "list", "read": "create", "update": "update", "delete": "delete"}
    for operation, test in tests.items():
        yield f"{place}.permissions.{operation}", file + test


def _access(place: str, entity: Entity, view: AccessView) -> Iterator[Proof]:
    file = f"tests/access/test_{view.module}.py::test_"
    if view.creates:
        yield f"{place}.permissions.create", f"{file}create"
    for name in ("list", "lists_show_what_may_be_read"):
        yield f"{place}.permissions.list", file + name
    yield f"{place}.permissions.read", f"{file}lists_show_what_may_be_read"
    kinds = {label(p.operation): p.operation for p in entity.permissions}
    for setting in view.settings:
        for right in setting.rights:
            operation = kinds.get(right.operation, right.operation)
            yield f"{place}.permissions.{operation}", f"{file}{setting.test}[{right.operation}]"
    for nested in view.nested:
        yield f"{place}.permissions.list", file + nested.test
        if nested.creates:
            yield f"{place}.permissions.create", file + nested.test
    for hidden in view.hidden:
        yield f"{place}.relations.{hidden.relation}", f"{file}{hidden.test}_of_another"
    for foreign in view.foreign:
        yield f"{place}.relations.{foreign.relation}", f"{file}{foreign.key}_of_another"
        yield f"{place}.owner", f"{file}{foreign.key}_of_another"
    for tenant in view.tenants:
        yield f"{place}.relations.{tenant.relation}", f"{file}{tenant.test}_of_another_tenant"
