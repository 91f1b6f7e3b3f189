"""Whether every file of the project can be read by what it is written for: Python, TOML, JSON, YAML."""

import json
import sys
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path

import yaml

from codebegen.verify.drivers.common import described, files, finding, save


def parse_python(path: Path) -> list[dict[str, str]]:
    """Compile without running; an invalid escape and its like are warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    return [finding(str(w.message), f"{path}:{w.lineno}", severity="warning") for w in caught]


def parse_toml(path: Path) -> list[dict[str, str]]:
    """TOML."""
    tomllib.loads(path.read_text(encoding="utf-8"))
    return []


def parse_json(path: Path) -> list[dict[str, str]]:
    """JSON."""
    json.loads(path.read_text(encoding="utf-8"))
    return []


class AnyTag(yaml.SafeLoader):
    """Reads documents whose own tags (`!reference`, `!ENV`) mean nothing to us."""


AnyTag.add_multi_constructor("!", lambda _loader, _suffix, _node: None)


def parse_yaml(path: Path) -> list[dict[str, str]]:
    """YAML, all documents of the file."""
    for _ in yaml.load_all(path.read_text(encoding="utf-8"), Loader=AnyTag):
        pass
    return []


PARSERS: dict[str, Callable[[Path], list[dict[str, str]]]] = {
    ".py": parse_python,
    ".toml": parse_toml,
    ".json": parse_json,
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
}


def checked(path: Path) -> list[dict[str, str]]:
    """The findings on one file."""
    try:
        return PARSERS[path.suffix](path)
    except SyntaxError as error:
        return [finding(f"{error.msg}", f"{path}:{error.lineno or 1}")]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return [finding(f"not YAML: {error.problem}", f"{path}:{line}")]
    except (ValueError, yaml.YAMLError, RecursionError, MemoryError) as error:
        return [finding(described(error), str(path))]


def main() -> None:
    """Read everything."""
    sys.setrecursionlimit(3000)
    found = [item for path in files(*PARSERS) for item in checked(path)]
    python = sum(1 for _ in files(".py"))
    if not python:
        found.append(finding("there is no Python file in the project"))
    save(found, python_files=python)


if __name__ == "__main__":
    main()
