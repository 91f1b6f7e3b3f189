"""Compound acts: an endpoint that the text names and that is no plain operation (`POST /checkout turns the cart into an order`)."""  # noqa: E501

import re

from codebegen import naming
from codebegen.blueprint import Blueprint, stated
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.outline_parts import Outline, Passage
from codebegen.understanding.embedded.regions import read_region


def keep_acts(text: str, told: Outline, blueprint: Blueprint, names: Names) -> Blueprint:
    """The blueprint with a compound action for every such endpoint, on the first entity that its sentence names."""
    found: dict[str, list[CompoundAction]] = {}
    plurals = {naming.kebab(naming.plural(naming.snake(e.name))) for e in blueprint.entities}
    for part in told.parts:
        if not isinstance(part, Passage):
            continue
        for index, token in enumerate(part.tokens):
            match = re.fullmatch(r"POST\s+(/[\w/-]+)", token.text, re.IGNORECASE) if token.kind == "path" else None
            if match is None or match[1].strip("/") in plurals:
                continue
            objects, preps = read_region(part.tokens[index + 1 :])
            keys = [names.find(p) for p in (*objects, *(q for _, q in preps))]
            key = next((k for k in keys if k is not None and k != USER), None)
            name = naming.snake(match[1].rsplit("/", 1)[-1])
            if key is None or not name or not name[0].isalpha():
                continue
            start, end = token.start, part.tokens[-1].end
            words = " ".join(text[token.end : end].split())
            action = CompoundAction(
                name=name, path=match[1], text=words, provenance=stated(text[start:end], start, end)
            )
            found.setdefault(key, []).append(action)
    entities = tuple(
        e.model_copy(update={"actions": (*e.actions, *found.get(naming.snake(e.name), ()))}) for e in blueprint.entities
    )
    return blueprint.model_copy(update={"entities": entities})
