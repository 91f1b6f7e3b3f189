"""Whether what the project depends on exists, is pinned by hash, is declared, and is used."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from codebegen.verify.drivers.common import files, finding, save

PINS = "requirements.txt"
# Reached by name in a setting or by another library, never by an import of the project.
USED_BY_NAME = frozenset(
    {"aiosqlite", "asyncpg", "uvicorn", "gunicorn", "greenlet", "python-multipart", "email-validator", "tzdata"}
)


def pins_of(text: str) -> tuple[dict[str, Requirement], list[dict[str, str]]]:
    """The pinned requirements by name, and what is wrong with the others."""
    pins: dict[str, Requirement] = {}
    found = []
    for number, line in logical_lines(text):
        stated, *hashes = re.split(r"\s+--hash=", line)
        place = f"{PINS}:{number}"
        try:
            requirement = Requirement(stated.strip())
        except InvalidRequirement:
            found.append(finding(f"not a requirement: {stated}", place))
            continue
        pins[canonicalize_name(requirement.name)] = requirement
        if not any(specifier.operator == "==" for specifier in requirement.specifier):
            found.append(finding(f"{requirement.name} is not pinned with ==", place))
        if not any(re.fullmatch(r"sha256:[0-9a-f]{64}", value.strip()) for value in hashes):
            found.append(finding(f"{requirement.name} has no sha256 hash", place))
    return pins, found


def logical_lines(text: str) -> Iterable[tuple[int, str]]:
    """Lines with their continuations joined, without comments and options."""
    started, parts = 0, []
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)#.*", "", raw).rstrip()
        started = started or number
        parts.append(line.removesuffix("\\").strip())
        if line.endswith("\\"):
            continue
        joined = " ".join(part for part in parts if part)
        if joined and not joined.startswith("-"):
            yield started, joined
        started, parts = 0, []


def declared(project: Mapping[str, object]) -> tuple[dict[str, Requirement], set[str]]:
    """What `pyproject.toml` declares: for running, and the names for anything else (groups, extras)."""
    table = project.get("project", {})
    running = table.get("dependencies", []) if isinstance(table, dict) else []
    groups = [project.get("dependency-groups", {})]
    if isinstance(table, dict):
        groups.append(table.get("optional-dependencies", {}))
    others: set[str] = {
        canonicalize_name(Requirement(item).name)
        for group in groups
        if isinstance(group, dict)
        for items in group.values()
        for item in items
        if isinstance(item, str)
    }
    return {canonicalize_name(Requirement(item).name): Requirement(item) for item in running}, others


def imports_of(path: Path) -> dict[str, int]:
    """Top-level names that the file imports, each with a line."""
    names: dict[str, int] = {}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names.update({alias.name.partition(".")[0]: node.lineno for alias in node.names})
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names[node.module.partition(".")[0]] = node.lineno
    return names


def check_imports(running: set[str], others: set[str]) -> tuple[set[str], list[dict[str, str]]]:
    """The distributions that the application uses, and imports of what is not declared."""
    known = metadata.packages_distributions()
    own = {path.stem for path in Path().iterdir() if path.is_dir() or path.suffix == ".py"}
    used: set[str] = set()
    found = []
    for path in files(".py"):
        allowed = running | others if path.parts[0] == "tests" else running
        for name, line in imports_of(path).items():
            if name in sys.stdlib_module_names or name in own:
                continue
            owners = {canonicalize_name(owner) for owner in known.get(name, [])}
            used |= owners
            if not owners:
                found.append(finding(f"nothing known provides `{name}`", f"{path}:{line}", "Is the name invented?"))
            elif not owners & allowed:
                hint = f"Add {min(owners)} to the dependencies in pyproject.toml."
                found.append(finding(f"`{name}` is imported and not declared", f"{path}:{line}", hint))
    return used, found


def check_declared(
    running: Mapping[str, Requirement], pins: Mapping[str, Requirement], used: set[str]
) -> list[dict[str, str]]:
    """Every declared dependency is pinned, exists, is the version that was proven, and is used."""
    found = []
    for name in running:
        if name not in pins:
            found.append(finding(f"{name} is declared and not pinned", PINS))
        if name not in used | USED_BY_NAME:
            found.append(finding(f"{name} is declared and never used", "pyproject.toml"))
    for name, requirement in pins.items():
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        found += check_version(name, requirement)
    return found


def check_version(name: str, requirement: Requirement) -> list[dict[str, str]]:
    """Whether the pin is what the project was proven with."""
    try:
        here = metadata.version(name)
    except metadata.PackageNotFoundError:
        hint = "It is not among the libraries that projects are proven with."
        return [finding(f"nothing proves that {name} exists", PINS, hint)]
    if not requirement.specifier.contains(here, prereleases=True):
        return [finding(f"{requirement} is pinned, proven was {here}", PINS, severity="warning")]
    return []


def main() -> None:
    """Compare the three: imports, declarations, pins."""
    if not Path(PINS).is_file():
        save([finding(f"there is no {PINS}", PINS, "Pin every dependency with its hashes.")])
        return
    pins, found = pins_of(Path(PINS).read_text(encoding="utf-8"))
    project = Path("pyproject.toml")
    table = tomllib.loads(project.read_text(encoding="utf-8")) if project.is_file() else {}
    running, others = declared(table)
    running = running or pins
    used, undeclared = check_imports(set(running), others)
    found += undeclared + check_declared(running, pins, used)
    save(found, pinned=len(pins), declared=len(running))


if __name__ == "__main__":
    main()
