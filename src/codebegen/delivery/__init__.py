"""Delivery: a finished `FileTree` becomes a folder on disk, all of it or nothing.

Enters: a tree and a target. Leaves: the folder, or a `DiagnosticError` in words that a person can act on.
"""

from codebegen.delivery.directory import check_target, materialise, publish
from codebegen.delivery.pristine import PRISTINE, read_pristine, with_pristine
from codebegen.delivery.project import BLUEPRINT, Project, read_project
from codebegen.delivery.template import TEMPLATE, read_template, with_template

__all__ = [
    "BLUEPRINT",
    "PRISTINE",
    "TEMPLATE",
    "Project",
    "check_target",
    "materialise",
    "publish",
    "read_pristine",
    "read_project",
    "read_template",
    "with_pristine",
    "with_template",
]
