"""What a template's variables and flags are for one project: defaults, and what a person set, checked by type."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from codebegen.blueprint import Blueprint
from codebegen.compiler.layers import Layer
from codebegen.compiler.manifest import MANIFEST, Flag, Variable
from codebegen.diagnostics import Diagnostic, DiagnosticError, error

Value = str | int | float | bool | tuple[str, ...]

_SWITCH = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
_EXPECTED = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "list": "texts, separated by commas",
}


def values_of(
    layers: tuple[Layer, ...], blueprint: Blueprint, settings: Mapping[str, str], view: Collection[str]
) -> dict[str, Value]:
    """Every variable and flag of the layers by name; raises `DiagnosticError` with all that is wrong.

    Only what the uppermost layer declares may be set: what others declare, they and those above rely on.
    """
    variables: dict[str, Variable] = {}
    flags: dict[str, Flag] = {}
    for layer in layers:
        variables |= layer.variables
        flags |= layer.flags
    declared = {**variables, **flags}
    open_ones = {**layers[-1].variables, **layers[-1].flags}
    problems = [*_taken(declared, view), *_unknown(open_ones, settings), *_twice(variables, flags)]
    values: dict[str, Value] = {}
    for name, variable in variables.items():
        found = _value(name, variable, settings.get(name))
        if isinstance(found, Diagnostic):
            problems.append(found)
        else:
            values[name] = found
    for name, flag in flags.items():
        given = settings.get(name)
        on = flag.default if flag.feature is None else blueprint.has(flag.feature)
        found = on if given is None else _parsed(name, "boolean", given)
        if isinstance(found, Diagnostic):
            problems.append(found)
        else:
            values[name] = found
    if problems:
        raise DiagnosticError(problems)
    return values


def _taken(declared: Collection[str], view: Collection[str]) -> Iterator[Diagnostic]:
    for name in declared:
        if name in view:
            said = f"`{name}` is the name of something that every template has"
            yield error("template-variable", f"{MANIFEST}: {name}", said, "choose another name")


def _unknown(declared: Collection[str], settings: Collection[str]) -> Iterator[Diagnostic]:
    for name in settings:
        if name not in declared:
            known = f"there are: {', '.join(sorted(declared))}" if declared else "this template has none"
            close = get_close_matches(name, declared, 1)
            hint = f"did you mean `{close[0]}`?" if close else known
            yield error("template-setting", f"--set {name}", f"the template has no variable or flag `{name}`", hint)


def _twice(variables: Collection[str], flags: Collection[str]) -> Iterator[Diagnostic]:
    for name in sorted(set(variables) & set(flags)):
        yield error("template-variable", f"{MANIFEST}: {name}", "this is a variable and a flag", "keep one of them")


def _value(name: str, variable: Variable, given: str | None) -> Value | Diagnostic:
    """What a variable is: as it was set, or its default."""
    place = f"{MANIFEST}: variables.{name}"
    if variable.type == "choice" and not variable.values:
        return error("template-variable", place, "a choice needs `values`")
    if given is not None:
        found = _parsed(name, variable.type, given)
        return found if isinstance(found, Diagnostic) else _chosen(f"--set {name}", variable, found)
    if variable.default is None:
        return error(
            "template-setting", f"--set {name}", f"`{name}` has no default: {variable.description or 'set it'}"
        )
    return _chosen(place, variable, _checked(place, variable))


def _parsed(name: str, kind: str, given: str) -> Value | Diagnostic:
    """A typed word as a value."""
    try:
        match kind:
            case "integer":
                return int(given)
            case "number":
                return float(given)
            case "boolean":
                return _SWITCH[given.lower()]
            case "list":
                return tuple(part.strip() for part in given.split(",") if part.strip())
            case _:
                return given
    except (ValueError, KeyError):
        return error("template-setting", f"--set {name}", f"`{given}` is not {_EXPECTED[kind]}")


def _checked(place: str, variable: Variable) -> Value | Diagnostic:
    """A default, if it is of the variable's type."""
    value = "" if variable.default is None else variable.default
    kinds: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "number": (int, float),
        "boolean": (bool,),
        "list": (tuple,),
        "text": (str,),
        "choice": (str,),
    }
    fits = isinstance(value, kinds[variable.type]) and isinstance(value, bool) == (variable.type == "boolean")
    said = f"its default is not {_EXPECTED.get(variable.type, 'a text')}"
    return value if fits else error("template-variable", place, said)


def _chosen(place: str, variable: Variable, value: Value | Diagnostic) -> Value | Diagnostic:
    if variable.type != "choice" or isinstance(value, Diagnostic) or value in variable.values:
        return value
    return error("template-setting", place, f"`{value}` is none of its values", f"one of: {', '.join(variable.values)}")
