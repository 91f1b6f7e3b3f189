"""`codebegen import`: a schema in an exact format, or a live database, becomes a project, as a description does."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from codebegen.bootstrap import read_database
from codebegen.cli.arguments import UsageError
from codebegen.cli.commands.new import produce
from codebegen.cli.prompt import read_prompt
from codebegen.cli.request import Source, request_of, title_of
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.understanding.formats import TITLES, recognise
from codebegen.understanding.formats.schema import Format

_ENDINGS: dict[str, Format] = {
    ".sql": "sql",
    ".ddl": "sql",
    ".prisma": "prisma",
    ".dbml": "dbml",
    ".jdl": "jdl",
    ".jh": "jdl",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}


def run(arguments: Namespace) -> int:
    """0 if what was made is proven or proof was not wanted, else 1; what is wrong is told with its line."""
    if len(arguments.words) != 1:
        raise UsageError("name one file, or the URL of one database")
    word = arguments.words[0]
    source = _database(word) if _is_url(word) else _file(word, arguments.source_format)
    place = "database" if _is_url(word) else ("standard input" if word == "-" else word)
    try:
        return produce(request_of(arguments, source), arguments)
    except DiagnosticError as refusal:
        raise DiagnosticError([_placed(one, place) for one in refusal.diagnostics]) from None


def _is_url(word: str) -> bool:
    return "://" in word and urlsplit(word).scheme not in ("http", "https", "file")


def _database(url: str) -> Source:
    text, name = read_database(url)
    stack = "fastapi_sqlite" if url.startswith("sqlite") else "fastapi_postgres"
    return Source(text, "sql", title_of(name), stack)


def _file(word: str, told: Format | None) -> Source:
    text = read_prompt(["-"], None) if word == "-" else read_prompt([], Path(word))
    found = told or _ENDINGS.get(Path(word).suffix.lower()) or recognise(text)
    if found is None:
        known = ", ".join(f"{name} ({title})" for name, title in TITLES.items())
        hint = f"name it with --as: {known}; prose is for `codebegen new --file {word}`"
        raise DiagnosticError([error("unknown-format", word, "it is in no format that is known here", hint)])
    return Source(text, found, title_of(Path(word).stem) if word != "-" else "")


def _placed(one: Diagnostic, place: str) -> Diagnostic:
    """A place in the description is a place in the file."""
    if one.place != "prompt" and not one.place.startswith("prompt:"):
        return one
    return replace(one, place=place + one.place.removeprefix("prompt"))
