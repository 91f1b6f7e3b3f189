"""Permissions from rights: who is let in, which rows that is about, who is kept out; in doubt nobody is let in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from codebegen.blueprint import Grant, Permission
from codebegen.blueprint.expressions import All, AnyOf, Expression
from codebegen.understanding.embedded.all_but import all_but
from codebegen.understanding.embedded.build_fields import safe_name
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.facts import Fact, Right
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_privacy import tells_when
from codebegen.understanding.embedded.rights import RightsReader
from codebegen.understanding.embedded.row_conditions import condition_of, outside

_READING = ("list", "read")
_ORDER = ("create", "list", "read", "update", "delete")
_OWNER, _ACCOUNTS, _PUBLIC = Grant(kind="owner"), Grant(kind="authenticated"), Grant(kind="public")


@dataclass(frozen=True)
class _Said:
    """A right, whom it lets in (None: nobody who is known), and the rows that it is about (None: all)."""

    fact: Right
    grant: Grant | None
    rows: Expression | None

    @property
    def closes(self) -> bool:
        """Whether it shuts others out, rather than narrowing what some see: `guests see only free rooms`."""
        return self.fact.only and not (self.fact.limits and self.rows is not None)


@dataclass
class _Told:
    """All that is said of one operation; `weak` is what managing a thing implies."""

    said: list[_Said] = field(default_factory=list)
    weak: list[_Said] = field(default_factory=list)
    barred: list[_Said] = field(default_factory=list)

    def add(self, said: _Said, operation: str, text: str) -> None:
        """One more; what may not be done at times only is no matter of who."""
        fact = said.fact
        if fact.negated:
            if said.rows is None and not tells_when(text, fact.start):
                self.barred.append(said)
        elif said.grant is not None or fact.only:
            manages = len(fact.operations) > 2 and operation in _READING and not fact.only
            (self.weak if manages else self.said).append(said)


def permissions(facts: Sequence[Fact], rights: RightsReader) -> dict[str, tuple[Permission, ...]]:
    """Stated permissions by entity key."""
    told: dict[tuple[str, str], _Told] = defaultdict(_Told)
    for fact in facts:
        entity = rights.entity_of(fact) if isinstance(fact, Right) else None
        if isinstance(fact, Right) and fact.what is not None and entity is not None and entity.kind != "user":
            rows = condition_of(entity, fact.what, fact.states)
            _tell_of_field(fact, fact.what, entity, rights)
            for operation in fact.operations:
                if operation in _ORDER:
                    asked = replace(fact, own=False) if fact.negated else fact
                    # What is about to be made is no row yet that a condition could be about.
                    about = rows if operation != "create" else None
                    said = _Said(fact, rights.grant(asked, entity, operation), about)
                    told[entity.key, operation].add(said, operation, rights.source.text)
    out: dict[str, list[Permission]] = defaultdict(list)
    for (key, operation), found in told.items():
        entity = rights.draft.entities[key]
        allow = _allowed(found, operation, entity, rights)
        left_out = [who for said in (*found.said, *found.weak) for who in said.fact.but]
        if left_out:
            allow = all_but(allow, left_out, entity, rights, operation)
        if allow is not None:
            first = [*found.said, *found.barred, *found.weak][0].fact
            place = rights.source.stated(first.start, first.end)
            out[key].append(Permission(operation=operation, allow=tuple(allow), provenance=place))
    return {key: tuple(sorted(found, key=lambda p: _ORDER.index(p.operation))) for key, found in out.items()}


def _tell_of_field(fact: Right, what: Phrase, entity: DraftEntity, rights: RightsReader) -> None:
    """`Only HR may see the salary`: said of one field, kept for the row that has it."""
    name = safe_name(what.key)
    if rights.names.find(what) is None and name in entity.fields and fact.operations:
        rights.source.conflict(
            f"A right to `{name}` is told ({fact.who.text}), and rights hold for whole rows, not for one field.",
            f"it holds for the whole of each {entity.key.replace('_', ' ')}",
        )


def _allowed(told: _Told, operation: str, entity: DraftEntity, rights: RightsReader) -> list[Grant] | None:
    """Who may; None where nothing is said that changes what holds anyway."""
    said = [*told.said, *(told.weak if told.said else ())]
    if operation == "create":
        said = [replace(s, rows=None) for s in said]  # there is no row yet that a condition could be about
    closing = [s for s in said if s.rows is not None and s.closes]
    general = [s for s in said if s not in closing]
    grants = _general(general, operation, entity, rights) if general else None
    if closing:
        grants = _closed(closing, grants, operation, entity)
    if told.barred:
        grants = _without(told.barred, grants, operation, entity, rights)
    return grants


def _general(said: Sequence[_Said], operation: str, entity: DraftEntity, rights: RightsReader) -> list[Grant]:
    only = any(s.closes for s in said)
    kept = [s for s in said if s.closes or not only or (rights.tenancy is None and not _is_open(s.grant))]
    grants = _shared(list(dict.fromkeys(_narrowed(s.grant, s.rows) for s in kept if s.grant is not None)))
    if not grants:
        who = next(s.fact.who.text for s in said)
        rights.source.conflict(
            f"Only {who} may {operation} {entity.key.replace('_', ' ')}, and nothing says who of the accounts that is.",
            "its owner" if entity.owner else "administrators",
        )
    # What some see of it says nothing of whoever it belongs to.
    limited = any(s.rows is not None for s in kept) or all(s.fact.limits for s in kept)
    owned = entity.owner is not None and _OWNER not in grants
    if owned and ((limited and operation in _READING) or (not only and operation in ("update", "delete"))):
        grants.append(_OWNER)
    if owned and not grants and operation != "create":
        grants.append(_OWNER)
    return [_PUBLIC] if _PUBLIC in grants and not only else grants


def _is_open(grant: Grant | None) -> bool:
    return grant is None or grant.kind in ("public", "authenticated")


def _closed(
    closing: Sequence[_Said], grants: list[Grant] | None, operation: str, entity: DraftEntity
) -> list[Grant] | None:
    """`Drafts are visible only to their seller`: for the rest of the rows holds what held before."""
    if grants is None:
        grants = [_ACCOUNTS] if operation in _READING else [_OWNER] if entity.owner else []
    conditions = tuple(dict.fromkeys(s.rows for s in closing if s.rows is not None))
    rest = outside(conditions[0]) if len(conditions) == 1 else outside(AnyOf(of=conditions))
    let_in = [s.grant for s in closing if s.grant is not None]
    return list(dict.fromkeys([*(g if g.kind == "owner" else _narrowed(g, rest) for g in grants), *let_in]))


def _without(
    barred: Sequence[_Said], grants: list[Grant] | None, operation: str, entity: DraftEntity, rights: RightsReader
) -> list[Grant] | None:
    """`Reports are not visible to guests`, `tenants can't delete defects`, `nobody may edit a vote`."""
    for said in barred:
        grant = said.grant
        if operation in _READING and said.fact.who.words[-1].low in words.ANYONE:
            grants = [g for g in grants or [_ACCOUNTS] if g.kind != "public"] or [_ACCOUNTS]
        elif grant is not None and grant.kind == "role":
            grants = _without_role(grant.role or "", grants, operation, entity, rights)
        elif grant is not None and not rights.tenancy:
            grants = [g for g in grants or () if g.kind == "role"]
    return grants


def _without_role(
    role: str, grants: list[Grant] | None, operation: str, entity: DraftEntity, rights: RightsReader
) -> list[Grant] | None:
    whose = (entity.owner or "").split(".")[0]
    theirs = whose == role or whose not in rights.roles  # whoever makes a row may be one of them
    if grants is None and operation not in _READING:
        return [] if whose and theirs else None
    left = [g for g in grants or () if g.role != role and not _is_open(g) and not (theirs and g.kind == "owner")]
    if left or operation not in _READING:
        return left
    others = [Grant(kind="role", role=name) for name in rights.roles if name not in (role, "admin")]
    return [*others, *([_OWNER] if entity.owner and not theirs else [])]


def _narrowed(grant: Grant, rows: Expression | None) -> Grant:
    if rows is None or grant.kind == "owner":
        return grant
    when = rows if grant.when is None else All(of=(grant.when, rows))
    return grant.model_copy(update={"when": when})


def _shared(grants: list[Grant]) -> list[Grant]:
    """Members of any role stand for those of some."""
    members = [grant for grant in grants if grant.kind == "member" and grant.when is None]
    if not members:
        return grants
    named = dict.fromkeys(role for grant in members for role in grant.roles)
    roles = tuple(named) if all(grant.roles for grant in members) else ()
    return [Grant(kind="member", roles=roles), *(grant for grant in grants if grant not in members)]


def with_movers(
    told: dict[str, tuple[Permission, ...]], moving: dict[str, tuple[Permission, ...]]
) -> dict[str, tuple[Permission, ...]]:
    """Whoever may change or move a row may see it, where seeing it is for some only: else they never find it."""
    return {key: (*_seen_by_writers(told.get(key, ()), moved), *moved) for key, moved in _each(told, moving)}


def _each(
    told: dict[str, tuple[Permission, ...]], moving: dict[str, tuple[Permission, ...]]
) -> Iterable[tuple[str, tuple[Permission, ...]]]:
    return ((key, moving.get(key, ())) for key in dict.fromkeys((*told, *moving)))


def _seen_by_writers(told: Sequence[Permission], moved: Sequence[Permission]) -> tuple[Permission, ...]:
    writing = [p for p in (*told, *moved) if p.operation not in ("create", *_READING)]
    known = [grant for right in writing for grant in right.allow if not _is_open(grant)]
    return tuple(
        right.model_copy(update={"allow": tuple(dict.fromkeys((*right.allow, *known)))})
        if right.operation in _READING and right.allow and not any(_is_open(grant) for grant in right.allow)
        else right
        for right in told
    )
