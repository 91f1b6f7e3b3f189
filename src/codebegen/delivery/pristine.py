"""The copy of what was generated, kept in the project: the base of every later merge, and how an edit is told apart.

One JSON file and not a folder of copies, so that no linter, type checker, search or test run meets the code twice.
"""

import json
from pathlib import Path

from codebegen.filetree import FileTree, GeneratedFile

PRISTINE = ".codebegen/generated.json"
_FORMAT = 1


def with_pristine(tree: FileTree) -> FileTree:
    """`tree` and, in it, the copy of itself."""
    tree = tree.without([PRISTINE])
    record = {"format": _FORMAT, "files": {path: file.content for path, file in tree.items()}}
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    return tree.with_files([GeneratedFile(PRISTINE, text, "delivery")])


def read_pristine(project: Path) -> dict[str, str]:
    """What was generated into `project` the last time, by path; empty where nothing readable tells."""
    try:
        record = json.loads((project / PRISTINE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files = record.get("files") if isinstance(record, dict) and record.get("format") == _FORMAT else None
    if not isinstance(files, dict):
        return {}
    return {str(path): str(content) for path, content in files.items()}
