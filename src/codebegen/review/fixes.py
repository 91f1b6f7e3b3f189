"""Suggestions that can carry themselves out, each safe whatever the file says."""

import re
from collections.abc import Iterator

from codebegen.filetree import FileTree, GeneratedFile
from codebegen.review.model import Suggestion

_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_FINAL = re.compile(r"\s*\Z")


def suggest(tree: FileTree) -> Iterator[Suggestion]:
    """Whitespace that makes every later diff noisier."""
    for path, file in tree.items():
        # Two spaces at the end of a Markdown line mean a line break.
        text = file.content if path.endswith(".md") else _TRAILING.sub("", file.content)
        fixed = _FINAL.sub("\n", text, count=1) if text.strip() else text
        if fixed != file.content:
            yield Suggestion(path, "remove stray whitespace at line ends and at the end of the file", fixed)


def apply_fixes(tree: FileTree, suggestions: tuple[Suggestion, ...]) -> FileTree:
    """The tree with every suggestion carried out that has a fix."""
    return tree.with_files(
        GeneratedFile(s.path, s.fixed, tree[s.path].origin) for s in suggestions if s.fixed is not None
    )
