"""Every diagnostic: what is refused, where it says so, and that it says what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from codebegen.blueprint import Blueprint, check, complete
from codebegen.blueprint.text import from_data
from codebegen.diagnostics import Diagnostic
from tests.blueprint.club import Data, event, rule
from tests.blueprint.mistakes import CASES
from tests.compiler.strategies import blueprints, drawing


def problems(data: Data) -> tuple[Diagnostic, ...]:
    found = from_data(data)
    assert isinstance(found, Blueprint), found
    return check(complete(found))


def test_what_is_right_is_not_refused() -> None:
    assert problems(event()) == ()


@pytest.mark.parametrize(
    ("code", "place", "words", "break_it"), CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_what_is_wrong_has_a_code_a_place_and_a_hint(
    code: str, place: str, words: str, break_it: Callable[[Data], Any]
) -> None:
    data = event()
    break_it(data)
    found = [d for d in problems(data) if (d.code, d.place) == (code, place) and words in f"{d.message} {d.hint}"]
    assert found, [str(d) for d in problems(data)]
    assert all(d.hint and d.severity == "error" for d in found)


def test_without_accounts_nobody_is_told_apart() -> None:
    entity = {"name": "Post", "relations": [], "fields": [{"name": "title"}]}
    quota = rule("quota", limit=3)
    assert [d.code for d in problems({"name": "x", "entities": [entity | {"rules": [quota]}]})] == ["no-accounts"]
    guarded = {"operation": "read", "allow": [{"kind": "authenticated"}]}
    whole = complete(Blueprint.model_validate({"name": "x", "entities": [entity | {"permissions": [guarded]}]}))
    without = whole.model_copy(update={"features": ()})
    assert "no-accounts" in {d.code for d in check(Blueprint.model_construct(**dict(without)))}


@drawing(150)
@given(blueprints())
def test_a_check_never_crashes_and_always_helps(blueprint: Blueprint) -> None:
    for problem in (*check(blueprint), *check(complete(blueprint))):
        assert problem.place
        assert problem.hint, problem
