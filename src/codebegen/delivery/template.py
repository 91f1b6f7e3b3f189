"""Which template made a project, kept in it so that it can be made again: a template of a user's own, whole."""

import json
from pathlib import Path

from codebegen.compiler import Custom
from codebegen.compiler.template import built_in, built_in_names
from codebegen.filetree import FileTree, GeneratedFile

TEMPLATE = ".codebegen/template.json"
_FORMAT = 1


def with_template(tree: FileTree, template: str | Custom) -> FileTree:
    """`tree` and, in it, the template that it was made with."""
    layer = template.layer if isinstance(template, Custom) else built_in(template).layers[-1]
    record: dict[str, object] = {"format": _FORMAT, "name": layer.name, "version": layer.version}
    if isinstance(template, Custom):
        record |= {"settings": dict(template.settings), "texts": dict(template.texts)}
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    return tree.with_files([GeneratedFile(TEMPLATE, text, "delivery")])


def read_template(project: Path) -> str | Custom | None:
    """What `project` was made with, if anything readable tells."""
    try:
        record = json.loads((project / TEMPLATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.get("format") != _FORMAT:
        return None
    if isinstance(record.get("texts"), dict):
        return Custom(_texts(record["texts"]), _texts(record.get("settings")))
    return next((name for name in built_in_names() if name == record.get("name")), None)


def _texts(value: object) -> dict[str, str]:
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else {}
