"""Arguments → the pipeline's request, with every value checked against what the blueprint knows."""

import re
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codebegen import naming
from codebegen.blueprint.model import DOMAINS, FEATURES, STACKS
from codebegen.cli.arguments import UsageError
from codebegen.cli.prompt import read_prompt
from codebegen.cli.template import template_of
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.pipeline import Request
from codebegen.understanding import CONSTRAINTS, Context

if TYPE_CHECKING:
    from codebegen.understanding.formats.schema import Format

_PLAIN = frozenset(
    "schema schemas database db dump structure ddl openapi swagger api spec model models main index data sample "
    "samples init create tables prompt description readme input test example erd diagram sql json".split()
)


@dataclass(frozen=True)
class Source:
    """A description that is written in an exact format throughout; `stack` is the one that it comes from."""

    text: str
    format: "Format"
    title: str = ""
    stack: str | None = None


def request_of(arguments: Namespace, source: Source | None = None) -> Request:
    """What a command was asked for; raises `DiagnosticError` for values that don't exist.

    The description is the source, where there is one, else what the arguments name.
    """
    wrong = [
        *_unknown("--stack", STACKS, arguments.stack),
        *_unknown("--domain", DOMAINS, arguments.domain),
        *(found for word in arguments.constraint for found in _unknown("--constraint", tuple(CONSTRAINTS), word)),
        *(found for feature in arguments.features for found in _unknown("--with", FEATURES, feature)),
    ]
    if arguments.engine != "embedded":
        hint = "leave --engine out: the embedded engine reads every description"
        wrong.append(error("no-model", "--engine", "no model can be configured in this version", hint))
    if wrong:
        raise DiagnosticError(wrong)
    template = template_of(arguments.template, arguments.settings)
    output: Path | None = getattr(arguments, "output", None)
    file: Path | None = getattr(arguments, "file", None)
    text = source.text if source else read_prompt(arguments.words, file)
    return Request(
        prompt=text,
        blueprint=text if _is_blueprint(file, text) else None,
        context=Context(
            stack=arguments.stack or (source.stack if source else None),
            format=source.format if source else None,
            title=source.title if source else title_of(file.stem if file else ""),
            domain=arguments.domain,
            constraints=tuple(arguments.constraint),
            features=tuple(arguments.features),
        ),
        answers=dict(map(_answer, arguments.answer)),
        strict=arguments.strict,
        template=template,
        target=output,
        force=getattr(arguments, "force", False),
        verify=not getattr(arguments, "no_verify", False),
    )


def title_of(stem: str) -> str:
    """What a project can be called after a file, unless the file is called as all such files are."""
    words = [word for word in naming.words(stem) if word not in _PLAIN]
    return naming.title(" ".join(words)) if words else ""


def _answer(text: str) -> tuple[str, str]:
    name, sign, option = text.partition("=")
    if not sign or not name or not option:
        raise UsageError(f"--answer takes ID=OPTION, not `{text}`")
    return name.strip(), option.strip()


def _unknown(option: str, known: tuple[str, ...], value: str | None) -> list[Diagnostic]:
    if value is None or value in known:
        return []
    return [error("unknown-value", option, f"there is no `{value}`", f"one of: {', '.join(known)}")]


def _is_blueprint(file: Path | None, text: str) -> bool:
    """Whether `--file` names a blueprint: YAML or JSON with what every blueprint has."""
    if file is None or file.suffix not in (".yaml", ".yml", ".json"):
        return False
    return all(re.search(rf"""^\s*"?{key}"?\s*:""", text, re.MULTILINE) for key in ("version", "name", "entities"))
