"""A template: an ordered stack of layers (see `layers.py`), rendered into the files of a project."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from codebegen.compiler.environment import Renderer
from codebegen.compiler.layers import Dependency, FileRule, Layer, load_layer
from codebegen.compiler.manifest import MANIFEST
from codebegen.filetree import GeneratedFile

SUFFIX = ".j2"
View = Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """Layers, the lowest first; the last one gives the template its name."""

    layers: tuple[Layer, ...]

    @property
    def name(self) -> str:
        """The name of the uppermost layer."""
        return self.layers[-1].name

    def with_layers(self, layers: Iterable[Layer]) -> "Template":
        """This template with layers put on it, in their order: what features add."""
        return replace(self, layers=(*self.layers, *layers))

    @cached_property
    def sources(self) -> Mapping[str, tuple[Layer, str]]:
        """By template path: the layer whose file is made, and its text; in the order of the paths."""
        found: dict[str, tuple[Layer, str]] = {}
        for layer in self.layers:
            own = {path.removesuffix(SUFFIX) for path in layer.sources}
            kept = {path: item for path, item in found.items() if path.removesuffix(SUFFIX) not in own}
            left = {path: item for path, item in kept.items() if not any(fnmatchcase(path, g) for g in layer.omit)}
            found = {**left, **{path: (layer, text) for path, text in layer.sources.items()}}
        return dict(sorted(found.items()))

    def rules_for(self, path: str) -> tuple[FileRule, ...]:
        """Every rule that matches a template path, the lowest layer's first."""
        return tuple(rule for layer in self.layers for rule in layer.rules if fnmatchcase(path, rule.files))

    def dependencies(self, view: View) -> tuple[str, ...]:
        """Packages that the application needs, as they are declared."""
        return _needed((item for layer in self.layers for item in layer.dependencies), view)

    def development(self, view: View) -> tuple[str, ...]:
        """Packages that those who work on it need."""
        return _needed((item for layer in self.layers for item in layer.development), view)

    def render(self, view: View) -> Iterator[GeneratedFile]:
        """Every file of the project; `view` holds finished values and the flags that rules name."""
        for path in self.sources:
            yield from self.render_source(path, view)

    def render_source(self, path: str, view: View) -> Iterator[GeneratedFile]:
        """The files that are made of one template path: none, one, or one for each item of a list."""
        layer, source = self.sources[path]
        rules = self.rules_for(path)
        if not all(view[flag] for rule in rules for flag in rule.when):
            return
        each = next((rule.each for rule in reversed(rules) if rule.each), None)
        for item in view[each] if each else (None,):
            made = self._one(path, layer, source, {**view, **({"entity": item} if each else {})})
            if made.content.strip() or not path.endswith(SUFFIX):  # a text of which nothing is left is no file
                yield made

    def _one(self, path: str, layer: Layer, source: str, view: View) -> GeneratedFile:
        target = self.renderer.render(path.removesuffix(SUFFIX), view)
        content = self.renderer.render_named(f"files/{path}", view) if path.endswith(SUFFIX) else source
        return GeneratedFile(target, content, origin=f"{layer.name}/{path}")

    @cached_property
    def renderer(self) -> Renderer:
        """Jinja with the files, slots and parts of these layers, by those names."""
        texts = {f"files/{path}": text for path, (_, text) in self.sources.items()}
        for layer in self.layers:
            texts |= {f"parts/{name}": text for name, text in layer.parts.items()}
            for name, text in layer.slots.items():
                texts[f"slots/{name}"] = texts.get(f"slots/{name}", "") + text
        return Renderer(texts)


@lru_cache
def built_in(name: str) -> Template:
    """One of the templates that come with codebegen, with the layers that it inherits."""
    return Template(tuple(_inherited(name)))


@lru_cache
def built_in_names() -> tuple[str, ...]:
    """The names of all templates and layers that come with codebegen, in their order."""
    folder = files("codebegen").joinpath("templates")
    return tuple(sorted(item.name for item in folder.iterdir() if item.joinpath(MANIFEST).is_file()))


@lru_cache
def template_names() -> tuple[str, ...]:
    """Those of them that are for use alone."""
    return tuple(name for name in built_in_names() if not built_in(name).layers[-1].abstract)


def _inherited(name: str) -> Iterable[Layer]:
    """A layer after those that it stands on, each once."""
    layer = load_layer(files("codebegen").joinpath("templates", name))
    below = {item.name: item for parent in layer.inherits for item in _inherited(parent)}
    return (*below.values(), layer)


def _needed(items: Iterable[Dependency], view: View) -> tuple[str, ...]:
    """Packages whose flags are set, each once, by name."""
    return tuple(sorted({item.package for item in items if all(view[flag] for flag in item.when)}))
