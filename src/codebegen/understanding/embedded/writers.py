"""Whoever a row is about does not write it where the text says that others do: they have what is said, and no more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from codebegen.blueprint import Grant, Permission, Provenance
from codebegen.understanding.embedded.draft import Draft, DraftEntity
from codebegen.understanding.embedded.facts import Association, Fact, Link, Right, Writes
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.rights import RightsReader

_WRITING = ("create", "update", "delete")
_OWNER = Grant(kind="owner")
_ANY_ACCOUNT = nouns.RELATIONAL_PERSONS | nouns.ACCOUNT_WORDS
_ADMINS = ("admin", "administrator")

Told = dict[str, tuple[Permission, ...]]


@dataclass(frozen=True)
class _Writer:
    who: Phrase
    operations: tuple[str, ...]
    what: Phrase
    start: int
    end: int


def with_writers(told: Told, facts: Sequence[Fact], rights: RightsReader) -> Told:
    """The stated permissions, less what an owner would have by default, and with what follows for the writers."""
    out = dict(told)
    found = _writers(facts, rights)
    for key, entity in rights.draft.entities.items():
        if entity.kind in ("user", "profile"):
            continue
        writers = found[key]
        owners = [w for w in writers if _is_owner(w.who, entity, rights)]
        others = [w for w in writers if w not in owners and not _above_all(w.who, entity)]
        said = {permission.operation: permission for permission in told.get(key, ())}
        own = {operation for w in owners for operation in w.operations}
        makers = any("create" in w.operations for w in others)
        if makers and "create" not in own and _people(entity, rights.draft):
            said.update(_closed(entity, said, others, own, rights))
        elif others and own.isdisjoint(("create", "update")) and "update" in said and _only_sees(said):
            said["update"] = _without_owner(said["update"])
        elif "create" in own and _has_owner(entity) and _about_another(said):
            said.update(_authored(said, [*owners, *others], rights))
        else:
            continue
        out[key] = tuple(said.values())
    return out


def _writers(facts: Sequence[Fact], rights: RightsReader) -> dict[str, list[_Writer]]:
    """All that is told of writing, by whatever sentence, by entity key."""
    found: dict[str, list[_Writer]] = defaultdict(list)
    for fact in facts:
        writer = _writer(fact)
        key = rights.names.find(writer.what) if writer is not None else None
        if isinstance(fact, Association):
            key = fact.noun
        if writer is not None and key is not None:
            found[key].append(writer)
    return found


def _writer(fact: Fact) -> _Writer | None:
    """Who creates or changes what by one fact; whoever only takes down what others wrote leaves it theirs."""
    if isinstance(fact, Writes | Right) and fact.what is not None:
        operations = tuple(op for op in fact.operations if op in _WRITING)
        barred = isinstance(fact, Right) and (fact.negated or fact.verb == "moderate")
        writes = not barred and {"create", "update"} & set(operations)
        return _Writer(fact.who, operations, fact.what, fact.start, fact.end) if writes else None
    if isinstance(fact, Link) and fact.kind in ("create", "buy"):
        return _Writer(fact.target, ("create",), fact.source, fact.start, fact.end)
    if isinstance(fact, Association) and fact.who is not None:
        return _Writer(fact.who, ("create",), fact.who, fact.start, fact.end)
    return None


def _people(entity: DraftEntity, draft: Draft) -> set[str]:
    """The names of those that a row belongs to or, where that is open, may belong to."""
    if entity.owner is not None:
        path = entity.owner.split(".")
        first = entity.relation(path[0])
        return {*path, first.target if first is not None else path[0]} - ({USER} if len(path) > 1 else set())
    keys = [r for r in entity.relations if r.kind != "many_to_many" and r.target in draft.entities]
    people = [r for r in keys if draft.entities[r.target].kind in ("user", "profile")]
    return {name for r in people for name in (r.name, r.target)}


def _is_owner(who: Phrase, entity: DraftEntity, rights: RightsReader) -> bool:
    """Whether a phrase speaks of whom a row belongs to; anybody with an account is among them."""
    if who.head in _ANY_ACCOUNT or who.words[-1].low in words.ANYONE:
        return True
    if rights.tenancy is not None and rights.tenancy.role_of(who) in ((), ("member",)):
        return True
    people = _people(entity, rights.draft)
    first = entity.relation((entity.owner or "").split(".")[0])
    unnamed = first is not None and first.target == USER and first.name in _ANY_ACCOUNT | {USER}
    return who.key in people or who.head in people or (unnamed and who.head not in nouns.STAFF)


def _has_owner(entity: DraftEntity) -> bool:
    """Whether a row says who made it; where several did, nobody owns it."""
    return entity.owner is not None or any(r.creator and r.kind != "many_to_many" for r in entity.relations)


def _above_all(who: Phrase, entity: DraftEntity) -> bool:
    """Administrators write what any user writes: naming them tells nothing of users."""
    first = (entity.owner or USER).split(".")[0]
    return who.head in _ADMINS and first in _ANY_ACCOUNT | {USER}


def _closed(
    entity: DraftEntity, said: dict[str, Permission], others: Sequence[_Writer], own: set[str], rights: RightsReader
) -> dict[str, Permission]:
    """Creating, changing and deleting without the owner, but for what the owner is told to do."""
    out = {}
    for operation in _WRITING:
        kept = said.get(operation)
        if kept is not None:
            out[operation] = kept if operation in own else _without_owner(kept)
            continue
        allow = (*_grants(entity, operation, others, rights), *((_OWNER,) if operation in own else ()))
        out[operation] = Permission(operation=operation, allow=allow, provenance=_why(operation, others[0], rights))
    return out


def _without_owner(right: Permission) -> Permission:
    return right.model_copy(update={"allow": tuple(grant for grant in right.allow if grant != _OWNER)})


def _only_sees(said: dict[str, Permission]) -> bool:
    """Whether reading is what is said of whom a row is about."""
    return "read" in said and any(grant.kind == "owner" for grant in said["read"].allow)


def _about_another(said: dict[str, Permission]) -> bool:
    """Whether somebody else than its owner is told to see a row as their own: whom it is about."""
    reading = said.get("read")
    return reading is not None and any(grant.kind == "owner" and grant.path is not None for grant in reading.allow)


def _authored(said: dict[str, Permission], writers: Sequence[_Writer], rights: RightsReader) -> dict[str, Permission]:
    """Its owner wrote it, and it is about another: not whoever has an account makes one, but who is named for it."""
    out = {}
    named = [w for w in writers if w.who.key in rights.roles]
    if named and all(grant.kind == "authenticated" for grant in (said["create"].allow if "create" in said else ())):
        roles = dict.fromkeys(Grant(kind="role", role=w.who.key) for w in named if "create" in w.operations)
        out["create"] = Permission(operation="create", allow=tuple(roles), provenance=_why("create", named[0], rights))
    for operation in ("update", "delete"):
        if operation not in said:
            out[operation] = Permission(
                operation=operation, allow=(_OWNER,), provenance=_why(operation, writers[0], rights)
            )
    return out


def _grants(entity: DraftEntity, operation: str, writers: Sequence[_Writer], rights: RightsReader) -> tuple[Grant, ...]:
    found = (
        rights.grant(Right(w.who, (operation,), w.what, w.start, w.end, only=True), entity, operation) for w in writers
    )
    return tuple(dict.fromkeys(g for g in found if g is not None and g.kind not in ("authenticated", "public")))


def _why(operation: str, writer: _Writer, rights: RightsReader) -> Provenance:
    place = rights.source.stated(writer.start, writer.end)
    if operation in writer.operations:
        return place
    reason = f"{writer.who.text} are named as writing {writer.what.text}: they alone may {operation} them"
    return rights.source.inferred(reason, writer.start, writer.end)
