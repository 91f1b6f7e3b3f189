"""The summary that people read: what was understood, assumed, not understood; gates; score; the next command."""

import sys
from pathlib import Path

from codebegen.blueprint import Blueprint, Entity, Field, Question, Relation
from codebegen.cli.behaviour import behaviour, in_words
from codebegen.cli.output import say, say_diagnostics, style
from codebegen.cli.rights import rights
from codebegen.compiler import unkept
from codebegen.pipeline import Work
from codebegen.verify.report import GateResult, Report

_MARKS = {
    "passed": ("✓", "ok", "green"),
    "failed": ("✗", "FAILED", "red"),
    "not_run": ("!", "not run", "yellow"),
    "not_applicable": ("·", "n/a", "dim"),
}
_SHOWN_FINDINGS = 5
_SHOWN_NOTES = 12
_LABEL = 8


def show_understood(blueprint: Blueprint) -> None:
    """Entities with their data, rights and behaviour, roles, features, what is not enforced, and what is left open."""
    say(f"{style(blueprint.title or blueprint.name, 'bold')}  {style(f'{blueprint.stack}, {blueprint.domain}', 'dim')}")
    width = max((len(entity.name) for entity in blueprint.entities), default=0)
    missing = {item.place: item.message for item in unkept(blueprint)}
    for entity in blueprint.entities:
        say(f"  {style(entity.name.ljust(width), 'cyan')}  {_entity(entity)}".rstrip())
        for label, text in (*rights(blueprint, entity), *behaviour(entity, missing)):
            say(f"      {style(label.ljust(_LABEL), 'dim')}{text}")
    if blueprint.has_accounts:
        say(f"  {style('roles', 'dim')}: {', '.join(blueprint.role_names)} (may everything)")
    else:
        say(f"  {style('rights', 'dim')}: no accounts: everybody may read and write everything")
    if blueprint.features:
        say(f"  {style('features', 'dim')}: {', '.join(feature.key for feature in blueprint.features)}")
    kept = in_words(blueprint)
    _notes("Kept in words, not enforced", list(kept.values()), None)
    _notes("Not implemented", [f"{place}: {why}" for place, why in missing.items() if place not in kept], None)
    _show_report(blueprint)


def _entity(entity: Entity) -> str:
    parts = [", ".join(map(_field, entity.fields))]
    parts += [f"→ {', '.join(map(_relation, entity.relations))}"] if entity.relations else []
    for machine in entity.state_machines:
        moves = ", ".join(dict.fromkeys(transition.name for transition in machine.transitions))
        parts.append(f"[{machine.field}: {moves}]")
    return " ".join(part for part in parts if part)


def _field(field: Field) -> str:
    detail = "|".join(field.values) if field.type == "enum" else ""
    marks = [detail] if detail else []
    marks += ["unique"] if field.unique else []
    text = f"{field.name} ({', '.join(marks)})" if marks else field.name
    return text if field.origin == "stated" else style(text, "dim")


def _relation(relation: Relation) -> str:
    named = "" if relation.name.replace("_", "") == relation.target.lower() else f" as {relation.name}"
    return f"{relation.target}{'s' if relation.kind == 'many_to_many' else ''}{named}"


def _show_report(blueprint: Blueprint) -> None:
    report = blueprint.report
    _notes("Assumed", [note.message for note in report.assumptions])
    _notes("Contradictions", [f"{c.message} (taken: {c.chosen})" for c in report.conflicts])
    _notes("Open questions (settle one with --answer ID=OPTION)", [_question(q) for q in report.questions])
    _notes(
        "Not understood",
        [f"“{r.text}”" + (f" — try: {r.suggestion}" if r.suggestion else f" — {r.reason}") for r in report.residue],
    )


def _question(question: Question) -> str:
    return f"{style(question.id, 'cyan')}: {question.text} ({' / '.join(question.options)}; taken: {question.chosen})"


def _notes(heading: str, notes: list[str], most: int | None = _SHOWN_NOTES) -> None:
    if notes:
        say(style(heading, "bold"))
        for note in notes[:most]:
            say(f"  - {note}")
        if most is not None and len(notes) > most:
            say(f"  - and {len(notes) - most} more (--format json lists all)")


def show_gates(report: Report) -> None:
    """Every gate with its time, and what it has to say."""
    say(style("Gates", "bold"))
    for gate in report.gates:
        say(f"  {gate_line(gate.name, gate.status, gate.seconds)}")
        _show_findings(gate)


def gate_line(name: str, status: str, seconds: float) -> str:
    """`✓ tests  2.1 s`."""
    symbol, word, colour = _MARKS[status]
    mark = symbol if (sys.stderr.encoding or "").lower().startswith("utf") else word
    timed = f"{seconds:6.2f} s" if status in ("passed", "failed") else f"{word:>8}"
    return f"{style(mark, colour)} {name:<12} {timed}"


def _show_findings(gate: GateResult) -> None:
    if gate.status == "passed":
        return
    for finding in gate.findings[:_SHOWN_FINDINGS]:
        place = f"{finding.place}: " if finding.place else ""
        say(f"      {place}{finding.message}")
        if finding.hint:
            say(f"      {style('hint:', 'dim')} {finding.hint}")
    if len(gate.findings) > _SHOWN_FINDINGS:
        say(f"      and {len(gate.findings) - _SHOWN_FINDINGS} more")


def show_proof(work: Work) -> None:
    """Warnings, gates and the score."""
    say_diagnostics(work.diagnostics)
    if work.report is not None:
        show_gates(work.report)
    if work.quality is not None and work.path is not None:
        say(f"{style('Quality score', 'bold')} {work.quality.score:.2f}  (why: codebegen explain {shown(work.path)})")


def show_next(path: Path, *, proven: bool | None) -> None:
    """Where the project is and how to start it; `proven` is nothing where no proof was asked for."""
    state = {True: "proven", False: "NOT proven: a gate failed or did not run", None: "not verified"}[proven]
    say(f"{style(str(path), 'bold')}  {state}")
    say(f"Next: cd {shown(path)} && less README.md   (how to install, run and test it)")


def shown(path: Path) -> str:
    """A path as people would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
