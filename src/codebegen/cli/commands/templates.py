"""`codebegen templates`: what there is, what is in one, the beginning of one's own, and whether it is right."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from codebegen.bootstrap import ports
from codebegen.cli.arguments import JSON, UsageError
from codebegen.cli.output import print_json, say, style
from codebegen.cli.summary import shown
from codebegen.cli.template import own_templates, template_of
from codebegen.compiler import DEFAULT, Custom
from codebegen.compiler.custom import read_custom
from codebegen.compiler.custom.samples import samples
from codebegen.compiler.custom.starter import starter
from codebegen.compiler.layers import Layer
from codebegen.compiler.project import project_view
from codebegen.compiler.template import Template, built_in, template_names
from codebegen.delivery import publish
from codebegen.diagnostics import Diagnostic, DiagnosticError

_USAGE = "say `list`, `show NAME|DIR`, `new DIR` or `check DIR`"


def run(arguments: Namespace) -> int:
    """0; what is wrong with a template is told with its place, and ends with 2."""
    action, *words = arguments.words or ["list"]
    actions: dict[str, tuple[int, Callable[[list[str], Namespace], dict[str, Any]]]] = {
        "list": (0, _list),
        "show": (1, _show),
        "new": (1, _new),
        "check": (1, _check),
    }
    if action not in actions or len(words) != actions[action][0]:
        raise UsageError(_USAGE)
    document = actions[action][1](words, arguments)
    if arguments.format == JSON:
        print_json(document)
    return 0


def _list(_words: list[str], arguments: Namespace) -> dict[str, Any]:
    """Every built-in template, and those of the user that have a name."""
    built = [{**_about(built_in(name).layers[-1]), "origin": "built_in", "path": None} for name in template_names()]
    own = [{**_about(read_custom(path).layer), "origin": "custom", "path": str(path)} for path in own_templates()]
    listed = [*built, *own]
    if arguments.format != JSON:
        width = max(len(item["name"]) for item in listed)
        for item in listed:
            say(f"  {style(item['name'].ljust(width), 'cyan')}  {item['description'] or item['title']}")
        say("\nMake a project with one: codebegen new --template NAME|DIR …")
        say("Begin one of your own: codebegen templates new DIR")
    return {"templates": listed}


def _about(layer: Layer) -> dict[str, Any]:
    return {
        "name": layer.name,
        "version": layer.version,
        "title": layer.title,
        "description": layer.description,
        "stacks": list(layer.stacks),
        "inherits": list(layer.inherits),
    }


def _show(words: list[str], arguments: Namespace) -> dict[str, Any]:
    """One template: what may be set, its files and where each comes from, slots, and the names in its view."""
    found = template_of(words[0], arguments.settings)
    template = _stack(found) if isinstance(found, Custom) else built_in(found or DEFAULT)
    document = {**_about(template.layers[-1]), **_parts(template)}
    if arguments.format != JSON:
        _tell(document)
    return document


def _stack(custom: Custom) -> Template:
    layer = custom.layer
    below = {item.name: item for name in layer.inherits for item in built_in(name).layers}
    return Template((*below.values(), layer))


def _parts(template: Template) -> dict[str, Any]:
    view = project_view(next(samples()))
    slots = {name: text for layer in reversed(template.layers) for name, text in layer.slots.items()}
    return {
        "layers": [layer.name for layer in template.layers],
        "variables": {n: v.model_dump(mode="json") for layer in template.layers for n, v in layer.variables.items()},
        "flags": {n: f.model_dump(mode="json") for layer in template.layers for n, f in layer.flags.items()},
        "files": [_file(template, path, layer) for path, (layer, _) in template.sources.items()],
        "slots": {name: text.split("#}")[0].strip("{# \n") for name, text in sorted(slots.items())},
        "lists": sorted(name for name, value in view.items() if isinstance(value, list | tuple)),
        "names": sorted(name for name, value in view.items() if not isinstance(value, list | tuple)),
    }


def _file(template: Template, path: str, layer: Layer) -> dict[str, Any]:
    rules = template.rules_for(path)
    each = next((rule.each for rule in reversed(rules) if rule.each), None)
    return {"path": path, "layer": layer.name, "each": each, "when": sorted({f for rule in rules for f in rule.when})}


def _tell(document: dict[str, Any]) -> None:
    say(f"{style(document['name'], 'bold')} {document['version']}  {style(' < '.join(document['layers']), 'dim')}")
    say(document["description"])
    for key in ("variables", "flags"):
        for name, item in document[key].items():
            say(
                f"  --set {style(name, 'cyan')}  {item.get('type', 'flag')}, {item['default']!r}: {item['description']}"
            )
    say(style("Files", "bold"))
    for item in document["files"]:
        made = [*([f"each of {item['each']}"] if item["each"] else []), *(f"when {flag}" for flag in item["when"])]
        say(f"  {item['path']}  {style(', '.join((item['layer'], *made)), 'dim')}")
    say(style("Slots", "bold"))
    for name, says in document["slots"].items():
        say(f"  {name}  {style(says, 'dim')}")
    say(f"{style('Lists', 'bold')}  {', '.join(document['lists'])}")
    say(f"{style('Names', 'bold')}  {', '.join(document['names'])}")


def _new(words: list[str], arguments: Namespace) -> dict[str, Any]:
    """The beginning of a template, which is right as it is."""
    target = Path(words[0])
    path = publish(starter(target.resolve().name, arguments.inherits or DEFAULT), target)
    if arguments.format != JSON:
        say(f"{style(str(path), 'bold')}  a template to begin with; codebegen templates check {shown(path)}")
    return {"path": str(path)}


def _check(words: list[str], arguments: Namespace) -> dict[str, Any]:
    """A template is tried on small projects; raises `DiagnosticError` with what is wrong."""
    custom = read_custom(Path(words[0]), dict(_settings(arguments)))
    found: dict[Diagnostic, None] = {}
    made = 0
    for blueprint in samples():
        try:
            made += len(ports().render_custom(blueprint, custom))
        except DiagnosticError as refusal:
            found |= dict.fromkeys(refusal.diagnostics)
    if found:
        raise DiagnosticError(list(found))
    if arguments.format != JSON:
        say(f"{style(custom.layer.name, 'bold')}  nothing wrong: {made} files rendered on sample projects")
    return {**_about(custom.layer), "files": made, "diagnostics": []}


def _settings(arguments: Namespace) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (text.partition("=") for text in arguments.settings)]
