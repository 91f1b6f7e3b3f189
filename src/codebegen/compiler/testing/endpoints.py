"""The view of the tests of one collection: create, read, list, change, delete, references, nested collections."""

from dataclasses import dataclass

from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.tenancy import is_tenant
from codebegen.compiler.testing.conditions import Row, same
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.keys import many_of
from codebegen.compiler.testing.laws import lawful, shown_fields, written_fields
from codebegen.compiler.testing.lists import list_view
from codebegen.compiler.testing.making import ANYONE, Plan, Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.references import (
    ChildView,
    ManyView,
    NestedView,
    ReferenceView,
    children_of,
    many_view,
    nested_view,
    reference_view,
)
from codebegen.compiler.testing.values import Code, Value, plain, spell, unique
from codebegen.compiler.views.events import watchers_of
from codebegen.compiler.views.ids import IdView, ids_of

Import = tuple[str, str]
_WHOLE = 4
"""Statements that a rule, or a set that comes with a new row, may take at most."""


@dataclass(frozen=True, slots=True)
class EndpointsView:
    """Everything that `tests/endpoints` says of one entity."""

    module: str
    var: str
    article: str
    words: str
    path: str
    table: str
    ids: IdView
    poster: str
    editor: str
    make: str
    first: str
    second: str
    foreign: str
    rows: tuple[str, ...]
    body: str
    extras: str
    other_body: str
    hidden: tuple[str, ...]
    defaults: str
    changes: str
    changed: tuple[str, ...]
    follows: tuple[str, ...]
    immutable: str
    read_only: tuple[str, ...]
    keys: tuple[str, ...]
    key_relations: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    sorts: tuple[tuple[str, tuple[str, ...]], ...]
    searches: tuple[tuple[str, tuple[str, ...]], ...]
    any_script: str
    references: tuple[ReferenceView, ...]
    many: tuple[ManyView, ...]
    nested: tuple[NestedView, ...]
    children: tuple[ChildView, ...]
    soft_delete: bool
    read_budget: int
    read_lookups: int
    reading_words: str
    create_budget: int
    imports: tuple[Import, ...]


def endpoints_view(planner: Planner, entity: Entity) -> EndpointsView:
    """The view of one entity."""
    plan, blueprint = planner.plan(entity.name), planner.blueprint
    lists = list_view(plan)
    extras, changes = full(plan), changes_of(plan)
    owners = two_owners(plan)
    references = tuple(
        reference_view(planner, plan, key) for key in plan.keys if key.written and key.source != "account"
    )
    many = tuple(many_view(planner, plan, one.name, one.key, one.target) for one in many_of(blueprint, entity))
    login = int(plan.editor != ANYONE.attribute)
    nested = present(nested_view(planner, plan, key) for key in plan.keys)
    children = tuple(children_of(planner, entity))
    filled = [key for key in plan.keys if key.source in ("token", "person") or key.relation.required]
    sets, lookups = _reading(blueprint, entity, len(many))
    return EndpointsView(
        module=plan.module,
        var=plan.var,
        article=plan.article,
        words=plan.words,
        path=entity.path,
        table=entity.plural[:63],
        ids=ids_of(entity),
        poster=plan.sender_name,
        editor=plan.editor,
        make=plan.make_call(),
        first=plan.make_call(owners[0], arguments(lists.first)),
        second=plan.make_call(owners[1], arguments(lists.second)),
        foreign=plan.make_call(owners[1]),
        rows=_rows(plan, owners),
        body=plan.body_call(f"people.{plan.maker.attribute}"),
        extras=spell(dict(extras)),
        other_body=spell(dict(changes)) if changes else "",
        hidden=tuple(f.name for f in entity.fields if f.write_only),
        defaults=spell(defaults(plan)),
        changes=spell(dict(changes)),
        changed=tuple(name for name in changes if not entity.fields_by_name[name].write_only),
        follows=tuple(computed.name for computed in entity.computed if computed.function == "expression"),
        immutable=spell({f.name: plain(f)[0] for f in written_fields(entity) if f.immutable}),
        read_only=read_only(plan),
        keys=tuple(key.name for key in filled),
        key_relations=tuple(key.relation.name for key in filled),
        filters=lists.filters,
        sorts=lists.sorts,
        searches=lists.searches,
        any_script=plan.make_call(given=arguments(lists.any_script)) if lists.any_script else "",
        references=references,
        many=many,
        nested=nested,
        children=children,
        soft_delete=entity.soft_delete,
        read_budget=login + 1 + sets,
        read_lookups=lookups,
        reading_words=_reading_words(login, sets, lookups),
        create_budget=login + lookups + _creating(planner, plan),
        imports=_imports(planner, plan),
    )


def _creating(planner: Planner, plan: Plan) -> int:
    """Statements that a new row may take at most."""
    entity = plan.entity
    return (
        1
        + bool(entity.notices)
        + watchers_of(planner.blueprint)
        + _counting_marks(planner, entity)
        + 2 * len(plan.keys)
        + _WHOLE
        * (
            len(entity.rules)
            + len(entity.tallies)
            + len(entity.computed)
            + len(many_of(planner.blueprint, entity))
            + is_tenant(planner.blueprint, entity)
        )
    )


def _counting_marks(planner: Planner, entity: Entity) -> bool:
    """Whether what is shown of a new row is read again: documents keep marks elsewhere."""
    counted = any(action.kind == "toggle" and action.counted for action in entity.actions)
    return counted and planner.blueprint.stack == "fastapi_mongo"


def _reading(blueprint: Blueprint, entity: Entity, sets: int) -> tuple[int, int]:
    """Statements for the sets of a row that is shown; and, without joins, at most for what it belongs to."""
    if blueprint.stack != "fastapi_mongo":
        return sets, 0
    above = any(relation.on_delete == "cascade" for relation in entity.relations)
    return 0, _WHOLE if above or entity.tenant is not None or "." in (entity.owner or "") else 0


def _reading_words(login: int, sets: int, lookups: int) -> str:
    """What reading costs, in words."""
    parts = ["one statement"]
    parts += [f"at most {lookups} for what it belongs to"] if lookups else []
    parts += ["one for who is calling"] if login else []
    parts += ["one for each set that is shown"] if sets else []
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]


def two_owners(plan: Plan) -> tuple[str | None, str | None]:
    """Expressions for two different owners, as far as tests choose them."""
    if not plan.owned or plan.other is None:
        return None, None
    return f"people.{plan.maker.attribute}", f"people.{plan.other.attribute}"


def _rows(plan: Plan, owners: tuple[str | None, str | None]) -> tuple[str, ...]:
    """Calls that make different rows."""
    if plan.single:
        return tuple(plan.make_call(owner) for owner in owners)
    return (plan.make_call(),) * 3


def full(plan: Plan) -> Row:
    """Values for everything that the least body leaves out, and that does not have to be unique."""
    extras: dict[str, Value] = {}
    for field in written_fields(plan.entity):
        if field.name in plan.body:
            continue
        choices = [v for v in plain(field) if not same(v, plan.facts.get(field.name))] or list(plain(field))
        extras[field.name] = unique(field) if field.unique else choices[0]
    return _lawful_or_less(plan, extras)


def changes_of(plan: Plan) -> Row:
    """Another value for every field that may change."""
    changes: dict[str, Value] = {}
    for field in written_fields(plan.entity):
        choices = [v for v in plain(field) if not same(v, plan.facts.get(field.name))]
        if not field.immutable and (field.unique or choices):
            changes[field.name] = unique(field) if field.unique or field.name not in plan.facts else choices[-1]
    return _lawful_or_less(plan, changes)


def _lawful_or_less(plan: Plan, wanted: dict[str, Value]) -> Row:
    """The wanted values, with what the rules ask for besides; or only those that no rule is about."""
    ruled = plan.ruled
    free = {name: value for name, value in wanted.items() if name not in ruled}
    found = lawful(plan.entity, plan.facts, wanted)
    if found is None or any(_is_set(plan, name) for name in found if name not in wanted):
        found = lawful(plan.entity, plan.facts, free)
    return free if found is None else found


def _is_set(plan: Plan, name: str) -> bool:
    """Whether a body's own value has to stay: rows differ in it, or it can't be changed."""
    field = plan.entity.fields_by_name.get(name)
    return name in plan.body and (field is None or field.unique or field.immutable)


def defaults(plan: Plan) -> dict[str, Value]:
    """What a row shows of what its body did not say."""
    shown: dict[str, Value] = {}
    for field in shown_fields(plan.entity):
        value = plan.facts.get(field.name)
        if field.name not in plan.body and not field.write_only and not isinstance(value, Code):
            shown[field.name] = _as_shown(field, value)
    for key in plan.keys:
        if key.source == "plain" and key.name not in {r.key.name for r in plan.references}:
            shown[key.name] = None
    for many in plan.entity.relations:
        if many.kind == "many_to_many":
            shown[many.name] = []
    for action in plan.entity.actions:
        if action.kind == "toggle" and action.counted and plan.maker.role is not None:
            shown[f"{action.name}_count"] = 0
    return shown


def _as_shown(field: Field, value: Value) -> Value:
    """A default as JSON shows it: amounts with all their places."""
    if field.places is not None and value is not None and not isinstance(value, Code | list | dict):
        return f"{float(str(value)):.{field.places}f}"
    return value


def read_only(plan: Plan) -> tuple[str, ...]:
    """Names that no body may hold: what the application fills in, and what it does not know."""
    entity = plan.entity
    names = ["id", "created_at", "updated_at", "no_such_field"]
    names += [machine.field for machine in entity.state_machines]
    names += [field.name for field in entity.fields if field.read_only and field.name not in names]
    names += [key.name for key in plan.keys if not key.written]
    names += [computed.name for computed in entity.computed]
    names += [f"{a.name}_count" for a in entity.actions if a.kind == "toggle" and a.counted]
    if entity.soft_delete:
        names.append("deleted_at")
    return tuple(dict.fromkeys(names))


def _imports(planner: Planner, plan: Plan) -> tuple[Import, ...]:
    """Functions of factories that the tests of an entity call; what is not used is taken out later."""
    found = {*plan.functions, (plan.module, f"{plan.var}_body")}
    targets = [key.target for key in plan.keys] + [many.target for many in many_of(planner.blueprint, plan.entity)]
    children = [e for e in planner.blueprint.entities for r in e.relations if r.target == plan.entity.name]
    for other in (*targets, *children):
        if other.kind != "user":
            found |= planner.plan(other.name).functions
    return tuple(sorted(found))
