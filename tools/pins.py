"""Renew the pins that generated projects get: `python tools/pins.py` (needs uv and a package index).

Resolves everything a generated project and its features may depend on, in the versions that projects are proven with,
for every platform and Python from 3.11, and writes versions, hashes and who needs what to
`src/codebegen/compiler/pins.json`. The compiler then pins projects offline.
"""

import json
import re
import subprocess
from pathlib import Path

from codebegen.features import catalogue

ROOTS = {
    "runtime": [
        "aiosqlite",
        "alembic",
        "asyncpg",
        "fastapi",
        "pydantic",
        "pydantic-core",
        "pydantic-settings",
        "sqlalchemy[asyncio]",
        "starlette",
        "typing-extensions",
        "uvicorn[standard]",
    ],
    "documents": ["beanie", "pymongo"],
    "auth": ["anyio", "pwdlib[argon2]", "pyjwt", "python-multipart"],
    "dev": ["bandit", "httpx", "mypy", "pytest", "ruff"],
    "features": sorted(
        {package for spec in catalogue().values() for package in (*spec.dependencies, *spec.development)}
    ),
}
ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/codebegen/compiler/pins.json"
_PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$")


def resolve() -> str:
    """The resolution of all roots together, as uv prints it."""
    wanted = "\n".join(name for group in ROOTS.values() for name in group)
    command = ["uv", "pip", "compile", "-", "--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-emit-index-url", "--quiet", "--constraint", str(ROOT / "requirements/dev.txt")]
    return subprocess.run(command, input=wanted, capture_output=True, text=True, check=True).stdout


def parse(text: str) -> dict[str, dict[str, object]]:
    """Pins by name: version, marker, hashes, and the packages that need it."""
    pins: dict[str, dict[str, object]] = {}
    hashes: list[str] = []
    via: list[str] = []
    for line in text.splitlines():
        if found := _PIN.match(line):
            hashes, via = [], []
            pins[found["name"]] = {"version": found["version"], "marker": found["marker"], "hashes": hashes, "via": via}
        elif "--hash=" in line:
            hashes.append(line.strip().removeprefix("--hash=").removesuffix(" \\"))
        elif comment := re.match(r"^ +# +(?:via +)?(?P<name>[a-z0-9._-]+)", line):
            via.append(comment["name"])
    for pin in pins.values():
        pin["via"] = sorted(name for name in pin["via"] if name in pins)  # type: ignore[attr-defined]
    return pins


def main() -> None:
    """Write the pins."""
    data = {"declared": ROOTS, "pins": parse(resolve())}
    TARGET.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
