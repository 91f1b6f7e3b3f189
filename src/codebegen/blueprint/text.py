"""`codebegen.yaml` and JSON: blueprint in, text out, and back, with every mistake as a diagnostic."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import yaml
from pydantic import ValidationError

from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic, error

_BREAKS = "\r\x85\u2028\u2029"
_SCALARS = ("str", "int", "float", "bool")
HEADER = "# The blueprint of this project: enough, alone, to generate it again.\n"


class _Dumper(yaml.SafeDumper):
    """Indents lists and prints texts of many lines as blocks, so that people can edit them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the signature is PyYAML's
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    if any(char in value for char in _BREAKS):
        style = '"'  # read back as they are only where they are escaped
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def dump(blueprint: Blueprint) -> str:
    """YAML with only what differs from the defaults; the same blueprint gives the same bytes."""
    data = blueprint.model_dump(mode="json", exclude_defaults=True)
    body = yaml.dump(
        {"version": blueprint.version, **data}, Dumper=_Dumper, sort_keys=False, width=110, allow_unicode=True
    )
    return HEADER + body


class _Loader(yaml.SafeLoader):
    """Leaves dates the texts that they are, so that nobody has to quote them."""


_Loader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
    for start, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> Blueprint | tuple[Diagnostic, ...]:
    """A blueprint from YAML or JSON, or what is wrong with the text and where."""
    try:
        data = _parsed(text)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        place = f"codebegen.yaml:{mark.line + 1}:{mark.column + 1}" if mark else "codebegen.yaml"
        return (error("blueprint-syntax", place, "this is not YAML", "check the indentation and quotes there"),)
    return from_data(data)


def _parsed(text: str) -> object:
    """Plain data. Texts in JSON may hold characters that YAML wants escaped."""
    if text.lstrip().startswith("{"):
        with suppress(ValueError):
            return json.loads(text)
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader that knows one type less


def from_data(data: object) -> Blueprint | tuple[Diagnostic, ...]:
    """A blueprint from plain data (a parsed YAML or JSON document)."""
    if not isinstance(data, Mapping):
        return (error("blueprint-shape", "$", "a blueprint is a mapping with `name` and `entities`"),)
    try:
        return Blueprint.model_validate(data)
    except ValidationError as problem:
        found = (_diagnostic(dict(item)) for item in problem.errors())
        return tuple({diagnostic.place: diagnostic for diagnostic in found}.values())


def _diagnostic(item: Mapping[str, Any]) -> Diagnostic:
    loc = item["loc"][:-1] if item["loc"] and item["loc"][-1] in _SCALARS else item["loc"]
    place = "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    hints = {
        "extra_forbidden": "remove the key, or check its spelling against the JSON Schema",
        "missing": "add the key",
        "literal_error": "use one of the listed values",
        "string_pattern_mismatch": "names are snake_case, entities PascalCase, without accents",
    }
    return error("blueprint-shape", place, str(item["msg"]), hints.get(str(item["type"]), ""))


def json_schema() -> str:
    """The JSON Schema of `codebegen.yaml`, for editors and for models that write one."""
    return json.dumps(Blueprint.model_json_schema(), indent=2, sort_keys=True) + "\n"
