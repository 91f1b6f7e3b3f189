"""Every element of a blueprint with its place, and the sentence of the description that it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint import Blueprint, Entity, Provenance
from codebegen.blueprint.node import Element

# A line, or a part of it that ends like a sentence and is not followed by a lower-case word ("e.g. with").
_SENTENCE = re.compile(r"""[^\n]+?(?:[.!?]+["')\]]*(?=\s+[^\sa-z]|\s*\Z)|(?=\n|\Z))""")


@dataclass(frozen=True, slots=True)
class Placed:
    """One element: `path` is its place in the blueprint (`entities.Post.fields.title`), `kind` what it is in a word."""

    path: str
    name: str
    kind: str
    element: Element
    entity: Entity | None = None

    @property
    def place(self) -> str:
        """As people write it: `Post.title`."""
        return self.name if self.entity is None or self.kind == "entity" else f"{self.entity.name}.{self.name}"

    @property
    def provenance(self) -> Provenance:
        """Where it comes from."""
        return self.element.provenance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the description and what came from it."""

    text: str
    start: int
    end: int
    elements: tuple[Placed, ...]


def elements(blueprint: Blueprint) -> Iterator[Placed]:
    """All of them, in reading order."""
    for feature in blueprint.features:
        yield Placed(f"features.{feature.key}", feature.key, "feature", feature)
    for role in blueprint.roles:
        yield Placed(f"roles.{role.name}", role.name, "role", role)
    for entity in blueprint.entities:
        yield Placed(f"entities.{entity.name}", entity.name, "entity", entity, entity)
        for group, name, kind, element in _parts(entity):
            yield Placed(f"entities.{entity.name}.{group}.{name}", name, kind, element, entity)


def _parts(entity: Entity) -> Iterator[tuple[str, str, str, Element]]:
    """(list in the entity, name there, kind, element)."""
    yield from (("fields", field.name, "field", field) for field in entity.fields)
    yield from (("relations", r.name, f"relation to {r.target}", r) for r in entity.relations)
    yield from (("unique_together", ", ".join(u.fields), "unique together", u) for u in entity.unique_together)
    for machine in entity.state_machines:
        yield "state_machines", machine.field, "state machine", machine
        yield from ((f"state_machines.{machine.field}", move.name, "transition", move) for move in machine.transitions)
    yield from (("histories", one.field, "history", one) for one in entity.histories)
    yield from (("permissions", p.operation, "permission", p) for p in entity.permissions)
    yield from (("rules", rule.name, "rule", rule) for rule in entity.rules)
    yield from (("computed", value.name, "computed value", value) for value in entity.computed)
    yield from (("tallies", tally.name, "tally", tally) for tally in entity.tallies)
    yield from (("notices", notice.name, "notice", notice) for notice in entity.notices)
    yield from (("actions", action.name, "action", action) for action in entity.actions)


def sentences(blueprint: Blueprint) -> tuple[Sentence, ...]:
    """The description, sentence by sentence and line by line, each with the elements whose words stand in it."""
    placed = [item for item in elements(blueprint) if item.provenance.start is not None]
    return tuple(
        Sentence(text, start, end, tuple(p for p in placed if start <= (p.provenance.start or 0) < end))
        for text, start, end in _split(blueprint.prompt)
    )


def _split(prompt: str) -> Iterator[tuple[str, int, int]]:
    for match in _SENTENCE.finditer(prompt):
        text = match[0].strip()
        if any(c.isalnum() for c in text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield text, start, start + len(text)
