"""One gold file against one plan: what was found, what was missed, what was added without being asked for.

Gold (YAML), every key but `prompt` and `entities` optional:

    prompt: text          thin: true when most must be inferred          style: of the text
    entities: [A, B|C]    `|` separates accepted names; User is always tolerated
    fields: {A.name: type}     type, or null to leave it open
    relations: ["A > B" (many to one), "A - B" (one to one), "A <> B" (many to many), "A.name > B"]
    enums: {A.field: [values]}     unique: [A.field, "A(b,c)"]     ranges: {A.field: [min, max]} (of a text: its length)
    stack: fastapi_postgres     features: [keys]     roles: [names]     transitions: {A.field: ["x>y"]}
    tolerate: [A, A.field, A.*, "A > B"]    neither a miss nor a false alarm; a relation may read "A > B or A <> B"

Counted: recall over everything in gold; precision over what the plan marks `stated` (all of it when thin).
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from benchmarks.understanding.names import key, plain, ref_parts, same

Element = Mapping[str, Any]

_FAMILIES = {
    "string": "string text str email url phone slug markdown uuid password color country currency ip file image",
    "integer": "integer int bigint duration percent",
    "decimal": "decimal money float number",
    "boolean": "boolean bool",
    "date": "date datetime timestamp",
    "list": "list array",
    "json": "json geo",
}
FAMILY = {name: family for family, names in _FAMILIES.items() for name in names.split()}
_RELATION = re.compile(r"[<>]| - ")
_KINDS = {">": {"many_to_one", "one_to_one"}, "-": {"one_to_one"}, "<>": {"many_to_many"}}
_CLOSE = 0.01


@dataclasses.dataclass
class Tally:
    """Hits, misses and false alarms of one kind of element."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, other: "Tally") -> None:
        """Add another file's figures."""
        self.hit += other.hit
        self.missed += other.missed
        self.wrong += other.wrong


@dataclasses.dataclass
class Score:
    """The figures of one file, or of many, and what was missed."""

    entity: Tally = dataclasses.field(default_factory=Tally)
    field: Tally = dataclasses.field(default_factory=Tally)
    relation: Tally = dataclasses.field(default_factory=Tally)
    type: Tally = dataclasses.field(default_factory=Tally)
    rest: Tally = dataclasses.field(default_factory=Tally)
    by_kind: dict[str, Tally] = dataclasses.field(default_factory=dict)
    missed: list[str] = dataclasses.field(default_factory=list)

    def note(self, kind: Tally, ok: object, label: str) -> None:
        """Count something that gold asks for; the first word of `label` says of what kind it is."""
        if kind is self.rest:
            own = self.by_kind.setdefault(label.split(maxsplit=1)[0], Tally())
            own.add(Tally(hit=bool(ok), missed=not ok))
        if ok:
            kind.hit += 1
        else:
            kind.missed += 1
            self.missed.append(label)


class Scorer:
    """Compares one plan with one gold file; `score` holds the result.

    `everything` counts what is inferred as a false alarm too, so that doubts can't hide there.
    """

    def __init__(self, gold: Mapping[str, Any], plan: Mapping[str, Any], *, everything: bool = False) -> None:
        self.gold, self.plan, self.everything = gold, plan, everything
        self.thin = bool(gold.get("thin"))
        self.entities: list[Element] = list(plan.get("entities") or ())
        self.tolerated: list[str] = list(gold.get("tolerate") or ())
        self.score = Score()
        self.match: dict[str, str] = {}
        self.taken: set[int] = set()

    def run(self) -> Score:
        """Compare everything, in the order in which later parts need earlier ones."""
        self._entities()
        self._fields()
        self._relations()
        self._values()
        self._uniqueness()
        self._whole()
        self._transitions()
        return self.score

    def _stated(self, element: Element) -> bool:
        return self.everything or bool(element.get("origin", "stated") == "stated")

    @cached_property
    def _counted(self) -> list[Element]:
        return [entity for entity in self.entities if self.thin or self._stated(entity)]

    def _entities(self) -> None:
        for want in self.gold["entities"]:
            named = [entity["name"] for entity in self.entities if same(want, entity["name"])]
            fresh = [name for name in named if name not in self.match.values()]
            found = next(iter(fresh + named), None)
            self.score.note(self.score.entity, found, f"entity {want}")
            if found:
                self.match[want] = found
        if not self.thin:
            known = self.match.values()
            strangers = [e for e in self._counted if e["name"] not in known and not self._is_loose(e["name"])]
            self.score.entity.wrong = len(strangers)

    def _is_loose(self, name: str) -> bool:
        return key(name) == "user" or any(same(t, name) for t in self.tolerated if not re.search(r"[.<>]| - ", t))

    def _find(self, reference: str) -> Element | None:
        for want, name in self.match.items():
            if set(reference.split("|")) & set(want.split("|")):
                return next(entity for entity in self.entities if entity["name"] == name)
        return next((entity for entity in self.entities if same(reference, entity["name"])), None)

    def _field(self, reference: str) -> tuple[Element | None, Element | None]:
        owners, names = ref_parts(reference)
        entities = [entity for owner in owners.split("|") if (entity := self._find(owner))]
        hits = [(e, f) for e in entities for f in e.get("fields") or () if same(names, f["name"], e["name"])]
        return hits[0] if hits else (entities[0] if entities else None, None)

    def _fields(self) -> None:
        used: set[tuple[str, str]] = set()
        for reference, want in (self.gold.get("fields") or {}).items():
            entity, found = self._field(reference)
            self.score.note(self.score.field, found, f"field {reference}")
            if entity is None or found is None:
                continue
            used.add((entity["name"], found["name"]))
            if want:
                ok = _family(found.get("type")) == _family(want)
                self.score.note(self.score.type, ok, f"type {reference}: {found.get('type')} is not {want}")
        if not self.thin:
            self.score.field.wrong = sum(
                (e["name"], f["name"]) not in used and self._stated(f) and not self._is_spare(e["name"], f["name"])
                for e in self._counted
                if e["name"] in self.match.values()
                for f in e.get("fields") or ()
            )

    def _is_spare(self, entity: str, name: str) -> bool:
        pairs = [ref_parts(t) for t in self.tolerated if "." in t and not _RELATION.search(t)]
        return any(
            (self._find(owner) or {}).get("name") == entity and (names == "*" or same(names, name, entity))
            for owner, names in pairs
        )

    @cached_property
    def _edges(self) -> list[tuple[str, Element]]:
        return [(e["name"], relation) for e in self.entities for relation in e.get("relations") or ()]

    def _relations(self) -> None:
        for text in self.gold.get("relations") or ():
            self.score.note(self.score.relation, self._take(text), f"relation {text}")
        for text in (t for t in self.tolerated if _RELATION.search(t)):
            while self._take(text):
                pass
        if not self.thin:
            free = [r for i, (_, r) in enumerate(self._edges) if i not in self.taken and self._stated(r)]
            self.score.relation.wrong = len(free)

    def _take(self, text: str) -> bool:
        """Whether an edge that is not taken yet says what one of the alternatives does; it is taken then."""
        found = next((i for alternative in text.split(" or ") if (i := self._edge(alternative)) is not None), None)
        if found is not None:
            self.taken.add(found)
        return found is not None

    def _edge(self, text: str) -> int | None:
        parts = re.match(r"(.+?)\s+(<>|>|-)\s+(.+)", text)
        if parts is None:
            raise ValueError(f"not a relation: {text}")
        left, operator, right = parts.groups()
        source, _, role = left.partition(".")
        a, b = self._find(source), self._find(right)
        if not a or not b:
            return None
        for i, (name, relation) in enumerate(self._edges):
            if i in self.taken or relation.get("kind") not in _KINDS[operator]:
                continue
            if role and not same(role, relation["name"]):
                continue
            forward = name == a["name"] and relation["target"] == b["name"]
            backward = operator != ">" and name == b["name"] and relation["target"] == a["name"]
            if forward or backward:
                return i
        return None

    def _values(self) -> None:
        for reference, values in (self.gold.get("enums") or {}).items():
            enum = self._field(reference)[1] or {}
            ok = {plain(v) for v in enum.get("values") or ()} >= {plain(v) for v in values}
            self.score.note(self.score.rest, ok, f"enum {reference} {values}")
        for reference, bounds in (self.gold.get("ranges") or {}).items():
            found = self._field(reference)[1]
            self.score.note(self.score.rest, found and _has_bounds(found, bounds), f"range {reference}")

    def _uniqueness(self) -> None:
        for reference in self.gold.get("unique") or ():
            if "(" in reference:
                owner, columns = reference[:-1].split("(")
                ok: object = self._is_unique_together(owner, columns.split(","))
            else:
                ok = (self._field(reference)[1] or {}).get("unique") or self._is_key_of_one(reference)
            self.score.note(self.score.rest, ok, f"unique {reference}")

    def _is_key_of_one(self, reference: str) -> bool:
        """Whether what gold calls unique is a key that no two rows share: a relation of one to one."""
        owners, names = ref_parts(reference)
        found = [entity for owner in owners.split("|") if (entity := self._find(owner))]
        keys = [relation for entity in found for relation in entity.get("relations") or ()]
        return any(key["kind"] == "one_to_one" and same(names, key["name"]) for key in keys)

    def _is_unique_together(self, owner: str, columns: list[str]) -> bool:
        sets = (self._find(owner) or {}).get("unique_together") or ()
        keys = [[key(column).removesuffix("_id") for column in one] for one in sets]
        return any(len(one) == len(columns) and all(any(same(c, x) for x in one) for c in columns) for one in keys)

    def _whole(self) -> None:
        keys = {feature["key"] for feature in self.plan.get("features") or ()}
        for want in self.gold.get("features") or ():
            self.score.note(self.score.rest, want in keys, f"feature {want}")
        if stack := self.gold.get("stack"):
            self.score.note(self.score.rest, self.plan.get("stack") == stack, f"stack {stack}")
        roles = [role["name"] for role in self.plan.get("roles") or ()]
        for want in self.gold.get("roles") or ():
            self.score.note(self.score.rest, any(same(want, role) for role in roles), f"role {want}")

    def _transitions(self) -> None:
        for reference, arrows in (self.gold.get("transitions") or {}).items():
            moves = _moves((self._field(reference)[0] or {}).get("state_machines") or ())
            for arrow in arrows:
                source, _, target = arrow.partition(">")
                ok = (plain(source), plain(target)) in moves
                self.score.note(self.score.rest, ok, f"transition {reference} {arrow}")


def _family(name: str | None) -> str | None:
    return FAMILY.get(name or "", name)


def _has_bounds(found: Element, bounds: Iterable[float | None]) -> bool:
    """Whether a field has the bounds that gold names; of a text, its length."""
    names = ("min_length", "max_length") if _family(found.get("type")) == "string" else ("min", "max")
    have = [found.get(name) for name in names]
    return all(
        want is None or (got is not None and abs(float(got) - float(want)) <= _CLOSE)
        for want, got in zip(bounds, have, strict=True)
    )


def _moves(machines: Iterable[Element]) -> set[tuple[str, str]]:
    return {
        (plain(source), plain(move["to"]))
        for machine in machines
        for move in machine.get("transitions") or ()
        for source in move.get("from") or ()
    }
