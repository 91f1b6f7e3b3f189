"""The one kind of Jinja environment: sandboxed, strict, and with no filter that computes what a view should know.

Templates of users are rendered in the same environment as built-in ones: what is walled off for one is for all. Time
and memory are bounded from outside, see `compiler/custom/`.
"""

from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, Undefined
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from pydantic import BaseModel

from codebegen.compiler.literals import prose, python, text

_PLAIN = (str, int, float, Decimal, list, tuple, dict, frozenset, set)
_JINJA = (BlockReference, Joiner, LoopContext, Macro, Undefined)  # an undefined one says which it is
_MAKERS = (Cycler, Joiner, Namespace, dict)
_LEFT_OUT = ("random", "pprint")  # the one is chance, the other shows addresses


class WalledEnvironment(ImmutableSandboxedEnvironment):
    """Beyond what Jinja's sandbox refuses: calls of anything but views, plain values and macros."""

    def is_safe_callable(self, obj: object) -> bool:
        """Whether it may be called: methods of finished views do no more than look things up."""
        if isinstance(obj, MethodType):
            owner = obj.__self__
            ours = type(owner).__module__.startswith("codebegen.compiler.") and is_dataclass(type(owner))
            of_jinja = isinstance(owner, (*_JINJA, Cycler))
            return (ours or of_jinja) and not isinstance(owner, BaseModel)
        if isinstance(obj, BuiltinMethodType):
            return isinstance(obj.__self__, _PLAIN)
        return isinstance(obj, _JINJA) or any(obj is made for made in (*_MAKERS, self.globals["range"]))

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether it may be read: of a part of the blueprint its fields, of others what Jinja's sandbox allows."""
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields
        return super().is_safe_attribute(obj, attr, value)


class Renderer:
    """Renders texts by their names; each may include or import any other."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.names = frozenset(sources)
        self._environment = WalledEnvironment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # the output is Python and Markdown; literals go through `python`
            loader=FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
            cache_size=-1,
        )
        for name in _LEFT_OUT:
            del self._environment.filters[name]
        del self._environment.globals["lipsum"]
        self._environment.filters.update(python=python, text=text, prose=prose)
        self._compiled: dict[str, Template] = {}

    @property
    def environment(self) -> WalledEnvironment:
        """For those who look at texts without rendering them."""
        return self._environment

    def render(self, source: str, view: Mapping[str, Any]) -> str:
        """A text without a name; a source is compiled once however many files are made from it."""
        template = self._compiled.get(source)
        if template is None:
            template = self._compiled[source] = self._environment.from_string(source)
        return template.render(view)

    def render_named(self, name: str, view: Mapping[str, Any]) -> str:
        """A text by its name."""
        return self._environment.get_template(name).render(view)
