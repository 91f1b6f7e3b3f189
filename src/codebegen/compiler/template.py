"""A template: `template.yaml` (metadata, which file is made when and how often) and `files/` (Jinja2).

The folder `files/` looks like the project that comes out. A path may hold `{{ entity.module }}`; a file whose name
ends in `.j2` is rendered, any other is copied.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from codebegen.compiler.environment import compiled
from codebegen.filetree import GeneratedFile

SUFFIX = ".j2"


@dataclass(frozen=True, slots=True)
class FileRule:
    """Files whose template path matches `files` are made `each` of a list in the view, `when` a flag is set."""

    files: str
    each: str | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """One loaded template: its metadata, its rules in order, its sources by path."""

    name: str
    version: str
    rules: tuple[FileRule, ...]
    sources: Mapping[str, str]

    def render(self, view: Mapping[str, Any]) -> Iterator[GeneratedFile]:
        """Every file of the project; `view` holds finished values and the flags that rules name."""
        for path, source in self.sources.items():
            rules = [rule for rule in self.rules if fnmatchcase(path, rule.files)]
            if not all(view[flag] for rule in rules for flag in rule.when):
                continue
            each = next((rule.each for rule in rules if rule.each), None)
            for item in view[each] if each else (None,):
                yield self._one(path, source, {**view, **({"entity": item} if each else {})})

    def _one(self, path: str, source: str, view: Mapping[str, Any]) -> GeneratedFile:
        target = compiled(path.removesuffix(SUFFIX)).render(view)
        content = compiled(source).render(view) if path.endswith(SUFFIX) else source
        return GeneratedFile(target, content, origin=f"{self.name}/{path}")


def built_in(name: str) -> Template:
    """One of the templates that come with codebegen."""
    return load(files("codebegen").joinpath("templates", name))


def load(folder: Traversable) -> Template:
    """Read a template folder."""
    data = yaml.safe_load(folder.joinpath("template.yaml").read_text("utf-8"))
    rules = tuple(
        FileRule(rule["files"], rule.get("each"), tuple(_list(rule.get("when")))) for rule in data.get("rules", ())
    )
    sources = dict(sorted(_walk(folder.joinpath("files"), "")))
    return Template(data["name"], str(data["version"]), rules, sources)


def _list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _walk(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_text("utf-8")
