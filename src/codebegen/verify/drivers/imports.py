"""Whether every module of the application can be imported, and the application describes itself."""

import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from codebegen.verify.drivers.common import described, files, finding, place_of, save


def module_of(path: Path) -> str:
    """`app/core/config.py` → `app.core.config`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str) -> tuple[ModuleType | None, dict[str, str] | None]:
    """The module, or the finding that says why there is none."""
    try:
        return importlib.import_module(name), None
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a stranger's module raises is the finding)
        return None, finding(f"{name} can't be imported: {described(error)}", place_of(error))


def document_of(module: ModuleType) -> tuple[dict[str, Any] | None, dict[str, str] | None]:
    """The OpenAPI document of `module.app`."""
    app = getattr(module, "app", None)
    if app is None:
        return None, finding("app.main has no `app`", "app/main.py", "Servers start `app.main:app`.")
    try:
        document = json.loads(json.dumps(app.openapi()))
    except Exception as error:  # noqa: BLE001 (the same)
        return None, finding(f"the application can't describe itself: {described(error)}", place_of(error))
    return document, None


def main() -> None:
    """Import the application as a server would, then whatever it did not pull in."""
    document = None
    main_module, problem = imported("app.main")
    problems = [problem]
    if main_module is not None:
        document, problem = document_of(main_module)
        problems.append(problem)
        problems += [imported(module_of(path))[1] for path in files(".py", under="app")]
    save([item for item in problems if item], openapi=document)


if __name__ == "__main__":
    main()
