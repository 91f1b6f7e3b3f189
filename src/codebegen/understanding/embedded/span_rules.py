"""Rules about from when to when something lasts: `a class ends after it starts`, `no overlapping classes in a room`.

They are read where rows have one start and one end of the same type, and a key to the place.
"""

import re
from collections.abc import Iterator

from codebegen.blueprint import Blueprint, Entity, Field, Provenance, Rule, stated
from codebegen.blueprint.expressions import Compare, CompareOperator, FieldRef
from codebegen.blueprint.fields import MOMENT_TYPES
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.rules import CheckRule, NoOverlapRule
from codebegen.understanding.embedded.reachable import is_called

_SENTENCE = re.compile(r"[^.;!?\n]+")
_WORD = re.compile(r"[\w'’-]+")
_A = r"(?:(?:the same|an?|the|each|every|all|any|same|one) )?"
_THING = r"(?P<thing>[a-z]+(?: [a-z]+)??)"
_PLACE = r"(?P<place>[a-z]+(?: [a-z]+)??)"
_NOT = r"(?:cannot|can't|can not|must not|mustn't|may not|never|shouldn't|should not)"
_ENDS, _STARTS = r"(?:ends?|finish(?:es)?)", r"(?:starts?|begins?)"
_LASTS = re.compile(
    rf"\W*{_A}{_THING} (?P<denied>{_NOT} )?(?:(?:must|should|has to|have to|always) )*(?P<verb>{_ENDS}|{_STARTS}) "
    rf"(?P<side>after|before|later than|earlier than) (?:it|they) (?P<other>{_ENDS}|{_STARTS})\W*"
)
_APART = (
    re.compile(
        rf"\W*(?:there (?:are|must be|can be) )?no overlapping {_THING} (?:in|per|for|of|on|at) {_A}{_PLACE}\W*"
    ),
    re.compile(
        rf"\W*(?:no two {_THING} (?:can|may)|two {_THING.replace('thing', 'other')} {_NOT}) (?:be|take place|happen) "
        rf"(?:in|on|at) {_A}{_PLACE} at the same time\W*"
    ),
    re.compile(
        rf"\W*{_A}{_PLACE} (?:(?:can|may|must) )?(?:only )?(?:hosts?|holds?|has|have|takes?) (?:only |at most )?"
        rf"(?:one|a single) {_THING} at (?:a|the same|any|one) time\W*"
    ),
)
_START = re.compile(r"(?:^|_)(?:starts?|begins?|from)(?:_|$)")
_END = re.compile(r"(?:^|_)(?:ends?|finish(?:es)?|until|to)(?:_|$)")


def with_span_rules(text: str, blueprint: Blueprint) -> tuple[Blueprint, list[tuple[int, int]]]:
    """The blueprint with such rules, and the words that told of them."""
    used: list[tuple[int, int]] = []
    lowered = text.lower().replace("’", "'")
    for sentence in _SENTENCE.finditer(lowered):
        start, end = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip()), sentence.end()
        for entity, rule in _rules(blueprint, sentence[0], stated(text[start:end], start, end)):
            known = any((one.kind, one.name) == (rule.kind, rule.name) for one in entity.rules)
            if not known:
                blueprint = _with_rule(blueprint, entity, rule)
            used += [word.span() for word in _WORD.finditer(text, start, end)]
    return blueprint, used


def _with_rule(blueprint: Blueprint, entity: Entity, rule: Rule) -> Blueprint:
    more = changed(entity, rules=(*entity.rules, rule))
    return each_entity(blueprint, lambda one: more if one.name == entity.name else one)


def _rules(blueprint: Blueprint, said: str, place: Provenance) -> Iterator[tuple[Entity, Rule]]:
    lasts = _LASTS.fullmatch(said)
    apart = next((match for form in _APART if (match := form.fullmatch(said)) is not None), None)
    match = lasts or apart
    for entity in blueprint.entities if match is not None else ():
        ends = _ends(entity)
        if match is None or ends is None or not is_called(entity, _thing(match)):
            continue
        if lasts is not None:
            yield from ((entity, rule) for rule in _in_order(lasts, ends, place))
            continue
        keys = [r for r in entity.relations if r.kind != "many_to_many" and r.target in blueprint.entities_by_name]
        keys = [r for r in keys if is_called(blueprint.entities_by_name[r.target], match["place"])]
        if len(keys) == 1:
            name, (start, end) = keys[0].name, ends
            rule = NoOverlapRule(name=f"no_overlap_per_{name}", scope=(name,), start=start, end=end, provenance=place)
            yield entity, rule


def _thing(match: re.Match[str]) -> str:
    return str(match["thing"] or match["other"])


def _in_order(said: re.Match[str], ends: tuple[str, str], place: Provenance) -> Iterator[CheckRule]:
    """`It ends after it starts`, `it never starts after it ends`; not `it ends after it ends`."""
    left, right = (ends[1] if re.match(_ENDS, said[name]) else ends[0] for name in ("verb", "other"))
    later = said["side"] in ("after", "later than")
    operator: CompareOperator = ("<=" if later else ">=") if said["denied"] else (">" if later else "<")
    if left != right:
        condition = Compare(operator=operator, left=FieldRef(path=left), right=FieldRef(path=right))
        yield CheckRule(
            name=f"{left}_and_{right}", message=f"{place.quote.strip()}."[:300], condition=condition, provenance=place
        )


def _ends(entity: Entity) -> tuple[str, str] | None:
    """The fields that say from when to when a row lasts."""
    moments = [field for field in entity.fields if field.type in MOMENT_TYPES]
    starts, ends = ([one for one in moments if form.search(one.name)] for form in (_START, _END))
    return (starts[0].name, ends[0].name) if _is_pair(starts, ends) else None


def _is_pair(starts: list[Field], ends: list[Field]) -> bool:
    return len(starts) == len(ends) == 1 and starts[0].type == ends[0].type and starts[0] is not ends[0]
