"""`template.yaml`: text in, a frozen `Manifest` out, or diagnostics with the line that is meant.

Built-in layers and those of users are read by the same rules.
"""

from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from codebegen.blueprint.model import FeatureKey, Stack
from codebegen.diagnostics import Diagnostic, DiagnosticError, error

MANIFEST = "template.yaml"
_LARGEST = 64_000
_HINTS = {
    "extra_forbidden": "remove the key, or check its spelling: docs/templates.md lists every key",
    "missing": "add the key",
    "string_pattern_mismatch": "a name is snake_case: letters, digits and _",
}

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Glob = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(_listed)]


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleEntry(_Node):
    """Files whose template path matches `files` are made `each` of a list in the view, `when` all flags are set."""

    files: Glob
    each: Name | None = None
    when: Names = ()


class Package(_Node):
    """A package as it is declared (`uvicorn[standard]`), needed `when` all flags are set."""

    package: Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]+(\[[a-z0-9,_-]+\])?$")]
    when: Names = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """A package that is always needed is only its name."""
        return {"package": value} if isinstance(value, str) else value


class Variable(_Node):
    """What a person may set; without a default they must."""

    type: Literal["text", "integer", "number", "boolean", "choice", "list"]
    description: str = ""
    default: str | int | float | bool | tuple[str, ...] | None = None
    values: tuple[str, ...] = ()


class Flag(_Node):
    """A switch for rules and texts: as it is set, else on where the blueprint has the feature, else the default."""

    description: str = ""
    default: bool = False
    feature: FeatureKey | None = None


class Manifest(_Node):
    """What a layer says of itself, see `layers.py`."""

    name: Name
    version: Annotated[str, BeforeValidator(str)] = "1"
    title: str = ""
    description: str = ""
    stacks: tuple[Stack, ...] = ()
    inherits: Names = ()
    abstract: bool = False
    omit: Annotated[tuple[Glob, ...], BeforeValidator(_listed)] = ()
    rules: tuple[RuleEntry, ...] = ()
    dependencies: tuple[Package, ...] = ()
    development: tuple[Package, ...] = ()
    variables: dict[Name, Variable] = Field(default_factory=dict)
    flags: dict[Name, Flag] = Field(default_factory=dict)


def read_manifest(text: str, place: str = MANIFEST) -> Manifest:
    """The manifest in a text; raises `DiagnosticError` with all that is wrong with it."""
    if len(text) > _LARGEST:
        raise DiagnosticError([error("template-manifest", place, f"it has more than {_LARGEST} characters")])
    try:
        # References could make a short text endless.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader)):
            raise DiagnosticError(
                [error("template-manifest", place, "references (`*name`) are not read", "write it out")]
            )
        data, root = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"{place}:{mark.line + 1}" if mark else place
        said = getattr(problem, "problem", None) or "it can't be read"
        raise DiagnosticError(
            [error("template-manifest", where, f"this is not YAML: {said}", "check indentation and quotes there")]
        ) from None
    try:
        return Manifest.model_validate(data)
    except ValidationError as problem:
        found = {(item["loc"], item["msg"]): _diagnostic(dict(item), root, place) for item in problem.errors()}
        raise DiagnosticError(tuple(found.values())) from None


def _diagnostic(item: dict[str, Any], root: yaml.Node | None, place: str) -> Diagnostic:
    loc: tuple[str | int, ...] = tuple(part for part in item["loc"] if part != "[key]")
    line = line_of(root, loc)
    named = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    message = str(item["msg"])
    return error(
        "template-manifest", f"{place}:{line}", f"{named or 'the file'}: {message}", _HINTS.get(item["type"], "")
    )


def line_of(root: yaml.Node | None, loc: tuple[str | int, ...]) -> int:
    """The line of the node at a path of keys and numbers, or of the last one on the way that is there."""
    node, line = root, 1 if root is None else root.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
