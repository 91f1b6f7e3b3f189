"""The stages: each makes the next `Work` from the last. Their order stands in `run.py`."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from codebegen.blueprint import Blueprint, load
from codebegen.blueprint.checks import check
from codebegen.blueprint.endpoints import PREFIX, endpoints
from codebegen.blueprint.passes import complete
from codebegen.blueprint.passes.edit import changed
from codebegen.compiler import Custom, compile_blueprint, compile_custom
from codebegen.delivery import (
    TEMPLATE,
    check_target,
    publish,
    read_pristine,
    read_project,
    read_template,
    with_pristine,
    with_template,
)
from codebegen.diagnostics import warning
from codebegen.documentation import LEDGER, coverage, fill_status, write_documents
from codebegen.features import FeatureSpec
from codebegen.filetree import FileTree, GeneratedFile
from codebegen.pipeline.choice import chosen
from codebegen.pipeline.promise import promise
from codebegen.pipeline.reporter import Reporter
from codebegen.pipeline.settle import settle
from codebegen.pipeline.work import Ports, Quality, Work
from codebegen.review import Review, anonymous, apply_fixes, review_tree
from codebegen.understanding import NOTHING_UNDERSTOOD
from codebegen.verify.gates import GATES
from codebegen.verify.ports import Database
from codebegen.verify.quality import quality_score
from codebegen.verify.report import Report
from codebegen.verify.run import GateEvent, GateStarted
from codebegen.verify.run import verify as run_gates

OPENAPI = "openapi.json"


def understand(work: Work, ports: Ports, _reporter: Reporter) -> Work:
    """Description (or the text of a blueprint) → a complete, checked blueprint."""
    if work.request.blueprint is not None:
        loaded = load(work.request.blueprint)
        if not isinstance(loaded, Blueprint):
            return replace(work, diagnostics=loaded)
        return _checked(work, _on_stack(loaded, work.request.context.stack))
    understood = ports.understand(work.request.prompt, work.request.context)
    work = replace(work, diagnostics=understood.diagnostics)
    if understood.blueprint is None or not work.ok:
        return work
    blueprint, refused = settle(understood.blueprint, work.request)
    return _checked(replace(work, diagnostics=(*work.diagnostics, *refused)), blueprint)


def _on_stack(blueprint: Blueprint, stack: str | None) -> Blueprint:
    """A blueprint that is written down, for the stack that is asked for beside it."""
    return changed(blueprint, stack=stack) if stack else blueprint


def read(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """A project on disk → its blueprint."""
    project = read_project(work.request.project or Path())
    return _checked(replace(work, project=project, path=project.path), project.blueprint)


def _checked(work: Work, blueprint: Blueprint | None) -> Work:
    if blueprint is None or not work.ok:
        return work
    if not blueprint.entities:
        return replace(work, diagnostics=(*work.diagnostics, NOTHING_UNDERSTOOD))
    blueprint = complete(blueprint)
    return replace(work, blueprint=blueprint, diagnostics=(*work.diagnostics, *check(blueprint)))


def generate(work: Work, ports: Ports, _reporter: Reporter) -> Work:
    """Blueprint → files; a place that can't take them is refused before the work begins."""
    refused = check_target(_target(work), force=work.request.force)
    if refused:
        return replace(work, diagnostics=(*work.diagnostics, *refused))
    template = chosen(_blueprint(work), work.request.template)
    return _compiled(replace(work, template=template), ports)


def _compiled(work: Work, ports: Ports) -> Work:
    if isinstance(work.template, Custom):
        compiled = compile_custom(_blueprint(work), ports.formatter, work.template, ports.render_custom)
    else:
        compiled = compile_blueprint(_blueprint(work), ports.formatter, work.template)
    missing = tuple(warning("not-implemented", item.place, item.message) for item in compiled.unimplemented)
    return replace(work, compiled=compiled, tree=compiled.tree, diagnostics=(*work.diagnostics, *missing))


def compare(work: Work, ports: Ports, _reporter: Reporter) -> Work:
    """What the project's blueprint compiles to, and which files a person has changed since they were generated."""
    work = _compiled(_with_its_template(work), ports)
    if work.project is None or not work.ok:
        return work
    generated = read_pristine(work.project.path) or {path: file.content for path, file in work.tree.items()}
    edited = work.project.edited(generated)
    return replace(work, tree=work.project.files(work.tree), edited=edited)


def _with_its_template(work: Work) -> Work:
    """With the template that made the project; the usual one for its stack, and a warning, where nothing tells."""
    if work.project is None:
        return work
    template = read_template(work.project.path)
    if template is not None:
        return replace(work, template=template)
    usual = chosen(_blueprint(work), None)
    said = f"nothing readable tells which template made the project; it is held against {usual}"
    hint = f"restore {TEMPLATE} from the project's history"
    unknown = warning("template-unknown", TEMPLATE, said, hint)
    return replace(work, template=usual, diagnostics=(*work.diagnostics, unknown))


def review(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """Findings and scores; suggestions that can carry themselves out are applied."""
    reviewed = review_tree(work.tree, _protected(work))
    return replace(work, review=reviewed, tree=apply_fixes(work.tree, reviewed.suggestions))


def judge(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """Findings and scores of a person's project, in which nothing is changed."""
    return replace(work, review=review_tree(work.tree, _protected(work)))


def _protected(work: Work) -> frozenset[tuple[str, str]]:
    return frozenset(
        (endpoint.method, anonymous(endpoint.path.removeprefix(PREFIX)))
        for endpoint in endpoints(_made(work), _features(work))
        if endpoint.access == "protected"
    )


def document(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """README, guides and the ledger, in which nothing is proven yet."""
    return replace(work, tree=work.tree.with_files(_documents(work)))


def account(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """Only the ledger, for the score: a person's project keeps the documents that it has."""
    return replace(work, tree=work.tree.with_files(file for file in _documents(work) if file.path == LEDGER))


def _documents(work: Work) -> tuple[GeneratedFile, ...]:
    missing = {item.place: item.message for item in work.compiled.unimplemented} if work.compiled else {}
    own = work.compiled.tree if work.compiled and isinstance(work.template, Custom) else {}
    written = write_documents(_made(work), work.tree, missing, _features(work))
    return tuple(file for file in written if file.path not in own)  # a user's template may have a README of its own


def _made(work: Work) -> Blueprint:
    """The blueprint as far as the project keeps it."""
    return work.compiled.blueprint if work.compiled else _blueprint(work)


def _features(work: Work) -> tuple[FeatureSpec, ...]:
    return work.compiled.features if work.compiled else ()


def verify(work: Work, ports: Ports, reporter: Reporter) -> Work:
    """The gates; then the app's own OpenAPI document and the ledger's status, and nothing else changes."""
    folder = nullcontext(work.path) if work.path else ports.workspace(work.tree)
    with folder as project:
        report = run_gates(
            project,
            promise(_made(work), _features(work)),
            ports.toolchain(),
            trust="untrusted" if isinstance(work.template, Custom) else "compiled",
            databases=databases(_blueprint(work)),
            on_event=_told(reporter),
        )
    tree = _with_proof(work.tree, report)
    return replace(work, report=report, tree=tree, quality=_quality(tree, report, work.review))


def databases(blueprint: Blueprint) -> tuple[Database, ...]:
    """What a project is proven on: the database it is meant for, and of SQL also SQLite, which needs nothing."""
    match blueprint.stack:
        case "fastapi_postgres":
            return ("sqlite", "postgresql")
        case "fastapi_sqlite":
            return ("sqlite",)
        case "fastapi_mongo":
            return ("mongodb",)


def _told(reporter: Reporter) -> Callable[[GateEvent], None]:
    done = 0

    def tell(event: GateEvent) -> None:
        nonlocal done
        if isinstance(event, GateStarted):
            reporter.gate_started(event.name)
        else:
            done += 1
            result = event.result
            reporter.gate_finished(result.name, result.status, result.seconds, done=done, total=len(GATES))

    return tell


def _with_proof(tree: FileTree, report: Report) -> FileTree:
    """`tree` with what only a running project knows."""
    proof = []
    if report.openapi is not None:
        text = json.dumps(report.openapi, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        proof.append(GeneratedFile(OPENAPI, text, "verification"))
    if LEDGER in tree:
        proof.append(GeneratedFile(LEDGER, fill_status(tree[LEDGER].content, report.tests), tree[LEDGER].origin))
    return tree.with_files(proof)


def _quality(tree: FileTree, report: Report, reviewed: Review | None) -> Quality:
    proven = coverage(tree[LEDGER].content) if LEDGER in tree else None
    score, lines = quality_score(report, proven, reviewed.scores if reviewed else None)
    return Quality(score, lines)


def deliver(work: Work, _ports: Ports, _reporter: Reporter) -> Work:
    """Files → a folder, all of them or none."""
    whole = with_template(with_pristine(work.tree), work.template)
    path = publish(whole, _target(work), force=work.request.force)
    return replace(work, path=path)


def _target(work: Work) -> Path:
    return work.request.target or Path(_blueprint(work).name)


def _blueprint(work: Work) -> Blueprint:
    if work.blueprint is None:
        raise RuntimeError("a stage that needs the blueprint ran before the one that makes it")
    return work.blueprint
