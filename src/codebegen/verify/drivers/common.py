"""What the scripts share: findings as dictionaries, places in the project, and the result file."""

import json
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

RESULT = Path("../scratch/result.json")
PROJECT = Path.cwd()
LONGEST_MESSAGE = 600


def finding(message: str, place: str = "", hint: str = "", severity: str = "error") -> dict[str, str]:
    """One finding, in the form in which gates read it."""
    return {"message": shortened(message), "place": place, "hint": hint, "severity": severity}


def shortened(text: str) -> str:
    """The text, cut where nobody would read on."""
    text = text.strip()
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + " …"


def save(findings: list[dict[str, str]], **more: object) -> None:
    """Leave the result; the exit status says only that the script itself worked."""
    RESULT.write_text(json.dumps({"findings": findings, **more}), encoding="utf-8")


def described(error: BaseException) -> str:
    """An exception in one line, without its traceback."""
    if isinstance(error, SystemExit):
        return f"the process ended itself: {error.code}"
    return f"{type(error).__name__}: {shortened(str(error))}"


def place_of(error: BaseException) -> str:
    """The innermost line of the project that the exception went through, as `app/main.py:12`."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{inside(error.filename)}:{error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_absolute() and path.is_relative_to(PROJECT):
            return f"{inside(frame.filename)}:{frame.lineno}"
    return ""


def inside(filename: str) -> str:
    """A file name as seen from the project's root."""
    path = Path(filename)
    return str(path.relative_to(PROJECT)) if path.is_absolute() and path.is_relative_to(PROJECT) else filename


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """The project's files with one of the suffixes, in order, relative to its root."""
    for path in sorted(Path(under).rglob("*")):
        if path.is_file() and path.suffix in suffixes:
            yield path


def note(text: str) -> None:
    """A word for whoever reads the job's output."""
    sys.stderr.write(text + "\n")
