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
    """The shipped resolution: what may be declared, by what it is for, and every pin."""

    declared: dict[str, list[str]]
    pins: dict[str, Pin]


@lru_cache(maxsize=1)
def shipped() -> Pins:
    """The pins, as `tools/pins.py` wrote them."""
    loaded: Pins = json.loads(files("codebegen").joinpath("compiler/pins.json").read_text("utf-8"))
    return loaded


def declared(packages: Iterable[str]) -> tuple[str, ...]:
    """What the project itself declares (`uvicorn[standard]`), with the versions that were proven as the least."""
    pins = shipped()["pins"]
    return tuple(sorted(f"{name}>={pins[base_name(name)]['version']}" for name in packages))


def requirements(packages: Iterable[str], without: Iterable[str] = ()) -> str:
    """The lines of a hashed requirements file for packages and all that they need, less what others bring."""
    pins = shipped()["pins"]
    left_out = _closure(without)
    lines = []
    for name in sorted(_closure(packages) - left_out):
        pin = pins[name]
        marker = f" ; {pin['marker']}" if pin["marker"] else ""
        lines.append(f"{name}=={pin['version']}{marker} \\")
        lines.append(" \\\n".join(f"    --hash={digest}" for digest in pin["hashes"]))
    return "\n".join(lines) + "\n"


def base_name(package: str) -> str:
    """`uvicorn` for `uvicorn[standard]`."""
    return package.partition("[")[0]


def _closure(packages: Iterable[str]) -> set[str]:
    """Names of packages and of everything that they need."""
    pins = shipped()["pins"]
    names = {base_name(package) for package in packages}
    while more := {name for name, pin in pins.items() if name not in names and names & set(pin["via"])}:
        names |= more
    return names
