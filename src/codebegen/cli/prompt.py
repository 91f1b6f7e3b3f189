"""Where the description comes from: the command line, a file, or standard input; always decoded text."""

import codecs
import sys
from pathlib import Path

from codebegen.cli.arguments import UsageError
from codebegen.diagnostics import Diagnostic, DiagnosticError, error

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_prompt(words: list[str], file: Path | None) -> str:
    """The text of `words` (`-` reads standard input) or of `file`; raises `UsageError` or `DiagnosticError`."""
    if words and file is not None:
        raise UsageError("give the description as an argument or with --file, not both")
    if file is not None:
        return _decode(_read(file), str(file))
    if not words:
        raise UsageError("say what to build: give a description, --file F, or - to read standard input")
    if words == ["-"]:
        return _decode(sys.stdin.buffer.read(), "standard input")
    # What the system handed over undecodable is there as lone surrogates.
    return _decode(" ".join(words).encode(errors="surrogateescape"), "the description")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise DiagnosticError([error("prompt-file", str(file), f"it can't be read: {problem.strerror}")]) from None


def _decode(data: bytes, place: str) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise DiagnosticError([_not_text(place, f"byte {problem.start} is not {encoding.upper()}")]) from None
    if "\0" in text:
        raise DiagnosticError([_not_text(place, "it holds NUL bytes")])
    if not text.strip():
        hint = 'try: codebegen new "A blog: users write posts; posts have a title and a body"'
        raise DiagnosticError([error("prompt-empty", place, "there is no description", hint)])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_text(place: str, why: str) -> Diagnostic:
    return error("prompt-not-text", place, f"this is not text: {why}", "a description is plain text in UTF-8")
