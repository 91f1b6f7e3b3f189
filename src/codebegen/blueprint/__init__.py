"""The blueprint: a small, typed, frozen, human-readable statement of what a backend is.

Everything upstream (understanding, imports, people) makes one; everything downstream (compiler, proof, iteration)
reads one. It imports nothing of ours but diagnostics and naming.
"""

from codebegen.blueprint.behaviour import Action, CompoundAction, Computed, History, StateMachine, Tally, Transition
from codebegen.blueprint.checks import check
from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.fields import Field, FieldType
from codebegen.blueprint.model import Blueprint, Entity, Feature, Role, Tenancy, UniqueTogether
from codebegen.blueprint.node import DEFAULT, Origin, Provenance, inferred, stated
from codebegen.blueprint.passes import complete
from codebegen.blueprint.permissions import Grant, Permission
from codebegen.blueprint.plan import plan
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.report import Assumption, Conflict, Noise, Question, Report, Residue
from codebegen.blueprint.rules import Rule
from codebegen.blueprint.text import dump, load

__all__ = [
    "DEFAULT",
    "Action",
    "Assumption",
    "Blueprint",
    "CompoundAction",
    "Computed",
    "Conflict",
    "Entity",
    "Expression",
    "Feature",
    "Field",
    "FieldType",
    "Grant",
    "History",
    "Noise",
    "Origin",
    "Permission",
    "Provenance",
    "Question",
    "Relation",
    "Report",
    "Residue",
    "Role",
    "Rule",
    "StateMachine",
    "Tally",
    "Tenancy",
    "Transition",
    "UniqueTogether",
    "check",
    "complete",
    "dump",
    "inferred",
    "load",
    "plan",
    "stated",
]
