"""The Python environment in which projects are proven: codebegen's own, which the jobs may read and not change."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import certifi


def default_cache() -> Path:
    """Where caches live: `$XDG_CACHE_HOME/codebegen`, or `~/.cache/codebegen`."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "codebegen"


@dataclass(frozen=True)
class PythonEnvironment:
    """An interpreter with its libraries, and a folder for caches that only this user can enter."""

    python: Path = field(default_factory=lambda: Path(sys.executable))
    prefixes: tuple[Path, ...] = field(default_factory=lambda: (Path(sys.base_prefix), Path(sys.prefix)))
    cache: Path = field(default_factory=default_cache)

    @cached_property
    def key(self) -> str:
        """Changes whenever the interpreter or a library does."""
        libraries = sorted(f"{item.name}=={item.version}" for item in metadata.distributions())
        return sha256("\n".join([sys.version, *libraries]).encode()).hexdigest()[:16]

    def private_cache(self) -> Path:
        """The cache folder, made for this user alone."""
        self.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.cache

    def variables(self, home: str, temporary: str) -> dict[str, str]:
        """All environment variables of a job: none of the person's own are handed on."""
        return {
            "PATH": f"{self.python.parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": home,
            "TMPDIR": temporary,
            "USER": "sandbox",
            "LOGNAME": "sandbox",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "NO_COLOR": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONNOUSERSITE": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            # Clients of TLS want authorities, even for what they reach without; the system's are not in the sandbox.
            "SSL_CERT_FILE": certifi.where(),
        }

    def argv(self, argv: tuple[str, ...]) -> tuple[str, ...]:
        """The command with `python` put in place."""
        return (str(self.python), *argv[1:]) if argv[0] == "python" else argv

    def compile_libraries(self) -> None:
        """Compile the libraries to bytecode, once.

        Jobs can't write into the environment, so without this each of them would compile the web framework
        again; installers such as uv leave that to the first import.
        """
        spec = importlib.util.find_spec("fastapi")
        if spec is None or spec.origin is None:
            return
        folder = Path(spec.origin).parents[1]
        compiled = Path(importlib.util.cache_from_source(spec.origin))
        if compiled.exists() or not os.access(folder, os.W_OK):
            return
        argv = [str(self.python), "-m", "compileall", "-q", "-j", "0", str(folder)]
        subprocess.run(argv, env=clean(os.environ), check=False, capture_output=True)


def clean(variables: Mapping[str, str]) -> dict[str, str]:
    """Variables without what would send bytecode elsewhere."""
    return {name: value for name, value in variables.items() if not name.startswith("PYTHON")}
