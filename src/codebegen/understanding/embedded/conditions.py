"""Conditions on who acts become `requires` rules: the row that has to be there, and what it shares with the new one."""

from codebegen import naming
from codebegen.blueprint import Provenance
from codebegen.blueprint.rules import RequiresRule
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.facts import Limit
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.links import source_user
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_conditions import PAST_ACTS

_DEPTH = 2


def required_row(fact: Limit, bench: Bench, place: Provenance, message: str) -> tuple[str, RequiresRule] | None:
    """The entity that the rule is for, and the rule; nothing where one of its parts is not told."""
    names, draft, source = bench
    about, who, made = (fact.data.get(part) for part in ("about", "who", "made"))
    if not (isinstance(about, Phrase) and isinstance(who, Phrase) and isinstance(made, Phrase)):
        return None
    thing = draft.entities.get(names.find(about) or "")
    noun = verbs.ASSOCIATION.get(str(fact.data["verb"]), "")
    new = draft.entities.get(names.by_key(noun) or "") or draft.entities.get(names.find(made) or "")
    if thing is None or new is None or new is thing:
        return None
    person = names.find(who) or USER
    past = _past(str(fact.data["past"]), thing, person, bench)
    if past is None or past is new:
        key = verbs.ASSOCIATION.get(str(fact.data["past"]), "purchase")
        if key in draft.entities:
            return None
        past = source.entity(key, fact.start, fact.end, reason="it has to be known")
        past.kind = "association"
        draft.entities[past.key] = past
        if person == USER:
            source_user(draft, source)
        for target in (thing.key, person):
            source.relate(past, target, fact.start, fact.end, reason="it has to be known")
    theirs, ours = _path(past, thing.key, bench), _path(new, thing.key, bench)
    account = _path(past, person, bench)
    if theirs is None or ours is None or account is None:
        return None
    caller = f"{account}.user" if draft.entities[person].kind == "profile" else account
    rule = RequiresRule(
        name=f"requires_{past.key}",
        message=message,
        entity=naming.pascal(past.key),
        match=((theirs, ours), (caller, "caller")),
        provenance=place,
    )
    return new.key, rule


def _past(verb: str, thing: DraftEntity, person: str, bench: Bench) -> DraftEntity | None:
    """The rows that an act leaves: those that lead to the thing and to the person."""
    for noun in PAST_ACTS[verb]:
        entity = bench.draft.entities.get(bench.names.by_key(noun) or "")
        if entity is not None and _path(entity, thing.key, bench) and _path(entity, person, bench):
            return entity
    return None


def _path(entity: DraftEntity, target: str, bench: Bench) -> str | None:
    """The shortest way over keys."""
    front: list[tuple[DraftEntity, tuple[str, ...]]] = [(entity, ())]
    for _ in range(_DEPTH):
        following: list[tuple[DraftEntity, tuple[str, ...]]] = []
        for at, path in front:
            keys = [r for r in at.relations if r.kind != "many_to_many" and r.target in bench.draft.entities]
            found = next((r for r in keys if r.target == target), None)
            if found is not None:
                return ".".join((*path, found.name))
            following.extend((bench.draft.entities[r.target], (*path, r.name)) for r in keys)
        front = following
    return None
