"""`requirements.txt` of a generated project: pinned and hashed, made offline from the pins that codebegen ships."""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict


class Pin(TypedDict):
    """One package of the shipped resolution; `via` are the packages that need it."""

    version: str
    marker: str | None
    hashes: list[str]
    via: list[str]


class Pins(TypedDict):
    """The shipped resolution: what is declared by group, the names of those, and every pin."""

    declared: dict[str, list[str]]
    roots: dict[str, list[str]]
    pins: dict[str, Pin]


@lru_cache(maxsize=1)
def shipped() -> Pins:
    """The pins, as `tools/pins.py` wrote them."""
    loaded: Pins = json.loads(files("codebegen").joinpath("compiler/pins.json").read_text("utf-8"))
    return loaded


def declared(groups: Iterable[str]) -> tuple[str, ...]:
    """What the project itself declares, with the versions that were proven as the least."""
    data = shipped()
    names = [name for group in groups for name in data["declared"][group]]
    return tuple(sorted(f"{name}>={data['pins'][name.split('[')[0]]['version']}" for name in names))


def requirements(groups: Iterable[str], without: Iterable[str] = ()) -> str:
    """The lines of a hashed requirements file for groups of packages and all that they need."""
    pins = shipped()["pins"]
    left_out = _closure(without)
    lines = []
    for name in sorted(_closure(groups) - left_out):
        pin = pins[name]
        marker = f" ; {pin['marker']}" if pin["marker"] else ""
        lines.append(f"{name}=={pin['version']}{marker} \\")
        lines.append(" \\\n".join(f"    --hash={digest}" for digest in pin["hashes"]))
    return "\n".join(lines) + "\n"


def _closure(groups: Iterable[str]) -> set[str]:
    """Names of the groups' packages and of everything that they need."""
    data = shipped()
    names = {name for group in groups for name in data["roots"][group]}
    while more := {name for name, pin in data["pins"].items() if name not in names and names & set(pin["via"])}:
        names |= more
    return names
