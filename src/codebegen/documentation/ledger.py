"""`REQUIREMENTS.md`: each sentence of the description → what it became → endpoints → tests → status.

Documentation writes it with nothing proven; `fill_status` puts in what the tests said, and changes nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codebegen.blueprint import Blueprint
from codebegen.blueprint.endpoints import Endpoint, endpoints
from codebegen.blueprint.histories import SEGMENT
from codebegen.documentation.elements import Placed, Sentence, elements, sentences
from codebegen.documentation.keeping import keeping
from codebegen.documentation.tests import tests_about
from codebegen.features import FeatureSpec

LEDGER = "REQUIREMENTS.md"
UNPROVEN, PASSED, FAILED = "unproven", "passed", "failed"
_NOT_IMPLEMENTED = "not implemented"
_COUNTED = frozenset({UNPROVEN, PASSED, FAILED, _NOT_IMPLEMENTED})

_INTRODUCTION = """\
Each sentence of the description, what it became, where it is reached, and the tests that hold it. `passed` and `failed`
come from the verification; `unproven` means that no test has spoken yet.
"""
_HEAD = "| Became | Kind | Endpoints | Tests | Status |\n|---|---|---|---|---|\n"
_ROW = re.compile(r"^(\|.*\|) (?P<tests>[^|]*) \| unproven \|$", re.MULTILINE)
_STATUS = re.compile(r"^\| .* \| (?P<status>[a-z ]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[^`]+)`")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the compiler knows: every test of the project by id, what it could not implement and why, added features."""

    tests: tuple[str, ...]
    unimplemented: Mapping[str, str]
    features: Sequence[FeatureSpec] = ()


def ledger(blueprint: Blueprint, evidence: Evidence) -> str:
    """The whole document, with nothing proven."""
    rows = _Rows(endpoints(blueprint, evidence.features), evidence)
    parts = [f"# Requirements of {blueprint.title}\n", _INTRODUCTION]
    for number, sentence in enumerate(sentences(blueprint), 1):
        parts.append(f"## {number}. {_cell(sentence.text)}\n")
        parts.append(_of_sentence(sentence, rows))
    parts += _assumed(blueprint, rows)
    return "\n".join(parts)


def _of_sentence(sentence: Sentence, rows: "_Rows") -> str:
    if not sentence.elements:
        return "Nothing of its own came from it.\n"
    return _HEAD + "".join(rows.row(placed) for placed in sentence.elements)


def _assumed(blueprint: Blueprint, rows: "_Rows") -> list[str]:
    """What no sentence says and the project has all the same, and what was said and is not there."""
    added = [p for p in elements(blueprint) if p.provenance.origin == "inferred" and p.provenance.start is None]
    lines = [f"- {note.element}: {note.message}" for note in blueprint.report.assumptions]
    lines += [f"- features.{spec.key}: {choice}" for spec in rows.evidence.features for choice in spec.assumes]
    lines += [f"- {p.place} ({p.kind}): {p.provenance.reason}" for p in added if p.provenance.reason]
    residue = [f"- “{_cell(item.text)}”: {item.reason or 'not understood'}" for item in blueprint.report.residue]
    kept = [f"- {line}" for line in keeping(blueprint)]
    missing = [f"- {place}: {why}" for place, why in sorted(rows.evidence.unimplemented.items())]
    return [
        section
        for heading, items in (
            ("Assumed", lines),
            ("How data is kept", kept),
            ("Not understood", residue),
            ("Not implemented", missing),
        )
        if items
        for section in (f"## {heading}\n", "\n".join(dict.fromkeys(items)) + "\n")
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    endpoints: tuple[Endpoint, ...]
    evidence: Evidence

    def row(self, placed: Placed) -> str:
        reached = [f"`{e.method} {e.path}`" for e in self.endpoints if _reaches(e, placed)]
        if len(reached) > _SHOWN:
            reached = [*reached[:_SHOWN], f"and {len(reached) - _SHOWN} more"]
        made = placed.path not in self.evidence.unimplemented  # no test holds what is not there
        tests = [f"`{test}`" for test in tests_about(placed, self.evidence.tests)] if made else []
        cells = (placed.place, placed.kind, ", ".join(reached), ", ".join(tests), self._status(placed))
        return f"| {' | '.join(map(_cell, cells))} |\n"

    def _status(self, placed: Placed) -> str:
        if placed.path in self.evidence.unimplemented:
            return _NOT_IMPLEMENTED
        return "assumed" if placed.provenance.origin != "stated" else UNPROVEN


def _reaches(endpoint: Endpoint, placed: Placed) -> bool:
    """Whether an element is seen through an endpoint: an entity through all its own, a permission through its one."""
    if placed.kind == "feature":
        return endpoint.feature == placed.name
    if placed.entity is None or endpoint.entity != placed.entity.name:
        return False
    if placed.kind == "permission":
        return placed.name == endpoint.operation
    if placed.kind == "history":
        return endpoint.path.endswith(f"/{SEGMENT}")
    if placed.kind in ("transition", "action"):
        return endpoint.operation.partition(":")[2] == placed.name
    if placed.kind == "entity":
        return True
    return endpoint.operation in ("create", "update")


def fill_status(text: str, tests: Mapping[str, str]) -> str:
    """The ledger with `passed` or `failed` where every named test (or every test of a named file) has spoken."""

    def fill(match: re.Match[str]) -> str:
        return match[0].replace(f"| {UNPROVEN} |", f"| {_verdict(_TEST.findall(match['tests']), tests)} |")

    return _ROW.sub(fill, text)


def coverage(text: str) -> float | None:
    """The share of stated requirements with a passing test; nothing where the ledger has none."""
    stated = [row["status"] for row in _STATUS.finditer(text) if row["status"] in _COUNTED]
    return stated.count(PASSED) / len(stated) if stated else None


def _verdict(named: list[str], tests: Mapping[str, str]) -> str:
    outcomes = [[status for test, status in tests.items() if _is(test, name)] for name in named]
    spoken = {status for group in outcomes for status in group}
    if FAILED in spoken:
        return FAILED
    return PASSED if outcomes and all(PASSED in group for group in outcomes) else UNPROVEN


def _is(test: str, name: str) -> bool:
    """`name` is a test's id without parameters, a test file, or a folder of them."""
    return test == name or test.startswith((f"{name}::", f"{name}[", f"{name}/"))


def _cell(text: str) -> str:
    """Free text inside a Markdown table or heading."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`{", "` {")
