"""The short notation of the domain files, so that a domain fits on a page.

A field:    `string!`  `string unique`  `string ..280`  `money 0..`  `integer 1..5`  `boolean = true`
            `duration in minutes`  `list of string`  `enum draft, published`       (`!`: few would leave it out)
A relation: `Category` (a key), `one Category` (a unique key), `many Tag` (many to many)
"""

import re

from codebegen.blueprint.fields import FIELD_TYPES, FieldType, Scalar
from codebegen.blueprint.relations import RelationKind
from codebegen.understanding.embedded.catalogue.model import CatalogueField, CatalogueRelation

_FIELD = (
    r"(?P<type>[a-z]+)(?P<expected>!)?"
    r"(?: of (?P<item>[a-z]+))?"
    r"(?P<unique> unique)?"
    r"(?: (?P<low>-?\d+)?\.\.(?P<high>-?\d+)?)?"
    r"(?: in (?P<unit>[a-z]+))?"
    r"(?: = (?P<default>\S+))?"
)
_ENUM = r"enum(?P<expected>!)? (?P<values>.+)"
_KINDS: dict[str, RelationKind] = {"": "many_to_one", "one": "one_to_one", "many": "many_to_many"}


def parse_field(name: str, text: str) -> CatalogueField:
    """The field that `text` describes; a mistake in a domain file is a bug, and raises."""
    if enum := re.fullmatch(_ENUM, text):
        values = tuple(value.strip() for value in enum["values"].split(","))
        return CatalogueField(name, "enum", expected=bool(enum["expected"]), values=values)
    found = re.fullmatch(_FIELD, text)
    if found is None:
        raise ValueError(f"{name}: {text!r} is not a field")
    return CatalogueField(
        name=name,
        type=_type(found["type"]),
        expected=bool(found["expected"]),
        unique=bool(found["unique"]),
        low=int(found["low"]) if found["low"] else None,
        high=int(found["high"]) if found["high"] else None,
        default=_scalar(found["default"]),
        unit=found["unit"],
        item_type=_type(found["item"]) if found["item"] else None,
    )


def parse_relation(name: str, text: str) -> CatalogueRelation:
    """The relation that `text` describes."""
    kind, _, target = text.rpartition(" ")
    return CatalogueRelation(name=name, kind=_KINDS[kind], target=target)


def _type(text: str) -> FieldType:
    for known in FIELD_TYPES:
        if known == text:
            return known
    raise ValueError(f"{text!r} is not a field type")


def _scalar(text: str | None) -> Scalar | None:
    if text is None:
        return None
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d+", text) else text
