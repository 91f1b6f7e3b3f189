"""The topic of a request that names nothing else: `an API for umbrellas` keeps umbrellas."""

import re

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, stated
from codebegen.blueprint.passes.edit import changed
from codebegen.understanding.embedded.scene import Scene

_SOFTWARE = (
    "apis?|apps?|backend|back-end|application|system|service|server|software|database|db|tool|platform|something"
)
_ABOUT = "to manage|to track|to keep track of|to store|to keep|for managing|for tracking|for keeping|that manages|for"
_TOPIC = re.compile(
    rf"\b(?:{_SOFTWARE}) (?:{_ABOUT}) (?:(?:my|our|a|an|the|some|all|different|small|simple|of) )*"
    r"(?P<topic>[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}?)(?=[.,;!?\n]|$"
    r"| (?:and|with|in|on|at|of|from|that|where|which|who)\b)",
    re.IGNORECASE,
)
_NO_TOPIC = frozenset(
    "me us you it this that them something anything things stuff fun work free people business".split()
)


def name_topic(blueprint: Blueprint, _: Scene) -> Blueprint:
    """The blueprint with an entity for its topic, where a request has led to none."""
    found = _TOPIC.search(blueprint.prompt) if not blueprint.entities else None
    if found is None or found["topic"].lower().split()[-1] in _NO_TOPIC:
        return blueprint
    topic = naming.singular(naming.snake(found["topic"]))
    provenance = stated(found["topic"], found.start("topic"), found.end("topic"))
    return changed(blueprint, entities=(Entity(name=naming.pascal(topic), provenance=provenance),))
