"""Rows that a row points to, those that point to it, and what these point to: of what an effect of a move can speak."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Relation
from codebegen.blueprint.steps import AdjustStep, ForEachStep, MoveStep, SetStep, Step


@dataclass(frozen=True, slots=True)
class Reach:
    """Rows of `entity`: behind `key` of the row that moves; or each of its `lines`, or what is behind their `key`."""

    entity: Entity
    key: Relation | None
    lines: Entity | None = None
    back: Relation | None = None

    @property
    def holder(self) -> Entity | None:
        """The rows that say how many are meant; None where it is the row that moves."""
        return self.lines

    def step(self, one: AdjustStep | SetStep | MoveStep) -> Step:
        """A step for these rows, as a step of the move."""
        if self.lines is None or self.back is None:
            return one
        return ForEachStep(entity=self.lines.name, relation=self.back.name, steps=(one,))

    @property
    def relation(self) -> str | None:
        """The key that a step names."""
        return self.key.name if self.key is not None else None


def reaches(blueprint: Blueprint, entity: Entity) -> Iterator[Reach]:
    """Everything that can be reached from a row of an entity, the nearest first."""
    entities = blueprint.entities_by_name
    for key in _keys(entity):
        if key.target in entities:
            yield Reach(entities[key.target], key)
    lines = [(one, key) for one in blueprint.entities for key in _keys(one) if key.target == entity.name]
    lines = [(one, key) for one, key in lines if one.name != entity.name]
    for line, back in lines:
        yield Reach(line, None, line, back)
    for line, back in lines:
        for key in _keys(line):
            if key.name != back.name and key.required and key.target in entities:
                yield Reach(entities[key.target], key, line, back)


def _keys(entity: Entity) -> list[Relation]:
    return [relation for relation in entity.relations if relation.kind != "many_to_many"]


def is_called(entity: Entity, words: str) -> bool:
    """Whether words are a name of an entity: all of it, or its last word, one or many."""
    one = " ".join(naming.words(entity.name))
    *first, last = words.split()
    said = {words, " ".join((*first, naming.singular(last)))}
    return bool(said & {one, one.rsplit(" ", 1)[-1]})


def speaks_of(words: str, name: str) -> int:
    """How many words of a name stand in a text; 0 where its last word (or a stock) does not."""
    parts = naming.words(name)
    pattern = r"\W+".join(re.escape(part) for part in parts)
    if re.search(rf"\b{pattern}s?\b", words):
        return len(parts) + 1
    key = "stock" if "stock" in parts else parts[-1]
    return 1 if re.search(rf"\b{re.escape(key)}s?\b", words) else 0
