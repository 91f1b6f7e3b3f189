"""Generated Python as black would write it."""

import pytest

from codebegen.adapters.formatter import RuffFormatter
from codebegen.diagnostics import DiagnosticError
from codebegen.filetree import FileTree, GeneratedFile

SETTINGS = GeneratedFile("pyproject.toml", "[tool.ruff]\nline-length = 40\n")


def test_python_is_formatted_and_the_rest_is_left_alone() -> None:
    made = FileTree(
        [
            GeneratedFile("app/a.py", "import sys\nimport os\nx   =  [os,sys ]\n", "template"),
            GeneratedFile("b.txt", "x  = 1"),
        ]
    )
    done = RuffFormatter().format(made)
    assert done["app/a.py"] == GeneratedFile("app/a.py", "import os\nimport sys\n\nx = [os, sys]\n", "template")
    assert done["b.txt"] == made["b.txt"]


def test_the_projects_own_settings_rule() -> None:
    made = FileTree([SETTINGS, GeneratedFile("a.py", "value = call(first_argument, second_argument)\n")])
    assert RuffFormatter().format(made)["a.py"].content.count("\n") > 1


def test_formatting_twice_changes_nothing() -> None:
    made = FileTree([GeneratedFile("a.py", "def f( ):\n  return   1\n")])
    once = RuffFormatter().format(made)
    assert dict(RuffFormatter().format(once)) == dict(once)


def test_what_is_not_python_is_a_diagnostic() -> None:
    with pytest.raises(DiagnosticError, match=r"a\.py"):
        RuffFormatter().format(FileTree([GeneratedFile("a.py", "def (:\n")]))
