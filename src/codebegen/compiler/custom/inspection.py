"""What is wrong with a layer before anything is rendered: rules, packages, slots, and names in texts that nothing has.

It parses texts that may be hostile, so it runs where they are rendered: in a child process with bounds.
"""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

import yaml
from jinja2 import TemplateSyntaxError, nodes

from codebegen.compiler.layers import Layer
from codebegen.compiler.manifest import MANIFEST, line_of
from codebegen.compiler.requirements import base_name, shipped
from codebegen.compiler.template import SUFFIX, Template
from codebegen.diagnostics import Diagnostic, error

_ALWAYS = frozenset({"self", "loop", "caller", "varargs", "kwargs", "super"})
_HINT = "`codebegen templates show` lists what there is"


def inspect(template: Template, texts: Mapping[str, str], view: Mapping[str, Any]) -> list[Diagnostic]:
    """All that is wrong with the uppermost layer of a template, whose folder holds `texts`."""
    layer = template.layers[-1]
    manifest = _Manifest(texts[MANIFEST])
    return [
        *_rules(template, layer, manifest, view),
        *_packages(layer, manifest, view),
        *_slots(template, layer),
        *_texts(template, layer, view),
    ]


class _Manifest:
    """Says where in `template.yaml` something stands."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, Loader=yaml.SafeLoader)

    def place(self, *loc: str | int) -> str:
        """The file and line."""
        return f"{MANIFEST}:{line_of(self._root, loc)}"


def _rules(template: Template, layer: Layer, manifest: _Manifest, view: Mapping[str, Any]) -> Iterator[Diagnostic]:
    below = Template(template.layers[:-1]).sources if len(template.layers) > 1 else {}
    for number, pattern in enumerate(layer.omit):
        if not any(fnmatchcase(path, pattern) for path in below):
            yield error("template-rule", manifest.place("omit", number), f"no file below matches `{pattern}`")
    for number, rule in enumerate(layer.rules):
        if not any(fnmatchcase(path, rule.files) for path in {*below, *layer.sources}):
            said = f"no file matches `{rule.files}`"
            yield error("template-rule", manifest.place("rules", number), said, "a rule names paths below `files/`")
        place = manifest.place("rules", number, "each")
        if rule.each is not None and not isinstance(view.get(rule.each), list | tuple):
            lists = [name for name, value in view.items() if isinstance(value, list | tuple)]
            yield _unknown("template-rule", place, "list", rule.each, lists)
        yield from _flags(rule.when, manifest.place("rules", number, "when"), view)


def _flags(names: Collection[str], place: str, view: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for name in names:
        if name not in view:
            yield _unknown("template-flag", place, "flag", name, view)


def _packages(layer: Layer, manifest: _Manifest, view: Mapping[str, Any]) -> Iterator[Diagnostic]:
    pins = shipped()["pins"]
    for key, items in (("dependencies", layer.dependencies), ("development", layer.development)):
        for number, item in enumerate(items):
            place = manifest.place(key, number)
            if base_name(item.package) not in pins:
                yield _unknown("template-dependency", place, "package with a pin", item.package, pins)
            yield from _flags(item.when, place, view)


def _slots(template: Template, layer: Layer) -> Iterator[Diagnostic]:
    declared = {name for below in template.layers[:-1] for name in below.slots}
    own = "".join(layer.sources.values())
    for name in layer.slots:
        if name not in declared and f'"slots/{name}"' not in own:
            yield _unknown("template-slot", f"slots/{name}", "slot", name, declared)


def _unknown(code: str, place: str, kind: str, name: str, known: Collection[str]) -> Diagnostic:
    close = get_close_matches(name, known, 1)
    hint = f"did you mean `{close[0]}`?" if close else _HINT
    return error(code, place, f"there is no {kind} `{name}`", hint)


def _texts(template: Template, layer: Layer, view: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for path, text in layer.sources.items():
        each = any(rule.each for rule in template.rules_for(path))
        known = {*view, "entity"} if each else {*view}
        yield from _text(template, f"files/{path}", path.removesuffix(SUFFIX), known, is_path=True)
        if path.endswith(SUFFIX):
            yield from _text(template, f"files/{path}", text, known)
    for folder, more in (("slots", layer.slots), ("parts", layer.parts)):
        for path, text in more.items():
            yield from _text(template, f"{folder}/{path}", text, {*view, "entity"})


def _text(
    template: Template, place: str, text: str, known: Collection[str], *, is_path: bool = False
) -> Iterator[Diagnostic]:
    environment = template.renderer.environment
    try:
        parsed = environment.parse(text)
        environment.from_string(text)  # finds filters and tests that are not there
    except TemplateSyntaxError as problem:
        where = f"{place} (its name)" if is_path else f"{place}:{problem.lineno}"
        yield error("template-syntax", where, str(problem.message), "https://jinja.palletsprojects.com/templates/")
        return
    names = {*known, *environment.globals, *_ALWAYS, *_stored(parsed)}
    for name in parsed.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in names:
            where = f"{place} (its name)" if is_path else f"{place}:{name.lineno}"
            yield _of_name(where, name.name, known)
    for node in parsed.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        wanted = getattr(node, "template", None)
        if isinstance(wanted, nodes.Const) and wanted.value not in template.renderer.names:
            yield error("template-include", f"{place}:{node.lineno}", f"there is no `{wanted.value}`", _HINT)


def _of_name(place: str, name: str, known: Collection[str]) -> Diagnostic:
    if name == "entity":
        hint = "a rule with `each` for this file makes it known"
        return error("template-variable", place, "`entity` is only known in files that are made for each", hint)
    return _unknown("template-variable", place, "variable", name, known)


def _stored(parsed: nodes.Template) -> Iterator[str]:
    """Names that a text gives itself."""
    for name in parsed.find_all(nodes.Name):
        if name.ctx in ("store", "param"):
            yield name.name
    for macro in parsed.find_all(nodes.Macro):
        yield macro.name
    for imported in parsed.find_all(nodes.Import):
        yield imported.target
    for some in parsed.find_all(nodes.FromImport):
        yield from (item if isinstance(item, str) else item[1] for item in some.names)
