"""Runs every check over a tree and turns what they find into scores."""

from collections.abc import Callable, Collection, Iterable, Iterator

from codebegen.filetree import FileTree
from codebegen.review import maintainability, performance, security
from codebegen.review.doors import Operation, unguarded
from codebegen.review.fixes import suggest
from codebegen.review.model import Aspect, Finding, Review
from codebegen.review.source import Source, sources

CHECKS: tuple[Callable[[Source], Iterator[Finding]], ...] = (
    security.built_sql,
    security.dangerous_calls,
    security.named_secrets,
    security.open_doors,
    maintainability.long_module,
    maintainability.long_function,
    maintainability.tangled_function,
    maintainability.missing_docstring,
    performance.query_in_loop,
    performance.key_without_index,
    performance.blocked_loop,
    performance.unbounded_list,
)

ERROR_COST = 0.4
WARNING_COST = 0.1


def review_tree(tree: FileTree, protected: Collection[Operation] = ()) -> Review:
    """What every check says about the application in `tree`; `protected` operations must ask who is calling."""
    parsed, broken = sources(tree)
    findings = [
        Finding("syntax", "maintainability", "error", path, problem.lineno or 0, str(problem.msg))
        for path, problem in broken
    ]
    findings += [finding for source in parsed for check in CHECKS for finding in check(source)]
    findings += security.known_secrets(tree)
    findings += unguarded(parsed, protected)
    ordered = tuple(sorted(findings, key=lambda f: (f.path, f.line, f.rule)))
    return Review(
        findings=ordered,
        suggestions=tuple(suggest(tree)),
        security_score=_cost(ordered, "security"),
        maintainability_score=_clean_share(ordered, parsed, len(broken)),
        performance_score=_cost(ordered, "performance"),
    )


def _cost(findings: Iterable[Finding], aspect: Aspect) -> float:
    """1, less a fixed price for every finding: one hole is one hole, however large the project."""
    price = sum(ERROR_COST if f.severity == "error" else WARNING_COST for f in findings if f.aspect == aspect)
    return round(max(0.0, 1.0 - price), 3)


def _clean_share(findings: Iterable[Finding], parsed: tuple[Source, ...], broken: int) -> float:
    """The share of modules and functions that no maintainability finding is about."""
    units = len(parsed) + broken + sum(len(source.functions) for source in parsed)
    marked = len({(f.path, f.line) for f in findings if f.aspect == "maintainability"})
    return round(max(0.0, 1.0 - marked / units), 3) if units else 1.0
