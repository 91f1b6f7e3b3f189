"""The view of the authorisation tests of an entity: every operation by every kind of caller."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.endpoints import Import, changes_of
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.rights import (
    ADMIN,
    ANONYMOUS,
    Person,
    allowed,
    chooses_owner,
    create_status,
    grants,
    list_status,
    only_as_owner,
    owner_paths,
    row_status,
)
from codebegen.compiler.testing.settings import Cells, SettingView, make_of, settings_of
from codebegen.compiler.testing.tenants import ForeignTenantView, foreign_tenants, seated
from codebegen.compiler.testing.values import spell
from codebegen.compiler.views.ids import IdView, ids_of


@dataclass(frozen=True, slots=True)
class NestedRightView:
    """Who may list and create below a parent."""

    test: str
    words: str
    parent_path: str
    segment: str
    key: str
    lists: Cells
    creates: Cells


@dataclass(frozen=True, slots=True)
class HiddenView:
    """A key to something that the sender may not see, or may not add to."""

    relation: str
    key: str
    test: str
    words: str
    target: str
    changeable: bool
    status: int


@dataclass(frozen=True, slots=True)
class ForeignOwnerView:
    """A key by which somebody tries to make a row another's."""

    relation: str
    key: str
    target: str
    changeable: bool


@dataclass(frozen=True, slots=True)
class AccessView:
    """Everything that `tests/access` says of one entity."""

    module: str
    var: str
    article: str
    words: str
    path: str
    ids: IdView
    table: str
    maker: str
    poster: str
    make: str
    body_owned: bool
    body: str
    callers: tuple[str, ...]
    owners: tuple[str, ...]
    seats: tuple[str, ...]
    seated: str
    creates: Cells
    lists: Cells
    settings: tuple[SettingView, ...]
    changes: str
    shown: tuple[str, ...]
    leaks: bool
    nested: tuple[NestedRightView, ...]
    hidden: tuple[HiddenView, ...]
    foreign: tuple[ForeignOwnerView, ...]
    tenants: tuple[ForeignTenantView, ...]
    imports: tuple[Import, ...]


def access_view(planner: Planner, entity: Entity) -> AccessView:
    """The view of one entity."""
    plan = planner.plan(entity.name)
    callers = callers_of(planner, plan)
    settings = tuple(settings_of(planner, plan, callers))
    return AccessView(
        module=plan.module,
        var=plan.var,
        article=plan.article,
        words=plan.words,
        path=entity.path,
        ids=ids_of(entity),
        table=entity.plural,
        maker=plan.maker.attribute,
        poster=plan.sender_name,
        make=make_of(plan),
        body_owned=plan.body_needs_owner,
        body=plan.body_call("owner"),
        callers=tuple(person.attribute for person in callers),
        owners=tuple(
            p.attribute for p in callers if p.role and not p.seat and (p.is_admin or planner.ownable(entity, p.role))
        ),
        seats=tuple(person.attribute for person in callers if person.seat),
        seated=seated(planner, plan),
        creates=_creates(planner, plan, callers),
        lists=tuple((person.attribute, list_status(entity, person)) for person in callers),
        settings=settings,
        changes=spell(dict(changes_of(plan))),
        shown=_shown(plan),
        leaks=not any(g.kind == "public" and g.when is None for g in grants(entity, "read")),
        nested=present(_nested(plan, key, callers) for key in plan.keys),
        hidden=present(_hidden(planner, plan, key) for key in plan.keys),
        foreign=present(_foreign(planner, plan, key) for key in plan.keys),
        tenants=foreign_tenants(planner, plan),
        imports=_imports(planner, plan),
    )


def callers_of(planner: Planner, plan: Plan) -> tuple[Person, ...]:
    """Nobody, one stranger of every role, the owner of the rows, the administrator."""
    strangers: list[Person] = []
    for role in planner.blueprint.role_names[:-1]:
        pair = [person for person in planner.accounts if person.role == role]
        strangers.append(plan.other if plan.other is not None and plan.other in pair else pair[0])
    owner = (plan.maker,) if plan.owned else ()
    seats = planner.seats if plan.owned and plan.apart else ()
    return (ANONYMOUS, *strangers, *seats, *owner, ADMIN)


def _has_rows(planner: Planner, entity: Entity, person: Person) -> bool:
    """Whether somebody makes rows with what is their own."""
    return person.is_admin or (person.seat is None and planner.ownable(entity, person.role))


def _creates(planner: Planner, plan: Plan, callers: tuple[Person, ...]) -> Cells:
    """Who may create, having all that a body needs."""
    cells = []
    unknown = plan.person is not None and not seated(planner, plan)
    for person in callers:
        if person.seat is not None and unknown:  # whether they have such a profile is not known
            continue
        status = create_status(plan.entity, person)
        if status == 201 and not person.is_admin and only_as_owner(plan.entity, person):
            status = status if planner.ownable(plan.entity, person.role) else _refusal_of_strangers(plan, person)
        within_reach = person.is_admin or planner.reaches(plan.entity, person)
        if status is not None and (status != 201 or within_reach):
            cells.append((person.attribute, status))
    return tuple(cells)


def _shown(plan: Plan) -> tuple[str, ...]:
    """Calls that make rows of every kind, for the test that lists show what may be read, and nothing else."""
    people = [p for p in (plan.maker, plan.other) if p is not None] if plan.owned else []
    rows = tuple(plan.make_call(f"people.{person.attribute}") for person in people) or (plan.make_call(),)
    if plan.readable is None or plan.single:
        return rows
    return (*rows, f"await make_readable_{plan.var}(people)")


def _refusal_of_strangers(plan: Plan, person: Person) -> int | None:
    """What somebody gets who may only add to what is theirs, and has nothing: they see it and may not, or do not."""
    first = (plan.entity.owner or "").partition(".")[0]
    parent = next((r.plan for r in plan.references if r.key.relation.name == first and r.plan is not None), None)
    if parent is None:
        return None
    seen = allowed(parent.entity, "read", person, frozenset(), parent.facts)
    return None if seen is None else 403 if seen else 422


def _nested(plan: Plan, key: Key, callers: tuple[Person, ...]) -> NestedRightView | None:
    """Who lists and creates below a parent of the maker's."""
    reference = next((r for r in plan.references if r.key is key), None)
    is_collection = key.relation.kind == "many_to_one" and key.target.kind != "user"
    if reference is None or reference.plan is None or not is_collection or reference.readable:
        return None
    parent = reference.plan
    owner = plan.maker.attribute if reference.for_owner else parent.maker.attribute
    paths = owner_paths(parent.entity)
    lists, creates = [], []
    for person in callers:
        owns = parent.owns(paths, person, owner if parent.owned else "")
        seen = row_status(parent.entity, "read", person, owns, parent.facts, done=200)
        listed, created = list_status(plan.entity, person), create_status(plan.entity, person)
        if seen is None or created is None:
            continue
        lists.append((person.attribute, listed if listed == 401 else seen if seen in (401, 404) else listed))
        if created in (401, 403):
            hidden = created == 403 and seen == 404
            creates.append((person.attribute, 404 if hidden else created))
        elif seen == 404 and parent.apart:
            creates.append((person.attribute, 404))
    return NestedRightView(
        test=naming.snake(f"{key.relation.inverse or plan.entity.plural} of {key.relation.name}"),
        words=" ".join(naming.words(key.relation.name)),
        parent_path=key.target.path,
        segment=naming.kebab(key.relation.inverse or plan.entity.plural),
        key=key.name,
        lists=tuple(lists),
        creates=tuple(creates),
    )


def _hidden(planner: Planner, plan: Plan, key: Key) -> HiddenView | None:
    """A reference of the maker's to something of another's: refused as if it did not exist, or as not theirs."""
    if key.source != "plain" or key.target.kind == "user" or plan.maker.is_admin or plan.sender != "owner":
        return None
    other = planner.plan(key.target.name)
    if not other.owned or other.other is None or plan.other is None:
        return None
    stranger = plan.other if planner.ownable(key.target, plan.other.role) else other.other
    seen = allowed(key.target, "read", plan.maker, frozenset(), other.facts)
    mine = any(
        grant.kind == "owner" and (grant.path or plan.entity.owner or "").partition(".")[0] == key.relation.name
        for grant in grants(plan.entity, "create")
    )
    free = any(grant.kind != "owner" for grant in grants(plan.entity, "create"))
    if seen is None or (seen and (not mine or free)):
        return None
    return HiddenView(
        relation=key.relation.name,
        key=key.name,
        test=naming.snake(key.relation.name),
        words=" ".join(naming.words(key.relation.name)),
        target=f'({other.make_call(f"people.{stranger.attribute}")})["id"]',
        changeable=key.changeable and not seen and _changes_own(plan),
        status=403 if seen else 422,
    )


def _changes_own(plan: Plan) -> bool:
    """Whether the maker may change their own rows."""
    owns = plan.owns(owner_paths(plan.entity), plan.maker, plan.maker.attribute)
    return row_status(plan.entity, "update", plan.maker, owns, plan.facts, done=200) == 200


def _foreign(planner: Planner, plan: Plan, key: Key) -> ForeignOwnerView | None:
    """A key that names another person as the owner of a new row."""
    if not plan.owned or plan.other is None or plan.sender != "owner" or plan.maker.is_admin:
        return None
    if key.source == "token":
        return ForeignOwnerView(key.relation.name, key.name, f"people.{plan.other.attribute}.id", _changes_own(plan))
    if key.source == "person" and not chooses_owner(plan.entity, key.target, plan.maker.role):
        profile = planner.plan(key.target.name)
        target = f'({profile.make_call(f"people.{plan.other.attribute}")})["id"]'
        return ForeignOwnerView(key.relation.name, key.name, target, _changes_own(plan))
    return None


def _imports(planner: Planner, plan: Plan) -> tuple[Import, ...]:
    found = {*plan.functions, (plan.module, f"{plan.var}_body")}
    if plan.readable is not None:
        found.add((plan.module, f"make_readable_{plan.var}"))
    near = [planner.plan(key.target.name) for key in plan.keys if key.target.kind != "user"]
    if plan.apart:  # rows of other tenants are made from the tenant down
        near = [planner.plan(entity.name) for entity in planner.blueprint.entities if entity.kind != "user"]
    for other in near:
        found |= other.functions
    return tuple(sorted(found))
