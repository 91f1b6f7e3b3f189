"""Who is left of those who may, without the people that the text leaves out."""

from collections.abc import Sequence

from codebegen.blueprint import Grant
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.rights import RightsReader


def all_but(
    grants: Sequence[Grant] | None, left_out: Sequence[Phrase], entity: DraftEntity, rights: RightsReader, asked: str
) -> list[Grant]:
    """The grants without those who are left out; `None` and an open grant stand for each account.

    A role can be let in and not kept out, so that everybody but some are all other roles that the text names.
    """
    out = [who for who in left_out if who.words[-1].low not in words.ANYONE or rights.names.exact(who) is not None]
    names = {safe for who in out for safe in _roles_of(who, rights)}
    open_to_all = grants is None or any(grant.kind in ("public", "authenticated") for grant in grants)
    if open_to_all and not out:
        return [*(g for g in grants or () if g.kind not in ("public", "authenticated")), Grant(kind="authenticated")]
    kept = [left for grant in grants or () if (left := _without(grant, names, rights)) is not None]
    if not open_to_all:
        return kept
    others = _others(names, rights)
    rights.source.conflict(
        f"Everybody but {' and '.join(who.text for who in out)} may {asked.removeprefix('transition:')} "
        f"{entity.key.replace('_', ' ')}, and people without a role may be one of them.",
        "the other roles",
    )
    return list(dict.fromkeys([*kept, *others, *_owner(entity, names, rights)]))


def _roles_of(who: Phrase, rights: RightsReader) -> tuple[str, ...]:
    inside = rights.tenancy.role_of(who) if rights.tenancy is not None else None
    return inside or ("admin" if who.head == "administrator" else who.key,)


def _without(grant: Grant, names: set[str], rights: RightsReader) -> Grant | None:
    if grant.kind in ("public", "authenticated") or (grant.kind == "role" and grant.role in names):
        return None
    if grant.kind != "member":
        return grant
    known = grant.roles or (tuple(rights.tenancy.roles) if rights.tenancy is not None else ())
    left = tuple(role for role in known if role not in names)
    return grant.model_copy(update={"roles": left}) if left else None


def _others(names: set[str], rights: RightsReader) -> list[Grant]:
    if rights.tenancy is not None:
        left = tuple(role for role in rights.tenancy.roles if role not in names)
        return [Grant(kind="member", roles=left)] if left else []
    return [Grant(kind="role", role=name) for name in rights.roles if name not in names and name != "admin"]


def _owner(entity: DraftEntity, names: set[str], rights: RightsReader) -> list[Grant]:
    """The owner, where that can't be one of those who are left out."""
    whose = (entity.owner or "").split(".")[0]
    return [Grant(kind="owner")] if whose in rights.roles and whose not in names else []
