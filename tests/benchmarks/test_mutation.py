"""The mutation run: what its operators do to code, and that a seed decides what is drawn. No mutant is run here."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from benchmarks.mutation import projects, syntax
from benchmarks.mutation.draw import mutants, twins
from benchmarks.mutation.surgery import narrows

FILES = projects.compiled(("claims", "gym"))
DRAWN = 120

BEFORE_AND_AFTER: list[tuple[Callable[[ast.AST], Iterator[syntax.Place]], str, list[str]]] = [
    (syntax.flip_comparison, "a < b", ["a >= b"]),
    (syntax.flip_comparison, "dialect.name == 'sqlite'", []),
    (syntax.shift_bound, "0 < a <= b", ["0 <= a <= b", "0 < a < b"]),
    (syntax.shift_bound, "expires_at < utcnow()", []),
    (syntax.negate_condition, "x if y else z", ["not (y)"]),
    (syntax.negate_condition, "if TYPE_CHECKING:\n    import a", []),
    (syntax.swap_and_or, "a and b", ["(a or b)"]),
    (syntax.drop_operand, "a and b", ["(b)", "(a)"]),
    (syntax.drop_refusal, "if a:\n    raise b", ["pass"]),
    (syntax.drop_refusal, "if a:\n    b()", []),
    (syntax.drop_call, "async def f():\n    await self.lock(a)\n    logger.info('x')", ["pass"]),
    (syntax.drop_where, "query.where(a, *b)", ["sa.true()", "*()"]),
    (syntax.drop_conditions, "page(a, *b)", ["*()"]),
    (syntax.change_number, "f(limit=20, title=3)", ["21"]),
    (syntax.flip_boolean, "LIMIT: bool = True", ["False"]),
    (syntax.swap_arithmetic, "a + b + 'c'", ["(a - b)"]),
]


@pytest.mark.parametrize(("operator", "before", "after"), BEFORE_AND_AFTER)
def test_operators(operator: Callable[[ast.AST], Iterator[syntax.Place]], before: str, after: list[str]) -> None:
    assert [text for _, text in operator(ast.parse(before))] == after


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ("*policy.visible(actor)", True),
        ("*policy.deletable(actor)", False),
        ("*other_policy.visible(actor)", False),
        ("*cls.present", False),
    ],
)
def test_conditions_that_keep_nothing_out_are_no_places(conditions: str, kept: bool) -> None:
    own = 'def {}(actor):\n    """Say who."""\n    return (Note.user_id == actor.id,)\n'
    policies = {
        "app/policies/note.py": own.format("visible") + own.format("deletable"),
        "app/policies/other.py": 'def visible(actor):\n    """Say who."""\n    return ()\n',
    }
    tree = ast.parse(f"page({conditions})")
    argument = next(node for node in ast.walk(tree) if isinstance(node, ast.Starred))
    assert narrows(policies, "app/services/note.py", argument) is kept


def test_every_operator_is_shown() -> None:
    assert {operator for operator, _, _ in BEFORE_AND_AFTER} == set(syntax.OPERATORS)


def test_a_seed_decides() -> None:
    first, again, other = (list(islice(mutants(FILES, seed), DRAWN)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_mutants_are_python_and_not_what_was_there() -> None:
    for mutant in islice(mutants(FILES, 3), DRAWN):
        for path, content in mutant.defect.changes.items():
            assert content != FILES[mutant.project][path], mutant
            ast.parse(content)


def test_mutants_are_spread() -> None:
    drawn = list(islice(mutants(FILES, 4), DRAWN))
    kinds, places = Counter(m.defect.kind for m in drawn), Counter(m.project for m in drawn)
    assert len(kinds) > 30
    assert max(kinds.values()) <= 5
    assert min(places.values()) > DRAWN // 3
    assert len({tuple(sorted(m.defect.changes.items())) for m in drawn}) == DRAWN


def test_twins_are_in_common_code() -> None:
    for mutant in islice(mutants(FILES, 5), DRAWN):
        common = all(FILES["claims"].get(path) == FILES["gym"].get(path) for path in mutant.defect.changes)
        assert [twin.project != mutant.project for twin in twins(FILES, mutant)] == [True] * common
