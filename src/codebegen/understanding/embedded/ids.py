"""Ids: whether the description says that everything has UUIDs for ids."""

import re

from codebegen.blueprint import Blueprint
from codebegen.understanding.embedded.features import is_ruled_out

_UUID = r"(?:random )?(?:uuid|guid)s?(?:[ -]?v?4s?)?"
_PLURAL = r"(?:primary[ -]keys?|pks|ids|identifiers)"
_KEY = rf"(?:{_PLURAL}|pk|id|identifier|key)"
_WHOSE = r"(?:(?:the|a|an|all|its|their|our|my|every|each|any|entity|record|row|table|resource|object|database|of) )*"
_THINGS = r"(?:entit(?:y|ies)|models?|tables?|records?|rows?|resources?|objects?|things?|everything)"
_HAS = r"(?:has|have|gets?|uses?|(?:is|are) identified by)"
_IS = r"(?: (?:are|is|should|must|will|shall|to|be|all|use|of|type|as|a|an|always|only))+"
_OF_ALL = (
    r"(?:(?:^|(?<=[.;,:!?\n(])) ?"
    r"|\b(?:all|the|and|with|whose|where|entity|record|row|table|resource|object|database) )"
)
_INSTEAD = r"(?:instead of|rather than|not)"
_NUMBERS = (
    r"(?:(?:auto[ -]?)?(?:increment(?:ing|ed)?|sequential|numeric|serial|plain|integers?|numbers?"
    r"|primary keys?|keys?|ids?)(?!\w) ?)+"
)
_FORMS = (
    rf"{_UUID} (?:as|for) {_WHOSE}{_KEY}",
    rf"{_UUID}(?:[ -]based)? {_PLURAL}",
    rf"\b(?:all|each|every) {_THINGS} {_HAS} (?:a |an )?{_UUID}(?: {_KEY})?",
    rf"{_OF_ALL}{_PLURAL}{_IS} {_UUID}",
    rf"{_UUID} {_INSTEAD} {_NUMBERS}",
)
_BEFORE = r"(?:\b(?:use|uses|using|with|prefer|we want|i want|have|has) (?:a |an )?)?"
_EVERYWHERE = rf"(?:everywhere|throughout|(?:for|on|in|of) (?:all |every |each |the |of )*{_THINGS})"
_SAID = re.compile(
    rf"{_BEFORE}(?<![\w-])(?:{'|'.join(_FORMS)})(?![\w-])(?:,? (?:{_EVERYWHERE}|{_INSTEAD} {_NUMBERS}))*", re.MULTILINE
)


def told_ids(text: str) -> list[tuple[int, int]]:
    """Where the text says that ids are UUIDs, or that they are not, which comes true by itself."""
    return [match.span() for match in _SAID.finditer(_plain(text))]


def with_uuids(blueprint: Blueprint) -> Blueprint:
    """The blueprint with UUIDs for the ids of everything, where its description asks for them."""
    plain = _plain(blueprint.prompt)
    if all(is_ruled_out(plain, match) for match in _SAID.finditer(plain)):
        return blueprint
    entities = tuple(entity.model_copy(update={"id_type": "uuid"}) for entity in blueprint.entities)
    return blueprint.model_copy(update={"entities": entities})


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
