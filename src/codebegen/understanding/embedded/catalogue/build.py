"""Compiles the domain files into `catalogue.json`: `python -m codebegen.understanding.embedded.catalogue.build`.

The JSON holds each domain as it was written, and two indexes: `cues` (words that tell the domain) and `names` (every
name and alias of an entity, and where it is found; a name comes before an alias).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from codebegen.understanding.embedded.catalogue.store import COMPILED
from codebegen.understanding.embedded.catalogue.words import phrase

SOURCES = Path(__file__).parent / "domains"

_DOMAIN_KEYS = frozenset({"title", "mission", "accounts", "cues", "entities"})
_ENTITY_KEYS = frozenset({"also", "kind", "core", "access", "owner", "fields", "relations"})


def compile_sources(folder: Path = SOURCES) -> str:
    """The text of `catalogue.json` for the domain files in `folder`."""
    found: dict[str, Any] = {}
    cues: dict[str, list[str]] = {}
    names: dict[str, list[list[str]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        data = _checked(path)
        found[path.stem] = data
        for cue in data["cues"]:
            cues.setdefault(phrase(cue), []).append(path.stem)
        for name, entity in data["entities"].items():
            names.setdefault(phrase(name), []).insert(0, [path.stem, name])
            for alias in entity.get("also", ()):
                names.setdefault(phrase(alias), []).append([path.stem, name])
    compiled = {"domains": found, "cues": cues, "names": names}
    return json.dumps(compiled, indent=None, separators=(",", ":"), ensure_ascii=False) + "\n"


def _checked(path: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = set(data) - _DOMAIN_KEYS
    for entity in data["entities"].values():
        unknown |= set(entity) - _ENTITY_KEYS
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {sorted(unknown)}")
    return data


if __name__ == "__main__":
    COMPILED.write_text(compile_sources(), encoding="utf-8")
