"""A layer: one folder of what a project is made from. A template is a stack of layers, a feature adds one.

    <layer>/
        template.yaml   what it is, what it stands on, which file is made when, what it depends on
        files/          looks like the project that comes out: a path may hold `{{ entity.names.module }}`;
                        a name that ends in `.j2` is rendered (and no file where nothing is left of it),
                        any other file is copied
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
    variables:              names in texts and paths that a person may set: `--set colour=red`
      colour: {type: choice, values: [red, blue], default: red}       text, integer, number, boolean, choice, list
    flags:                  names for `when` and for texts, on or off
      charts: {default: false, feature: admin}                        on where the blueprint has the feature

Of two files with one path the upper layer's is made; so with `parts/`. Rules add up: a file is made where every rule
that matches allows it, `each` of what the uppermost of them says. A slot gets the texts of all layers, lowest first,
rendered where it is included, with what is known there; it exists if a layer at or below the one that includes it has a
file of its name, which may be empty but for a comment that says what belongs there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from codebegen.compiler.manifest import MANIFEST, Flag, Variable, read_manifest

FOLDERS = ("files", "slots", "parts")


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
    """One loaded layer; sources (what lies in `files/`), slots and parts are texts by path."""

    name: str
    version: str = "1"
    title: str = ""
    description: str = ""
    stacks: tuple[str, ...] = ()
    inherits: tuple[str, ...] = ()
    abstract: bool = False
    omit: tuple[str, ...] = ()
    rules: tuple[FileRule, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    development: tuple[Dependency, ...] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def load_layer(folder: Traversable) -> Layer:
    """Read a layer that comes with codebegen; a mistake in it is a bug, and raises."""
    return layer_of(texts_of(folder))


def layer_of(texts: Mapping[str, str]) -> Layer:
    """The layer in the texts of a folder, by path; raises `DiagnosticError` where its manifest is wrong."""
    said = read_manifest(texts.get(MANIFEST, ""))
    sources, slots, parts = (below(texts, name) for name in FOLDERS)
    return Layer(
        name=said.name,
        version=said.version,
        title=said.title,
        description=said.description,
        stacks=said.stacks,
        inherits=said.inherits,
        abstract=said.abstract,
        omit=said.omit,
        rules=tuple(FileRule(rule.files, rule.each, rule.when) for rule in said.rules),
        dependencies=tuple(Dependency(item.package, item.when) for item in said.dependencies),
        development=tuple(Dependency(item.package, item.when) for item in said.development),
        variables=said.variables,
        flags=said.flags,
        sources=sources,
        slots=slots,
        parts=parts,
    )


def below(texts: Mapping[str, str], folder: str) -> dict[str, str]:
    """The texts of one folder of many, by their paths in it."""
    prefix = f"{folder}/"
    return {path.removeprefix(prefix): texts[path] for path in sorted(texts) if path.startswith(prefix)}


def texts_of(folder: Traversable) -> dict[str, str]:
    """Every file below a folder, by its path there."""
    return dict(_texts(folder))


def _texts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _texts(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_text("utf-8")
