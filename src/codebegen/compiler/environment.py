"""The one kind of Jinja environment: sandboxed, strict, and with no filter that computes what a view should know."""

from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from codebegen.compiler.literals import prose, python, text


class Renderer:
    """Renders texts that may include or import those of `shared`, by their names."""

    def __init__(self, shared: Mapping[str, str]) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # the output is Python and Markdown; literals go through `python`
            loader=DictLoader(shared),
        )
        self._environment.filters.update(python=python, text=text, prose=prose)
        self._compiled: dict[str, Template] = {}

    def render(self, source: str, view: Mapping[str, Any]) -> str:
        """The text; a source is compiled once however many files are made from it."""
        template = self._compiled.get(source)
        if template is None:
            template = self._compiled[source] = self._environment.from_string(source)
        return template.render(view)
