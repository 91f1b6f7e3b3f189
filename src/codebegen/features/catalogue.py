"""Every feature there is, read from the folders of this package."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

import yaml

from codebegen.features.spec import FeatureSpec

MANIFEST = "feature.yaml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, FeatureSpec]:
    """Every feature and part by its key, in the order of the keys."""
    found = {spec.key: spec for spec in _all()}
    return MappingProxyType(dict(sorted(found.items())))


def folder_of(key: str) -> Traversable:
    """Where everything of a feature is."""
    return files("codebegen.features").joinpath(key)


def with_needs(keys: Iterable[str]) -> tuple[FeatureSpec, ...]:
    """Features with all that they need, each once, what is needed before what needs it."""
    found: dict[str, FeatureSpec] = {}
    for key in sorted(keys):
        spec = catalogue()[key]
        found |= {needed.key: needed for needed in with_needs(spec.needs)} | {key: spec}
    return tuple(found.values())


def _all() -> Iterator[FeatureSpec]:
    for folder in files("codebegen.features").iterdir():
        manifest = folder.joinpath(MANIFEST)
        if manifest.is_file():
            # The loader is the safe one, as it was compiled.
            data = yaml.load(manifest.read_text("utf-8"), _Loader)  # noqa: S506
            yield FeatureSpec(key=folder.name, **data)
