"""Values that are unique in what a row belongs to by way of another: `unique per company`, of invoices of projects.

No combination of columns holds that, and to be unique everywhere would refuse what is right. It is kept in words.
"""

from codebegen import naming
from codebegen.blueprint.rules import CustomRule
from codebegen.understanding.embedded.draft import Draft, DraftEntity


def is_beyond(draft: Draft, entity: DraftEntity, target: str) -> bool:
    """Whether rows lead to a target only by way of other rows."""
    return not entity.to(target) and any(_leads(draft, key, target) for key in _ends(entity))


def lost_scopes(draft: Draft) -> dict[str, tuple[CustomRule, ...]]:
    """A rule in words for each such scope, by the key of its entity."""
    found: dict[str, tuple[CustomRule, ...]] = {}
    for entity in draft.entities.values():
        for names, place in entity.unique:
            own = [name for name in names if name in entity.fields or entity.relation(name) is not None]
            beyond = [name for name in names if name not in own]
            if own and beyond and all(name in draft.entities and is_beyond(draft, entity, name) for name in beyond):
                said = [" and ".join(" ".join(naming.words(name)) for name in part) for part in (own, beyond)]
                text = f"{said[0].capitalize()} is unique in its {said[1]}"
                rule = CustomRule(name="_".join(("unique", *own, "per", *beyond)), text=text, provenance=place)
                found[entity.key] = (*found.get(entity.key, ()), rule)
    return found


def _leads(draft: Draft, key: str, target: str) -> bool:
    waiting, seen = [key], {key}
    while waiting:
        here = waiting.pop()
        if here == target:
            return True
        further = _ends(draft.entities[here]) - seen if here in draft.entities else set()
        seen |= further
        waiting += sorted(further)
    return False


def _ends(entity: DraftEntity) -> set[str]:
    return {relation.target for relation in entity.relations if relation.kind != "many_to_many"}
