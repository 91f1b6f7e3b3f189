"""What may be typed after `codebegen`.

A prompt is free text: it may begin with `-`, hold many lines, or look like a list. So before argparse sees the words,
those that can't be an option are told apart from those that are.
"""

import argparse
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from codebegen import __version__

TEXT, JSON = "text", "json"
# Commands of the interface that are still to come; they say so instead of being unknown.
LATER = frozenset("iterate serve worker db models train analyze".split())
ENGINES = ("embedded", "model", "both")
FORMATS = ("jdl", "dbml", "prisma", "mermaid", "sql", "openapi", "json")

_OPTION = re.compile(r"-[A-Za-z]|--[a-z][a-z0-9-]*(=.*)?", re.DOTALL)

EPILOG = """\
exit status:
  0  done, and proven where proof was asked for
  1  generated, but a gate failed or did not run; or a fault in codebegen itself, which says where its log is
  2  wrong use, nothing understood, or the place can't be written to
"""


class UsageError(Exception):
    """Wrong words on the command line; `usage` is the short help of the command that was meant."""

    def __init__(self, message: str, usage: str = "") -> None:
        self.message, self.usage = message, usage
        super().__init__(message)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, self.format_usage())


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of one command, its free text in `words`; raises `UsageError`."""
    parser, values = _parser()
    options, words = _separate(argv, values)
    if words[:1] and words[0] in LATER:
        raise UsageError(f"`codebegen {words[0]}` is not available in version {__version__}", parser.format_usage())
    arguments = parser.parse_args([*words[:1], *options])
    if arguments.command is None:
        raise UsageError("say what to do: `codebegen new DESCRIPTION` makes a project", parser.format_usage())
    arguments.words = words[1:]
    return arguments


def wants_json(argv: Sequence[str]) -> bool:
    """Whether `--format json` was asked for, readable even where the rest is wrong use."""
    return "--format=json" in argv or ("--format", JSON) in pairwise(argv)


def _separate(argv: Sequence[str], values: frozenset[str]) -> tuple[list[str], list[str]]:
    """`argv` as options (each with its value, which `values` take) and free text, both in their order."""
    options: list[str] = []
    free: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            free.extend(words)
        elif not _OPTION.fullmatch(word):
            free.append(word)
        else:
            options.append(word)
            if word in values and (value := next(words, None)) is not None:
                options.append(value)
    return options, free


def _parser() -> tuple[_Parser, frozenset[str]]:
    """The parser, and every option that takes a value."""
    parser = _Parser(
        prog="codebegen",
        description="From a description of a backend, in plain language, to a proven FastAPI project.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"codebegen {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    made = [make(commands) for make in (_new, _plan, _verify, _explain, _import, _features, _templates)]
    values = {
        name
        for command in made
        for action in command._actions  # noqa: SLF001 - argparse has no other way to list its options
        if action.nargs != 0
        for name in action.option_strings
    }
    return parser, frozenset(values)


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, summary: str, more: str = "") -> _Parser:
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary}. {more}".strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--format", choices=(TEXT, JSON), default=TEXT, help="json prints one document for programs")
    return parser


def _new(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(commands, "new", "make a project from a description and prove it")
    _description(parser)
    _delivery(parser)
    return parser


def _import(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(
        commands,
        "import",
        "make a project from a schema in an exact format, or from a live database, and prove it",
        "A database is only read: sqlite:///shop.db, postgresql://user:password@host/name.",
    )
    parser.add_argument("unused", nargs="*", metavar="FILE|URL", help="the schema; - reads standard input")
    parser.add_argument(
        "--as", choices=FORMATS, dest="source_format", help="what the file is written in, where that can't be seen"
    )
    _circumstances(parser)
    _delivery(parser)
    return parser


def _delivery(parser: _Parser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="where to; ./<name of the project> unless told"
    )
    parser.add_argument("--no-verify", action="store_true", help="skip the gates: the project is not proven")
    _unsandboxed(parser)
    parser.add_argument("--force", action="store_true", help="write into a folder that is not empty")


def _plan(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(commands, "plan", "say what a description is understood as, and make nothing")
    _description(parser)
    return parser


def _verify(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(commands, "verify", "run the gates on a project that codebegen made", "It is not changed.")
    parser.add_argument("unused", nargs="*", metavar="DIR", help="its folder; here unless told")
    _unsandboxed(parser)
    return parser


def _explain(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(
        commands,
        "explain",
        "show what each phrase became; of a project, also why its score is what it is",
    )
    _description(parser, "a description, or the folder of a project")
    return parser


def _features(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    return _command(commands, "features", "list what a project can have beyond its entities, and how to ask for it")


def _templates(commands: "argparse._SubParsersAction[_Parser]") -> _Parser:
    parser = _command(
        commands,
        "templates",
        "list templates, show one, begin one of your own, or check it",
        "`list`; `show NAME|DIR`; `new DIR`; `check DIR`.",
    )
    parser.add_argument("unused", nargs="*", metavar="ACTION [NAME|DIR]", help="list unless told")
    parser.add_argument("--inherits", metavar="T", help="of `new`: the built-in template below; fastapi_sqlalchemy")
    _settings(parser)
    return parser


def _settings(parser: _Parser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="settings",
        help="a variable or flag of the template; repeatable",
    )


def _unsandboxed(parser: _Parser) -> None:
    parser.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="prove what a template of your own makes without a sandbox too: it may then do what you may",
    )


def _description(parser: _Parser, what: str = "the description; - reads standard input") -> None:
    parser.add_argument("unused", nargs="*", metavar="PROMPT", help=what)
    parser.add_argument("--file", type=Path, metavar="F", help="read the description from a file")
    _circumstances(parser)


def _circumstances(parser: _Parser) -> None:
    parser.add_argument("--stack", metavar="S", help="fastapi_sqlite, fastapi_postgres or fastapi_mongo")
    parser.add_argument(
        "--template", metavar="T", help="the template to fill, by name, or the folder of your own; fastapi_sqlalchemy"
    )
    _settings(parser)
    parser.add_argument("--domain", metavar="D", help="ecommerce, healthcare, … where the words leave it open")
    parser.add_argument(
        "--constraint", action="append", default=[], metavar="C", help="dockerized, tested, authenticated; repeatable"
    )
    parser.add_argument(
        "--with", action="append", default=[], metavar="FEATURE", dest="features", help="a feature to add; repeatable"
    )
    parser.add_argument(
        "--answer", action="append", default=[], metavar="ID=OPTION", help="settle an open question; repeatable"
    )
    parser.add_argument(
        "--strict", action="store_true", help="refuse a description of which something it asks for is not understood"
    )
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="who reads the description")
