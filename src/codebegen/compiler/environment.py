"""The one Jinja environment: sandboxed, strict, and with no filter that computes what a view should know."""

from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from codebegen.compiler.literals import prose, python, text


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The environment in which every template of every kind is rendered."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the output is Python and Markdown; literals go through `python`
    )
    made.filters["python"] = python
    made.filters["text"] = text
    made.filters["prose"] = prose
    return made


@lru_cache(maxsize=1024)
def compiled(source: str) -> Template:
    """A template, compiled once however many files are made from it."""
    return environment().from_string(source)
