"""Reading the compiled catalogue: once, at first use; an entity is parsed when it is asked for."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from codebegen.understanding.embedded.catalogue.model import CatalogueDomain, CatalogueEntity
from codebegen.understanding.embedded.catalogue.spec import parse_field, parse_relation

COMPILED = Path(__file__).parent / "catalogue.json"

COMMON = "common"
"""The domain of what is found everywhere: comments, tags, addresses."""


@lru_cache(maxsize=1)
def _compiled() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return data


def domains() -> tuple[str, ...]:
    """The keys of all domains."""
    return tuple(_compiled()["domains"])


@lru_cache(maxsize=128)
def domain(key: str) -> CatalogueDomain:
    """One domain."""
    data = _compiled()["domains"][key]
    return CatalogueDomain(
        key=key,
        title=data["title"],
        mission=data["mission"],
        accounts=data.get("accounts", False),
        cues=tuple(data["cues"]),
        entities=tuple(data["entities"]),
    )


@lru_cache(maxsize=1024)
def entity(key: str, name: str) -> CatalogueEntity:
    """One entity of a domain."""
    data = _compiled()["domains"][key]["entities"][name]
    return CatalogueEntity(
        name=name,
        domain=key,
        aliases=tuple(data.get("also", ())),
        kind=data.get("kind", "normal"),
        core=data.get("core", False),
        access=data.get("access", ""),
        owner=data.get("owner"),
        fields=tuple(parse_field(n, text) for n, text in data.get("fields", {}).items()),
        relations=tuple(parse_relation(n, text) for n, text in data.get("relations", {}).items()),
    )


def named(words: str) -> tuple[CatalogueEntity, ...]:
    """Every entity that `words` (singular, joined by blanks) is a name or an alias of; names come first."""
    return tuple(entity(key, name) for key, name in _compiled()["names"].get(words, ()))


def cued(words: str) -> tuple[str, ...]:
    """The domains that `words` (singular, joined by blanks) tell of."""
    return tuple(_compiled()["cues"].get(words, ()))
