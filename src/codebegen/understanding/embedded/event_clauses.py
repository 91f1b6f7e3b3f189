"""What a feature is told of: `webhooks are sent when an order is shipped`, `live updates on every change`.

Features that send events send all that there are, so that such a clause adds nothing to the blueprint. It is accounted
for where each of its events is one: made, changed, deleted, or moved to a state that the thing has.
"""

import re
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint import Blueprint
from codebegen.blueprint.model import FeatureKey
from codebegen.features import catalogue
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.notice_clauses import CREATED, UPDATED

SENDERS: tuple[FeatureKey, ...] = ("webhooks", "websockets")
_ANYTHING = CREATED | UPDATED | {"delete", "remove"}
"""What happens to rows of every kind."""
_SEND = (
    r"(?:support|provide|offer|send|fire|emit|trigger|post|push|deliver|publish|dispatch|get|receive|stream|broadcast)"
)
_SENT = r"(?:sent|fired|emitted|triggered|posted|pushed|delivered|published|dispatched|called|streamed|broadcast)"
_WHEN = r"(?:when(?:ever)?|once|as soon as|if|every time|each time|after|as)"
_ANY = r"(?:(?:an?|the|any|each|every|all|new) )*"
_BE = r"(?:is|are|gets?|was|were|has been|have been) (?:newly |just )?"
_HAPPENS = rf"{_ANY}(?P<thing>[a-z][a-z -]*?) {_BE}(?P<verbs>[a-z]+(?:(?:, (?:or |and )?| or | and )[a-z]+)*)"
_ALL = rf"(?:on|for|of|about) {_ANY}(?:(?P<named>[a-z][a-z -]*?) )?(?:changes?|events?|updates?)"
_WORD = re.compile(r"[\w'-]+")
_TO = r"(?P<to> (?:to|for|at|by) (?:(?!when|on |for )[a-z'-]+ ?){1,5}?|)"


def event_spans(text: str, blueprint: Blueprint) -> Iterator[tuple[int, int]]:
    """The words of clauses that say what events are sent of, where all of these are events; not to whom."""
    phrases = [phrase for key in SENDERS if blueprint.has(key) for phrase in catalogue()[key].phrases]
    if not phrases:
        return
    name = rf"(?:(?:\b{_SEND}(?:e?s|ing)? )(?:out )?)?{_ANY}(?:{'|'.join(phrases)})"
    said = rf"(?: (?:(?:should|must|will|can) )?(?:are|is|be|gets?) (?:also )?{_SENT}(?: out)?)?{_TO}"
    clause = re.compile(rf"\b{name}{said},? (?:{_WHEN} {_HAPPENS}|{_ALL})(?=\s*(?:[.;!?\n]|$))")
    for match in clause.finditer(text.lower()):
        if _is_known(match["thing"], match["verbs"], match["named"], blueprint):
            for first, last in ((match.start(), match.start("to")), (match.end("to"), match.end())):
                yield from (word.span() for word in _WORD.finditer(text, first, last))


def _is_known(thing: str | None, verbs: str | None, named: str | None, blueprint: Blueprint) -> bool:
    """Whether a thing has rows, and what happens to it is what happens to rows."""
    about = naming.snake(naming.singular(thing or named or ""))
    entity = next((e for e in blueprint.entities if naming.snake(e.name) == about and e.kind != "user"), None)
    if entity is None:
        return verbs is None and named is None
    states = {move.to for machine in entity.state_machines for move in machine.transitions}
    said = re.findall(r"\b(?!(?:and|or)\b)[a-z]+", verbs or "")
    return all(verb in states or conjugation.forms().get(verb, (verb, ""))[0] in _ANYTHING for verb in said)
