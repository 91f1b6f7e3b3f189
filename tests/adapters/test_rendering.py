"""A user's template is rendered in a child process that ends when it takes too much, with walls or without."""

import re
from dataclasses import replace

import pytest

from codebegen.adapters.rendering import LIMITS, render
from codebegen.compiler.custom import Custom
from codebegen.compiler.custom.rendering import render_custom
from codebegen.compiler.custom.samples import samples
from codebegen.diagnostics import DiagnosticError

HEAD = "name: mine\nversion: 1\n"
_, OPEN = samples()
SHORT = replace(LIMITS, seconds=4)


@pytest.mark.parametrize("use_sandbox", [True, False])
def test_the_child_makes_what_is_made_here(use_sandbox: bool) -> None:
    custom = Custom({"template.yaml": HEAD, "files/a.txt.j2": "{{ project.title }}: é\n"})
    assert render(OPEN, custom, use_sandbox=use_sandbox) == render_custom(OPEN, custom)


@pytest.mark.parametrize("use_sandbox", [True, False])
def test_mistakes_come_back_from_the_child(use_sandbox: bool) -> None:
    with pytest.raises(DiagnosticError) as caught:
        render(OPEN, Custom({"template.yaml": HEAD, "files/a.j2": "{{ nosuch }}"}), use_sandbox=use_sandbox)
    assert [item.place for item in caught.value.diagnostics] == ["files/a.j2:1"]


LOOPS = "{% for i in range(99999) %}" * 4 + "{% endfor %}" * 4
GREEDY = {
    "loops": LOOPS,
    "memory": "{% set a = 'x' * 100000000 %}{% set b = a * 100 %}",
    "a number": "{{ 9 ** (9 ** 9) }}",
    "a constant": "{{ 'x' * 10000000000 }}",
    "a long text": "{% for i in range(99999) %}{{ 'x' * 10000 }}{% endfor %}",
}


@pytest.mark.parametrize("use_sandbox", [True, False])
@pytest.mark.parametrize("name", GREEDY)
def test_what_takes_too_much_is_ended(name: str, use_sandbox: bool) -> None:
    custom = Custom({"template.yaml": HEAD, "files/a.j2": GREEDY[name]})
    with pytest.raises(DiagnosticError) as caught:
        render(OPEN, custom, use_sandbox=use_sandbox, limits=SHORT)
    assert [item.code for item in caught.value.diagnostics] == ["template-limit"]
    assert re.search("longer than 4 seconds|MB of memory", caught.value.diagnostics[0].message)


def test_a_deep_nest_is_a_mistake_like_any_other() -> None:
    text = "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"
    with pytest.raises(DiagnosticError):
        render(OPEN, Custom({"template.yaml": HEAD, "files/a.j2": text}))
