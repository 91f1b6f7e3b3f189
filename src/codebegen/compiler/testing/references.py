"""Views of what rows point to and of what points to them: keys, sets, nested collections, deletion."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.laws import is_deleted_at_will
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.rights import ADMIN, allowed, owner_paths
from codebegen.compiler.views.ids import IdView, ids_of


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A key that clients write; `target` makes something to point to, in two spellings for two rows."""

    relation: str
    name: str
    test: str
    words: str
    target: str
    required: bool
    changeable: bool
    unique: bool
    owners: bool
    ids: IdView


@dataclass(frozen=True, slots=True)
class ManyView:
    """A many-to-many set that clients write; those are `hidden` that whoever makes rows may not see.

    `emptied` is the collection from which its members can be deleted whenever somebody wants to.
    """

    name: str
    key: str
    target: str
    people: str
    words: str
    hidden: bool
    ids: IdView
    emptied: str | None


@dataclass(frozen=True, slots=True)
class NestedView:
    """A collection below a parent."""

    relation: str
    key: str
    test: str
    words: str
    parent: str
    parent_path: str
    segment: str
    body: str
    ids: IdView
    foreign: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """What becomes of a row of `words` when what it points to is deleted; rows of `required` are in the way then."""

    entity: str
    relation: str
    test: str
    words: str
    key: str
    path: str
    make: str
    parent: str
    on_delete: str
    required: tuple[str, ...]


def sees_target(planner: Planner, plan: Plan, key: Key) -> bool:
    """Whether the maker may refer to what `target_call` makes."""
    if key.target.kind == "user":
        return True
    other = planner.plan(key.target.name)
    mine = plan.owned and other.owned and planner.ownable(key.target, plan.maker.role)
    owner = plan.maker.attribute if mine else other.maker.attribute
    owns = other.owns(owner_paths(key.target), plan.maker, owner)
    return allowed(key.target, "read", plan.maker, owns, other.facts) is True


def target_call(planner: Planner, plan: Plan, key: Key, more: Row | None = None) -> str:
    """The expression of something that a row of the maker's may point to, with `more` of its own."""
    if key.target.kind == "user":
        return ADMIN.attribute
    other = planner.plan(key.target.name)
    mine = plan.owned and other.owned and planner.ownable(key.target, plan.maker.role)
    reference = next((r for r in plan.references if r.key is key), None)
    given = {**(reference.given if reference else {}), **(more or {})}
    return other.place_call(f"people.{plan.maker.attribute}" if mine else None, arguments(given) if given else "")


def reference_view(planner: Planner, plan: Plan, key: Key) -> ReferenceView:
    """A key that clients write."""
    is_user = key.target.kind == "user"
    account = plan.maker.attribute if plan.apart else ADMIN.attribute
    target = f"people.{account}.id" if is_user else f'({target_call(planner, plan, key)})["id"]'
    words = " ".join(naming.words(key.relation.name))
    return ReferenceView(
        relation=key.relation.name,
        name=key.name,
        test=naming.snake(key.name),
        words=words,
        target=target,
        required=key.relation.required,
        changeable=key.changeable,
        unique=key.relation.unique and key.source == "plain" and not is_user and not plan.single,
        owners=key.source == "person",
        ids=ids_of(key.target),
    )


def many_view(planner: Planner, plan: Plan, name: str, key: str, target: Entity) -> ManyView:
    """A set that clients write."""
    is_user = target.kind == "user"
    call = "" if is_user else f'({planner.plan(target.name).make_call()})["id"]'
    insiders = sorted({plan.maker.attribute, *(person.attribute for person in planner.seats)})
    people = f"{insiders!r}" if plan.apart else "people.cast.callers"
    hidden = not is_user and _is_hidden(planner, plan, target)
    kept = is_user or not is_deleted_at_will(target) or planner.blueprint.stack == "fastapi_mongo"
    emptied = None if kept else target.path
    return ManyView(name, key, call, people, " ".join(naming.words(name)), hidden, ids_of(target), emptied)


def _is_hidden(planner: Planner, plan: Plan, target: Entity) -> bool:
    """Whether whoever sends rows may not see what is made of another entity by default."""
    other = planner.plan(target.name)
    owns = other.owns(owner_paths(target), plan.maker, other.maker.attribute)
    return plan.sender == "owner" and allowed(target, "read", plan.maker, owns, other.facts) is False


def nested_view(planner: Planner, plan: Plan, key: Key) -> NestedView | None:
    """The collection below what a key points to, where there is one."""
    relation = key.relation
    if relation.kind != "many_to_one" or key.target.kind == "user" or not key.written:
        return None
    segment = naming.kebab(relation.inverse or plan.entity.plural)
    parent = target_call(planner, plan, key)
    body = plan.body_call(f"people.{plan.maker.attribute}")
    if any(r.key is key for r in plan.references):
        body = body.removesuffix(")") + f', {key.name}=parent["id"])'
    test = naming.snake(f"{relation.inverse or plan.entity.plural} of {relation.name}")
    words = " ".join(naming.words(relation.name))
    ids, foreign = ids_of(key.target), _foreign_row(planner.plan(key.target.name), plan, key)
    return NestedView(relation.name, key.name, test, words, parent, key.target.path, segment, body, ids, foreign)


def _foreign_row(target: Plan, plan: Plan, key: Key) -> str:
    """The call that makes a row below another target; that of somebody else, where everybody has only one."""
    if plan.owned or not target.single or target.other is None:
        return plan.make_call(f"people.{plan.other.attribute}" if plan.owned and plan.other is not None else None)
    elsewhere = target.make_call(f"people.{target.other.attribute}")
    return plan.make_call(given=f'{key.name}=({elsewhere})["id"]')


def children_of(planner: Planner, entity: Entity) -> list[ChildView]:
    """What is deleted, cleared, or in the way, of all that points to the entity."""
    if entity.soft_delete:
        return []
    others = [one for one in planner.blueprint.entities if one.kind != "user" and not one.soft_delete]
    plans = [plan for plan in (planner.plan(other.name) for other in others) if not plan.is_membership]
    pairs = [(plan, key) for plan in plans for key in plan.keys if key.target.name == entity.name]
    return [_child(planner, plan, key) for plan, key in pairs if not _otherwise_bound(planner, plan, key, entity)]


def _otherwise_bound(planner: Planner, plan: Plan, key: Key, entity: Entity) -> bool:
    """Whether a row needs the same target for another reason too, which then decides what becomes of it."""
    only = entity.kind == "profile" or any(r.plan is not None and r.plan.single for r in plan.references)
    in_tenant = any(r.key is key and r.plan is not None and r.plan.is_tenant for r in plan.references)
    if in_tenant and plan.profiles:
        return True
    only = only or in_tenant
    others = [one for one in plan.keys if one is not key and (one.written or one.source == "person")]
    filled = {reference.key.name: reference.plan for reference in plan.references}
    goes_along = key.relation.on_delete in ("cascade", "set_null")
    if _required_paths(plan, key) and not goes_along:
        return True
    if only and any(_needs(requirement.plan, entity.name) for requirement in plan.requirements):
        return True
    for other in others:
        if other.source == "person" and other.target.name == entity.name:
            return True
        by_profile = other.source == "person" and other.target.kind == "profile"
        needed = planner.plan(other.target.name) if by_profile else filled.get(other.name)
        if only and needed is not None and _needs(needed, entity.name):
            return True
    return False


def _needs(plan: Plan, name: str) -> bool:
    """Whether rows of a plan are made with rows of an entity, however far away."""
    if plan.entity.name == name or name in plan.profiles:
        return True
    return any(reference.plan is not None and _needs(reference.plan, name) for reference in plan.references)


def _child(planner: Planner, plan: Plan, key: Key) -> ChildView:
    parent = target_call(planner, plan, key)
    given = f'{key.name}=parent["id"]' if key.source == "plain" else ""
    owner = f"people.{plan.maker.attribute}" if plan.owned and plan.entity.kind != "profile" else None
    return ChildView(
        entity=plan.entity.name,
        relation=key.relation.name,
        test=naming.snake(f"{plan.entity.name} {key.relation.name}"),
        words=plan.words,
        key=key.name,
        path=plan.entity.path,
        make=plan.make_call(owner, given),
        parent=parent,
        on_delete=key.relation.on_delete or "restrict",
        required=_required_paths(plan, key),
    )


def _required_paths(plan: Plan, key: Key) -> tuple[str, ...]:
    """Collections whose rows were needed first, and that point to the same target."""
    return tuple(one.plan.entity.path for one in plan.requirements if any(mine == key.name for _, mine in one.given))
