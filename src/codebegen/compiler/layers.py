"""A layer: one folder of what a project is made from. A template is a stack of layers, a feature adds one.

    <layer>/
        template.yaml   what it is, what it stands on, which file is made when, what it depends on
        files/          looks like the project that comes out: a path may hold `{{ entity.names.module }}`;
                        a name that ends in `.j2` is rendered, any other file is copied
        slots/          `<slot>.j2`: what this layer adds where a file of another says `{% include "slots/<slot>.j2" %}`
        parts/          Jinja macros and texts to `{% import "parts/<name>" %}` and `{% include "parts/<name>" %}`

`template.yaml`, every key but `name` and `version` optional:

    name: fastapi_sqlalchemy
    version: 1
    inherits: [base]        the layers below, first to last; a name of `templates/`
    abstract: true          not for use alone, only to inherit from
    omit: ["tests/*"]       files of the layers below that this one leaves out
    rules:                  `files` matches a path in `files/` of any layer (`*` also matches `/`)
      - {files: "app/models/{{ entity*", each: entities}    made for each item of a list; the item is `entity`
      - {files: "Dockerfile", when: docker}                 made where a flag of the view is set, or all of several
    dependencies: [fastapi, {package: pyjwt, when: auth}]   of the application, by the names in the shipped pins
    development: [pytest]   of those who work on it

Of two files with one path the upper layer's is made; so with `parts/`. Rules add up: a file is made where every rule
that matches allows it, `each` of what the uppermost of them says. A slot gets the texts of all layers, lowest first,
rendered where it is included, with what is known there; it exists if a layer at or below the one that includes it has a
file of its name, which may be empty but for a comment that says what belongs there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

import yaml

MANIFEST = "template.yaml"


@dataclass(frozen=True, slots=True)
class FileRule:
    """Files whose template path matches `files` are made `each` of a list in the view, `when` all flags are set."""

    files: str
    each: str | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package as it is declared (`uvicorn[standard]`), needed `when` all flags are set."""

    package: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One loaded layer; sources, slots and parts are texts by path."""

    name: str
    version: str = "1"
    inherits: tuple[str, ...] = ()
    abstract: bool = False
    omit: tuple[str, ...] = ()
    rules: tuple[FileRule, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    development: tuple[Dependency, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def load_layer(folder: Traversable) -> Layer:
    """Read a layer that comes with codebegen; a mistake in it is a bug, and raises."""
    data = yaml.safe_load(folder.joinpath(MANIFEST).read_text("utf-8"))
    rules = (FileRule(rule["files"], rule.get("each"), _names(rule.get("when"))) for rule in data.get("rules", ()))
    return Layer(
        name=data["name"],
        version=str(data["version"]),
        inherits=_names(data.get("inherits")),
        abstract=data.get("abstract", False),
        omit=_names(data.get("omit")),
        rules=tuple(rules),
        dependencies=tuple(map(_dependency, data.get("dependencies", ()))),
        development=tuple(map(_dependency, data.get("development", ()))),
        sources=dict(sorted(_texts(folder.joinpath("files")))),
        slots=dict(sorted(_texts(folder.joinpath("slots")))),
        parts=dict(sorted(_texts(folder.joinpath("parts")))),
    )


def _names(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _dependency(value: str | dict[str, Any]) -> Dependency:
    return Dependency(value) if isinstance(value, str) else Dependency(value["package"], _names(value.get("when")))


def _texts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every file below a folder, by its path there; nothing where there is no such folder."""
    for item in folder.iterdir() if folder.is_dir() else ():
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _texts(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_text("utf-8")
