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
    """One element: `place` as people write it (`Post.title`), `kind` in a word, `entity` it belongs to, if any."""

    place: str
    kind: str
    element: Element
    entity: Entity | None = None

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
        yield Placed(feature.key, "feature", feature)
    for role in blueprint.roles:
        yield Placed(role.name, "role", role)
    for entity in blueprint.entities:
        yield Placed(entity.name, "entity", entity, entity)
        yield from _parts(entity)


def _parts(entity: Entity) -> Iterator[Placed]:
    name = entity.name
    for field in entity.fields:
        yield Placed(f"{name}.{field.name}", "field", field, entity)
    for relation in entity.relations:
        yield Placed(f"{name}.{relation.name}", f"relation to {relation.target}", relation, entity)
    for unique in entity.unique_together:
        yield Placed(f"{name}({', '.join(unique.fields)})", "unique together", unique, entity)
    for machine in entity.state_machines:
        yield Placed(f"{name}.{machine.field}", "state machine", machine, entity)
        for transition in machine.transitions:
            yield Placed(f"{name}.{transition.name}", "transition", transition, entity)
    for permission in entity.permissions:
        yield Placed(f"{name}:{permission.operation}", "permission", permission, entity)
    for rule in entity.rules:
        yield Placed(f"{name}.{rule.name}", "rule", rule, entity)
    for computed in entity.computed:
        yield Placed(f"{name}.{computed.name}", "computed value", computed, entity)
    for action in entity.actions:
        yield Placed(f"{name}.{action.name}", "action", action, entity)


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
