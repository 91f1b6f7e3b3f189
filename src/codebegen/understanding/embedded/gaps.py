"""Gaps: two or more blanks between a name and what is said about it, line under line, stand for a colon."""

import re

_GAPPED = re.compile(r"[ \t]*(?![-*•+|#\d])(\S+(?: \S+){0,2})(?: {2,}|\t+)(?=\S)")
_ENDS = (":", ",", ".", ";", "=", "|", "->", ")")


def gaps(text: str) -> frozenset[int]:
    """Where names end that a gap follows; only where lines beneath each other are set so."""
    found: list[int] = []
    run: list[int] = []
    column, at = 0, 0
    for line in text.splitlines(keepends=True):
        match = _GAPPED.match(line)
        if match and not match[1].endswith(_ENDS):
            run.append(at + match.end(1))
            column = match.end()
        elif run and _aligned(line, column):
            run.append(at + column - 1)
        elif line.strip() and (line[:1].isspace() or len(line.split()) > 2):
            found.extend(run if len(run) > 1 else ())
            run = []
        at += len(line)
    return frozenset((*found, *(run if len(run) > 1 else ())))


def _aligned(line: str, column: int) -> bool:
    """`commissioned_on date` beneath shorter names: one blank is enough where the column is the same."""
    name = line[: column - 1]
    fits = len(line) > column and line[column - 1] == " " and not line[column].isspace() and not name.endswith(" ")
    return fits and len(name.split()) == 1 and not name.strip().startswith(("-", "*", "|", "#"))
