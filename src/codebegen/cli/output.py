"""Two streams: one JSON document for programs on standard output, everything for people on standard error."""

import json
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

from codebegen.diagnostics import Diagnostic

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
# A colour of ours (group 1), or a control character that a description could smuggle into a terminal.
_CONTROL = re.compile(r"(\x1b\[[0-9;]+m)|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def colours() -> bool:
    """Whether people read standard error on a terminal that shows colours."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, *names: str) -> str:
    """`text` in bold, dim or a colour, where the terminal shows them."""
    if not names or not colours():
        return text
    return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """A line for people; what their terminal can't show is escaped, and so is what could control it."""
    shown = _CONTROL.sub(lambda match: match[0] if match[1] else repr(match[0])[1:-1], text)
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def say_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Each with its place and hint."""
    colour = {"error": "red", "warning": "yellow", "info": "cyan"}
    for diagnostic in diagnostics:
        place = f" {style(diagnostic.place, 'dim')}" if diagnostic.place else ""
        say(f"{style(diagnostic.severity, 'bold', colour[diagnostic.severity])}{place}: {diagnostic.message}")
        if diagnostic.hint:
            say(f"  {style('hint:', 'dim')} {diagnostic.hint}")


def print_json(document: dict[str, Any]) -> None:
    """The one document of a `--format json` run."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=not _unicode(sys.stdout.encoding)) + "\n")
    sys.stdout.flush()


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """The document of a run that made nothing."""
    print_json({"diagnostics": [diagnostic.as_dict() for diagnostic in diagnostics]})


def _unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "") == "utf8"
