"""Notices: who is told of what, found in the blueprint that the rest of the description became."""

import re
from collections.abc import Iterator, Mapping

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Residue, complete, stated
from codebegen.blueprint.lookup import user_paths
from codebegen.blueprint.notices import SELF, Notice
from codebegen.understanding.embedded.notice_clauses import (
    CREATED,
    DELETED,
    UPDATED,
    NoticeClause,
    lemma,
    notice_clauses,
)

_ASSIGNED = frozenset("assign reassign".split())
_JOINS = re.compile(
    r"\b(?:register|sign(?:s|ed)? ?up|creates? (?:an|their) account|joins?)|new (?:users?|accounts?|sign-?ups?)\b"
)
_SOMEBODY = re.compile(r"\b(?:somebody|someone|anybody|anyone|another|other|people)\b")
_THE_OWNER = frozenset(
    "owner user creator person customer client they them him her me us people everyone poster".split()
)
_ADMIN = frozenset("admin administrator".split())
_VERB = re.compile(r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\btheir )(?<!\bhis )(?<!\bher )\b[a-z]+")
"""A word that can be one: `a request is approved` tells of no requesting."""
_STARTS = re.compile(r"^(?:(?:the|an?|all|every|each|its|their|his|her|both|our|any|relevant) )+")
Event = Mapping[str, object]


def with_notices(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with a notice for every clause that asks for one; what finds nobody is left over."""
    clauses = tuple(notice_clauses(text)) if blueprint.entities else ()
    if not clauses:
        return blueprint
    whole = complete(blueprint)
    found: dict[str, dict[str, Notice]] = {}
    residue: list[Residue] = []
    for clause in clauses:
        made = list(_made(text, whole, clause))
        for entity, notice in made:
            if not any(notice.name in named for named in found.values()):
                found.setdefault(entity, {})[notice.name] = notice
        residue += [] if made else [_left(text, clause)]
    report = blueprint.report.model_copy(update={"residue": (*blueprint.report.residue, *residue)})
    return _with(blueprint, found, whole).model_copy(update={"report": report})


def _with(blueprint: Blueprint, found: dict[str, dict[str, Notice]], whole: Blueprint) -> Blueprint:
    entities = blueprint.entities
    if "User" in found and "User" not in blueprint.entities_by_name:
        place = whole.entities_by_name["User"].provenance
        entities = (*entities, Entity(name="User", kind="user", provenance=place))
    told = (e.model_copy(update={"notices": tuple(found[e.name].values())}) if e.name in found else e for e in entities)
    return blueprint.model_copy(update={"entities": tuple(told)})


def _made(text: str, blueprint: Blueprint, clause: NoticeClause) -> Iterator[tuple[str, Notice]]:
    events = _events(blueprint, clause.event) if clause.hours is None else _times(blueprint, clause)
    for entity, event in events:
        for recipient in _recipients(blueprint, entity, event, clause):
            yield entity.name, _notice(text, clause, entity, event, recipient)


def _left(text: str, clause: NoticeClause) -> Residue:
    return Residue(
        text=text[clause.start : clause.end][:300],
        start=clause.start,
        end=clause.end,
        reason="nothing was found that can happen so, or nobody who could be told",
        suggestion="say it as `The <person> is notified by e-mail when the <thing> is <state>`",
    )


def _notice(text: str, clause: NoticeClause, entity: Entity, event: Event, recipient: Event) -> Notice:
    what = event.get("value") if isinstance(event.get("value"), str) else event.get("field", event["event"])
    whom = recipient.get("role") or str(recipient["to"]).removesuffix(".user").rpartition(".")[2]
    name = naming.snake(f"{entity.name} {what} to {whom}")[:63]
    place = stated(text[clause.start : clause.end], clause.start, clause.end)
    return Notice.model_validate({"name": name, "email": clause.email, "provenance": place, **event, **recipient})


def _events(blueprint: Blueprint, words: str) -> list[tuple[Entity, Event]]:
    """What is waited for: a value of something that is spoken of, else what can happen to anything."""
    user = blueprint.entities_by_name.get("User")
    if user is not None and _JOINS.search(words):
        return [(user, {"event": "created"})]
    lemmas = [lemma(match[0]) for match in _VERB.finditer(words)]
    spoken = [entity for entity in mentioned(blueprint, words) if entity.kind != "user"]
    own = [(entity, list(_own_events(entity, words, lemmas))) for entity in (spoken or blueprint.entities)]
    able = [(entity, events) for entity, events in own if events]
    if able and (spoken or len(able) == 1):  # "when they are rejected": whatever can be
        return [(able[0][0], event) for event in able[0][1]]
    things = [entity for entity in spoken if entity.kind != "profile"] or spoken
    return [(things[0], event) for event in _usual_events(things[0], words, lemmas)] if things else []


def _times(blueprint: Blueprint, clause: NoticeClause) -> list[tuple[Entity, Event]]:
    """The date or moment that is spoken of (`the due date`, `it is due`), or that a thing which is spoken of has."""
    moments = [(e, f) for e in blueprint.entities for f in e.fields if f.type in ("date", "datetime")]
    spoken = mentioned(blueprint, clause.event)
    said = set(re.findall(r"[a-z]+", clause.event))
    named = [(e, f) for e, f in moments if said & (set(naming.words(f.name)) - {"date", "at", "on", "time"})]
    here = [(e, f) for e, f in named if e in spoken] or named or [(e, f) for e, f in moments if e in spoken]
    return [(e, {"event": "due", "field": f.name, "hours": clause.hours}) for e, f in here[:1]]


def _own_events(entity: Entity, words: str, lemmas: list[str]) -> Iterator[Event]:
    """Values that the fields of an entity get: the state that a move leads to, a choice, a yes; a key."""
    for machine in entity.state_machines:
        states = dict.fromkeys(
            m.to for m in machine.transitions if lemma(m.name) in lemmas or _says(words, lemmas, m.to)
        )
        changes = re.search(r"\b(?:status|state|stage)\b.*\bchang|\bchang\w* .*\b(?:status|state|stage)\b", words)
        every = dict.fromkeys(move.to for move in machine.transitions) if changes and not states else {}
        yield from ({"event": "becomes", "field": machine.field, "value": state} for state in (states or every))
    moved = {machine.field for machine in entity.state_machines}
    for field in entity.fields:
        if field.type == "enum" and field.name not in moved:
            for value in field.values:
                if _says(words, lemmas, value):
                    yield {"event": "becomes", "field": field.name, "value": value}
        elif field.type == "boolean" and _says(words, lemmas, re.sub(r"^(?:is|has)_", "", field.name)):
            yield {"event": "becomes", "field": field.name, "value": True}
    if _ASSIGNED & set(lemmas):
        keys = [r.name for r in entity.relations if r.name in ("assignee", "assigned_to", "assigned_user")]
        yield from ({"event": "assigned", "field": key} for key in keys[:1])


def _usual_events(entity: Entity, words: str, lemmas: list[str]) -> Iterator[Event]:
    known = (("created", CREATED), ("updated", UPDATED), ("deleted", DELETED))
    found = [{"event": event} for event, verbs in known if verbs & set(lemmas)]
    # "somebody comments on their post": the thing is in the verb.
    if not found and lemma(naming.snake(entity.name)) in lemmas and _SOMEBODY.search(words):
        found = [{"event": "created"}]
    yield from found


def _says(words: str, lemmas: list[str], value: str) -> bool:
    """Whether a value is spoken of: `in progress`, `shipped`."""
    parts = naming.words(value)
    return bool(re.search(rf"\b{re.escape(' '.join(parts))}\b", words)) or (
        len(parts) == 1 and lemma(parts[0]) in lemmas
    )


def mentioned(blueprint: Blueprint, words: str) -> list[Entity]:
    """Entities in the order in which words speak of them."""
    places: list[tuple[int, int, Entity]] = []
    for entity in blueprint.entities:
        one = " ".join(naming.words(entity.name))
        forms = {one, naming.plural(one), " ".join(naming.words(entity.plural)), one.rsplit(" ", 1)[-1]}
        found = [match for form in forms if (match := re.search(rf"\b{re.escape(form)}\b", words))]
        if found:
            first = min(found, key=lambda match: (match.start(), match.start() - match.end()))
            places.append((first.start(), first.start() - first.end(), entity))
    return [entity for _, _, entity in sorted(places, key=lambda place: place[:2])]


def _recipients(blueprint: Blueprint, entity: Entity, event: Event, clause: NoticeClause) -> Iterator[Event]:
    """Roles, and paths to accounts; without words the owner is meant, else the administrator."""
    parts = [_STARTS.sub("", part.strip()) for part in re.split(r",| and | or ", clause.who) if part.strip()]
    strangers = bool(_SOMEBODY.search(clause.event)) and event["event"] == "created"
    roles = blueprint.role_names[1:]
    for part in parts:
        who = " ".join((*part.split()[:-1], naming.singular(part.split()[-1])))
        role = "admin" if who in _ADMIN else naming.snake(who)
        path = _path(blueprint, entity, who, strangers=strangers)
        if path:
            yield {"to": path}
        elif role in roles:
            yield {"role": role}
        elif who in _THE_OWNER and (owner := _owner(blueprint, entity, strangers=strangers)):
            yield {"to": owner}
    if not parts:
        path = _owner(blueprint, entity, strangers=strangers)
        yield {"to": path} if path else {"role": "admin"}


def _path(blueprint: Blueprint, entity: Entity, who: str, *, strangers: bool) -> str | None:
    """The way from a row to whoever is named; where strangers make it, not to them."""
    wanted = set(who.replace("'s", "").replace(" of the ", " ").replace(" of ", " ").split())
    paths = _paths(blueprint, entity, strangers=strangers)
    named = [path for path in paths if wanted & _names_on(blueprint, entity, path)]
    return max(named, key=lambda path: len(wanted & _names_on(blueprint, entity, path)), default=None)


def _owner(blueprint: Blueprint, entity: Entity, *, strangers: bool) -> str | None:
    """The way from a row to whoever it is of; for an account, itself."""
    if entity.kind == "user":
        return SELF
    paths = _paths(blueprint, entity, strangers=strangers)
    return entity.owner if entity.owner in paths else next(iter(paths), None)


def _paths(blueprint: Blueprint, entity: Entity, *, strangers: bool) -> list[str]:
    return [path for path in user_paths(blueprint, entity) if not (strangers and path == entity.owner)]


def _names_on(blueprint: Blueprint, entity: Entity, path: str) -> set[str]:
    """What whoever a path leads to is called: its relations, and what they point to."""
    names: set[str] = set()
    for step in path.split("."):
        relation = entity.relations_by_name[step]
        entity = blueprint.entities_by_name[relation.target]
        names |= {relation.name, *naming.words(entity.name)} - {"user"}
    return names
