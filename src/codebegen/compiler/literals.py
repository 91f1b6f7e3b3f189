"""Data of a description as Python literals and as prose; it never becomes anything else."""

import json


def python(value: object) -> str:
    """A Python literal in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")
    if isinstance(value, tuple):
        inner = ", ".join(python(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def prose(value: object) -> str:
    """One line for a docstring or a comment, without anything that could end either."""
    return " ".join(str(value).split()).replace("\\", "/").replace('"', "'")
