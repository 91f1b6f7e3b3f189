"""The layers that features put on a template.

A feature's own folder is a layer for every template, and a folder in it that is called like a layer of the template
(`layered`, `fastapi_sqlalchemy`) is one for all that stand on that. So what differs between templates stands apart.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.layers import Dependency, Layer, below, texts_of
from codebegen.features import FeatureSpec, catalogue, folder_of, with_needs

LayerNames = tuple[str, ...]
"""What a template is called, and all that it stands on."""

# A module of its own, in a folder where every entity has one as well.
_MODULE = re.compile(r"app/(?:models|schemas|repositories|services|policies|dependencies|routers)/(\w+)\.py")
# A class in a module of all entities, where the template has such: a table, or a body of which entities have the like.
_CLASS = re.compile(r"^class (\w+?)(?:Create|Read|Update|Query|Page|Fields|Short)?\(", re.MULTILINE)


def missing_because(key: str, blueprint: Blueprint, names: LayerNames) -> str | None:
    """Why a project can't have a feature; nothing where it can, or where it is part of the template."""
    if not any(map(catalogue()[key].is_in, names)):
        return f"the feature {key} is not implemented"
    entity = _taken_by(key, blueprint, names)
    return f"the feature {key} is left out: {entity} of the description stands in its place" if entity else None


def added_features(blueprint: Blueprint, names: LayerNames) -> tuple[FeatureSpec, ...]:
    """What the project has beyond the template, with all that it needs; what is needed comes first."""
    keys = (feature.key for feature in blueprint.features)
    return _beyond(key for key in keys if missing_because(key, blueprint, names) is None)


def layers_of(features: Iterable[FeatureSpec], names: LayerNames) -> Iterator[Layer]:
    """The layers of features, on a template."""
    for spec in features:
        yield from _layers(spec.key, names)


def _beyond(keys: Iterable[str]) -> tuple[FeatureSpec, ...]:
    """Features and their parts that are in no template by themselves."""
    return tuple(spec for spec in with_needs(keys) if not spec.built_in)


def _taken_by(key: str, blueprint: Blueprint, names: LayerNames) -> str | None:
    """An entity that has the place of a module, a class or a path of a feature."""
    added = _beyond([key])
    layers = tuple(layers_of(added, names))
    modules = {found[1] for layer in layers for path in layer.sources if (found := _MODULE.match(path))}
    texts = (text for layer in layers for text in (*layer.slots.values(), *layer.parts.values()))
    classes = {name for text in texts for name in _CLASS.findall(text)}
    paths = {
        "/" + endpoint.path.split("/")[1] for spec in added for endpoint in spec.endpoints if endpoint.like is None
    }
    return next((e.name for e in blueprint.entities if _is_one_of(e, modules, classes, paths)), None)


def _is_one_of(entity: Entity, modules: set[str], classes: set[str], paths: set[str]) -> bool:
    return naming.module_name(entity.name) in modules or entity.name in classes or entity.path in paths


@lru_cache(maxsize=256)
def _layers(key: str, names: LayerNames) -> tuple[Layer, ...]:
    """The layers of one feature, the one for every template first."""
    spec, texts = catalogue()[key], texts_of(folder_of(key))
    whole = Layer(
        name=f"features/{key}",
        dependencies=tuple(map(Dependency, spec.dependencies)),
        development=tuple(map(Dependency, spec.development)),
        sources=below(texts, "files"),
        slots=below(texts, "slots"),
        parts=below(texts, "parts"),
    )
    own = (
        Layer(
            name=f"features/{key}/{name}",
            sources=below(texts, f"{name}/files"),
            slots=below(texts, f"{name}/slots"),
            parts=below(texts, f"{name}/parts"),
        )
        for name in names
    )
    return (whole, *own)
