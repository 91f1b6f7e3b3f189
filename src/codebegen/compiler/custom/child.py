"""What runs in the child process: a blueprint and a template in, the files of a project or diagnostics out.

In the current folder lie `request.json` (`blueprint`, `texts`, `settings`); the answer is written where the first
argument says: `{"files": [[path, content, origin], …]}` or `{"diagnostics": [{…}, …]}`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from codebegen.blueprint import Blueprint, complete, load
from codebegen.compiler.custom.folder import Custom
from codebegen.compiler.custom.rendering import render_custom
from codebegen.diagnostics import DiagnosticError

REQUEST = "request.json"


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request."""
    blueprint = load(request["blueprint"])
    if not isinstance(blueprint, Blueprint):
        return {"diagnostics": [item.as_dict() for item in blueprint]}
    try:
        files = render_custom(complete(blueprint), Custom(request["texts"], request["settings"]))
    except DiagnosticError as refusal:
        return {"diagnostics": [item.as_dict() for item in refusal.diagnostics]}
    return {"files": [[file.path, file.content, file.origin] for file in files]}


def main() -> None:
    """Read, render, write."""
    request = json.loads(Path(REQUEST).read_text(encoding="utf-8"))
    Path(sys.argv[1]).write_text(json.dumps(answer(request)), encoding="utf-8")


if __name__ == "__main__":
    main()
